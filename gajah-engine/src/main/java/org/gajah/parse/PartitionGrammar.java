package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Expression;
import org.gajah.ast.Partitioning.PartitionBound;
import org.gajah.ast.Partitioning.PartitionElem;
import org.gajah.ast.Partitioning.PartitionSpec;

/** PARTITION BY and the bounds of partitions. */
final class PartitionGrammar {
    private final Grammar g;
    private final TokenStream t;

    PartitionGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** PARTITION BY, if it is there. */
    Optional<PartitionSpec> optionalSpec() {
        int location = t.location();
        if (!t.accept(Keyword.PARTITION)) {
            return Optional.empty();
        }
        t.expect(Keyword.BY);
        int strategyAt = t.location();
        String strategy = t.colId();
        List<PartitionElem> keys = t.parenthesized(this::key);
        switch (strategy) {
            case "list", "range", "hash" -> {
                return Optional.of(new PartitionSpec(strategy, keys, location));
            }
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                    "unrecognized partitioning strategy \"" + strategy + "\"").at(strategyAt);
        }
    }

    private PartitionElem key() {
        int location = t.location();
        Optional<String> name = Optional.empty();
        Optional<Expression> expression = Optional.empty();
        if (t.accept('(')) {
            expression = Optional.of(g.expressions.expression());
            t.expect(')');
        } else if (t.atColId() && t.kind(1) != '(' && t.kind(1) != '.') {
            name = Optional.of(t.colId());
        } else {
            expression = Optional.of(g.from.call());
        }
        List<String> collation = t.accept(Keyword.COLLATE) ? t.anyName() : List.of();
        List<String> operatorClass = t.atColId() ? t.anyName() : List.of();
        return new PartitionElem(name, expression, collation, operatorClass, location);
    }

    /** FOR VALUES ... or DEFAULT. */
    PartitionBound bound() {
        int location = t.location();
        if (t.accept(Keyword.DEFAULT)) {
            return new PartitionBound.DefaultPartition(location);
        }
        t.expect(Keyword.FOR, Keyword.VALUES);
        int at = t.location();
        if (t.accept(Keyword.IN)) {
            return new PartitionBound.ListBound(t.parenthesized(g.expressions::expression), at);
        } else if (t.accept(Keyword.FROM)) {
            List<Expression> lower = t.parenthesized(g.expressions::expression);
            t.expect(Keyword.TO);
            return new PartitionBound.RangeBound(lower, t.parenthesized(g.expressions::expression), at);
        }
        t.expect(Keyword.WITH);
        return hash(at);
    }

    private PartitionBound hash(int location) {
        int modulus = -1;
        int remainder = -1;
        t.expect('(');
        do {
            int at = t.location();
            String word = t.nonReservedWord();
            int number = t.integer();
            if (word.equals("modulus")) {
                once(modulus, word, at);
                modulus = number;
            } else if (word.equals("remainder")) {
                once(remainder, word, at);
                remainder = number;
            } else {
                throw TokenStream.error("unrecognized hash partition bound specification \"" + word + "\"", at);
            }
        } while (t.accept(','));
        t.expect(')');
        if (modulus < 0) {
            throw TokenStream.error("modulus for hash partition must be specified", location);
        } else if (remainder < 0) {
            throw TokenStream.error("remainder for hash partition must be specified", location);
        }
        return new PartitionBound.HashBound(modulus, remainder, location);
    }

    private static void once(int before, String word, int location) {
        if (before >= 0) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT,
                    word + " for hash partition provided more than once").at(location);
        }
    }
}
