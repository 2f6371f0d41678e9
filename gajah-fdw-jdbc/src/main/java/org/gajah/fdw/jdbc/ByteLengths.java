package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;

/**
 * Comparisons of a string's length in bytes. The bytes are counted in another encoding there, and not of all strings; but a character has
 * one to four of ours, and so has half of one that another database may count as two. What its length in characters must be then keeps all
 * rows, and more.
 */
final class ByteLengths {
    /** {@code length(text)} in pg_proc. */
    private static final int LENGTH = 1317;
    /** It may count a character as two. */
    private static final String UNITS = "length in units";
    private static final int MOST_BYTES = 4;
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private ByteLengths() {
    }

    /** What a comparison of octet_length or bit_length with a constant says of the characters; nothing if it says nothing of them. */
    static Optional<ForeignExpr> characters(ForeignExpr.Operator o, ForeignExpr.Call call, ForeignExpr.Constant number) {
        boolean known = JdbcConditions.STRINGS.contains(JdbcConditions.plain(call.arguments().getFirst()).type().name());
        if (!known || !number.text().orElse("").matches("-?\\d{1,18}")) {
            return Optional.empty();
        }
        long value = Long.parseLong(number.text().get());
        long least = switch (o.name()) {
            case "=", ">=" -> value;
            case ">" -> value + 1;
            default -> 0;
        };
        long most = switch (o.name()) {
            case "=", "<=" -> value;
            case "<" -> value - 1;
            default -> NO_LIMIT;
        };
        int unit = call.name().equals("bit_length") ? Byte.SIZE : 1;
        List<ForeignExpr> bounds = new ArrayList<>();
        if (least > 0) {
            bounds.add(bound(o, ">=", call, Math.ceilDiv(Math.ceilDiv(least, unit), MOST_BYTES)));
        }
        if (most < NO_LIMIT) {
            bounds.add(bound(o, "<=", call, Math.floorDiv(most, unit)));
        }
        return bounds.isEmpty() ? Optional.empty() : Optional.of(Implied.all(o, bounds));
    }

    private static ForeignExpr bound(ForeignExpr.Operator o, String name, ForeignExpr.Call bytes, long characters) {
        ForeignExpr length = new ForeignExpr.Call(UNITS, LENGTH, true, bytes.arguments(), false, Optional.empty(), false, bytes.type());
        return Implied.compare(o, length, name, new ForeignExpr.Constant(Optional.of(Long.toString(characters)), bytes.type()));
    }
}
