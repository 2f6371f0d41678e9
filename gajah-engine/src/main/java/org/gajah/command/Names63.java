package org.gajah.command;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Names that the server chooses, within 63 bytes. */
final class Names63 {
    private static final int MAX_BYTES = 63;

    private Names63() {
    }

    /** The longest beginning that fits, never cutting a character. */
    static String cut(String name) {
        return cut(name, MAX_BYTES);
    }

    private static String cut(String name, int bytes) {
        String shorter = name;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > bytes) {
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter;
    }

    /** {@code table_column_label}, the longer of the first two cut to fit: PostgreSQL's makeObjectName. */
    static String make(String table, String columns, String label) {
        String suffix = "_" + label;
        int room = MAX_BYTES - suffix.length() - (columns.isEmpty() ? 0 : 1);
        String first = table;
        String second = columns;
        while (bytes(first) + bytes(second) > room) {
            if (bytes(first) > bytes(second)) {
                first = cut(first, bytes(first) - 1);
            } else {
                second = cut(second, bytes(second) - 1);
            }
        }
        return first + (second.isEmpty() ? "" : "_" + second) + suffix;
    }

    /** The same with 1, 2, ... behind the label until nobody has the name. */
    static String choose(String table, String columns, String label, Predicate<String> taken) {
        String name = make(table, columns, label);
        for (int i = 1; taken.test(name); i++) {
            name = make(table, columns, label + i);
        }
        return name;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
