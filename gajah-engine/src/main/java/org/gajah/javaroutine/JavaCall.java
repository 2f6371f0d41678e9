package org.gajah.javaroutine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.EventTriggerData;
import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.TriggerData;
import org.gajah.api.spi.host.SpiThread;
import org.gajah.exec.EventCall;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.SpiView;

/** A call of a Java routine: its levels of connection, and what has failed in it. */
final class JavaCall {
    private final JavaSession host;
    private final RoutineBody.Call circumstances;
    private final Optional<TriggerData> trigger;
    private final List<Connection> levels = new ArrayList<>(1);
    private Optional<Connection> first = Optional.empty();
    private Optional<SpiView> readOnly = Optional.empty();
    private Optional<SqlError> failure = Optional.empty();
    private Optional<SqlError> cancelled = Optional.empty();
    private final Subtransactions subtransactions = new Subtransactions(this);
    private final boolean connects;
    private Thread thread = Thread.currentThread();

    JavaCall(JavaSession host, RoutineBody.Call circumstances, Optional<TriggerData> trigger) {
        this(host, circumstances, trigger, true);
    }

    private JavaCall(JavaSession host, RoutineBody.Call circumstances, Optional<TriggerData> trigger, boolean connects) {
        this.host = host;
        this.circumstances = circumstances;
        this.trigger = trigger;
        this.connects = connects;
    }

    /** For what it has left to be done when its transaction has ended: SPI is not there then. */
    JavaCall action() {
        return new JavaCall(host, circumstances, Optional.empty(), false);
    }

    JavaSession host() {
        return host;
    }

    Optional<TriggerData> trigger() {
        return trigger;
    }

    Optional<EventTriggerData> event() {
        return circumstances.event().map(FiredEvent::new);
    }

    private record FiredEvent(EventCall call) implements EventTriggerData {
        @Override
        public String event() {
            return call.event();
        }

        @Override
        public String tag() {
            return call.tag();
        }
    }

    /** The innermost level; the first is there from the start, and stays the one that counts when it and all others are finished. */
    Connection innermost() {
        requireHere();
        if (!connects) {
            throw unconnected("an action at a transaction's end has no SPI");
        }
        if (first.isEmpty()) {
            first = Optional.of(connect());
        }
        return levels.isEmpty() ? first.get() : levels.getLast();
    }

    Connection connect() {
        requireHere();
        Connection level = new Connection(this);
        levels.add(level);
        return level;
    }

    /** Ends a level and those opened after it. */
    void finish(Connection level) {
        while (levels.getLast() != level) {
            levels.getLast().end();
            levels.removeLast();
        }
        level.end();
        levels.removeLast();
    }

    int levels() {
        return levels.size();
    }

    /** Ends all levels but the first so many. */
    void finishDownTo(int count) {
        while (levels.size() > count) {
            finish(levels.getLast());
        }
    }

    /** It goes on, maybe on another thread. */
    void resume() {
        thread = Thread.currentThread();
    }

    /** The call is over. */
    void end() {
        if (!host.custody().isTaken()) {
            subtransactions.rollBackAll();
            finishDownTo(0);
        }
        if (cancelled.isPresent()) {
            cancelled = Optional.empty();
            SpiThread.answered();
        }
    }

    /** The user's code has returned. */
    void returned() {
        host.custody().check();
        requireSound();
        subtransactions.releaseAll();
    }

    /** Says no to other threads and to code that outlives its call. */
    void requireHere() {
        host.custody().check();
        if (thread != Thread.currentThread()) {
            throw unconnected("an SPI connection is its routine's thread's alone");
        }
        if (!host.isRunning(this)) {
            throw unconnected("the routine that this SPI connection belongs to is not the one that runs");
        }
    }

    static SqlError unconnected(String why) {
        return new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, why + ": " + SpiCode.ERROR_UNCONNECTED);
    }

    /** Raises again what has failed. */
    void requireSound() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** A command has failed: nothing more may run before its changes are taken back. */
    void failed(SqlError e) {
        if (isCancel(e)) {
            cancelled(e);
        }
        if (failure.isEmpty()) {
            failure = Optional.of(e);
        }
    }

    /** What failed has been taken back; a cancel stays. */
    void mended() {
        failure = cancelled;
    }

    static boolean isCancel(SqlError e) {
        return e.code().equals(SqlState.QUERY_CANCELED.code()) || e.code().equals(SqlState.ADMIN_SHUTDOWN.code())
                || e.code().equals(SqlState.TRANSACTION_TIMEOUT.code());
    }

    /** From now on every poll of this call raises it, whatever the user's code catches. */
    private void cancelled(SqlError e) {
        if (cancelled.isEmpty()) {
            cancelled = Optional.of(e);
            failure = cancelled;
            SpiThread.asked();
        }
    }

    void checkCancelled() {
        if (cancelled.isPresent()) {
            throw cancelled.get();
        }
        try {
            host.session().checkCancelled();
        } catch (SqlError e) {
            cancelled(e);
            throw e;
        }
    }

    boolean atomic() {
        return circumstances.atomic();
    }

    boolean mayEndTransaction() {
        return !circumstances.atomic() && !subtransactions.anyActive();
    }

    Subtransactions subtransactions() {
        return subtransactions;
    }

    /** Whether only queries may run, whatever the routine says: it is not volatile. */
    boolean onlyReads() {
        return circumstances.view() instanceof SpiView.Callers;
    }

    SpiView view(boolean reads) {
        if (!reads) {
            return SpiView.Fresh.FRESH;
        }
        if (readOnly.isEmpty()) {
            readOnly = Optional.of(new SpiView.Callers(circumstances.outer().orElseGet(host.session()::snapshot)));
        }
        return readOnly.get();
    }

    /** The transaction is another one. */
    void transactionEnded() {
        readOnly = Optional.empty();
        failure = cancelled;
    }
}
