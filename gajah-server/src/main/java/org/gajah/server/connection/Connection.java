package org.gajah.server.connection;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.engine.Client;
import org.gajah.engine.Cluster;
import org.gajah.engine.Session;
import org.gajah.server.ConnectionSlots;
import org.gajah.server.net.LocalPeer;
import org.gajah.server.net.Transport;
import org.gajah.wire.BackendKeyData;
import org.gajah.wire.CancelRequest;
import org.gajah.wire.Frame;
import org.gajah.wire.FrameLimits;
import org.gajah.wire.FrameReader;
import org.gajah.wire.FramingError;
import org.gajah.wire.MalformedMessage;
import org.gajah.wire.NotificationResponse;
import org.gajah.wire.OversizedMessage;
import org.gajah.wire.ParameterStatus;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.StartupPacket;

/**
 * One client's connection: runs on a thread of its own from the first packet to the end, and is the session's way to its
 * client.
 */
public final class Connection implements Runnable {
    private static final int COPY_POLL_MILLIS = 50;
    private static final int GOODBYE_MILLIS = 1000;
    /** How long a listening client that says nothing keeps its thread. */
    private static final int LINGER_MILLIS = 20;

    private final Office office;
    private final long patienceMillis;
    private final Turn turn = new Turn();
    private final Map<String, String> changedSettings = new LinkedHashMap<>();
    private volatile Transport transport;
    private final Optional<LocalPeer> local;
    private final LocalPeer.Guest guest = new Guest();
    private volatile boolean authenticated;
    private volatile boolean parked;
    private final HostedCommands hosted = new HostedCommands();
    private volatile boolean holdsSlot;
    private volatile boolean wakePending;
    private volatile Optional<SqlError> goodbye = Optional.empty();
    private volatile long commands;
    private Output out;
    private FrameReader reader;
    private volatile Session session;
    private CommandLoop loop;
    private Optional<Future<?>> idleAlarm = Optional.empty();
    private boolean mustRead;
    private boolean copying;
    private boolean lingering;
    private boolean delivering;
    private boolean outOfStep;

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
        boolean stalled = parked && out.size() > 0;
        parked = false;
        mustRead = readable;
        live(() -> {
            if (goodbye.isPresent() && stalled) {
                throw new IOException("the client does not read");
            }
            if (goodbye.isPresent()) {
                throw goodbye.get();
            }
            if ((wakePending || delivering) && !loop.isUnfinished()) {
                deliverAll();
            }
            return commands();
        });
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
            if (session != null) {
                office.cancelKeys().remove(session);
                session.close();
            }
        } finally {
            if (holdsSlot) {
                office.slots().giveBack();
            }
            transport.finish();
            turn.leave();
            office.ended(this);
        }
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
            return serve(client, startup.rest());
        }
        return true;
    }

    private ConnectionSlots.Claim claim(String user) {
        return office.cluster().login(user).map(login -> login.superuser() ? ConnectionSlots.Claim.SUPERUSER
                : login.memberOf().contains("pg_use_reserved_connections") ? ConnectionSlots.Claim.RESERVED
                : ConnectionSlots.Claim.ORDINARY).orElse(ConnectionSlots.Claim.ORDINARY);
    }

    private boolean serve(Startup.Client client, byte[] rest) throws IOException {
        List<Cluster.Setting> settings = client.settings().stream()
                .map(setting -> new Cluster.Setting(setting.getKey(), setting.getValue())).toList();
        session = office.cluster().connect(new Cluster.ConnectionRequest(client.user(), client.database(), settings,
                transport.remoteAddress(), new SessionClient()));
        out.text().follow(session);
        byte[] secret = office.cancelKeys().add(session, client.longCancelKey());
        session.reportedSettings().forEach((name, value) -> new ParameterStatus(name, value).encode(out));
        changedSettings.clear();
        new BackendKeyData(session.processId(), secret).encode(out);
        reader = new FrameReader(this::read, office.mostMessageBytes(), rest);
        loop = new CommandLoop(session, out, new ResultWriter(out, session, new CopySource()), new LoopHost());
        loop.ready();
        return commands();
    }

    /** Works commands off; false if the connection waits without a thread now. */
    private boolean commands() throws IOException {
        boolean more = true;
        while (more) {
            if (!loop.isUnfinished()) {
                if (!reader.hasFrame()) {
                    setIdleAlarm();
                    if (waitsElsewhere()) {
                        return false;
                    }
                }
                if (isHosted() && reader.hasFrame() && hosted.needsThread(reader.peekFrame())) {
                    handOver();
                    return false;
                }
            }
            more = (loop.isUnfinished() ? loop.goOn() : command()) && !out.isLost();
            cancelIdleAlarm();
            if (loop.isUnfinished() && isHosted()) {
                handOver();
                return false;
            }
            if (outOfStep) {
                throw new SqlError(SqlState.PROTOCOL_VIOLATION,
                        "terminating connection because protocol synchronization was lost");
            }
            if (goodbye.isPresent()) {
                throw goodbye.get();
            }
        }
        return true;
    }

    private boolean command() throws IOException {
        try {
            Optional<Frame> frame = reader.next(FrameLimits.FRONTEND);
            commands = commands + 1;
            deliverBeforeCommand();
            return frame.isPresent() && loop.handle(frame.get());
        } catch (OversizedMessage e) {
            loop.oversized(e);
            return true;
        } catch (FramingError e) {
            if (e.tellPeer()) {
                throw new SqlError(SqlState.PROTOCOL_VIOLATION, e.getMessage(), e);
            }
            throw e;
        }
    }

    /** What was published before a command came goes out before its answer. */
    private void deliverBeforeCommand() {
        if (wakePending && loop.isReady()) {
            deliverAll();
        }
    }

    private boolean isHosted() {
        return local.isPresent() && local.get().isHost();
    }

    /** Leaves the client's thread to the client and goes on with one of its own. */
    private void handOver() {
        cancelIdleAlarm();
        out.flush();
        turn.startWaiting(false);
        office.dispatch(this, true);
    }

    private boolean waitsElsewhere() throws IOException {
        return local.isPresent() ? sit(local.get()) : park();
    }

    /** Leaves the thread until a client in this process has sent a command. From then on only {@link #resume} may go on. */
    private boolean sit(LocalPeer peer) throws IOException {
        while (!reader.hasFrame() && reader.buffered() < Output.HIGH_WATER && peer.available() > 0) {
            reader.takeOver();
        }
        if (reader.hasFrame() || peer.available() != 0 || reader.buffered() > 0 && !peer.isHost()) {
            return false;
        }
        out.flush();
        reader.relax();
        parked = true;
        turn.startWaiting(loop.isReady());
        if (!peer.seat(guest)) {
            turn.stopWaiting();
            parked = false;
            return false;
        }
        if (wakePending && turn.isIdle() || goodbye.isPresent()) {
            peer.call();
        }
        return true;
    }

    /** Has a connection that waits without a thread resumed. */
    private void call() {
        if (local.isPresent()) {
            local.get().call();
        } else {
            office.call(this);
        }
    }

    private void deliverAll() {
        wakePending = false;
        delivering = false;
        while (session.deliver()) {
            out.relieve();
        }
    }

    /** Leaves the thread if the client idles and listens or threads are scarce. From then on only {@link #resume} may go on. */
    private boolean park() throws IOException {
        boolean crowded = office.isCrowded();
        if (mustRead || !loop.isReady() || reader.buffered() > 0 || !crowded && !deliversSeated()) {
            mustRead = false;
            return false;
        }
        out.flush();
        Optional<SocketChannel> channel = transport.waitable();
        if (channel.isEmpty() || !crowded && linger()) {
            return false;
        }
        reader.relax();
        parked = true;
        turn.startWaiting(true);
        office.seat(this, channel.get());
        return true;
    }

    private boolean deliversSeated() {
        return session.isListening() && transport.tls().isEmpty();
    }

    /** Waits a moment for the next command: whoever sends one after the other keeps the thread. */
    private boolean linger() throws IOException {
        lingering = true;
        try {
            return reader.poll();
        } finally {
            lingering = false;
        }
    }

    /** What has become of a connection that waits without a thread: it is content, cannot write now, has more, or must leave. */
    enum Attended { CONTENT, BLOCKED, MORE, LEAVING }

    /** In the waiting room: delivers some of what is there, without blocking. */
    Attended attend(SocketChannel channel) {
        turn.take();
        try {
            if (goodbye.isPresent() || transport.tls().isPresent()) {
                return Attended.LEAVING;
            }
            if (!out.flushSome(channel)) {
                return Attended.BLOCKED;
            }
            if (wakePending || delivering) {
                wakePending = false;
                delivering = session.deliver();
            }
            boolean written = out.flushSome(channel);
            return out.isLost() ? Attended.LEAVING : !written ? Attended.BLOCKED : delivering ? Attended.MORE : Attended.CONTENT;
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

    /** Bytes for the reader. Everything written so far goes out before anyone waits. */
    private int read(byte[] into, int offset, int length) throws IOException {
        if (local.isPresent() && local.get().available() > 0) {
            return transport.read(into, offset, length);
        }
        out.flush();
        if (copying) {
            return readWhileCopying(into, offset, length);
        }
        turn.startWaiting(loop.isReady());
        try {
            if (wakePending) {
                deliver();
            }
            return lingering ? transport.read(into, offset, length, LINGER_MILLIS) : transport.read(into, offset, length);
        } finally {
            turn.stopWaiting();
        }
    }

    private int readWhileCopying(byte[] into, int offset, int length) throws IOException {
        while (true) {
            int got = transport.read(into, offset, length, COPY_POLL_MILLIS);
            if (got != 0) {
                return got;
            }
            session.checkCancel();
        }
    }

    private void setIdleAlarm() {
        long timeoutMillis = loop.isReady() ? session.idleTimeoutMillis() : 0;
        if (timeoutMillis > 0) {
            cancelIdleAlarm();
            long command = commands;
            idleAlarm = Optional.of(office.later(timeoutMillis, () -> idleFor(command)));
        }
    }

    private void cancelIdleAlarm() {
        if (idleAlarm.isPresent()) {
            idleAlarm.get().cancel(false);
            idleAlarm = Optional.empty();
        }
    }

    private void idleFor(long command) {
        turn.take();
        try {
            if (turn.isIdle() && commands == command) {
                boolean outside = session.status() == Session.TransactionStatus.IDLE;
                leave(outside
                        ? new SqlError(SqlState.IDLE_SESSION_TIMEOUT,
                                "terminating connection due to idle-session timeout")
                        : new SqlError(SqlState.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
                                "terminating connection due to idle-in-transaction timeout"));
            }
        } finally {
            turn.leave();
        }
    }

    /** Delivers what the session has for its client, if the client is idle now. */
    private void deliver() {
        turn.take();
        try {
            if (turn.isIdle() && wakePending) {
                if (parked && local.isPresent()) {
                    call();
                } else if (parked) {
                    office.deliver(this);
                } else {
                    deliverAll();
                    out.flush();
                }
            }
        } catch (SqlError e) {
            leave(e);
        } finally {
            turn.leave();
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

    /** Says goodbye while the connection's own thread waits, and so frees it. */
    private void leave(SqlError reason) {
        goodbye = Optional.of(reason);
        if (parked) {
            call();
            return;
        }
        sayGoodbye(reason);
        transport.abort();
    }

    private void sayGoodbye(SqlError reason) {
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
        Optional.ofNullable(session).ifPresent(Session::terminate);
        terminate(new SqlError(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command"));
    }

    /** Drops the connection. */
    public void abort() {
        transport.abort();
        call();
    }

    private final class Guest implements LocalPeer.Guest {
        @Override
        public void resume(boolean readable) {
            Connection.this.resume(readable);
        }

        @Override
        public void dispatch(boolean readable) {
            office.dispatch(Connection.this, readable);
        }
    }

    private final class CopySource implements CopyInStream.Source {
        @Override
        public Optional<Frame> nextCopyFrame() throws IOException {
            copying = true;
            try {
                return reader.next(FrameLimits.FRONTEND);
            } finally {
                copying = false;
            }
        }

        @Override
        public void outOfStep() {
            outOfStep = true;
        }

        @Override
        public void lost() {
            out.lose();
        }
    }

    private final class LoopHost implements CommandLoop.Host {
        @Override
        public void announce() {
            deliverAll();
            if (!changedSettings.isEmpty()) {
                changedSettings.forEach((name, value) -> new ParameterStatus(name, value).encode(out));
                changedSettings.clear();
            }
        }

        @Override
        public void alarm(SqlError error) {
            office.log().log("ERROR", "session " + session.processId(), error);
        }

        @Override
        public boolean isTerminating() {
            return goodbye.isPresent();
        }

        @Override
        public boolean isBroken() {
            return outOfStep || out.isLost();
        }
    }

    private final class SessionClient implements Client {
        @Override
        public void message(String severity, SqlError message) {
            Reports.notice(severity, message).encode(out);
            out.flush();
        }

        @Override
        public void parameterStatus(String name, String value) {
            changedSettings.put(name, value);
        }

        @Override
        public void notification(int processId, String channel, Slice payload) {
            if (out.text().isUtf8()) {
                NotificationResponse.encode(out, processId, channel, payload.array(), payload.offset(), payload.length());
            } else {
                new NotificationResponse(processId, channel, payload.toString()).encode(out);
            }
        }

        @Override
        public void wake() {
            wakePending = true;
            if (turn.isIdle() && parked && local.isEmpty()) {
                office.deliver(Connection.this);
            } else if (turn.isIdle()) {
                Thread.ofVirtual().start(Connection.this::deliver);
            }
        }

        @Override
        public void terminate(SqlError reason) {
            Connection.this.terminate(reason);
        }
    }
}
