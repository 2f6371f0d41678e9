package org.gajah.fdw.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;

/**
 * Comparisons of float8 with a constant, for databases in whose numbers it may have more or fewer digits: whatever is rounded on the way,
 * a number is near the one that it was.
 */
final class NearNumbers {
    /** More than a number of single precision loses, and more than that of one near zero. */
    private static final BigDecimal PART = new BigDecimal("0.000001");
    private static final int DECIMALS = 9;
    private static final int MOST_DIGITS = 15;

    private NearNumbers() {
    }

    /** The comparison of a column with a number a little further away; nothing if there is no such number. */
    static Optional<ForeignExpr> around(ForeignExpr.Operator o, ForeignExpr.Column column, ForeignExpr.Constant constant) {
        BigDecimal number;
        try {
            number = new BigDecimal(constant.text().orElse("NULL"));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        BigDecimal margin = number.abs().multiply(PART).add(BigDecimal.ONE.movePointLeft(DECIMALS));
        boolean plain = number.precision() - number.scale() <= MOST_DIGITS;
        List<ForeignExpr> bounds = new ArrayList<>();
        if (plain && (o.name().equals("=") || o.name().startsWith(">"))) {
            bounds.add(bound(o, column, ">=", number.subtract(margin).setScale(DECIMALS, RoundingMode.FLOOR)));
        }
        if (plain && (o.name().equals("=") || o.name().startsWith("<") && !o.name().equals("<>"))) {
            bounds.add(bound(o, column, "<=", number.add(margin).setScale(DECIMALS, RoundingMode.CEILING)));
        }
        return bounds.isEmpty() ? Optional.empty() : Optional.of(Implied.all(o, bounds));
    }

    private static ForeignExpr bound(ForeignExpr.Operator o, ForeignExpr column, String operator, BigDecimal number) {
        return Implied.compare(o, column, operator, Implied.constant(number.stripTrailingZeros().toPlainString(), "numeric"));
    }
}
