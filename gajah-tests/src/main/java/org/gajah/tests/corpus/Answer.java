package org.gajah.tests.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a server said to one statement, as the lines of the corpus.
 *
 * <p>Lines come in the order of the messages; ReadyForQuery ends the answer.
 */
final class Answer {
    /** Numbers in DETAIL and CONTEXT that differ from run to run. */
    private static final Pattern UNSTABLE = Pattern.compile("(Process|process|transaction|tuple) (\\d+|\\(\\d+,\\d+\\))");

    private final WireClient client;
    private final CorpusRecord record;
    private final boolean extended;
    private final List<String> lines = new ArrayList<>();
    private int[] types = {};
    private boolean[] binary = {};
    private boolean synced;

    private Answer(WireClient client, CorpusRecord record, boolean extended) {
        this.client = client;
        this.record = record;
        this.extended = extended;
    }

    /** Reads the whole answer to a statement that was sent before. */
    static List<String> read(WireClient client, CorpusRecord record, boolean extended) throws IOException {
        Answer answer = new Answer(client, record, extended);
        while (!answer.take(client.read())) { }
        return answer.lines;
    }

    /** Turns one message into lines; true if it was the last. */
    private boolean take(WireClient.Message message) throws IOException {
        ByteBuffer body = ByteBuffer.wrap(message.body());
        switch (message.type()) {
            case 'T' -> lines.add(columns(body));
            case 'D' -> lines.add(row(body));
            case 'C' -> {
                lines.add("tag " + text(body));
                commandEnds();
            }
            case 'I' -> {
                lines.add("empty");
                commandEnds();
            }
            case 'E' -> {
                dropUnfinishedResult();
                lines.addAll(report(body));
                commandEnds();
            }
            case 'N' -> lines.addAll(report(body));
            case 'S' -> lines.add("set " + text(body) + " = " + text(body));
            case 'A' -> lines.add("notify from " + (body.getInt() == client.processId() ? "self" : "another") + " "
                    + text(body) + ": " + text(body));
            case 'G' -> copyIn(body);
            case 'H' -> lines.add(copyHeader("out", body));
            case 'd' -> lines.add("data " + escape(new String(message.body(), StandardCharsets.UTF_8)));
            case 'Z' -> {
                char status = (char) body.get();
                if (status != 'I') {
                    lines.add("status " + status);
                }
                return true;
            }
            case '1', '2', '3', 'n', 'c', 's', 't' -> { }
            default -> lines.add("message " + message.type());
        }
        return false;
    }

    /** How much of a result reaches the client before an error is a matter of buffering, so it is not part of the answer. */
    private void dropUnfinishedResult() {
        while (!lines.isEmpty() && (lines.getLast().startsWith("row ") || lines.getLast().startsWith("columns "))) {
            lines.removeLast();
        }
    }

    private String columns(ByteBuffer body) {
        int count = body.getShort();
        types = new int[count];
        binary = new boolean[count];
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = text(body);
            body.getInt();
            body.getShort();
            types[i] = body.getInt();
            body.getShort();
            int typmod = body.getInt();
            binary[i] = body.getShort() == 1;
            columns.add(name + " " + TypeNames.name(types[i], typmod));
        }
        return "columns " + String.join(" | ", columns);
    }

    private String row(ByteBuffer body) {
        int count = body.getShort();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = body.getInt();
            if (length < 0) {
                values.add("\\N");
            } else {
                byte[] value = new byte[length];
                body.get(value);
                values.add(i < binary.length && binary[i]
                        ? BinaryText.decode(types[i], value).map(Answer::escape).orElse(BinaryText.UNKNOWN)
                        : escape(new String(value, StandardCharsets.UTF_8)));
            }
        }
        return "row " + String.join(" | ", values);
    }

    private void copyIn(ByteBuffer body) throws IOException {
        lines.add(copyHeader("in", body));
        for (String data : record.arguments("data")) {
            client.copyData((data + "\n").getBytes(StandardCharsets.UTF_8));
        }
        for (String bytes : record.arguments("bytes")) {
            client.copyData(HexFormat.of().parseHex(bytes.replace(" ", "")));
        }
        var failure = record.argument("fail");
        if (failure.isPresent()) {
            client.copyFail(failure.get());
        } else {
            client.copyDone();
        }
        if (extended) {
            client.flush();
        }
    }

    /** The command has ended; an error of the commit may still come after this. */
    private void commandEnds() throws IOException {
        if (extended && !synced) {
            synced = true;
            client.sync();
        }
    }

    private static String copyHeader(String direction, ByteBuffer body) {
        return "copy " + direction + (body.get() == 0 ? " text " : " binary ") + body.getShort();
    }

    /** The lines of an ErrorResponse or a NoticeResponse. */
    private static List<String> report(ByteBuffer body) {
        Map<Character, String> fields = new HashMap<>();
        while (body.get(body.position()) != 0) {
            char kind = (char) body.get();
            fields.put(kind, text(body));
        }
        List<String> lines = new ArrayList<>();
        lines.add(fields.get('V').toLowerCase(java.util.Locale.ROOT) + " " + fields.get('C') + ": " + escape(fields.get('M')));
        optional(lines, "detail ", fields, 'D');
        optional(lines, "hint ", fields, 'H');
        optional(lines, "position ", fields, 'P');
        optional(lines, "internal position ", fields, 'p');
        optional(lines, "internal query ", fields, 'q');
        optional(lines, "context ", fields, 'W');
        StringBuilder about = new StringBuilder();
        Map<Character, String> names = Map.of('s', "schema", 't', "table", 'c', "column", 'd', "type", 'n', "constraint");
        for (char kind : new char[] {'s', 't', 'c', 'd', 'n'}) {
            if (fields.containsKey(kind)) {
                about.append(' ').append(names.get(kind)).append('=').append(fields.get(kind));
            }
        }
        if (!about.isEmpty()) {
            lines.add("about" + escape(about.toString()));
        }
        return lines;
    }

    private static void optional(List<String> lines, String prefix, Map<Character, String> fields, char kind) {
        if (fields.containsKey(kind)) {
            lines.add(prefix + escape(UNSTABLE.matcher(fields.get(kind)).replaceAll("$1 #")));
        }
    }

    private static String text(ByteBuffer body) {
        int start = body.position();
        while (body.get() != 0) { }
        return new String(body.array(), start, body.position() - 1 - start, StandardCharsets.UTF_8);
    }

    /** One line whatever the value: backslash, bar and control characters are escaped. */
    static String escape(String value) {
        StringBuilder out = new StringBuilder();
        value.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '|' -> out.append("\\p");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 32 || c == 127) {
                        out.append(String.format("\\x%02x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
