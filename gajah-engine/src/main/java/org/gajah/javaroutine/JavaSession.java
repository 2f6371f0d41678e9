package org.gajah.javaroutine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

import org.gajah.api.spi.Spi;
import org.gajah.api.spi.TriggerData;
import org.gajah.api.spi.host.SpiHost;
import org.gajah.api.spi.host.SpiThread;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.SpiSession;
import org.gajah.spi.SpiStatement;

/** A session as its Java routines see it: what a thread that runs one is bound to. */
final class JavaSession implements SpiHost {
    private static final int MOST_SHAPES = 200;

    private final SpiSession session;
    private final JavaTypes types;
    private final Custody custody = new Custody();
    private final Deque<JavaCall> calls = new ArrayDeque<>();
    private final TextStatements texts = new TextStatements();
    private final Map<Plan, List<SpiStatement>> adopted = new WeakHashMap<>();
    private final Map<List<ResultColumn>, Columns> shapes = new IdentityHashMap<>();

    JavaSession(SpiSession session) {
        this.session = session;
        this.types = new JavaTypes(session);
    }

    SpiSession session() {
        return session;
    }

    JavaTypes types() {
        return types;
    }

    TextStatements texts() {
        return texts;
    }

    /** Statements for a plan that another session has made. */
    Map<Plan, List<SpiStatement>> adopted() {
        return adopted;
    }

    /** The columns as SPI shows them; a plan asks with the same list each time. */
    Columns columns(List<ResultColumn> columns) {
        if (shapes.size() > MOST_SHAPES) {
            shapes.clear();
        }
        return shapes.computeIfAbsent(columns, given -> new Columns(given.stream().map(ResultColumn::name).toList(),
                given.stream().map(ResultColumn::type).toList(), types));
    }

    Custody custody() {
        return custody;
    }

    boolean isRunning(JavaCall call) {
        return calls.peek() == call;
    }

    /** User code that runs, bound to its thread until closed. */
    final class Running implements AutoCloseable {
        private final JavaCall call;
        private final Optional<SpiHost> before;

        private Running(JavaCall call) {
            this.call = call;
            calls.push(call);
            this.before = SpiThread.enter(JavaSession.this);
        }

        JavaCall call() {
            return call;
        }

        @Override
        public void close() {
            SpiThread.leave(before);
            while (calls.pop() != call) {
                continue;
            }
        }
    }

    /** A call begins; it is over when it is closed and ended. */
    Running begin(RoutineBody.Call circumstances, Optional<? extends TriggerData> trigger) {
        return new Running(new JavaCall(this, circumstances, trigger.map(t -> t)));
    }

    /** An action that a call has left for the transaction's end begins, closed and ended like a call. */
    Running beginAction(JavaCall call) {
        return new Running(call.action());
    }

    /** A call goes on. */
    Running resume(JavaCall call) {
        call.resume();
        return new Running(call);
    }

    @Override
    public Spi current() {
        return call().innermost();
    }

    @Override
    public Spi connect() {
        call().innermost();
        return call().connect();
    }

    JavaCall call() {
        if (calls.isEmpty()) {
            throw JavaCall.unconnected("no routine runs");
        }
        return calls.peek();
    }

    @Override
    public void checkCancelled() {
        custody.check();
        if (!calls.isEmpty()) {
            calls.peek().checkCancelled();
        }
    }
}
