package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.base.Slice;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.Relation;
import org.gajah.table.KeyRange;

/** Finds out what one index of a table can do for conditions on it. */
final class IndexMatcher {
    private static final int BTREE = 403;
    private static final int EQUAL = 3;
    private static final int TEXT = 25;
    private static final int BOOL = 16;
    private static final int LIKE = 1209;
    private static final int TEXT_LESS = 664;
    private static final int TEXT_GREATER_EQUAL = 667;
    private static final Set<Integer> INTEGERS = Set.of(20, 21, 23);
    private static final Set<Integer> TEXTS = Set.of(TEXT, 1043, 19);

    private final Relation.Index index;
    private final BaseTable table;
    private final List<Expr> conditions;
    private final Catalog catalog;
    private final List<Expr> columns;
    private final List<Expr> used = new ArrayList<>();
    private final List<Expr> shown = new ArrayList<>();
    private final List<Expr> selecting = new ArrayList<>();

    private IndexMatcher(Relation.Index index, BaseTable table, List<Expr> conditions, StatementPlan statement) {
        this.index = index;
        this.table = table;
        this.conditions = conditions;
        this.catalog = statement.catalog();
        this.columns = statement.indexColumns(index, table);
    }

    /** The match; none if the index has a predicate that the conditions do not imply. */
    static Optional<IndexMatch> match(Relation.Index index, BaseTable table, List<Expr> conditions, StatementPlan statement) {
        IndexMatcher m = new IndexMatcher(index, table, conditions, statement);
        boolean partial = index.predicate().isPresent();
        if (partial) {
            List<Expr> predicate = Conditions.conjuncts(statement.stored(index.predicate().get(), table));
            if (!Implication.holds(predicate, conditions, statement.catalog())) {
                return Optional.empty();
            }
            m.selecting.addAll(predicate);
            for (Expr c : conditions) {
                if (predicate.contains(c)) {
                    m.used.add(c);
                }
            }
        }
        return Optional.of(m.run(partial));
    }

    private IndexMatch run(boolean partial) {
        List<Plan.KeyCondition> keys = new ArrayList<>();
        int equals = 0;
        int column = 0;
        while (column < index.keyColumns()) {
            Optional<Plan.KeyCondition> key = equality(column);
            if (key.isEmpty()) {
                break;
            }
            keys.add(key.get());
            equals += key.get() instanceof Plan.KeyCondition.Equal ? 1 : 0;
            column++;
        }
        Optional<Plan.KeyRange> range = column < index.keyColumns() ? range(column) : Optional.empty();
        return new IndexMatch(index, List.copyOf(keys), range, List.copyOf(used), List.copyOf(shown), List.copyOf(selecting), equals, partial);
    }

    /** One comparison of an index column with something computed elsewhere; {@code shown} has the column on the left. */
    private record Comparison(int strategy, Expr value, boolean any, boolean isNull, Expr shown) {
    }

    private void use(Expr condition, Expr as) {
        used.add(condition);
        shown.add(as);
        selecting.add(condition);
    }

    private Optional<Plan.KeyCondition> equality(int column) {
        for (Expr condition : conditions) {
            Optional<Comparison> comparison = comparison(condition, column);
            if (comparison.isPresent() && comparison.get().strategy == EQUAL) {
                Comparison c = comparison.get();
                use(condition, c.shown);
                return Optional.of(c.isNull ? new Plan.KeyCondition.IsNull()
                        : c.any ? new Plan.KeyCondition.EqualAny(c.value) : new Plan.KeyCondition.Equal(c.value));
            }
        }
        return Optional.empty();
    }

    private Optional<Plan.KeyRange> range(int column) {
        Plan.KeyBound lower = null;
        Plan.KeyBound upper = null;
        for (Expr condition : conditions) {
            Optional<Comparison> comparison = comparison(condition, column);
            if (comparison.isEmpty() || comparison.get().any) {
                continue;
            }
            Comparison c = comparison.get();
            boolean inclusive = c.strategy == 2 || c.strategy == 4;
            if (c.strategy < EQUAL && upper == null) {
                upper = new Plan.KeyBound(c.value, inclusive);
                use(condition, c.shown);
            } else if (c.strategy > EQUAL && lower == null) {
                lower = new Plan.KeyBound(c.value, inclusive);
                use(condition, c.shown);
            }
        }
        if (lower == null && upper == null) {
            return prefix(column).or(() -> rowBound(column)).or(() -> notNull(column));
        }
        return Optional.of(new Plan.KeyRange(Optional.ofNullable(lower), Optional.ofNullable(upper)));
    }

    /** LIKE 'abc%' as a range of texts; the condition itself is checked again. */
    private Optional<Plan.KeyRange> prefix(int column) {
        if (!TEXTS.contains(columns.get(column).type())) {
            return Optional.empty();
        }
        for (Expr condition : conditions) {
            if (condition instanceof Expr.OperatorCall o && o.operator() == LIKE && isColumn(o.args().get(0), column)
                    && o.args().get(1) instanceof Expr.Const c && c.value() instanceof Slice pattern) {
                LikePrefix prefix = LikePrefix.of(pattern);
                if (prefix.text().isEmpty()) {
                    continue;
                }
                Expr left = o.args().get(0);
                Expr.Const from = new Expr.Const(TEXT, -1, c.collation(), Slice.of(prefix.text().toBytes()), 0);
                selecting.add(condition);
                shown.add(bound(TEXT_GREATER_EQUAL, left, from, o));
                Optional<Slice> after = prefix.exact() ? Optional.empty() : KeyRange.successor(prefix.text());
                Optional<Plan.KeyBound> upper = prefix.exact() ? Optional.of(new Plan.KeyBound(from, true)) : after.map(s -> {
                    Expr.Const to = new Expr.Const(TEXT, -1, c.collation(), s, 0);
                    shown.add(bound(TEXT_LESS, left, to, o));
                    return new Plan.KeyBound(to, false);
                });
                return Optional.of(new Plan.KeyRange(Optional.of(new Plan.KeyBound(from, true)), upper));
            }
        }
        return Optional.empty();
    }

    private Expr bound(int operator, Expr left, Expr right, Expr.OperatorCall like) {
        int function = catalog.operator(operator).map(OperatorRow::function).orElse(0);
        return new Expr.OperatorCall(operator, function, BOOL, false, 0, like.inputCollation(), List.of(left, right), 0);
    }

    /** {@code (a, b) > (1, 2)} bounds a; the condition itself is checked again. */
    private Optional<Plan.KeyRange> rowBound(int column) {
        for (Expr condition : conditions) {
            if (condition instanceof Expr.RowComparison r && r.strategy() != EQUAL && r.strategy() <= 5 && isColumn(r.left().getFirst(), column)
                    && isOutside(r.right().getFirst()) && fits(columns.get(column), r.left().getFirst(), r.right().getFirst().type())
                    && strategy(r.operators().getFirst(), column) == r.strategy()) {
                selecting.add(condition);
                shown.add(condition);
                Optional<Plan.KeyBound> bound = Optional.of(new Plan.KeyBound(r.right().getFirst(), true));
                return Optional.of(r.strategy() < EQUAL ? new Plan.KeyRange(Optional.empty(), bound) : new Plan.KeyRange(bound, Optional.empty()));
            }
        }
        return Optional.empty();
    }

    private Optional<Plan.KeyRange> notNull(int column) {
        for (Expr condition : conditions) {
            if (condition instanceof Expr.NullTest n && !n.isNull() && !n.rowArg() && isColumn(n.arg(), column)) {
                use(condition, condition);
                return Optional.of(new Plan.KeyRange(Optional.empty(), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    private Optional<Comparison> comparison(Expr condition, int column) {
        return switch (condition) {
            case Expr.OperatorCall o when o.args().size() == 2 -> operator(o, column);
            case Expr.ArrayComparison a when a.any() && isColumn(a.scalar(), column) && isOutside(a.array())
                    && fits(columns.get(column), a.scalar(), elementType(a.array())) && strategy(a.operator(), column) == EQUAL ->
                Optional.of(new Comparison(EQUAL, a.array(), true, false, a));
            case Expr.NullTest n when n.isNull() && !n.rowArg() && isColumn(n.arg(), column) ->
                Optional.of(new Comparison(EQUAL, n, false, true, n));
            case Expr.Var v when v.type() == BOOL && isColumn(v, column) -> isTrue(v, true);
            case Expr.BoolExpr b when b.op() == Expr.BoolExpr.Op.NOT && b.args().getFirst() instanceof Expr.Var v && isColumn(v, column) ->
                isTrue(b, false);
            default -> Optional.empty();
        };
    }

    private static Optional<Comparison> isTrue(Expr condition, boolean value) {
        return Optional.of(new Comparison(EQUAL, new Expr.Const(BOOL, -1, 0, value, 0), false, false, condition));
    }

    private int elementType(Expr array) {
        return catalog.type(array.type()).map(t -> t.element()).orElse(0);
    }

    private Optional<Comparison> operator(Expr.OperatorCall o, int column) {
        Expr left = o.args().get(0);
        Expr right = o.args().get(1);
        Expr.OperatorCall turned = o;
        if (!isColumn(left, column) && isColumn(right, column)) {
            Optional<OperatorRow> commuted = catalog.operator(o.operator()).map(OperatorRow::commutator).flatMap(catalog::operator);
            if (commuted.isEmpty()) {
                return Optional.empty();
            }
            turned = new Expr.OperatorCall(commuted.get().oid(), commuted.get().function(), o.type(), false, o.collation(), o.inputCollation(),
                    List.of(right, left), 0);
            left = right;
            right = turned.args().get(1);
        }
        if (!isColumn(left, column) || !isOutside(right) || !fits(columns.get(column), left, right.type())) {
            return Optional.empty();
        }
        int strategy = strategy(turned.operator(), column);
        return strategy == 0 ? Optional.empty() : Optional.of(new Comparison(strategy, right, false, false, turned));
    }

    private int strategy(int operator, int column) {
        int family = catalog.operatorClass(index.operatorClasses().get(column)).orElseThrow().family();
        for (Catalog.FamilyMember m : catalog.operatorFamilies(operator)) {
            if (m.method() == BTREE && m.family() == family) {
                return m.strategy();
            }
        }
        return 0;
    }

    private boolean isColumn(Expr expr, int column) {
        return isSame(columns.get(column), expr);
    }

    /** Whether an expression is an index column's, whatever its label. */
    static boolean isSame(Expr column, Expr expr) {
        if (column instanceof Expr.Var c) {
            Expr plain = expr instanceof Expr.Relabel r ? r.arg() : expr;
            return plain instanceof Expr.Var v && v.levelsUp() == 0 && v.rangeIndex() == c.rangeIndex() && v.attribute() == c.attribute();
        }
        return column.equals(expr) || expr instanceof Expr.Relabel r && column.equals(r.arg());
    }

    /** Whether a value is known before the table is read. */
    private boolean isOutside(Expr value) {
        BitSet ranges = Conditions.ranges(value);
        return !ranges.get(table.range()) && !Exprs.any(value, e -> IndexMatch.isVolatile(e, catalog));
    }

    /** Whether index keys can be made of a value of this type for the column. */
    private static boolean fits(Expr column, Expr written, int valueType) {
        int columnType = column.type();
        return columnType == valueType || written.type() == valueType && TEXTS.contains(columnType)
                || INTEGERS.contains(columnType) && INTEGERS.contains(valueType)
                || TEXTS.contains(columnType) && TEXTS.contains(valueType);
    }
}
