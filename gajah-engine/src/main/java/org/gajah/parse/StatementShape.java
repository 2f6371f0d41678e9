package org.gajah.parse;

import static org.gajah.parse.Characters.SPACE;
import static org.gajah.parse.Characters.is;

import java.util.Arrays;
import java.util.List;
import org.gajah.base.Slice;

/**
 * The text of one statement, from its first token to its last, with its plain literals (whole numbers of up to nine digits and
 * strings) set apart. Two statements of equal shape are the same tokens but for the values of those literals, so they differ in
 * nothing else once parsed.
 *
 * <p>A number that is part of something longer, such as 1.5, is just text here, and so is a comment between tokens.
 */
public final class StatementShape {
    private final Kind kind;
    private final byte[] bytes;
    private final int base;
    private final int limit;
    private final int[] starts;
    private final int[] ends;
    private final int hash;
    private final int location;

    /** What kind of statement has this shape. */
    public enum Kind {
        /** SELECT, INSERT, UPDATE or DELETE. */
        QUERY,
        /** One of the short commands about transactions and settings. */
        CONTROL,
        /** Any other, or one that is too large to be kept. */
        OTHER
    }

    StatementShape(Kind kind, byte[] bytes, int base, int limit, int[] starts, int[] ends, int hash) {
        this(kind, new Slice(bytes, base, limit - base), starts, ends, hash, 1);
    }

    private StatementShape(Kind kind, Slice text, int[] starts, int[] ends, int hash, int location) {
        this.kind = kind;
        this.bytes = text.array();
        this.base = text.offset();
        this.limit = base + text.length();
        this.starts = starts;
        this.ends = ends;
        this.hash = hash;
        this.location = location;
    }

    /**
     * The shapes of a text's statements in order, blank ones left out; none if the text is not cut easily. The bytes must stay as they
     * are. Where the parser finds as many statements in the same places they are those shapes'; where all of them are shapes of statements
     * that were parsed once, the parser would find just them.
     */
    public static List<StatementShape> of(Slice text) {
        return ShapeCutter.cut(text);
    }

    /** The same in bytes of its own, of a statement that stands at a place in its text: in code points, from 1. */
    public StatementShape copyAt(int place) {
        return new StatementShape(kind, text().copy(), moved(starts), moved(ends), hash, place);
    }

    private int[] moved(int[] places) {
        return Arrays.stream(places).map(p -> p - base).toArray();
    }

    public Kind kind() {
        return kind;
    }

    /** The statement. */
    public Slice text() {
        return new Slice(bytes, base, limit - base);
    }

    /** Whether the statement is these bytes of the text that it was cut from. */
    public boolean standsAt(Slice text, int offset, int length) {
        return base == text.offset() + offset && limit - base == length;
    }

    /** How many literals are set apart. */
    public int literals() {
        return starts.length;
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

    /** Where a literal stands in the text, in characters from 1, as the parser counts. */
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
        int place = location;
        for (int i = from; i < to; i++) {
            place += (bytes[i] & 0xc0) != 0x80 ? 1 : 0;
        }
        return place;
    }

    /** Whether all literals are written alike in a text of equal shape. */
    public boolean hasSameLiterals(StatementShape other) {
        for (int i = 0; i < starts.length; i++) {
            if (!hasSameLiteral(i, other)) {
                return false;
            }
        }
        return true;
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
        if (!(other instanceof StatementShape s) || s.hash != hash || s.starts.length != starts.length || s.kind != kind) {
            return false;
        }
        int mine = base;
        int theirs = s.base;
        for (int i = 0; i < starts.length; i++) {
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
}
