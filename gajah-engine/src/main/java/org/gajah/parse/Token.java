package org.gajah.parse;

/**
 * The kinds of tokens. A kind from 33 to 126 is the character itself; from {@link #KEYWORD} on it is that plus a keyword's
 * ordinal.
 */
final class Token {
    /** The end of the text. */
    static final int END = 0;
    /** An identifier that is no keyword, or any in double quotes. */
    static final int IDENT = 1;
    /** A string literal of any form. */
    static final int STRING = 2;
    /** B'...' or X'...'. */
    static final int BITS = 3;
    /** A whole number that fits int4. */
    static final int INTEGER = 4;
    /** Any other number. */
    static final int FLOAT = 5;
    /** $1. */
    static final int PARAM = 6;
    /** An operator that has no kind of its own. */
    static final int OPERATOR = 7;
    /** ::. */
    static final int TYPECAST = 8;
    /** "..". */
    static final int DOT_DOT = 9;
    /** :=. */
    static final int COLON_EQUALS = 10;
    /** =>. */
    static final int EQUALS_GREATER = 11;
    /** <=. */
    static final int LESS_EQUALS = 12;
    /** >=. */
    static final int GREATER_EQUALS = 13;
    /** <> or !=. */
    static final int NOT_EQUALS = 14;
    /** What is lexically wrong. */
    static final int ERROR = 15;
    /** A keyword. */
    static final int KEYWORD = 128;

    private Token() {
    }
}
