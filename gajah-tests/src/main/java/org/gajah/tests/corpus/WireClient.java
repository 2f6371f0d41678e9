package org.gajah.tests.corpus;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The least client of the frontend/backend protocol, which hides nothing.
 *
 * <p>It shares no code with the server, so that a mistake in Gajah's codec cannot cancel itself out.
 */
public final class WireClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int PROTOCOL_3_0 = 196608;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int processId;
    private char status = 'I';

    /** A message from the server. */
    public record Message(char type, byte[] body) {}

    /** One parameter: its type's OID or 0, and its text form, null for NULL. */
    public record Parameter(int type, String text) {}

    /** Connects to a port of the loopback interface and reads up to the first ReadyForQuery. */
    public WireClient(int port, String user, String database) throws IOException {
        this(connected(port), user, database);
    }

    /** Says hello on a connected socket and reads up to the first ReadyForQuery. */
    public WireClient(Socket socket, String user, String database) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        Body startup = new Body();
        startup.int32(PROTOCOL_3_0);
        for (String word : List.of("user", user, "database", database, "TimeZone", "UTC", "client_encoding", "UTF8", "")) {
            startup.text(word);
        }
        byte[] body = startup.bytes();
        out.writeInt(body.length + 4);
        out.write(body);
        out.flush();
        awaitReady();
    }

    private static Socket connected(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        return socket;
    }

    private void awaitReady() throws IOException {
        while (true) {
            Message message = read();
            switch (message.type()) {
                case 'Z' -> {
                    return;
                }
                case 'K' -> processId = new DataInputStream(new java.io.ByteArrayInputStream(message.body())).readInt();
                case 'E' -> throw new IOException("refused: " + new String(message.body(), StandardCharsets.UTF_8).replace('\0', ' '));
                default -> { }
            }
        }
    }

    /** The server's number for this session. */
    public int processId() {
        return processId;
    }

    /** Reads the next message, waiting at most the time limit. */
    public Message read() throws IOException {
        char type = (char) in.readUnsignedByte();
        int length = in.readInt();
        byte[] body = in.readNBytes(length - 4);
        if (body.length != length - 4) {
            throw new IOException("the connection ended inside a message");
        }
        if (type == 'Z') {
            status = (char) body[0];
        }
        return new Message(type, body);
    }

    /** Whether the last ReadyForQuery came inside a transaction block. */
    public boolean inTransaction() {
        return status != 'I';
    }

    /** Sends Query. */
    public void query(String sql) throws IOException {
        send('Q', new Body().text(sql));
        out.flush();
    }

    /** Sends Parse, Bind, Describe, Execute and Flush with the unnamed statement and portal; {@link #sync} ends it. */
    public void execute(String sql, List<Parameter> parameters, boolean binaryResult) throws IOException {
        Body parse = new Body().text("").text(sql).int16(parameters.size());
        parameters.forEach(p -> parse.int32(p.type()));
        send('P', parse);
        Body bind = new Body().text("").text("").int16(0).int16(parameters.size());
        for (Parameter parameter : parameters) {
            if (parameter.text() == null) {
                bind.int32(-1);
            } else {
                byte[] value = parameter.text().getBytes(StandardCharsets.UTF_8);
                bind.int32(value.length).raw(value);
            }
        }
        send('B', bind.int16(1).int16(binaryResult ? 1 : 0));
        send('D', new Body().raw(new byte[] {'P'}).text(""));
        send('E', new Body().text("").int32(0));
        flush();
    }

    /** Sends Flush: answers come now, the transaction does not end. */
    public void flush() throws IOException {
        send('H', new Body());
        out.flush();
    }

    /** Sends Sync. */
    public void sync() throws IOException {
        send('S', new Body());
        out.flush();
    }

    /** Sends one CopyData. */
    public void copyData(byte[] data) throws IOException {
        send('d', new Body().raw(data));
    }

    /** Ends the COPY data. */
    public void copyDone() throws IOException {
        send('c', new Body());
        out.flush();
    }

    /** Ends the COPY data with an error. */
    public void copyFail(String message) throws IOException {
        send('f', new Body().text(message));
        out.flush();
    }

    /** Says goodbye and closes the socket. */
    @Override
    public void close() {
        try (socket) {
            send('X', new Body());
            out.flush();
        } catch (IOException gone) {
            assert socket.isClosed();
        }
    }

    private void send(char type, Body body) throws IOException {
        byte[] bytes = body.bytes();
        out.writeByte(type);
        out.writeInt(bytes.length + 4);
        out.write(bytes);
    }

    /** A message body under construction. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream data = new DataOutputStream(bytes);

        Body text(String text) {
            return raw(text.getBytes(StandardCharsets.UTF_8)).raw(new byte[1]);
        }

        Body raw(byte[] raw) {
            try {
                data.write(raw);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Body int16(int value) {
            return raw(new byte[] {(byte) (value >> 8), (byte) value});
        }

        Body int32(int value) {
            return int16(value >> 16).int16(value);
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
