package org.gajah.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The notifications of a cluster on their way from commits to listeners. Safe for all threads. */
public final class NotificationQueue {
    /** How often one session goes on distributing for others before it hands that over. */
    private static final int ROUNDS = 64;
    /** After so many posted bytes the slow listeners are looked for. */
    private static final long REVIEW_BYTES = 1 << 20;
    private static final long WARNING_MICROS = 5_000_000;

    private record Committed(Outgoing outgoing, int database, int processId, long commit) {
    }

    private final SpillFiles files;
    private final long memoryBytes;
    private final long capacityBytes;
    private final LongSupplier clockMicros;
    private final Consumer<Runnable> elsewhere;
    private final ConcurrentMap<Channel.Key, Channel> channels = new ConcurrentHashMap<>();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Committed> committed = new ConcurrentLinkedQueue<>();
    /** Held by the one thread that distributes; guards the four fields below it. */
    private final ReentrantLock distributing = new ReentrantLock();
    private final List<Listener> toWake = new ArrayList<>();
    private long lastSequence;
    private long posted;
    private long reviewed;
    private volatile long head;
    private volatile long headPosition;
    /** Nobody is further behind than this; as of the last review. */
    private volatile long oldestAtReview;
    private volatile long warned;
    /** Transactions that have notified something. */
    private volatile long commits;

    /**
     * @param memoryBytes what slow listeners may keep in memory before it moves to a file
     * @param capacityBytes what they may keep at all (max_notify_queue_pages)
     * @param clockMicros microseconds since 1970-01-01 UTC
     * @param elsewhere runs something on another thread
     */
    public NotificationQueue(SpillFiles files, long memoryBytes, long capacityBytes, LongSupplier clockMicros, Consumer<Runnable> elsewhere) {
        this.files = files;
        this.memoryBytes = memoryBytes;
        this.capacityBytes = capacityBytes;
        this.clockMicros = clockMicros;
        this.elsewhere = elsewhere;
    }

    /** A session of a database begins to listen; {@code wake} is run once for each burst of what it has not taken. */
    public Listener newListener(int database, int processId, Runnable wake) {
        Listener listener = new Listener(this, database, processId, wake);
        listeners.add(listener);
        return listener;
    }

    /** The session listens on nothing any more. */
    public void remove(Listener listener) {
        listeners.remove(listener);
        listener.close();
    }

    Subscription subscribe(Listener listener, String name) {
        long since = commits;
        while (true) {
            Channel channel = channels.computeIfAbsent(new Channel.Key(listener.database(), name), Channel::new);
            Optional<Subscription> subscription = channel.subscribe(listener, since);
            if (subscription.isPresent()) {
                return subscription.get();
            }
        }
    }

    void unsubscribe(Subscription subscription) {
        if (subscription.channel().unsubscribe(subscription)) {
            channels.remove(subscription.channel().key(), subscription.channel());
        }
    }

    /** Makes sure before a commit that there is room; 54000 if not. The warning about a queue half full goes to {@code warn}. */
    public void reserve(Outgoing outgoing, Consumer<SqlError> warn) {
        double usage = usage(outgoing.bytes());
        if (usage > 1) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "too many notifications in the NOTIFY queue");
        }
        long now = clockMicros.getAsLong();
        if (usage >= 0.5 && now - warned >= WARNING_MICROS) {
            warned = now;
            SqlError warning = new SqlError(SqlState.WARNING, String.format(Locale.ROOT, "NOTIFY queue is %.0f%% full", usage * 100));
            warn.accept(slowest().map(slow -> warning
                    .detail("The server process with PID " + slow.processId() + " is among those with the oldest transactions.")
                    .hint("The NOTIFY queue cannot be emptied until that process ends its current transaction.")).orElse(warning));
        }
    }

    private Optional<Listener> slowest() {
        Optional<Listener> slowest = Optional.empty();
        long least = Long.MAX_VALUE;
        for (Listener listener : listeners) {
            long position = listener.oldestPosition().orElse(Long.MAX_VALUE);
            if (position < least) {
                least = position;
                slowest = Optional.of(listener);
            }
        }
        return slowest;
    }

    /** How full the queue is, 0 to 1. */
    public double usage() {
        return Math.min(1, usage(0));
    }

    private double usage(long more) {
        long bound = Math.max(headPosition - oldestAtReview, files.bytes()) + more;
        if (bound < capacityBytes / 2 && more > 0) {
            return (double) bound / capacityBytes;
        }
        return (double) (Math.max(kept(), files.bytes()) + more) / capacityBytes;
    }

    /** Bytes from the oldest notification that somebody has not taken to the newest. */
    private long kept() {
        long end = headPosition;
        return slowest().flatMap(Listener::oldestPosition).map(oldest -> Math.max(0, end - oldest)).orElse(0L);
    }

    /** A transaction has committed: one at a time, in commit order. {@link #distribute} has to follow, on any thread. */
    public void committed(Outgoing outgoing, int database, int processId) {
        long commit = commits + 1;
        commits = commit;
        committed.add(new Committed(outgoing, database, processId, commit));
    }

    /**
     * Hands what was committed to the listeners, unless another thread is doing that and so does it for this one too.
     *
     * @param own whether to wait until what was committed before this call has been handed over
     */
    public void distribute(boolean own) {
        for (int round = 0; !committed.isEmpty() || own && round == 0; round++) {
            if (round == ROUNDS) {
                elsewhere.accept(() -> distribute(false));
                return;
            }
            if (own && round == 0) {
                distributing.lock();
            } else if (!distributing.tryLock()) {
                return;
            }
            try {
                drain();
            } finally {
                distributing.unlock();
            }
        }
    }

    private void drain() {
        long micros = clockMicros.getAsLong();
        for (Committed next = committed.poll(); next != null; next = committed.poll()) {
            List<Outgoing.Message> messages = next.outgoing().messages();
            for (int i = 0; i < messages.size(); i++) {
                post(messages.get(i), next.outgoing().number(i), next, micros);
            }
            head = lastSequence;
            headPosition = posted;
            if (toWake.size() > ROUNDS) {
                wake();
            }
        }
        wake();
        if (posted - reviewed > REVIEW_BYTES) {
            reviewed = posted;
            spillSlow();
            oldestAtReview = posted - kept();
        }
    }

    private void post(Outgoing.Message message, long number, Committed from, long micros) {
        lastSequence++;
        Channel channel = channels.get(new Channel.Key(from.database(), message.channel()));
        if (channel != null) {
            Notification notification = new Notification(from.processId(), message.channel(), message.payload(), from.commit(), number);
            channel.post(notification, lastSequence, posted, micros, toWake);
        }
        posted += Outgoing.bytes(message);
    }

    private void wake() {
        toWake.forEach(Listener::announce);
        toWake.clear();
    }

    /** Moves the backlog of the slowest listeners to files, so that what is kept in memory stays bounded. */
    private void spillSlow() {
        long limit = posted - memoryBytes;
        for (Listener listener : listeners) {
            if (listener.oldestPositionInMemory().orElse(Long.MAX_VALUE) < limit) {
                listener.spill(files);
            }
        }
    }

    /** The last notification that may be taken. */
    long head() {
        return head;
    }

    /** All subscriptions, for gajah_listeners. */
    public List<Listener.Status> status() {
        return listeners.stream().flatMap(listener -> listener.status().stream()).toList();
    }
}
