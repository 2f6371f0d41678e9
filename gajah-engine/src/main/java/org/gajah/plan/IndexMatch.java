package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.Relation;

/**
 * What an index can do for a list of conditions: equalities on its first columns, then a range on the next.
 *
 * @param used     the conditions that the keys and the range stand for
 * @param equals   how many index columns are fixed to one value each
 */
record IndexMatch(Relation.Index index, List<Plan.KeyCondition> keys, Optional<Plan.KeyRange> range, List<Expr> used, int equals) {
    private static final int BTREE = 403;
    private static final int EQUAL = 3;
    private static final Set<Integer> INTEGERS = Set.of(20, 21, 23);
    private static final Set<Integer> TEXTS = Set.of(25, 1043, 19);

    boolean isUseful() {
        return !keys.isEmpty() || range.isPresent();
    }

    /** Whether at most one row can match. */
    boolean isUniqueLookup() {
        return index.unique() && equals == index.keyColumns();
    }

    /** One comparison of an index column with something computed elsewhere. */
    private record Comparison(int strategy, Expr value, boolean any, boolean isNull) {
    }

    static IndexMatch of(Relation.Index index, BaseTable table, List<Expr> conditions, Catalog catalog) {
        List<Plan.KeyCondition> keys = new ArrayList<>();
        List<Expr> used = new ArrayList<>();
        int equals = 0;
        int column = 0;
        while (column < index.keyColumns()) {
            Optional<Plan.KeyCondition> key = equality(index, column, table, conditions, used, catalog);
            if (key.isEmpty()) {
                break;
            }
            keys.add(key.get());
            equals += key.get() instanceof Plan.KeyCondition.Equal ? 1 : 0;
            column++;
        }
        Optional<Plan.KeyRange> range = column < index.keyColumns() ? range(index, column, table, conditions, used, catalog)
                : Optional.empty();
        return new IndexMatch(index, List.copyOf(keys), range, List.copyOf(used), equals);
    }

    private static Optional<Plan.KeyCondition> equality(Relation.Index index, int column, BaseTable table, List<Expr> conditions,
            List<Expr> used, Catalog catalog) {
        for (Expr condition : conditions) {
            Optional<Comparison> comparison = comparison(condition, index, column, table, catalog);
            if (comparison.isPresent() && comparison.get().strategy == EQUAL) {
                used.add(condition);
                Comparison c = comparison.get();
                return Optional.of(c.isNull ? new Plan.KeyCondition.IsNull()
                        : c.any ? new Plan.KeyCondition.EqualAny(c.value) : new Plan.KeyCondition.Equal(c.value));
            }
        }
        return Optional.empty();
    }

    private static Optional<Plan.KeyRange> range(Relation.Index index, int column, BaseTable table, List<Expr> conditions,
            List<Expr> used, Catalog catalog) {
        Optional<Plan.KeyBound> lower = Optional.empty();
        Optional<Plan.KeyBound> upper = Optional.empty();
        for (Expr condition : conditions) {
            Optional<Comparison> comparison = comparison(condition, index, column, table, catalog);
            if (comparison.isEmpty() || comparison.get().any) {
                continue;
            }
            Comparison c = comparison.get();
            boolean isUpper = c.strategy < EQUAL;
            boolean inclusive = c.strategy == 2 || c.strategy == 4;
            if (isUpper && upper.isEmpty() && c.strategy != EQUAL) {
                upper = Optional.of(new Plan.KeyBound(c.value, inclusive));
                used.add(condition);
            } else if (c.strategy > EQUAL && lower.isEmpty()) {
                lower = Optional.of(new Plan.KeyBound(c.value, inclusive));
                used.add(condition);
            }
        }
        return lower.isEmpty() && upper.isEmpty() ? Optional.empty() : Optional.of(new Plan.KeyRange(lower, upper));
    }

    private static Optional<Comparison> comparison(Expr condition, Relation.Index index, int column, BaseTable table, Catalog catalog) {
        int attribute = index.columns().get(column);
        if (attribute == 0) {
            return Optional.empty();
        }
        return switch (condition) {
            case Expr.OperatorCall o when o.args().size() == 2 -> operator(o, index, column, attribute, table, catalog);
            case Expr.ArrayComparison a when a.any() && isColumn(a.scalar(), attribute, table)
                    && isOutside(a.array(), table, catalog) && fits(a.scalar(), elementType(a.array(), catalog)) ->
                strategy(a.operator(), index, column, catalog) == EQUAL ? Optional.of(new Comparison(EQUAL, a.array(), true, false))
                        : Optional.empty();
            case Expr.NullTest n when n.isNull() && !n.rowArg() && isColumn(n.arg(), attribute, table) ->
                Optional.of(new Comparison(EQUAL, n, false, true));
            default -> Optional.empty();
        };
    }

    private static int elementType(Expr array, Catalog catalog) {
        return catalog.type(array.type()).map(t -> t.element()).orElse(0);
    }

    private static Optional<Comparison> operator(Expr.OperatorCall o, Relation.Index index, int column, int attribute, BaseTable table,
            Catalog catalog) {
        Expr left = o.args().get(0);
        Expr right = o.args().get(1);
        int operator = o.operator();
        if (!isColumn(left, attribute, table) && isColumn(right, attribute, table)) {
            operator = catalog.operator(operator).map(OperatorRow::commutator).orElse(0);
            Expr swap = left;
            left = right;
            right = swap;
        }
        if (operator == 0 || !isColumn(left, attribute, table) || !isOutside(right, table, catalog) || !fits(left, right.type())) {
            return Optional.empty();
        }
        int strategy = strategy(operator, index, column, catalog);
        return strategy == 0 ? Optional.empty() : Optional.of(new Comparison(strategy, right, false, false));
    }

    private static int strategy(int operator, Relation.Index index, int column, Catalog catalog) {
        int family = catalog.operatorClass(index.operatorClasses().get(column)).orElseThrow().family();
        return catalog.operatorFamilies(operator).stream().filter(m -> m.method() == BTREE && m.family() == family)
                .mapToInt(Catalog.FamilyMember::strategy).findFirst().orElse(0);
    }

    private static boolean isColumn(Expr expr, int attribute, BaseTable table) {
        Expr plain = expr instanceof Expr.Relabel r ? r.arg() : expr;
        return plain instanceof Expr.Var v && v.levelsUp() == 0 && v.rangeIndex() == table.range() && v.attribute() == attribute;
    }

    /** Whether a value is known before the table is read. */
    private static boolean isOutside(Expr value, BaseTable table, Catalog catalog) {
        BitSet ranges = Conditions.ranges(value);
        return !ranges.get(table.range()) && !Exprs.any(value, e -> isVolatile(e, catalog));
    }

    static boolean isVolatile(Expr e, Catalog catalog) {
        return switch (e) {
            case Expr.FunctionCall f -> catalog.function(f.function()).orElseThrow().volatility() == 'v';
            case Expr.OperatorCall o -> catalog.function(o.function()).orElseThrow().volatility() == 'v';
            case Expr.NextValue n -> true;
            case Expr.SubPlanCall s -> true;
            default -> false;
        };
    }

    /** Whether index keys can be made of a value of this type for the column. */
    private static boolean fits(Expr column, int valueType) {
        int columnType = column instanceof Expr.Relabel r ? r.arg().type() : column.type();
        return columnType == valueType || column.type() == valueType && TEXTS.contains(columnType)
                || INTEGERS.contains(columnType) && INTEGERS.contains(valueType)
                || TEXTS.contains(columnType) && TEXTS.contains(valueType);
    }
}
