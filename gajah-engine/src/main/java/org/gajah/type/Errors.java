package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;

/** The errors that many types and functions raise, in PostgreSQL's words. */
public final class Errors {
    private static final String LEFTOVER = "incorrect binary data format";

    private Errors() {
    }

    /** 22P02: the text is not of that type. */
    public static SqlError invalidSyntax(String type, Slice text) {
        return new SqlError(SqlState.INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type " + type + ": \"" + text + "\"");
    }

    /** 22003: the text is a number that the type cannot hold. */
    public static SqlError valueOutOfRange(String type, Slice text) {
        return new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                "value \"" + text + "\" is out of range for type " + type);
    }

    /** 22003: an operation's result does not fit the type. */
    public static SqlError outOfRange(String type) {
        return new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, type + " out of range");
    }

    /** 22012. */
    public static SqlError divisionByZero() {
        return new SqlError(SqlState.DIVISION_BY_ZERO, "division by zero");
    }

    /** 22003: a floating-point result became infinite. */
    public static SqlError floatOverflow() {
        return new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
    }

    /** 22003: a floating-point result became zero. */
    public static SqlError floatUnderflow() {
        return new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
    }

    /** 22P03: the bytes are not the type's binary form. */
    public static SqlError invalidBinary(String what) {
        return new SqlError(SqlState.INVALID_BINARY_REPRESENTATION, what);
    }

    /** 22P03: a value's bytes go on behind its end. Who knows which value it is says it with {@link #leftover}. */
    public static SqlError leftover() {
        return invalidBinary(LEFTOVER);
    }

    /** Whether it is {@link #leftover()}. */
    public static boolean isLeftover(SqlError e) {
        return e.state() == SqlState.INVALID_BINARY_REPRESENTATION && e.getMessage().equals(LEFTOVER);
    }

    /** The same in other words. */
    public static SqlError leftover(SqlError e, String words) {
        return new SqlError(SqlState.INVALID_BINARY_REPRESENTATION, words, e);
    }

    /** Checks the length of a fixed-width binary value. */
    public static void requireLength(Slice bytes, int length) {
        if (bytes.length() < length) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
        }
        if (bytes.length() > length) {
            throw leftover();
        }
    }

    /** 22023. */
    public static SqlError invalidParameter(String message) {
        return new SqlError(SqlState.INVALID_PARAMETER_VALUE, message);
    }

    /** 54000: the result would not fit into a value. */
    public static SqlError lengthTooLarge() {
        return new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "requested length too large");
    }
}
