package org.gajah.analyze;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down what a PostgreSQL server says of each statement of a file: parameter and column types, or the error.
 * Run as {@code java VerdictRecorder.java port database statements verdicts}; a verdict is the statement, a tab, the answer.
 */
final class VerdictRecorder {
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Map<Integer, String> typeNames = new HashMap<>();

    private VerdictRecorder(Socket socket, String database) throws IOException {
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        DataOutputStream d = new DataOutputStream(start);
        d.writeInt(196608);
        for (String s : List.of("user", "postgres", "database", database, "client_encoding", "UTF8", "")) {
            d.write(s.getBytes(StandardCharsets.UTF_8));
            d.writeByte(0);
        }
        out.writeInt(start.size() + 4);
        out.write(start.toByteArray());
        untilReady();
    }

    private record Message(char type, byte[] body) {
    }

    private Message read() throws IOException {
        char type = (char) in.readByte();
        byte[] body = new byte[in.readInt() - 4];
        in.readFully(body);
        return new Message(type, body);
    }

    private List<Message> untilReady() throws IOException {
        out.flush();
        List<Message> all = new ArrayList<>();
        while (true) {
            Message m = read();
            all.add(m);
            if (m.type() == 'Z') {
                return all;
            }
        }
    }

    private void send(char type, byte[]... parts) throws IOException {
        int length = 4;
        for (byte[] p : parts) {
            length += p.length;
        }
        out.writeByte(type);
        out.writeInt(length);
        for (byte[] p : parts) {
            out.write(p);
        }
    }

    private static byte[] text(String s) {
        return (s + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private String verdict(String sql) throws IOException {
        send('P', text(""), text(sql), new byte[] {0, 0});
        send('D', new byte[] {'S'}, text(""));
        send('S');
        StringBuilder made = new StringBuilder("OK");
        for (Message m : untilReady()) {
            DataInputStream body = new DataInputStream(new java.io.ByteArrayInputStream(m.body()));
            switch (m.type()) {
                case 'E' -> {
                    return error(m.body());
                }
                case 't' -> {
                    int count = body.readShort();
                    made.append(" (");
                    for (int i = 0; i < count; i++) {
                        made.append(i > 0 ? ", " : "").append('#').append(body.readInt()).append('#');
                    }
                    made.append(")");
                }
                case 'T' -> {
                    int count = body.readShort();
                    for (int i = 0; i < count; i++) {
                        made.append(" | ").append(cstring(body)).append(" ");
                        body.skipBytes(6);
                        int type = body.readInt();
                        body.skipBytes(2);
                        int typmod = body.readInt();
                        body.skipBytes(2);
                        made.append('#').append(type).append('#');
                        if (typmod >= 0) {
                            made.append(" ").append(typmod);
                        }
                    }
                }
                default -> {
                }
            }
        }
        return made.toString();
    }

    private static String cstring(DataInputStream body) throws IOException {
        ByteArrayOutputStream s = new ByteArrayOutputStream();
        int b = body.readByte();
        while (b != 0) {
            s.write(b);
            b = body.readByte();
        }
        return s.toString(StandardCharsets.UTF_8);
    }

    private static String error(byte[] body) throws IOException {
        DataInputStream d = new DataInputStream(new java.io.ByteArrayInputStream(body));
        Map<Character, String> fields = new HashMap<>();
        int type = d.readByte();
        while (type != 0) {
            fields.put((char) type, cstring(d));
            type = d.readByte();
        }
        return "ERR " + fields.get('C') + " " + fields.getOrDefault('P', "0") + " " + fields.get('M')
                + (fields.containsKey('D') ? " DETAIL " + fields.get('D') : "") + (fields.containsKey('H') ? " HINT " + fields.get('H') : "");
    }

    private String typeName(int oid) throws IOException {
        if (!typeNames.containsKey(oid)) {
            send('Q', text("select format_type(" + Integer.toUnsignedString(oid) + ", null)"));
            for (Message m : untilReady()) {
                if (m.type() == 'D') {
                    typeNames.put(oid, new String(m.body(), 6, m.body().length - 6, StandardCharsets.UTF_8));
                }
            }
        }
        return typeNames.get(oid);
    }

    private String named(String verdict) throws IOException {
        java.util.regex.Matcher m = java.util.regex.Pattern.compile("#(\\d+)#").matcher(verdict);
        StringBuilder made = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(made, java.util.regex.Matcher.quoteReplacement(typeName(Integer.parseUnsignedInt(m.group(1)))));
        }
        return m.appendTail(made).toString();
    }

    public static void main(String[] args) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(args[0]));
                BufferedWriter verdicts = Files.newBufferedWriter(Path.of(args[3]))) {
            VerdictRecorder recorder = new VerdictRecorder(socket, args[1]);
            for (String sql : Files.readAllLines(Path.of(args[2]))) {
                if (!sql.isBlank() && !sql.startsWith("--")) {
                    verdicts.write(sql + "\t" + recorder.named(recorder.verdict(sql)).replace("\n", "\\n") + "\n");
                }
            }
        }
    }
}
