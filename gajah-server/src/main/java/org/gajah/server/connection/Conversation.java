package org.gajah.server.connection;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.engine.Cluster;
import org.gajah.engine.Session;
import org.gajah.server.net.LocalPeer;
import org.gajah.server.net.Transport;
import org.gajah.wire.BackendKeyData;
import org.gajah.wire.Frame;
import org.gajah.wire.FrameLimits;
import org.gajah.wire.FrameReader;
import org.gajah.wire.FramingError;
import org.gajah.wire.OversizedMessage;

/**
 * What happens between a client that has been let in and its session: commands are read and worked off, and while none comes the connection
 * waits, with or without a thread, and what is notified is delivered.
 */
final class Conversation {
    private static final int COPY_POLL_MILLIS = 50;
    /** How long a listening client that says nothing keeps its thread. */
    private static final int LINGER_MILLIS = 20;

    private final Connection connection;
    private final Office office;
    private final Turn turn;
    private final Transport transport;
    private final Optional<LocalPeer> local;
    private final LocalPeer.Guest guest = new Guest();
    private final HostedCommands hosted = new HostedCommands();
    private final Output out;
    private final Notified client;
    private final Session session;
    private final IdleAlarm idleAlarm;
    private final CommandLoop loop;
    private FrameReader reader;
    private volatile boolean parked;
    private volatile boolean wakePending;
    private boolean delivering;
    private boolean mustRead;
    private boolean copying;
    private boolean lingering;
    private boolean outOfStep;

    Conversation(Connection connection, Startup.Client who) {
        this.connection = connection;
        this.office = connection.office();
        this.turn = connection.turn();
        this.transport = connection.transport();
        this.local = connection.local();
        this.out = connection.out();
        this.client = new Notified();
        List<Cluster.Setting> settings = who.settings().stream()
                .map(setting -> new Cluster.Setting(setting.getKey(), setting.getValue())).toList();
        this.session = office.cluster().connect(new Cluster.ConnectionRequest(who.user(), who.database(), settings,
                transport.remoteAddress(), client));
        this.idleAlarm = new IdleAlarm(office, turn, session, connection::leave);
        this.loop = new CommandLoop(session, out, new ResultWriter(out, session, new CopySource()), new LoopHost());
    }

    /** Greets the client and works its commands off; false if the connection waits without a thread now. */
    boolean begin(boolean longCancelKey, byte[] rest) throws IOException {
        out.text().follow(session);
        byte[] secret = office.cancelKeys().add(session, longCancelKey);
        session.reportedSettings().forEach(client::parameterStatus);
        client.sendSettings();
        new BackendKeyData(session.processId(), secret).encode(out);
        session.login();
        reader = new FrameReader(this::read, office.mostMessageBytes(), rest);
        loop.ready();
        return commands();
    }

    /** Goes on after a wait without a thread; {@code readable} if the client has said something. */
    boolean goOn(boolean readable) throws IOException {
        boolean stalled = parked && out.size() > 0;
        parked = false;
        mustRead = readable;
        Optional<SqlError> goodbye = connection.goodbye();
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
    }

    /** Whether the connection waits without a thread. */
    boolean isParked() {
        return parked;
    }

    /** Ends what the session is doing. */
    void stop() {
        session.terminate();
    }

    /** Nobody can cancel it any more. */
    void forget() {
        office.cancelKeys().remove(session);
    }

    void close() {
        forget();
        session.close();
    }

    // ---- commands

    /** Works commands off; false if the connection waits without a thread now. */
    private boolean commands() throws IOException {
        boolean more = true;
        while (more) {
            if (!loop.isUnfinished()) {
                if (!reader.hasFrame()) {
                    if (loop.isReady()) {
                        idleAlarm.set();
                    }
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
            idleAlarm.cancel();
            if (loop.isUnfinished() && isHosted()) {
                handOver();
                return false;
            }
            if (outOfStep) {
                throw new SqlError(SqlState.PROTOCOL_VIOLATION,
                        "terminating connection because protocol synchronization was lost");
            }
            if (connection.goodbye().isPresent()) {
                throw connection.goodbye().get();
            }
        }
        return true;
    }

    private boolean command() throws IOException {
        try {
            Optional<Frame> frame = reader.next(FrameLimits.FRONTEND);
            idleAlarm.heard();
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

    // ---- waiting

    private boolean isHosted() {
        return local.isPresent() && local.get().isHost();
    }

    /** Leaves the client's thread to the client and goes on with one of its own. */
    private void handOver() {
        idleAlarm.cancel();
        out.flush();
        turn.startWaiting(false);
        office.dispatch(connection, true);
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
        if (wakePending && turn.isIdle() || connection.goodbye().isPresent()) {
            peer.call();
        }
        return true;
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
        office.seat(connection, channel.get());
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

    // ---- delivering

    /** What was published before a command came goes out before its answer. */
    private void deliverBeforeCommand() {
        if (wakePending && loop.isReady()) {
            deliverAll();
        }
    }

    private void deliverAll() {
        wakePending = false;
        delivering = false;
        while (session.deliver()) {
            out.relieve();
        }
    }

    /** In the waiting room: delivers some of what is there, without blocking. */
    Connection.Attended attend(SocketChannel channel) {
        if (!out.flushSome(channel)) {
            return Connection.Attended.BLOCKED;
        }
        if (wakePending || delivering) {
            wakePending = false;
            delivering = session.deliver();
        }
        boolean written = out.flushSome(channel);
        return out.isLost() ? Connection.Attended.LEAVING : !written ? Connection.Attended.BLOCKED
                : delivering ? Connection.Attended.MORE : Connection.Attended.CONTENT;
    }

    /** Delivers what the session has for its client, if the client is idle now. */
    private void deliver() {
        turn.take();
        try {
            if (turn.isIdle() && wakePending) {
                if (parked && local.isPresent()) {
                    connection.call();
                } else if (parked) {
                    office.deliver(connection);
                } else {
                    deliverAll();
                    out.flush();
                }
            }
        } catch (SqlError e) {
            connection.leave(e);
        } finally {
            turn.leave();
        }
    }

    private final class Notified extends SessionClient {
        Notified() {
            super(out);
        }

        @Override
        public void wake() {
            wakePending = true;
            if (turn.isIdle() && parked && local.isEmpty()) {
                office.deliver(connection);
            } else if (turn.isIdle()) {
                Thread.ofVirtual().start(Conversation.this::deliver);
            }
        }

        @Override
        public void terminate(SqlError reason) {
            connection.terminate(reason);
        }

        @Override
        public void disown(SqlError reason) {
            connection.disown(reason);
        }
    }

    private final class Guest implements LocalPeer.Guest {
        @Override
        public void resume(boolean readable) {
            connection.resume(readable);
        }

        @Override
        public void dispatch(boolean readable) {
            office.dispatch(connection, readable);
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
            client.sendSettings();
        }

        @Override
        public void alarm(SqlError error) {
            office.log().log("ERROR", "session " + session.processId(), error);
        }

        @Override
        public boolean isTerminating() {
            return connection.goodbye().isPresent();
        }

        @Override
        public boolean isBroken() {
            return outOfStep || out.isLost();
        }
    }
}
