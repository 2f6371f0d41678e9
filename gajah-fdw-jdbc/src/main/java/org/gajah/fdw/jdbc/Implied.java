package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignType;

/**
 * What follows from the comparison of a call with a constant, where the call may give another result there: a condition about the call's
 * arguments that holds, here, for each row that the comparison holds for. Functions and operators are PostgreSQL's.
 */
final class Implied {
    /** What follows if a call stands left of an operator and a constant that is not null right of it; nothing if nothing is known. */
    @FunctionalInterface
    interface Rule {
        Optional<ForeignExpr> of(ForeignExpr.Operator o, ForeignExpr.Call call, ForeignExpr.Constant value);
    }

    private static final Map<String, Rule> RULES = Map.of("octet_length", ByteLengths::characters, "bit_length", ByteLengths::characters, "concat", Concatenated::parts,
            "to_char", (o, c, v) -> MomentPictures.moments(o, c, v).or(() -> NumberPictures.numbers(o, c, v)), "to_number", ReadPictures::digits,
            "to_date", ReadPictures::dates, "to_timestamp", ReadPictures::years);

    private Implied() {
    }

    static Optional<ForeignExpr> by(ForeignExpr.Operator o, ForeignExpr left, ForeignExpr right) {
        if (left instanceof ForeignExpr.Constant && right instanceof ForeignExpr.Call) {
            return by(FinerMoments.turned(o), right, left);
        }
        return left instanceof ForeignExpr.Call call && right instanceof ForeignExpr.Constant value && value.text().isPresent()
                ? Optional.ofNullable(RULES.get(call.name())).flatMap(rule -> rule.of(o, call, value)) : Optional.empty();
    }

    /** The text of an argument that is a constant and not null. */
    static Optional<String> text(ForeignExpr argument) {
        return JdbcConditions.plain(argument) instanceof ForeignExpr.Constant c ? c.text() : Optional.empty();
    }

    static ForeignExpr.Constant constant(String text, String type) {
        return new ForeignExpr.Constant(Optional.of(text), new ForeignType(0, type, -1));
    }

    /** A comparison, or another operator, that gives what {@code like} gives. */
    static ForeignExpr compare(ForeignExpr.Operator like, ForeignExpr left, String operator, ForeignExpr right) {
        return new ForeignExpr.Operator(operator, List.of(left, right), Optional.empty(), like.type());
    }

    static ForeignExpr all(ForeignExpr.Operator like, List<ForeignExpr> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : new ForeignExpr.Logic(ForeignExpr.Connective.AND, List.copyOf(conditions), like.type());
    }

    static ForeignExpr any(ForeignExpr.Operator like, List<ForeignExpr> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : new ForeignExpr.Logic(ForeignExpr.Connective.OR, List.copyOf(conditions), like.type());
    }
}
