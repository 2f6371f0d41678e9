package org.gajah.server.connection;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Future;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.server.ConnectionSlots;
import org.gajah.server.net.LocalPeer;
import org.gajah.server.net.Transport;
import org.gajah.wire.CancelRequest;
import org.gajah.wire.MalformedMessage;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.StartupPacket;

/**
 * One client's connection, from the first packet to the end, whoever ends it. What is between is its {@link Conversation}. It runs on a
 * thread of its own, except while it waits for its client: then it may have none.
 */
public final class Connection implements Runnable {
    private static final int GOODBYE_MILLIS = 1000;

    private final Office office;
    private final long patienceMillis;
    private final Turn turn = new Turn();
    private final Optional<LocalPeer> local;
    private volatile Transport transport;
    private volatile boolean authenticated;
    private volatile boolean holdsSlot;
    /** Another thread has ended it. */
    private volatile boolean disowned;
    private volatile boolean saidGoodbye;
    private volatile Optional<SqlError> goodbye = Optional.empty();
    private volatile Optional<Conversation> conversation = Optional.empty();
    private Output out;

    /** @param patienceMillis how long authentication may take */
    public Connection(Transport transport, Office office, long patienceMillis) {
        this.transport = transport;
        this.local = transport.local();
        this.office = office;
        this.patienceMillis = patienceMillis;
        this.out = new Output(transport);
    }

    /** Serves the client to its end, or until it idles and threads are scarce; {@link #resume} goes on then. */
    @Override
    public void run() {
        turn.take();
        live(() -> {
            Future<?> alarm = office.later(patienceMillis, this::authenticationIsDue);
            try {
                return open(alarm);
            } finally {
                alarm.cancel(false);
            }
        });
    }

    /** Goes on with a connection that has waited without a thread; {@code readable} if its client has said something. */
    public void resume(boolean readable) {
        turn.stopWaiting();
        live(() -> conversation.orElseThrow().goOn(readable));
    }

    /** A part of the connection's life; false if the connection lives on without this thread. */
    @FunctionalInterface
    private interface Phase {
        boolean run() throws IOException, MalformedMessage;
    }

    private void live(Phase phase) {
        boolean ended = true;
        try {
            ended = phase.run();
        } catch (SqlError e) {
            office.log().log("FATAL", e.getMessage());
            sayGoodbye(e);
        } catch (MalformedMessage e) {
            sayGoodbye(Reports.malformed(e));
        } catch (IOException e) {
            office.log().debug("connection ended: " + e);
        } catch (RuntimeException | Error e) {
            office.log().log("FATAL", "a connection failed", e);
            sayGoodbye(new SqlError(SqlState.INTERNAL_ERROR, "internal error: " + e));
        } finally {
            if (ended) {
                end();
            }
        }
    }

    private void end() {
        try {
            conversation.ifPresent(Conversation::close);
        } finally {
            if (!disowned) {
                leaveOffice();
            }
            turn.leave();
        }
    }

    private void leaveOffice() {
        if (holdsSlot) {
            office.slots().giveBack();
        }
        transport.finish();
        office.ended(this);
    }

    private boolean open(Future<?> alarm) throws IOException, MalformedMessage {
        Startup startup = new Startup(transport, office.certificate(), office.authenticator(), upgraded -> {
            transport = upgraded;
            out = new Output(upgraded);
        });
        Optional<StartupPacket> request = startup.request();
        if (request.isPresent() && request.get() instanceof CancelRequest cancel) {
            office.cancelKeys().cancel(cancel);
        } else if (request.isPresent() && request.get() instanceof StartupMessage message) {
            Startup.Client client = startup.authenticate(message, out);
            authenticated = true;
            alarm.cancel(false);
            office.slots().take(claim(client.user()));
            holdsSlot = true;
            Conversation begun = new Conversation(this, client);
            conversation = Optional.of(begun);
            return begun.begin(client.longCancelKey(), startup.rest());
        }
        return true;
    }

    private ConnectionSlots.Claim claim(String user) {
        return office.cluster().login(user).map(login -> login.superuser() ? ConnectionSlots.Claim.SUPERUSER
                : login.memberOf().contains("pg_use_reserved_connections") ? ConnectionSlots.Claim.RESERVED
                : ConnectionSlots.Claim.ORDINARY).orElse(ConnectionSlots.Claim.ORDINARY);
    }

    Office office() {
        return office;
    }

    Turn turn() {
        return turn;
    }

    /** The transport, which does not change any more once a client has been let in. */
    Transport transport() {
        return transport;
    }

    Output out() {
        return out;
    }

    /** The client, if it is in this process. */
    Optional<LocalPeer> local() {
        return local;
    }

    /** Why the connection is about to end, if it is. */
    Optional<SqlError> goodbye() {
        return goodbye;
    }

    /** What has become of a connection that waits without a thread: it is content, cannot write now, has more, or must leave. */
    enum Attended { CONTENT, BLOCKED, MORE, LEAVING }

    /** In the waiting room: delivers some of what is there, without blocking. */
    Attended attend(SocketChannel channel) {
        turn.take();
        try {
            return goodbye.isPresent() || transport.tls().isPresent() ? Attended.LEAVING : conversation.orElseThrow().attend(channel);
        } catch (SqlError e) {
            goodbye = Optional.of(e);
            return Attended.LEAVING;
        } catch (RuntimeException e) {
            goodbye = Optional.of(new SqlError(SqlState.INTERNAL_ERROR, "internal error: " + e, e));
            return Attended.LEAVING;
        } finally {
            turn.leave();
        }
    }

    /** Has a connection that waits without a thread resumed. */
    void call() {
        if (local.isPresent()) {
            local.get().call();
        } else {
            office.call(this);
        }
    }

    /** Ends the connection with this error: at once if it waits for the client, else after the running statement. */
    public void terminate(SqlError reason) {
        if (goodbye.isEmpty()) {
            goodbye = Optional.of(reason);
            Thread.ofVirtual().start(this::leaveIfWaiting);
        }
    }

    private void leaveIfWaiting() {
        if (!authenticated) {
            transport.abort();
            return;
        }
        int blocked = out.blockedWrite();
        if (turn.tryTake(GOODBYE_MILLIS)) {
            try {
                if (turn.isWaiting()) {
                    leave(goodbye.orElseThrow());
                }
            } finally {
                turn.leave();
            }
        } else if (blocked != 0 && out.blockedWrite() == blocked) {
            transport.abort();
        }
    }

    /** Ends the connection on another thread than its own, which is somewhere in a user's code and has no part in it any more. */
    void disown(SqlError reason) {
        disowned = true;
        goodbye = Optional.of(reason);
        office.log().log("FATAL", reason.getMessage());
        Future<?> patience = office.later(GOODBYE_MILLIS, transport::abort);
        sayGoodbye(reason);
        patience.cancel(false);
        conversation.ifPresent(Conversation::forget);
        leaveOffice();
    }

    /** Says goodbye while the connection's own thread waits, and so frees it. */
    void leave(SqlError reason) {
        goodbye = Optional.of(reason);
        if (conversation.isPresent() && conversation.get().isParked()) {
            call();
            return;
        }
        sayGoodbye(reason);
        transport.abort();
    }

    private void sayGoodbye(SqlError reason) {
        if (saidGoodbye) {
            return;
        }
        saidGoodbye = disowned;
        try {
            Reports.fatal(reason).encode(out);
            out.flush();
        } catch (SqlError gone) {
            office.log().debug(gone.getMessage());
        }
    }

    private void authenticationIsDue() {
        if (!authenticated) {
            office.log().log("LOG", "canceling authentication due to timeout");
            transport.abort();
        }
    }

    /** The server stops: ends the connection with 57P01, its running statement too. */
    public void shutDown() {
        conversation.ifPresent(Conversation::stop);
        terminate(new SqlError(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command"));
    }

    /** Drops the connection. */
    public void abort() {
        transport.abort();
        call();
    }
}
