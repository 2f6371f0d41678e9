package org.gajah.analyze;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.Catalog;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Vector;

/** Makes constants: literals of the statement, and unknown literals read as the type that their place wants. */
final class Literals {
    private final Catalog catalog;
    private final TypeContext context;

    Literals(Catalog catalog, TypeContext context) {
        this.catalog = catalog;
        this.context = context;
    }

    /** The value that a type's input function makes of a text; errors point at {@code location}. */
    Object parse(int type, int typmod, Slice text, int location) {
        TypeCodec codec = catalog.codec(type);
        Vector one = Vector.of(codec.carrier(), 1);
        try {
            codec.parse(text, typmod, context, one, 0);
        } catch (SqlError error) {
            throw error.position() == 0 && location != 0 ? error.at(location) : error;
        }
        return one.get(0);
    }

    /** The text form of a constant's value. */
    Slice format(int type, Object value) {
        TypeCodec codec = catalog.codec(type);
        Vector one = Vector.of(codec.carrier(), 1);
        one.set(0, value);
        ByteSink sink = new ByteSink();
        codec.format(one, 0, context, sink);
        return Slice.of(sink.toBytes());
    }

    /** A whole or fractional number as written: int4 or int8 if it fits, else numeric. */
    Expr.Const number(String text, int location) {
        String digits = text.replace("_", "");
        try {
            boolean plain = digits.chars().skip(digits.startsWith("-") || digits.startsWith("+") ? 1 : 0).allMatch(c -> c >= '0' && c <= '9');
            long value = plain ? Long.parseLong(digits) : radix(digits);
            return value == (int) value ? new Expr.Const(Oids.INT4, -1, 0, (int) value, location)
                    : new Expr.Const(Oids.INT8, -1, 0, value, location);
        } catch (NumberFormatException tooLarge) {
            return new Expr.Const(Oids.NUMERIC, -1, 0, parse(Oids.NUMERIC, -1, Slice.of(text), location), location);
        }
    }

    private static long radix(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (digits.length() < 3 || digits.charAt(0) != '0') {
            throw new NumberFormatException(text);
        }
        int radix = switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> throw new NumberFormatException(text);
        };
        return Long.parseLong((negative ? "-" : "") + digits.substring(2), radix);
    }

    static Expr.Const int4(int value) {
        return new Expr.Const(Oids.INT4, -1, 0, value, 0);
    }

    static Expr.Const bool(boolean value) {
        return new Expr.Const(Oids.BOOL, -1, 0, value, 0);
    }

    static Expr.Const unknown(String text, int location) {
        return new Expr.Const(Oids.UNKNOWN, -1, 0, Slice.of(text), location);
    }

    static Expr.Const nullOf(int type, int typmod, int collation, int location) {
        return new Expr.Const(type, typmod, collation, null, location);
    }
}
