package org.gajah.command;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.base.Slice;

/** Where in the data a COPY FROM is, for the context of its errors. */
final class CopyPlace {
    private static final int MAX_SHOWN = 100; // bytes

    private final String table;
    private long line;
    /** Empty outside of columns. */
    private String column = "";

    CopyPlace(String table) {
        this.table = table;
    }

    String table() {
        return table;
    }

    long line() {
        return line;
    }

    void nextLine() {
        line++;
        column = "";
    }

    /** A line went on over so many more line ends. */
    void addLines(int more) {
        line += more;
    }

    void enter(String name) {
        column = name;
    }

    Optional<String> column() {
        return Optional.of(column).filter(c -> !c.isEmpty());
    }

    void leaveColumn() {
        column = "";
    }

    SqlError at(SqlError error) {
        return add(error, line, column().map(c -> ", column " + c).orElse(""));
    }

    /** At a column's value, empty for a null. */
    SqlError atInput(SqlError error, Optional<Slice> value) {
        return add(error, line, ", column " + column + ": " + input(value));
    }

    /** What was read, as messages show it. */
    static String input(Optional<Slice> value) {
        return value.map(v -> "\"" + shown(v) + "\"").orElse("null input");
    }

    SqlError atLine(SqlError error, long number, Optional<String> text) {
        return add(error, number, behindLine(text));
    }

    /** The present line as it is told by itself. */
    String where(Optional<String> text) {
        return context(line, behindLine(text));
    }

    private static String behindLine(Optional<String> text) {
        return text.map(t -> ": \"" + t + "\"").orElse("");
    }

    private SqlError add(SqlError error, long number, String rest) {
        return error.context().isPresent() ? error : error.context(context(number, rest));
    }

    private String context(long number, String rest) {
        return "COPY " + table + ", line " + number + rest;
    }

    /** As much of a value as {@link #shown} needs. */
    static Slice beginning(Slice value) {
        return value.slice(0, Math.min(value.length(), MAX_SHOWN + 1));
    }

    /** A value as far as an error shows it. */
    static String shown(Slice value) {
        if (value.length() <= MAX_SHOWN) {
            return value.toString();
        }
        int end = MAX_SHOWN;
        while (end > 0 && (value.at(end) & 0xc0) == 0x80) {
            end--;
        }
        return value.slice(0, end) + "...";
    }
}
