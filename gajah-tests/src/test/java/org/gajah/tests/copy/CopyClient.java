package org.gajah.tests.copy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client that says what a test wants said, at the time it wants, and reads answers as short words: a message's type letter, for
 * some with what it says. Rows of COPY out in a row are one word. Shares no code with the server.
 */
final class CopyClient implements AutoCloseable {
    static final String END = "end";
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int PROTOCOL_3_0 = 196608;
    private static final int CANCEL = 80877102;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private final int port;
    private byte[] key = new byte[0];
    private boolean ended;

    /** A client that is in. */
    CopyClient(int port, String database) throws IOException {
        this(port, port, database);
    }

    /** A client that reaches the server through {@code port} and cancels at {@code cancelPort}. */
    CopyClient(int port, int cancelPort, String database) throws IOException {
        this.port = cancelPort;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        String words = String.join("\0", "user", "postgres", "database", database, "TimeZone", "UTC", "client_encoding", "UTF8") + "\0\0";
        byte[] body = words.getBytes(StandardCharsets.UTF_8);
        try {
            socket.getOutputStream().write(ByteBuffer.allocate(8 + body.length).putInt(8 + body.length).putInt(PROTOCOL_3_0).put(body).array());
            if (answer(1).contains(END)) {
                throw new EOFException("refused");
            }
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Adds a message to what will be sent. */
    CopyClient add(char type, byte[] body) {
        unsent.write(type);
        unsent.writeBytes(ByteBuffer.allocate(4).putInt(body.length + 4).array());
        unsent.writeBytes(body);
        return this;
    }

    /** Adds a message whose length says that it is shorter than its length. */
    CopyClient addBroken() {
        unsent.writeBytes(new byte[] {'d', 0, 0, 0, 3});
        return this;
    }

    CopyClient add(char type, String body) {
        return add(type, body.getBytes(StandardCharsets.UTF_8));
    }

    CopyClient query(String sql) {
        return add('Q', sql + "\0");
    }

    CopyClient parse(String sql) {
        return add('P', "\0" + sql + "\0\0\0");
    }

    CopyClient bind() {
        return add('B', "\0\0\0\0\0\0\0\0");
    }

    CopyClient describe() {
        return add('D', "P\0");
    }

    CopyClient execute(int maxRows) {
        return add('E', ByteBuffer.allocate(5).put((byte) 0).putInt(maxRows).array());
    }

    CopyClient data(String text) {
        return add('d', text);
    }

    CopyClient data(byte[] bytes) {
        return add('d', bytes);
    }

    CopyClient done() {
        return add('c', "");
    }

    CopyClient fail(String reason) {
        return add('f', reason + "\0");
    }

    CopyClient flush() {
        return add('H', "");
    }

    CopyClient sync() {
        return add('S', "");
    }

    /** Sends what was added; a connection that is gone is found out by reading. */
    CopyClient send() throws IOException {
        try {
            unsent.writeTo(socket.getOutputStream());
        } catch (SocketException gone) {
            assert !socket.isClosed() : gone;
        }
        unsent.reset();
        return this;
    }

    /** Asks the server to cancel what this connection does, and returns when the server has taken the request. */
    void cancel() throws IOException {
        try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
            other.setSoTimeout(TIMEOUT_MILLIS);
            other.getOutputStream().write(ByteBuffer.allocate(8 + key.length).putInt(8 + key.length).putInt(CANCEL).put(key).array());
            other.getInputStream().readAllBytes();
        }
    }

    int processId() {
        return ByteBuffer.wrap(key).getInt();
    }

    /** No more bytes will come from here. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** What comes up to so many ReadyForQuery, or to the end. */
    List<String> answer(int readies) throws IOException {
        List<String> words = new ArrayList<>();
        int left = readies;
        while (left > 0 && !ended) {
            String word = next();
            if (!word.equals("d…") || words.isEmpty() || !words.getLast().equals(word)) {
                words.add(word);
            }
            left -= word.startsWith("Z") ? 1 : 0;
        }
        return words;
    }

    /** Sends what was added and gives what comes up to the next ReadyForQuery, in a line. */
    String ask() throws IOException {
        send();
        return String.join(", ", answer(1));
    }

    /** The next message in a word; startup's messages have none. */
    String next() throws IOException {
        while (true) {
            int type;
            byte[] body;
            try {
                type = in.readUnsignedByte();
                body = new byte[in.readInt() - 4];
                in.readFully(body);
            } catch (EOFException | SocketException gone) {
                ended = true;
                return END;
            }
            switch (type) {
                case 'R', 'S' -> { }
                case 'K' -> key = body;
                case 'Z' -> {
                    return "Z " + (char) body[0];
                }
                case 'C' -> {
                    return text(body).replace("\0", "");
                }
                case 'D' -> {
                    return "D " + row(body);
                }
                case 'd' -> {
                    return "d…";
                }
                case 'E', 'N' -> {
                    return report(type, body);
                }
                case 'G', 'H' -> {
                    return (char) type + (body[0] == 0 ? " text " : " binary ") + ByteBuffer.wrap(body).getShort(1);
                }
                default -> {
                    return String.valueOf((char) type);
                }
            }
        }
    }

    /** The bodies of the CopyData that come up to the next message of another type, which is read over. */
    List<byte[]> rows() throws IOException {
        List<byte[]> rows = new ArrayList<>();
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            if (type == 'd') {
                rows.add(body);
            } else if (type != 'H') {
                return rows;
            }
        }
    }

    private static String row(byte[] body) throws IOException {
        DataInputStream fields = new DataInputStream(new ByteArrayInputStream(body));
        List<String> values = new ArrayList<>();
        for (int left = fields.readShort(); left > 0; left--) {
            int length = fields.readInt();
            values.add(length < 0 ? "null" : text(fields.readNBytes(length)));
        }
        return String.join("|", values);
    }

    private static String report(int type, byte[] body) {
        Map<Character, String> fields = new TreeMap<>();
        for (String field : text(body).split("\0")) {
            if (!field.isEmpty()) {
                fields.put(field.charAt(0), field.substring(1));
            }
        }
        StringBuilder report = new StringBuilder(type == 'N' || fields.get('V').equals("FATAL") ? fields.get('V') : "E");
        report.append(' ').append(fields.get('C')).append(' ').append(fields.get('M'));
        for (char detail : "DHW".toCharArray()) {
            if (fields.containsKey(detail)) {
                report.append(" / ").append(fields.get(detail));
            }
        }
        return report.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Drops the connection without a word. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The bytes that a program writes with a stream. */
    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(out));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /** A program that writes. */
    @FunctionalInterface
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }
}
