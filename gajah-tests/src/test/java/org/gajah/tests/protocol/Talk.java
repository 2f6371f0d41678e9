package org.gajah.tests.protocol;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A conversation with a server, message by message, kept as lines that another server must say as well. What differs from server to
 * server (OIDs of tables, process ids, lines of source) is left out. Shares no code with the server.
 */
final class Talk implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int PROTOCOL_3_0 = 0x30000;

    final List<String> said = new ArrayList<>();

    /** The first value of the last row; null if that was NULL. */
    byte[] value = new byte[0];

    private final int port;
    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();

    /** Connects and keeps what the server says at the start if {@code heard}. */
    Talk(int port, Map<String, String> parameters, boolean heard) throws IOException {
        this.port = port;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        Message hello = new Message().int32(PROTOCOL_3_0);
        parameters.forEach((name, value) -> hello.text(name).text(value));
        byte[] body = hello.text("").bytes();
        socket.getOutputStream().write(ByteBuffer.allocate(4 + body.length).putInt(4 + body.length).put(body).array());
        listen();
        if (!heard) {
            said.clear();
        }
    }

    /** Another connection to the same server. */
    Talk another(String user, String database) throws IOException {
        return new Talk(port, Map.of("user", user, "database", database), true);
    }

    Talk add(char type, byte[] body) {
        unsent.write(type);
        unsent.writeBytes(ByteBuffer.allocate(4).putInt(body.length + 4).array());
        unsent.writeBytes(body);
        return this;
    }

    Talk parse(String name, String sql, int... types) {
        Message message = new Message().text(name).text(sql).int16(types.length);
        for (int type : types) {
            message.int32(type);
        }
        return add('P', message.bytes());
    }

    /** Bind with values in text form, null for NULL; results in text form. */
    Talk bind(String portal, String statement, String... values) {
        Message message = new Message().text(portal).text(statement).int16(0).int16(values.length);
        for (String value : values) {
            message.value(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        }
        return add('B', message.int16(0).bytes());
    }

    /** Bind with formats as they are given. */
    Talk bind(String portal, String statement, int[] formats, byte[][] values, int... resultFormats) {
        Message message = new Message().text(portal).text(statement).int16(formats.length);
        for (int format : formats) {
            message.int16(format);
        }
        message.int16(values.length);
        for (byte[] value : values) {
            message.value(value);
        }
        message.int16(resultFormats.length);
        for (int format : resultFormats) {
            message.int16(format);
        }
        return add('B', message.bytes());
    }

    Talk describe(char kind, String name) {
        return add('D', new Message().raw((byte) kind).text(name).bytes());
    }

    Talk close(char kind, String name) {
        return add('C', new Message().raw((byte) kind).text(name).bytes());
    }

    Talk execute(String portal, int maxRows) {
        return add('E', new Message().text(portal).int32(maxRows).bytes());
    }

    /** The unnamed statement and portal from Parse to Execute. */
    Talk run(String sql, String... values) {
        return parse("", sql).bind("", "", values).describe('P', "").execute("", 0);
    }

    /** Sends everything and Sync, and hears the answer. */
    Talk sync() throws IOException {
        add('S', new byte[0]);
        send();
        return listen();
    }

    /** Sends everything and Flush, and hears {@code count} messages. */
    Talk flush(int count) throws IOException {
        add('H', new byte[0]);
        send();
        for (int i = 0; i < count; i++) {
            hear();
        }
        return this;
    }

    Talk query(String sql) throws IOException {
        add('Q', new Message().text(sql).bytes());
        send();
        return listen();
    }

    void send() throws IOException {
        unsent.writeTo(socket.getOutputStream());
        unsent.reset();
    }

    /** Keeps everything up to ReadyForQuery or the end. */
    private Talk listen() throws IOException {
        int from = said.size();
        char type = hear();
        while (type != 'Z' && type != 0) {
            type = hear();
        }
        sortStatuses(from);
        return this;
    }

    /** Settings that are told together are told in any order. */
    private void sortStatuses(int from) {
        for (int start = from; start < said.size(); start++) {
            int end = start;
            while (end < said.size() && said.get(end).startsWith("S ")) {
                end++;
            }
            said.subList(start, end).sort(Comparator.naturalOrder());
        }
    }

    private char hear() throws IOException {
        int type = in.read();
        if (type < 0) {
            said.add("end");
            return 0;
        }
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        if (type == 'D' && body.length > Short.BYTES) {
            ByteBuffer row = ByteBuffer.wrap(body);
            int length = row.getInt(Short.BYTES);
            value = length < 0 ? null : Arrays.copyOfRange(body, Short.BYTES + Integer.BYTES, Short.BYTES + Integer.BYTES + length);
        }
        said.add(Words.of((char) type, ByteBuffer.wrap(body)));
        return (char) type;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A message's body under construction. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message raw(byte... raw) {
            bytes.writeBytes(raw);
            return this;
        }

        Message text(String text) {
            return raw(text.getBytes(StandardCharsets.UTF_8)).raw((byte) 0);
        }

        Message int16(int value) {
            return raw((byte) (value >> 8), (byte) value);
        }

        Message int32(int value) {
            return int16(value >> 16).int16(value);
        }

        Message value(byte[] value) {
            return value == null ? int32(-1) : int32(value.length).raw(value);
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /** Messages as lines. */
    private static final class Words {
        private static final int FIRST_OWN_OID = 16384;

        static String of(char type, ByteBuffer body) {
            return switch (type) {
                case 'E', 'N' -> type + report(body);
                case 'T' -> "T" + columns(body);
                case 'D' -> "D" + row(body);
                case 't' -> "t" + types(body);
                case 'S' -> "S " + text(body) + "=" + text(body);
                case 'C' -> "C " + text(body);
                case 'Z' -> "Z " + (char) body.get();
                case 'K' -> "K " + body.remaining();
                case 'R' -> "R " + body.getInt();
                default -> type + (body.hasRemaining() ? HexFormat.of().formatHex(body.array()) : "");
            };
        }

        private static String text(ByteBuffer body) {
            int start = body.position();
            while (body.get() != 0) {
                assert body.hasRemaining();
            }
            return new String(body.array(), start, body.position() - start - 1, StandardCharsets.UTF_8);
        }

        private static String report(ByteBuffer body) {
            StringBuilder words = new StringBuilder();
            for (byte field = body.get(); field != 0; field = body.get()) {
                String value = text(body);
                if ("FLR".indexOf(field) < 0) {
                    words.append(' ').append((char) field).append('=').append(value);
                }
            }
            return words.toString();
        }

        private static String columns(ByteBuffer body) {
            StringBuilder words = new StringBuilder();
            for (int left = body.getShort(); left > 0; left--) {
                words.append(" [").append(text(body)).append(' ').append(oid(body.getInt())).append(' ').append(body.getShort()).append(' ')
                        .append(oid(body.getInt())).append(' ').append(body.getShort()).append(' ').append(body.getInt()).append(' ')
                        .append(body.getShort()).append(']');
            }
            return words.toString();
        }

        private static String oid(int oid) {
            return Integer.compareUnsigned(oid, FIRST_OWN_OID) < 0 ? Integer.toString(oid) : "own";
        }

        private static String row(ByteBuffer body) {
            StringBuilder words = new StringBuilder();
            for (int left = body.getShort(); left > 0; left--) {
                int length = body.getInt();
                if (length < 0) {
                    words.append(" null");
                } else {
                    byte[] value = new byte[length];
                    body.get(value);
                    boolean printable = true;
                    for (byte b : value) {
                        printable &= b >= ' ';
                    }
                    words.append(' ').append(printable ? new String(value, StandardCharsets.US_ASCII) : "x" + HexFormat.of().formatHex(value));
                }
            }
            return words.toString();
        }

        private static String types(ByteBuffer body) {
            StringBuilder words = new StringBuilder();
            for (int left = Short.toUnsignedInt(body.getShort()); left > 0; left--) {
                words.append(' ').append(oid(body.getInt()));
            }
            return words.length() > 100 ? " " + words.length() + words.substring(0, 100) : words.toString();
        }
    }
}
