package org.gajah.ast;

import org.gajah.base.Slice;

/** A literal. */
public sealed interface AConst extends Expression {
    /** NULL. */
    record Null(int location) implements AConst {
    }

    /** TRUE or FALSE. */
    record Bool(boolean value, int location) implements AConst {
    }

    /** A whole number that fits int4, however it was written. */
    record Int(int value, int location) implements AConst {
    }

    /**
     * A number that is not a small whole one.
     *
     * @param text the number for numeric's or int8's input: digits, hexadecimal and underscores as written, maybe with a
     *             sign in front
     */
    record Float(String text, int location) implements AConst {
    }

    /** A string literal of any form, its escapes resolved. */
    record Text(Slice value, int location) implements AConst {
    }

    /**
     * A bit string.
     *
     * @param text {@code b} or {@code x}, then the digits as written
     */
    record Bit(String text, int location) implements AConst {
    }
}
