package org.gajah.client.copy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows in COPY's text format with its own delimiter and null. */
final class TextRow {
    private static final String LETTERS = "btnvfr"; // for bytes 8 to 13

    private TextRow() {
    }

    /** Null is NULL; everything else is what it says of itself, and {@code byte[]} is bytea. */
    static byte[] encode(Object[] values) {
        StringBuilder line = new StringBuilder(values.length * 16);
        for (int i = 0; i < values.length; i++) {
            line.append(i == 0 ? "" : "\t");
            switch (values[i]) {
                case null -> line.append("\\N");
                case byte[] bytes -> line.append("\\\\x").append(java.util.HexFormat.of().formatHex(bytes));
                default -> escape(values[i].toString(), line);
            }
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 8 && c <= 13) {
                out.append('\\').append(LETTERS.charAt(c - 8));
            } else {
                out.append(c == '\\' ? "\\\\" : c);
            }
        }
    }

    /** The fields of a line; null is NULL. */
    static String[] decode(byte[] line) {
        int end = line.length;
        end -= end > 0 && line[end - 1] == '\n' ? 1 : 0;
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || line[i] == '\t') {
                fields.add(field(line, from, i));
                from = i + 1;
            }
        }
        return fields.toArray(String[]::new);
    }

    private static String field(byte[] line, int from, int to) {
        if (to - from == 2 && line[from] == '\\' && line[from + 1] == 'N') {
            return null;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (line[i] == '\\' && i + 1 < to) {
                int letter = LETTERS.indexOf(line[++i]);
                plain.write(letter < 0 ? line[i] : 8 + letter);
            } else {
                plain.write(line[i]);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }
}
