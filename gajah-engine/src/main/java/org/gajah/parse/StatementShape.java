package org.gajah.parse;

import static org.gajah.parse.Characters.IDENTIFIER_PART;
import static org.gajah.parse.Characters.IDENTIFIER_START;
import static org.gajah.parse.Characters.SPACE;
import static org.gajah.parse.Characters.is;
import static org.gajah.parse.Characters.isDigit;

import java.util.Arrays;
import java.util.Optional;
import org.gajah.base.Slice;

/**
 * The text of one statement with its plain literals (whole numbers of up to nine digits and strings) set apart. Two texts of equal
 * shape are the same tokens but for the values of those literals, so they differ in nothing else once parsed.
 *
 * <p>Only what is cut easily has a shape: one SELECT, INSERT, UPDATE or DELETE without comments, parameters, dollar quotes and
 * escapes. A number that is part of something longer, such as 1.5, is just text here.
 */
public final class StatementShape {
    private static final int MOST_BYTES = 4096;
    private static final int MOST_LITERALS = 64;
    private static final int MOST_DIGITS = 9;

    private final byte[] bytes;
    private final int base;
    private final int limit;
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int count;
    private int hash = 1;

    private StatementShape(Slice text) {
        bytes = text.array();
        base = text.offset();
        limit = base + text.length();
    }

    /** The shape of a text, whose bytes must stay as they are; empty if it has none. */
    public static Optional<StatementShape> of(Slice text) {
        if (text.length() > MOST_BYTES) {
            return Optional.empty();
        }
        StatementShape shape = new StatementShape(text);
        return shape.isKnownStatement() && shape.cut() ? Optional.of(shape) : Optional.empty();
    }

    private boolean isKnownStatement() {
        int at = skipSpace(base);
        int end = at;
        while (end < limit && is(bytes[end], IDENTIFIER_PART)) {
            end++;
        }
        return switch (KeywordTable.find(bytes, at, end)) {
            case SELECT, INSERT, UPDATE, DELETE -> true;
            default -> false;
        };
    }

    private boolean cut() {
        int at = base;
        while (at >= 0 && at < limit) {
            byte b = bytes[at];
            if (is(b, IDENTIFIER_START)) {
                at = cutWord(at);
            } else if (isDigit(b)) {
                at = cutNumber(at);
            } else {
                at = switch (b) {
                    case '\'' -> cutString(at);
                    case '"' -> cutQuoted(at);
                    case '$', '\\', 0 -> -1;
                    case ';' -> skipSpace(at + 1) == limit ? limit : -1;
                    case '-' -> follows(at, '-') ? -1 : plain(at, at + 1);
                    case '/' -> follows(at, '*') ? -1 : plain(at, at + 1);
                    default -> plain(at, at + 1);
                };
            }
        }
        return at >= 0;
    }

    private boolean follows(int at, char next) {
        return at + 1 < limit && bytes[at + 1] == next;
    }

    private int skipSpace(int from) {
        int at = from;
        while (at < limit && is(bytes[at], SPACE)) {
            at++;
        }
        return at;
    }

    /** Text that equal shapes have in common. */
    private int plain(int from, int to) {
        int h = hash;
        for (int i = from; i < to; i++) {
            h = 31 * h + bytes[i];
        }
        hash = h;
        return to;
    }

    /** A name or keyword; what is glued to a quote may be the prefix of another kind of string. */
    private int cutWord(int start) {
        int end = start;
        while (end < limit && is(bytes[end], IDENTIFIER_PART)) {
            if (bytes[end] == '$') {
                return -1;
            }
            end++;
        }
        boolean prefix = end < limit && (bytes[end] == '\'' || bytes[end] == '&' && end - start == 1);
        return prefix ? -1 : plain(start, end);
    }

    private int cutNumber(int start) {
        int end = start;
        while (end < limit && isDigit(bytes[end])) {
            end++;
        }
        boolean partOfMore = end < limit && (bytes[end] == '.' || is(bytes[end], IDENTIFIER_PART))
                || start > base && bytes[start - 1] == '.' || end - start > MOST_DIGITS;
        if (!partOfMore) {
            return literal(start, end, 1);
        }
        while (end < limit && (bytes[end] == '.' || is(bytes[end], IDENTIFIER_PART))) {
            if (bytes[end] == '$') {
                return -1;
            }
            end++;
        }
        return plain(start, end);
    }

    private int cutString(int start) {
        int end = start + 1;
        while (end < limit && (bytes[end] != '\'' || follows(end, '\''))) {
            if (bytes[end] == '\\' || bytes[end] == 0) {
                return -1;
            }
            end += bytes[end] == '\'' ? 2 : 1;
        }
        if (end >= limit) {
            return -1;
        }
        int next = skipSpace(end + 1);
        boolean continued = next < limit && bytes[next] == '\'';
        return continued ? -1 : literal(start, end + 1, 2);
    }

    private int cutQuoted(int start) {
        int end = start + 1;
        while (end < limit && bytes[end] != '"') {
            end++;
        }
        return end < limit ? plain(start, end + 1) : -1;
    }

    private int literal(int start, int end, int kind) {
        if (count == MOST_LITERALS) {
            return -1;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        count++;
        hash = 31 * hash - kind;
        return end;
    }

    /** How many literals are set apart. */
    public int literals() {
        return count;
    }

    public boolean isString(int literal) {
        return bytes[starts[literal]] == '\'';
    }

    /** The value of a number. */
    public int number(int literal) {
        int value = 0;
        for (int i = starts[literal]; i < ends[literal]; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    /** The value of a string. */
    public Slice string(int literal) {
        int start = starts[literal] + 1;
        int end = ends[literal] - 1;
        byte[] value = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            value[length++] = bytes[i];
            i += bytes[i] == '\'' ? 1 : 0;
        }
        return new Slice(value, 0, length);
    }

    /** Where a literal stands, in characters from 1, as the parser counts. */
    public int location(int literal) {
        return location(base, starts[literal]);
    }

    /** Where the minus stands that is the last thing before a number but for space; 0 if it is something else. */
    public int minusLocation(int literal) {
        int at = starts[literal] - 1;
        while (at >= base && is(bytes[at], SPACE)) {
            at--;
        }
        return at >= base && bytes[at] == '-' ? location(base, at) : 0;
    }

    private int location(int from, int to) {
        int location = 1;
        for (int i = from; i < to; i++) {
            location += (bytes[i] & 0xc0) != 0x80 ? 1 : 0;
        }
        return location;
    }

    /** Whether a literal is written alike in a text of equal shape. */
    public boolean hasSameLiteral(int literal, StatementShape other) {
        return Arrays.equals(bytes, starts[literal], ends[literal], other.bytes, other.starts[literal], other.ends[literal]);
    }

    /** The hash of a literal as it is written. */
    public int literalHash(int literal) {
        return new Slice(bytes, starts[literal], ends[literal] - starts[literal]).hashCode();
    }

    /** Equal shapes: all the same but the values of literals. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof StatementShape s) || s.hash != hash || s.count != count) {
            return false;
        }
        int mine = base;
        int theirs = s.base;
        for (int i = 0; i < count; i++) {
            if (isString(i) != s.isString(i) || !Arrays.equals(bytes, mine, starts[i], s.bytes, theirs, s.starts[i])) {
                return false;
            }
            mine = ends[i];
            theirs = s.ends[i];
        }
        return Arrays.equals(bytes, mine, limit, s.bytes, theirs, s.limit);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Bytes of the text. */
    public int length() {
        return limit - base;
    }
}
