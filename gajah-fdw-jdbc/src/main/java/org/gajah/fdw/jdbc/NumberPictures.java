package org.gajah.fdw.jdbc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.gajah.api.foreign.ForeignExpr;

/** {@code to_char(number, picture) = text}, with a picture of digits, commas and a point: the number is one that is rounded to that of the text. */
final class NumberPictures {
    private static final Pattern PICTURE = Pattern.compile("(?:FM)?[90,]*(?:\\.([90]*))?");
    private static final Pattern TEXT = Pattern.compile(" *(-?[0-9,]*\\.?[0-9]*) *");
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private NumberPictures() {
    }

    /** The range of numbers; nothing if the picture or the text says more, or none of them. */
    static Optional<ForeignExpr> numbers(ForeignExpr.Operator o, ForeignExpr.Call call, ForeignExpr.Constant value) {
        ForeignExpr number = JdbcConditions.plain(call.arguments().getFirst());
        Matcher picture = PICTURE.matcher(Implied.text(call.arguments().getLast()).orElse("none"));
        Matcher text = TEXT.matcher(value.text().orElseThrow());
        if (!o.name().equals("=") || !JdbcConditions.isNumber(number.type().name()) && !number.type().name().equals("float8") || !picture.matches() || !text.matches() || text.group(1).chars().noneMatch(Character::isDigit)) {
            return Optional.empty();
        }
        int decimals = picture.group(1) == null ? 0 : picture.group(1).length();
        BigDecimal rounded = new BigDecimal(text.group(1).replace(",", ""));
        BigDecimal half = HALF.movePointLeft(decimals);
        return Optional.of(Implied.all(o, List.of(Implied.compare(o, number, ">=", Implied.constant(rounded.subtract(half).toPlainString(), "numeric")),
                Implied.compare(o, number, "<=", Implied.constant(rounded.add(half).toPlainString(), "numeric")))));
    }
}
