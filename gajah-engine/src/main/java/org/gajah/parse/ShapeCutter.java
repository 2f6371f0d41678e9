package org.gajah.parse;

import static org.gajah.parse.Characters.IDENTIFIER_PART;
import static org.gajah.parse.Characters.IDENTIFIER_START;
import static org.gajah.parse.Characters.SPACE;
import static org.gajah.parse.Characters.is;
import static org.gajah.parse.Characters.isDigit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gajah.base.Slice;

/**
 * Cuts a text at its semicolons into statements, and these at their plain literals.
 *
 * <p>It gives up on what is not cut easily: dollar signs, backslashes, strings with a prefix or in several pieces, whatever has no end.
 * Inside of a statement's own parentheses or body a semicolon is cut at too; the parts of such a statement are none that were ever parsed.
 */
final class ShapeCutter {
    private static final int MOST_TEXT_BYTES = 1 << 20;
    private static final int MOST_BYTES = 4096;
    private static final int MOST_LITERALS = 64;
    private static final int MOST_DIGITS = 9;

    private final byte[] bytes;
    private final int limit;
    private final List<StatementShape> shapes = new ArrayList<>(1);
    private int at;
    /** First byte of the statement that is being cut, and behind its last token; -1 before there is one. */
    private int start;
    private int end;
    private StatementShape.Kind kind = StatementShape.Kind.OTHER;
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int count;
    private int hash;
    private int hashAtEnd;

    private ShapeCutter(Slice text) {
        bytes = text.array();
        at = text.offset();
        limit = at + text.length();
    }

    /** The shapes of a text's statements, blank ones left out; none if it is not cut easily. */
    static List<StatementShape> cut(Slice text) {
        if (text.length() > MOST_TEXT_BYTES) {
            return List.of();
        }
        ShapeCutter cutter = new ShapeCutter(text);
        return cutter.cut() ? cutter.shapes : List.of();
    }

    private boolean cut() {
        begin();
        while (at < limit) {
            int next = next(bytes[at]);
            if (next < 0) {
                return false;
            }
            at = next;
        }
        finish();
        return true;
    }

    private void begin() {
        start = -1;
        count = 0;
        hash = 1;
    }

    private void finish() {
        if (start < 0) {
            return;
        }
        boolean tooLarge = end - start > MOST_BYTES || count > MOST_LITERALS;
        int kept = tooLarge ? 0 : count;
        shapes.add(new StatementShape(tooLarge ? StatementShape.Kind.OTHER : kind, bytes, start, end, Arrays.copyOf(starts, kept),
                Arrays.copyOf(ends, kept), hashAtEnd));
    }

    /** Cuts what begins here; gives where it ends, or -1. */
    private int next(byte b) {
        if (is(b, SPACE)) {
            return text(at, at + 1);
        } else if (b == ';') {
            finish();
            begin();
            return at + 1;
        } else if (b == '-' && follows(at, '-')) {
            return text(at, endOfLine(at));
        } else if (b == '/' && follows(at, '*')) {
            int close = endOfComment(at);
            return close < 0 ? -1 : text(at, close);
        } else if (start < 0) {
            start = at;
            kind = kind();
        }
        int stop = token(b);
        end = stop;
        hashAtEnd = hash;
        return stop;
    }

    private int token(byte b) {
        if (is(b, IDENTIFIER_START)) {
            return word();
        } else if (isDigit(b)) {
            return number();
        }
        return switch (b) {
            case '\'' -> string();
            case '"' -> quoted();
            case '$', '\\', 0 -> -1;
            default -> text(at, at + 1);
        };
    }

    private StatementShape.Kind kind() {
        int stop = at;
        while (stop < limit && is(bytes[stop], IDENTIFIER_PART)) {
            stop++;
        }
        return switch (KeywordTable.find(bytes, at, stop)) {
            case SELECT, INSERT, UPDATE, DELETE -> StatementShape.Kind.QUERY;
            case BEGIN, START, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE, SET, RESET -> StatementShape.Kind.CONTROL;
            default -> StatementShape.Kind.OTHER;
        };
    }

    private boolean follows(int from, char next) {
        return from + 1 < limit && bytes[from + 1] == next;
    }

    private int endOfLine(int from) {
        int stop = from;
        while (stop < limit && bytes[stop] != '\n' && bytes[stop] != '\r') {
            stop++;
        }
        return stop;
    }

    /** Comments nest. */
    private int endOfComment(int from) {
        int depth = 1;
        int stop = from + 2;
        while (depth > 0 && stop < limit) {
            if (bytes[stop] == '*' && follows(stop, '/')) {
                depth--;
                stop += 2;
            } else if (bytes[stop] == '/' && follows(stop, '*')) {
                depth++;
                stop += 2;
            } else {
                stop++;
            }
        }
        return depth == 0 ? stop : -1;
    }

    /** Text that equal shapes have in common. */
    private int text(int from, int to) {
        int h = hash;
        for (int i = from; i < to; i++) {
            h = 31 * h + bytes[i];
        }
        hash = start < 0 ? hash : h;
        return to;
    }

    /** A name or keyword; what is glued to a quote may be the prefix of another kind of string. */
    private int word() {
        int stop = at;
        while (stop < limit && is(bytes[stop], IDENTIFIER_PART)) {
            if (bytes[stop] == '$') {
                return -1;
            }
            stop++;
        }
        boolean prefix = stop < limit && (bytes[stop] == '\'' || bytes[stop] == '&' && stop - at == 1);
        return prefix ? -1 : text(at, stop);
    }

    private int number() {
        int stop = at;
        while (stop < limit && isDigit(bytes[stop])) {
            stop++;
        }
        boolean partOfMore = stop < limit && (bytes[stop] == '.' || is(bytes[stop], IDENTIFIER_PART))
                || at > start && bytes[at - 1] == '.' || stop - at > MOST_DIGITS;
        if (!partOfMore) {
            return literal(stop, 1);
        }
        while (stop < limit && (bytes[stop] == '.' || is(bytes[stop], IDENTIFIER_PART))) {
            if (bytes[stop] == '$') {
                return -1;
            }
            stop++;
        }
        return text(at, stop);
    }

    private int string() {
        int stop = at + 1;
        while (stop < limit && (bytes[stop] != '\'' || follows(stop, '\''))) {
            if (bytes[stop] == '\\' || bytes[stop] == 0) {
                return -1;
            }
            stop += bytes[stop] == '\'' ? 2 : 1;
        }
        return stop >= limit || isContinued(stop + 1) ? -1 : literal(stop + 1, 2);
    }

    /** Whether there is nothing but white space and rests of lines before another quote. */
    private boolean isContinued(int from) {
        int next = from;
        while (next < limit && (is(bytes[next], SPACE) || bytes[next] == '-' && follows(next, '-'))) {
            next = is(bytes[next], SPACE) ? next + 1 : endOfLine(next);
        }
        return next < limit && bytes[next] == '\'';
    }

    private int quoted() {
        int stop = at + 1;
        while (stop < limit && bytes[stop] != '"') {
            stop++;
        }
        return stop < limit ? text(at, stop + 1) : -1;
    }

    private int literal(int stop, int sign) {
        if (count < MOST_LITERALS) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            starts[count] = at;
            ends[count] = stop;
        }
        count++;
        hash = 31 * hash - sign;
        return stop;
    }
}
