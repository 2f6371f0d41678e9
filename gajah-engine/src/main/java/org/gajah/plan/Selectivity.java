package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.base.Slice;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ColumnStatistics;
import org.gajah.catalog.OperatorRow;
import org.gajah.type.ArrayValue;
import org.gajah.type.Ordered;
import org.gajah.vector.Vector;

/**
 * The share of rows that conditions let through: by what ANALYZE found out about their columns, else by PostgreSQL's defaults.
 * Conditions count as independent, except bounds of one column, which make a range.
 */
final class Selectivity {
    private static final double EQUAL = 0.005;
    private static final double INEQUALITY = 1.0 / 3;
    private static final double RANGE = 0.005;
    private static final double PATTERN = 0.005;
    private static final double UNKNOWN = 0.25;
    private static final double LEAST = 1e-10;

    private final Catalog catalog;
    private final Map<Integer, BaseTable> tables;
    private final StatementPlan statement;

    /** Knows the columns of these tables, by range table index. */
    Selectivity(StatementPlan statement, Map<Integer, BaseTable> tables) {
        this.statement = statement;
        this.catalog = statement.catalog();
        this.tables = tables;
    }

    Selectivity(StatementPlan statement) {
        this(statement, Map.of());
    }

    PlanSettings settings() {
        return statement.settings();
    }

    Catalog catalog() {
        return catalog;
    }

    double of(List<Expr> conditions) {
        if (conditions.size() == 1) {
            return of(conditions.getFirst());
        }
        double share = 1;
        Map<Expr, Bounds> bounds = null;
        for (Expr condition : conditions) {
            Optional<Comparison> c = comparison(condition);
            if (c.isPresent() && c.get().isBound()) {
                bounds = bounds == null ? new HashMap<>() : bounds;
                bounds.computeIfAbsent(c.get().variable, k -> new Bounds()).add(c.get().isLower(), of(condition), nulls(c.get().variable));
            } else {
                share *= of(condition);
            }
        }
        if (bounds != null) {
            for (Bounds b : bounds.values()) {
                share *= b.share();
            }
        }
        return Math.max(share, LEAST);
    }

    private double nulls(Expr e) {
        return variable(e).nullFraction();
    }

    /** What bounds of one column say together. */
    private static final class Bounds {
        private double lower = 1;
        private double upper = 1;
        private double nulls;

        void add(boolean isLower, double share, double nullShare) {
            nulls = nullShare;
            if (isLower) {
                lower = Math.min(lower, share);
            } else {
                upper = Math.min(upper, share);
            }
        }

        double share() {
            if (lower == 1 || upper == 1) {
                return Math.min(lower, upper);
            }
            if (lower == INEQUALITY && upper == INEQUALITY) {
                return RANGE;
            }
            double both = lower + upper - 1 + nulls;
            return both <= 0 ? 1e-5 : both;
        }
    }

    double of(Expr condition) {
        double share = switch (condition) {
            case Expr.Const c -> Boolean.TRUE.equals(c.value()) ? 1 : 0;
            case Expr.OperatorCall o -> operator(o);
            case Expr.ArrayComparison a -> array(a);
            case Expr.NullTest n -> n.isNull() ? nulls(n.arg()) : 1 - nulls(n.arg());
            case Expr.BooleanTest t -> booleanTest(t);
            case Expr.BoolExpr b -> switch (b.op()) {
                case AND -> of(b.args());
                case OR -> {
                    double none = 1;
                    for (Expr arg : b.args()) {
                        none *= 1 - of(arg);
                    }
                    yield 1 - none;
                }
                case NOT -> 1 - of(b.args().getFirst());
            };
            case Expr.Var v -> isTrue(v);
            case Expr.RowComparison r -> first(r);
            case Expr.SubPlanCall s -> 0.5;
            default -> UNKNOWN;
        };
        return Math.clamp(share, 0, 1);
    }

    /** Rows compare mostly by their first columns. */
    private double first(Expr.RowComparison r) {
        return operator(new Expr.OperatorCall(r.operators().getFirst(), r.functions().getFirst(), r.type(), false, 0,
                r.inputCollations().getFirst(), List.of(r.left().getFirst(), r.right().getFirst()), -1));
    }

    private double booleanTest(Expr.BooleanTest t) {
        double isTrue = of(t.arg());
        double isNull = nulls(t.arg());
        return switch (t.kind()) {
            case IS_TRUE -> isTrue;
            case IS_NOT_TRUE -> 1 - isTrue;
            case IS_FALSE -> 1 - isTrue - isNull;
            case IS_NOT_FALSE -> isTrue + isNull;
            case IS_UNKNOWN -> isNull;
            case IS_NOT_UNKNOWN -> 1 - isNull;
        };
    }

    private double isTrue(Expr.Var v) {
        Variable variable = variable(v);
        return variable.statistics().isEmpty() ? 0.5 : equal(variable, Optional.of(new Expr.Const(v.type(), -1, 0, true, 0)));
    }

    /** A column compared with something else; {@code operator} as if the column stood on the left. */
    record Comparison(Expr variable, Expr other, String operator) {
        boolean isBound() {
            return isLower() || operator.equals("<") || operator.equals("<=");
        }

        boolean isLower() {
            return operator.equals(">") || operator.equals(">=");
        }
    }

    private Optional<Comparison> comparison(Expr condition) {
        if (!(condition instanceof Expr.OperatorCall o) || o.args().size() != 2) {
            return Optional.empty();
        }
        Expr left = plain(o.args().get(0));
        Expr right = plain(o.args().get(1));
        if (left instanceof Expr.Var && !(right instanceof Expr.Var)) {
            return Optional.of(new Comparison(left, right, name(o.operator())));
        }
        if (right instanceof Expr.Var && !(left instanceof Expr.Var)) {
            int swapped = catalog.operator(o.operator()).map(OperatorRow::commutator).orElse(0);
            return swapped == 0 ? Optional.empty() : Optional.of(new Comparison(right, left, name(swapped)));
        }
        return Optional.empty();
    }

    private static Expr plain(Expr e) {
        return e instanceof Expr.Relabel r ? plain(r.arg()) : e;
    }

    private String name(int operator) {
        return catalog.operator(operator).map(OperatorRow::name).orElse("");
    }

    private double operator(Expr.OperatorCall o) {
        Optional<Comparison> found = comparison(o);
        if (found.isPresent()) {
            return compared(found.get());
        }
        return switch (name(o.operator())) {
            case "=" -> o.args().size() == 2 && plain(o.args().get(0)) instanceof Expr.Var && plain(o.args().get(1)) instanceof Expr.Var
                    ? join(o.args().get(0), o.args().get(1)) : EQUAL;
            case "<>" -> 1 - EQUAL;
            case "<", "<=", ">", ">=" -> INEQUALITY;
            case "~~", "~", "~~*", "~*" -> PATTERN;
            case "!~~", "!~", "!~~*", "!~*" -> 1 - PATTERN;
            default -> UNKNOWN;
        };
    }

    private double compared(Comparison c) {
        Variable variable = variable(c.variable);
        Optional<Expr.Const> constant = c.other instanceof Expr.Const k ? Optional.of(k) : Optional.empty();
        if (constant.isPresent() && constant.get().value() == null) {
            return 0;
        }
        return switch (c.operator) {
            case "=" -> equal(variable, constant);
            case "<>" -> 1 - equal(variable, constant) - variable.nullFraction();
            case "<", "<=", ">", ">=" -> bound(variable, constant, c.operator);
            case "~~", "~", "~~*", "~*" -> pattern(variable, constant, c.operator);
            case "!~~", "!~", "!~~*", "!~*" -> 1 - pattern(variable, constant, c.operator.substring(1)) - variable.nullFraction();
            case "@>", "<@", "&&", "?", "?|", "?&" -> 0.01;
            default -> UNKNOWN;
        };
    }

    /** The share of rows equal to a value, which may not be known yet. */
    private static double equal(Variable v, Optional<Expr.Const> constant) {
        if (v.unique()) {
            return 1 / v.rows();
        }
        if (v.statistics().isEmpty()) {
            return 1 / v.distinct();
        }
        ColumnStatistics s = v.statistics().get();
        double rest = Math.max(0, 1 - s.nullFraction() - s.commonShare());
        Optional<Vector> value = constant.flatMap(v::comparable);
        if (value.isEmpty() || v.order().isEmpty()) {
            return (1 - s.nullFraction()) / v.distinct();
        }
        Ordered order = v.order().get();
        for (int i = 0; i < s.frequencies().length; i++) {
            if (order.compare(s.common(), i, value.get(), 0) == 0) {
                return s.frequencies()[i];
            }
        }
        double others = v.distinct() - s.frequencies().length;
        double share = others > 1 ? rest / others : rest;
        return s.frequencies().length > 0 ? Math.min(share, s.frequencies()[s.frequencies().length - 1]) : share;
    }

    private static double bound(Variable v, Optional<Expr.Const> constant, String operator) {
        Optional<Vector> value = constant.flatMap(v::comparable);
        if (v.statistics().isEmpty() || value.isEmpty() || v.order().isEmpty()) {
            return INEQUALITY;
        }
        return bound(v, value.get(), operator);
    }

    private static double bound(Variable v, Vector value, String operator) {
        ColumnStatistics s = v.statistics().orElseThrow();
        Ordered order = v.order().orElseThrow();
        boolean less = operator.startsWith("<");
        boolean inclusive = operator.length() == 2;
        double common = 0;
        for (int i = 0; i < s.frequencies().length; i++) {
            int c = order.compare(s.common(), i, value, 0);
            common += (less ? c < 0 : c > 0) || inclusive && c == 0 ? s.frequencies()[i] : 0;
        }
        double rest = Math.max(0, 1 - s.nullFraction() - s.commonShare());
        if (s.histogramSize() < 2) {
            return s.frequencies().length > 0 && rest < 1e-9 ? common : common + rest * INEQUALITY;
        }
        double below = Histogram.below(s.histogram(), s.histogramSize(), value, order);
        return common + rest * Math.clamp(less ? below : 1 - below, 0.0001, 0.9999);
    }

    private static double pattern(Variable v, Optional<Expr.Const> constant, String operator) {
        if (constant.isEmpty() || !(constant.get().value() instanceof Slice text) || !operator.equals("~~")) {
            return PATTERN;
        }
        LikePrefix prefix = LikePrefix.of(text);
        if (prefix.exact()) {
            return equal(v, constant.filter(c -> c.value().equals(prefix.text())));
        }
        if (v.statistics().isEmpty() || v.order().isEmpty() || prefix.text().isEmpty()) {
            return prefix.text().isEmpty() ? 0.05 : PATTERN;
        }
        Optional<Slice> after = org.gajah.table.KeyRange.successor(prefix.text());
        Vector bound = Vector.of(org.gajah.vector.Carrier.BYTES, 1);
        bound.set(0, prefix.text());
        double from = bound(v, bound, ">=");
        double to = 1;
        if (after.isPresent()) {
            bound.reset();
            bound.set(0, after.get());
            to = bound(v, bound, "<");
        }
        return Math.max(1e-4, from + to - 1 + v.nullFraction()) * (prefix.rest() ? 0.2 : 1);
    }

    private double array(Expr.ArrayComparison a) {
        if (!a.any() || !name(a.operator()).equals("=")) {
            return a.any() ? UNKNOWN : name(a.operator()).equals("<>") ? 1 - elements(a).size() * EQUAL : UNKNOWN;
        }
        Variable v = variable(plain(a.scalar()));
        List<Optional<Expr.Const>> elements = elements(a);
        double share = 0;
        for (Optional<Expr.Const> e : elements) {
            share += equal(v, e);
        }
        return share;
    }

    private static List<Optional<Expr.Const>> elements(Expr.ArrayComparison a) {
        List<Optional<Expr.Const>> found = new ArrayList<>();
        if (a.array() instanceof Expr.ArrayLiteral l) {
            for (Expr e : l.elements()) {
                found.add(e instanceof Expr.Const c ? Optional.of(c) : Optional.empty());
            }
        } else if (a.array() instanceof Expr.Const c && c.value() instanceof ArrayValue array) {
            for (int i = 0; i < array.count(); i++) {
                found.add(Optional.of(new Expr.Const(a.scalar().type(), -1, c.collation(), array.elements().get(i), 0)));
            }
        } else {
            for (int i = 0; i < 10; i++) {
                found.add(Optional.empty());
            }
        }
        return found;
    }

    /** What is known of an expression's values. */
    Variable variable(Expr e) {
        if (plain(e) instanceof Expr.Var v && v.levelsUp() == 0 && v.attribute() != 0) {
            BaseTable table = tables.get(v.rangeIndex());
            if (table != null) {
                return Variable.of(v, table, statement.rowEstimate(table.relation()), catalog);
            }
        }
        return Variable.unknown(e.type(), 1000);
    }

    /** The share of pairs with {@code left = right}. */
    double join(Expr left, Expr right) {
        Variable a = variable(left);
        Variable b = variable(right);
        double notNull = (1 - a.nullFraction()) * (1 - b.nullFraction());
        return notNull / Math.max(a.distinct(), b.distinct());
    }

    /** How many of the left rows have at least one match on the right, of which only {@code rightRows} are left. */
    double semi(Expr left, Expr right, double rightRows) {
        Variable a = variable(left);
        Variable b = variable(right);
        double matching = Math.min(b.distinct(), rightRows) / Math.max(1, a.distinct());
        return Math.min(1, matching) * (1 - a.nullFraction());
    }

    /** How many groups the keys make of so many rows. */
    double groups(List<Expr> keys, double rows) {
        double groups = 1;
        for (Expr key : keys) {
            Variable v = variable(key);
            double distinct = Math.max(1, v.distinct());
            boolean filtered = v.rows() > rows && v.rows() > 1;
            groups *= filtered ? distinct * (1 - Math.pow((v.rows() - rows) / v.rows(), v.rows() / distinct)) : distinct;
        }
        return Costs.atLeastOne(Math.min(groups, rows));
    }
}
