package org.gajah.notify;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * LISTEN, UNLISTEN, commits, aborts and deliveries of several sessions at once over the real queue. Lincheck switches between the threads
 * wherever they touch shared memory, and looks whether some order of the operations one after the other gives the same answers.
 */
public final class NotifyInterleavings {
    private static final int DATABASE = 5;
    /** On a busy machine what Lincheck adds takes longer than the few seconds after which it thinks that threads wait for each other. */
    private static final long TIMEOUT_MILLIS = 120_000;

    private NotifyInterleavings() {
    }

    /** Two sessions that listen, and others that only notify. Public, with its methods, for Lincheck to call. */
    public static final class Sessions {
        private static final SpillFiles FILES = new SpillFiles(SystemEnv.inMemory().disk());

        private final NotificationQueue queue = new NotificationQueue(FILES, 1 << 20, 1L << 40, () -> 0, Runnable::run);
        private final Object commitOrder = new Object();
        private final boolean[] woken = new boolean[2];
        private final List<List<String>> heard = List.of(new ArrayList<>(), new ArrayList<>());
        private final List<Listener> listeners = List.of(queue.newListener(DATABASE, 1, () -> woken[0] = true),
                queue.newListener(DATABASE, 2, () -> woken[1] = true));

        /** As the log writer and then the committing session do it; the channel is a message's first letter. */
        private void commit(boolean own, String... messages) {
            Outgoing outgoing = new Outgoing();
            for (String message : messages) {
                outgoing.add(message.substring(0, 1), Slice.of(message));
            }
            synchronized (commitOrder) {
                queue.committed(outgoing, DATABASE, 7);
            }
            queue.distribute(own);
        }

        private void answerWake(int number) {
            woken[number] = false;
            Listener listener = listeners.get(number);
            for (List<Notification> some = listener.take(1000); !some.isEmpty(); some = listener.take(1000)) {
                for (Notification notification : some) {
                    heard.get(number).add(notification.payload().toString());
                }
            }
        }

        /** All that it has heard since it was asked last; of what is committed by now nothing is missing. */
        private List<String> heard(int number) {
            queue.distribute(true);
            answerWake(number);
            List<String> all = List.copyOf(heard.get(number));
            heard.get(number).clear();
            return all;
        }

        private void unlisten(int number) {
            listeners.get(number).unlisten("a");
            heard.get(number).removeIf(message -> message.startsWith("a"));
        }

        @Operation
        public void commit(@Param(gen = IntGen.class, conf = "0:9") int n) {
            commit(false, "a" + n);
        }

        @Operation
        public void commitOnBoth(@Param(gen = IntGen.class, conf = "0:9") int n) {
            commit(false, "a" + n, "b" + n);
        }

        @Operation
        public void rollBackToSavepoint(@Param(gen = IntGen.class, conf = "0:9") int n) {
            Outgoing outgoing = new Outgoing();
            outgoing.add("b", Slice.of("b" + n));
            outgoing.add("a", Slice.of("aborted"));
            outgoing.truncate(1);
            synchronized (commitOrder) {
                queue.committed(outgoing, DATABASE, 7);
            }
            queue.distribute(false);
        }

        @Operation(nonParallelGroup = "first")
        public boolean firstListensToA() {
            return listeners.get(0).listen("a");
        }

        @Operation(nonParallelGroup = "first")
        public boolean firstListensToB() {
            return listeners.get(0).listen("b");
        }

        @Operation(nonParallelGroup = "first")
        public void firstUnlistens() {
            unlisten(0);
        }

        @Operation(nonParallelGroup = "first")
        public void firstCommits(@Param(gen = IntGen.class, conf = "0:9") int n) {
            commit(true, "a" + n);
        }

        @Operation(nonParallelGroup = "first")
        public void firstAnswersItsWake() {
            if (woken[0]) {
                answerWake(0);
            }
        }

        @Operation(nonParallelGroup = "first")
        public List<String> firstHasHeard() {
            return heard(0);
        }

        @Operation(nonParallelGroup = "second")
        public boolean secondListensToA() {
            return listeners.get(1).listen("a");
        }

        @Operation(nonParallelGroup = "second")
        public void secondUnlistens() {
            unlisten(1);
        }

        @Operation(nonParallelGroup = "second")
        public List<String> secondHasHeard() {
            return heard(1);
        }

        /** When all is over nobody has something to take without having been woken, and everything has been distributed. */
        @Validate
        public void nobodySleepsOverSomething() {
            for (int i = 0; i < 2; i++) {
                if (!listeners.get(i).take(1000).isEmpty() && !woken[i]) {
                    throw new IllegalStateException("listener " + i + " was not woken");
                }
            }
            queue.distribute(true);
            for (Listener listener : listeners) {
                if (!listener.take(1000).isEmpty()) {
                    throw new IllegalStateException("not everything was distributed");
                }
            }
        }
    }

    /** The same, one thing after the other. */
    public static final class Model {
        private final List<Set<String>> channels = List.of(new TreeSet<>(), new TreeSet<>());
        private final List<List<String>> boxes = List.of(new ArrayList<>(), new ArrayList<>());

        private void post(String message) {
            for (int i = 0; i < 2; i++) {
                if (channels.get(i).contains(message.substring(0, 1))) {
                    boxes.get(i).add(message);
                }
            }
        }

        private void unlisten(int number) {
            channels.get(number).remove("a");
            boxes.get(number).removeIf(message -> message.startsWith("a"));
        }

        private List<String> heard(int number) {
            List<String> all = List.copyOf(boxes.get(number));
            boxes.get(number).clear();
            return all;
        }

        public void commit(int n) {
            post("a" + n);
        }

        public void commitOnBoth(int n) {
            post("a" + n);
            post("b" + n);
        }

        public void rollBackToSavepoint(int n) {
            post("b" + n);
        }

        public boolean firstListensToA() {
            return channels.get(0).add("a");
        }

        public boolean firstListensToB() {
            return channels.get(0).add("b");
        }

        public void firstUnlistens() {
            unlisten(0);
        }

        public void firstCommits(int n) {
            post("a" + n);
        }

        public void firstAnswersItsWake() {
        }

        public List<String> firstHasHeard() {
            return heard(0);
        }

        public boolean secondListensToA() {
            return channels.get(1).add("a");
        }

        public void secondUnlistens() {
            unlisten(1);
        }

        public List<String> secondHasHeard() {
            return heard(1);
        }
    }

    private static Actor call(String name, Object... arguments) {
        Method method = Arrays.stream(Sessions.class.getMethods()).filter(m -> m.getName().equals(name)).findFirst().orElseThrow();
        return new Actor(method, List.of(arguments));
    }

    private static ExecutionScenario story(List<Actor> before, List<Actor> one, List<Actor> other, List<Actor> after) {
        return new ExecutionScenario(before, List.of(one, other), after, call("nobodySleepsOverSomething"));
    }

    /** Those that a wrong queue is likely to fail; each has found a fault that was put in. */
    private static List<ExecutionScenario> stories() {
        return List.of(
                // a transaction is heard whole
                story(List.of(call("firstListensToA"), call("firstListensToB")), List.of(call("firstHasHeard")), List.of(call("commitOnBoth", 1)),
                        List.of(call("firstHasHeard"))),
                // what is committed before LISTEN is not heard, even if another session still distributes it
                story(List.of(call("secondListensToA")), List.of(call("commit", 1)), List.of(call("commit", 2), call("firstListensToA")),
                        List.of(call("firstHasHeard"), call("secondHasHeard"))),
                // who has answered a wake is woken for what comes then
                story(List.of(call("firstListensToA")), List.of(call("commit", 1), call("commit", 2)),
                        List.of(call("firstAnswersItsWake"), call("firstAnswersItsWake")), List.of()),
                // a channel is given up by its last listener while another begins
                story(List.of(call("secondListensToA")), List.of(call("secondUnlistens")), List.of(call("firstListensToA")),
                        List.of(call("commit", 1), call("firstHasHeard"))));
    }

    /** Arguments: how many interleavings of each story and scenario, how many scenarios made by chance. */
    public static void main(String[] words) {
        int interleavings = Integer.parseInt(words[0]);
        int scenarios = Integer.parseInt(words[1]);
        ModelCheckingOptions options = new ModelCheckingOptions().iterations(scenarios).invocationsPerIteration(interleavings).threads(3)
                .actorsPerThread(2).actorsBefore(2).actorsAfter(2).sequentialSpecification(Model.class)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses("java.util.concurrent.ConcurrentHashMap",
                        "java.util.concurrent.ConcurrentLinkedQueue", Outgoing.class.getName(), Slice.class.getName()).allMethods().treatAsAtomic());
        for (ExecutionScenario story : stories()) {
            options = options.addCustomScenario(story);
        }
        options.invocationTimeout$lincheck(TIMEOUT_MILLIS);
        options.check(Sessions.class);
        new StressOptions().iterations(2 * scenarios).invocationsPerIteration(5 * interleavings).threads(3).actorsPerThread(3).actorsBefore(2)
                .actorsAfter(2).sequentialSpecification(Model.class).check(Sessions.class);
    }
}
