package org.gajah.server.connection;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.engine.Session;

/** Ends a connection whose client has been silent for too long, in a transaction or outside ({@code idle_session_timeout} and its like). */
final class IdleAlarm {
    private final Office office;
    private final Turn turn;
    private final Session session;
    private final Consumer<SqlError> leave;
    private volatile long commands;
    private Optional<Future<?>> set = Optional.empty();

    /** @param leave ends the connection with an error */
    IdleAlarm(Office office, Turn turn, Session session, Consumer<SqlError> leave) {
        this.office = office;
        this.turn = turn;
        this.session = session;
        this.leave = leave;
    }

    /** The client may send a command from now on. */
    void set() {
        long timeoutMillis = session.idleTimeoutMillis();
        if (timeoutMillis > 0) {
            cancel();
            long command = commands;
            set = Optional.of(office.later(timeoutMillis, () -> idleFor(command)));
        }
    }

    void cancel() {
        if (set.isPresent()) {
            set.get().cancel(false);
            set = Optional.empty();
        }
    }

    /** A command has come: an alarm that goes off just now is late. */
    void heard() {
        commands = commands + 1;
    }

    private void idleFor(long command) {
        turn.take();
        try {
            if (turn.isIdle() && commands == command) {
                boolean outside = session.status() == Session.TransactionStatus.IDLE;
                leave.accept(outside
                        ? new SqlError(SqlState.IDLE_SESSION_TIMEOUT,
                                "terminating connection due to idle-session timeout")
                        : new SqlError(SqlState.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
                                "terminating connection due to idle-in-transaction timeout"));
            }
        } finally {
            turn.leave();
        }
    }
}
