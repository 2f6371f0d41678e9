package org.gajah.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.wire.BackendKeyData;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.CancelRequest;
import org.gajah.wire.CommandComplete;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.Frame;
import org.gajah.wire.FrameLimits;
import org.gajah.wire.FrameReader;
import org.gajah.wire.FrontendMessage;
import org.gajah.wire.MalformedMessage;
import org.gajah.wire.NoticeResponse;
import org.gajah.wire.NotificationResponse;
import org.gajah.wire.Query;
import org.gajah.wire.ReadyForQuery;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.StartupPacket;
import org.gajah.wire.WireBuffer;

/** A client that says exactly what a test wants said. Every wait ends after ten seconds. */
final class RawClient implements AutoCloseable {
    final Socket socket;
    private final FrameReader reader;
    BackendKeyData key = new BackendKeyData(0, new byte[0]);

    RawClient(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        reader = new FrameReader(socket.getInputStream()::read);
    }

    /** A client that is in as postgres. */
    static RawClient connected(InetSocketAddress address) throws IOException {
        return connected(address, StartupMessage.V3_0, Map.of("user", "postgres"));
    }

    static RawClient connected(InetSocketAddress address, int version, Map<String, String> parameters)
            throws IOException {
        RawClient client = new RawClient(address);
        client.send(new StartupMessage(version, new LinkedHashMap<>(parameters)));
        client.untilReady();
        return client;
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(StartupPacket packet) throws IOException {
        WireBuffer out = new WireBuffer();
        packet.encode(out);
        send(out.toBytes());
    }

    void send(FrontendMessage... messages) throws IOException {
        WireBuffer out = new WireBuffer();
        for (FrontendMessage message : messages) {
            message.encode(out);
        }
        send(out.toBytes());
    }

    void query(String sql) throws IOException {
        send(new Query(sql));
    }

    /** The next message; empty at the end of the connection. */
    Optional<BackendMessage> next() throws IOException {
        Optional<Frame> frame = reader.next(FrameLimits.BACKEND);
        try {
            return frame.isEmpty() ? Optional.empty() : Optional.of(BackendMessage.decode(frame.get()));
        } catch (MalformedMessage e) {
            throw new IOException(e);
        }
    }

    BackendMessage expect() throws IOException {
        return next().orElseThrow(() -> new IOException("the connection has ended"));
    }

    /** A byte that is not part of a message. */
    int nextByte() throws IOException {
        return socket.getInputStream().read();
    }

    /** All messages up to and with ReadyForQuery. */
    List<BackendMessage> untilReady() throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        do {
            messages.add(expect());
            if (messages.getLast() instanceof BackendKeyData data) {
                key = data;
            }
        } while (!(messages.getLast() instanceof ReadyForQuery));
        return messages;
    }

    /** All messages up to the end of the connection. */
    List<BackendMessage> untilEnd() throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        for (Optional<BackendMessage> message = next(); message.isPresent(); message = next()) {
            messages.add(message.get());
        }
        return messages;
    }

    /** Messages in short: type names, tags, SQLSTATEs, the status of ReadyForQuery. */
    static String brief(List<BackendMessage> messages) {
        List<String> words = new ArrayList<>();
        for (BackendMessage message : messages) {
            words.add(switch (message) {
                case CommandComplete complete -> complete.tag();
                case ErrorResponse error -> error.report().field('S').orElse("") + " " + error.report().sqlState();
                case NoticeResponse notice -> "NOTICE " + notice.report().message();
                case NotificationResponse note -> "A " + note.channel() + " " + note.payload();
                case ReadyForQuery ready -> "Z" + (char) ready.status();
                default -> message.getClass().getSimpleName();
            });
        }
        return String.join(", ", words);
    }

    /** What comes for a query. */
    List<BackendMessage> untilReadyAfter(String sql) throws IOException {
        query(sql);
        return untilReady();
    }

    String answer(String sql) throws IOException {
        query(sql);
        return brief(untilReady());
    }

    CancelRequest cancelRequest() {
        return new CancelRequest(key.processId(), key.secret());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
