package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;
import org.gajah.catalog.PartitionBound.Datum;
import org.gajah.catalog.PartitionDescriptor;
import org.gajah.catalog.PartitionKey;
import org.gajah.catalog.PlainContext;
import org.gajah.func.PartitionHash;
import org.gajah.type.ArrayValue;

/**
 * Which partitions of one table may have rows for which conditions are true. What it does not understand keeps all: conditions are
 * checked on the rows anyway.
 *
 * @param keys the partition key as expressions over the table
 */
public record PartitionPruning(PartitionDescriptor partitions, List<Expr> keys, Catalog catalog) {
    private static final int BTREE = 403;
    private static final int HASH = 405;
    private static final int EQUAL = 3;
    private static final int BOOL = 16;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final Set<Integer> INTEGERS = Set.of(20, INT2, INT4);
    private static final Set<Integer> TEXTS = Set.of(25, 1043, 19);
    private static final int MOST_ELEMENTS = 10_000;

    /** What a condition says about a key column: a B-tree strategy and a value; nulls for IS NULL. */
    private record Clause(int column, int strategy, Optional<Datum> value) {
    }

    /** The partitions, by number, that conditions, which must all be true, leave. */
    public BitSet keep(List<Expr> conditions) {
        BitSet kept = all();
        List<Clause> clauses = new ArrayList<>();
        for (Expr condition : conditions) {
            switch (condition) {
                case Expr.BoolExpr b when b.op() == Expr.BoolExpr.Op.OR -> {
                    BitSet any = new BitSet();
                    b.args().forEach(arm -> any.or(keep(Conditions.conjuncts(arm))));
                    kept.and(any);
                }
                case Expr.ArrayComparison a when a.any() -> anyOf(a).ifPresent(kept::and);
                case Expr.Const c when c.type() == BOOL && !Boolean.TRUE.equals(c.value()) -> kept.clear();
                case Expr.NullTest n when !n.isNull() && !n.rowArg() && column(n.arg()) >= 0 && partitions.onlyNull() >= 0 ->
                    kept.clear(partitions.onlyNull());
                default -> {
                    if (isNever(condition)) {
                        kept.clear();
                    }
                    clause(condition).ifPresent(clauses::add);
                }
            }
        }
        if (!clauses.isEmpty()) {
            kept.and(of(clauses));
        }
        return kept;
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, partitions.partitions().size());
        return all;
    }

    /** A strict comparison of the key with null is never true. */
    private boolean isNever(Expr condition) {
        return condition instanceof Expr.OperatorCall o && o.args().size() == 2
                && (isNull(o.args().get(1)) && column(o.args().get(0)) >= 0 || isNull(o.args().get(0)) && column(o.args().get(1)) >= 0)
                && strategy(o.operator(), Math.max(column(o.args().get(0)), column(o.args().get(1)))) > 0;
    }

    private static boolean isNull(Expr e) {
        return e instanceof Expr.Const c && c.value() == null;
    }

    private int column(Expr e) {
        for (int i = 0; i < keys.size(); i++) {
            if (IndexMatcher.isSame(keys.get(i), e)) {
                return i;
            }
        }
        return -1;
    }

    private Optional<BitSet> anyOf(Expr.ArrayComparison a) {
        int column = column(a.scalar());
        if (column < 0 || strategy(a.operator(), column) != EQUAL) {
            return Optional.empty();
        }
        BitSet any = new BitSet();
        if (a.array() instanceof Expr.ArrayLiteral l && !l.nested()) {
            for (Expr element : l.elements()) {
                if (!(element instanceof Expr.Const v)) {
                    return Optional.empty();
                }
                Optional<Clause> clause = v.value() == null ? Optional.empty() : clause(column, EQUAL, v.type(), v.value());
                if (clause.isEmpty() && v.value() != null) {
                    return Optional.empty();
                }
                clause.ifPresent(x -> any.or(of(List.of(x))));
            }
            return Optional.of(any);
        }
        if (!(a.array() instanceof Expr.Const c)) {
            return Optional.empty();
        }
        if (c.value() instanceof ArrayValue array) {
            if (array.count() > MOST_ELEMENTS) {
                return Optional.empty();
            }
            for (int i = 0; i < array.count(); i++) {
                Object value = array.elements().get(i);
                if (value != null) {
                    Optional<Clause> clause = clause(column, EQUAL, array.elementType(), value);
                    if (clause.isEmpty()) {
                        return Optional.empty();
                    }
                    any.or(of(List.of(clause.get())));
                }
            }
        }
        return Optional.of(any);
    }

    private Optional<Clause> clause(Expr condition) {
        return switch (condition) {
            case Expr.OperatorCall o when o.args().size() == 2 -> comparison(o);
            case Expr.NullTest n when n.isNull() && !n.rowArg() && column(n.arg()) >= 0 ->
                Optional.of(new Clause(column(n.arg()), EQUAL, Optional.empty()));
            case Expr.BoolExpr b when b.op() == Expr.BoolExpr.Op.NOT && b.args().getFirst().type() == BOOL && column(b.args().getFirst()) >= 0 ->
                clause(column(b.args().getFirst()), EQUAL, BOOL, false);
            default -> condition.type() == BOOL && column(condition) >= 0 ? clause(column(condition), EQUAL, BOOL, true) : Optional.empty();
        };
    }

    private Optional<Clause> comparison(Expr.OperatorCall o) {
        Expr left = o.args().get(0);
        Expr right = o.args().get(1);
        int operator = o.operator();
        if (column(left) < 0) {
            Optional<OperatorRow> commuted = catalog.operator(operator).map(OperatorRow::commutator).flatMap(catalog::operator);
            if (commuted.isEmpty()) {
                return Optional.empty();
            }
            operator = commuted.get().oid();
            left = o.args().get(1);
            right = o.args().get(0);
        }
        int column = column(left);
        Expr value = right instanceof Expr.Relabel r ? r.arg() : right;
        if (column < 0 || !(value instanceof Expr.Const c) || c.value() == null) {
            return Optional.empty();
        }
        int strategy = strategy(operator, column);
        return strategy == 0 ? Optional.empty() : clause(column, strategy, c.type(), c.value());
    }

    /** A value of the key's type; of other types only those whose values are written alike. */
    private Optional<Clause> clause(int column, int strategy, int type, Object value) {
        int wanted = keys.get(column).type();
        if (type == wanted || TEXTS.contains(type) && TEXTS.contains(wanted)) {
            return Optional.of(new Clause(column, strategy, Optional.of(new Datum.Value(wanted, value))));
        }
        if (!INTEGERS.contains(type) || !INTEGERS.contains(wanted)) {
            return Optional.empty();
        }
        long n = ((Number) value).longValue();
        boolean fits = wanted == 20 || wanted == INT4 && n == (int) n || wanted == INT2 && n == (short) n;
        if (fits) {
            Object same = wanted == 20 ? (Object) n : (Object) (int) n;
            return Optional.of(new Clause(column, strategy, Optional.of(new Datum.Value(wanted, same))));
        }
        return Optional.of(new Clause(column, strategy, Optional.of(n < 0 ? new Datum.Least() : new Datum.Most())));
    }

    private int strategy(int operator, int column) {
        boolean hash = partitions.key().strategy() == PartitionKey.HASH;
        int family = catalog.operatorClass(partitions.key().operatorClasses().get(column)).orElseThrow().family();
        for (Catalog.FamilyMember m : catalog.operatorFamilies(operator)) {
            if (m.family() == family && m.method() == (hash ? HASH : BTREE)) {
                return hash ? EQUAL : m.strategy();
            }
        }
        return 0;
    }

    private BitSet of(List<Clause> clauses) {
        for (int i = 0; i < clauses.size(); i++) {
            Clause c = clauses.get(i);
            Optional<Clause> other = clauses.subList(0, i).stream().filter(x -> x.column == c.column && x.strategy == EQUAL && c.strategy == EQUAL)
                    .findFirst();
            if (other.isPresent()) {
                List<Clause> one = new ArrayList<>(clauses);
                one.remove(i);
                List<Clause> two = new ArrayList<>(clauses);
                two.remove(other.get());
                BitSet both = of(one);
                both.and(of(two));
                return both;
            }
        }
        return switch (partitions.key().strategy()) {
            case PartitionKey.RANGE -> ofRange(clauses);
            case PartitionKey.LIST -> ofList(clauses);
            default -> ofHash(clauses);
        };
    }

    private static Optional<Clause> equal(List<Clause> clauses, int column) {
        return clauses.stream().filter(c -> c.column == column && c.strategy == EQUAL).findFirst();
    }

    private BitSet ofRange(List<Clause> clauses) {
        List<Datum> prefix = new ArrayList<>();
        int column = 0;
        for (Optional<Clause> equal = equal(clauses, 0); equal.isPresent(); equal = equal(clauses, ++column)) {
            Datum value = equal.get().value.orElse(new Datum.Null());
            if (value instanceof Datum.Null) {
                BitSet found = new BitSet();
                if (partitions.defaultPartition() >= 0) {
                    found.set(partitions.defaultPartition());
                }
                return found;
            }
            if (!(value instanceof Datum.Value)) {
                return new BitSet();
            }
            prefix.add(value);
        }
        Slice low = PartitionDescriptor.encode(prefix, catalog);
        Slice high = above(low);
        for (Clause c : clauses) {
            if (c.column == column && c.strategy != EQUAL) {
                Slice value = concatenated(prefix, c.value.orElseThrow());
                if (c.strategy > EQUAL) {
                    low = max(low, c.strategy == 5 ? above(value) : value);
                } else {
                    high = min(high, c.strategy == 2 ? above(value) : value);
                }
            }
        }
        return partitions.ofRanges(low, high);
    }

    private Slice concatenated(List<Datum> prefix, Datum value) {
        List<Datum> all = new ArrayList<>(prefix);
        all.add(value);
        return PartitionDescriptor.encode(all, catalog);
    }

    private static Slice above(Slice key) {
        return new ByteSink().put(key).putByte(PartitionDescriptor.ABOVE_ALL).view();
    }

    private static Slice max(Slice a, Slice b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Slice min(Slice a, Slice b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private BitSet ofList(List<Clause> clauses) {
        BitSet kept = all();
        Slice low = Slice.EMPTY;
        Slice high = above(Slice.EMPTY);
        boolean ranged = false;
        for (Clause c : clauses) {
            if (c.strategy == EQUAL) {
                int number = c.value.isEmpty() ? partitions.ofNull()
                        : c.value.get() instanceof Datum.Value ? partitions.ofValue(PartitionDescriptor.encode(List.of(c.value.get()), catalog)) : -1;
                BitSet one = new BitSet();
                if (number >= 0) {
                    one.set(number);
                }
                kept.and(one);
            } else {
                Slice value = PartitionDescriptor.encode(List.of(c.value.orElseThrow()), catalog);
                low = c.strategy > EQUAL ? max(low, c.strategy == 5 ? above(value) : value) : low;
                high = c.strategy < EQUAL ? min(high, c.strategy == 2 ? above(value) : value) : high;
                ranged = true;
            }
        }
        if (ranged) {
            kept.and(partitions.ofLists(low, high));
        }
        return kept;
    }

    private BitSet ofHash(List<Clause> clauses) {
        int[] types = new int[keys.size()];
        Object[] values = new Object[keys.size()];
        for (int i = 0; i < keys.size(); i++) {
            Optional<Clause> equal = equal(clauses, i);
            if (equal.isEmpty()) {
                return all();
            }
            if (equal.get().value.isPresent()) {
                if (!(equal.get().value.get() instanceof Datum.Value v)) {
                    return new BitSet();
                }
                types[i] = v.type();
                values[i] = v.value();
            }
        }
        BitSet one = new BitSet();
        int number = partitions.ofHash(PartitionHash.of(PlainContext.INSTANCE, types, values));
        if (number >= 0) {
            one.set(number);
        }
        return one;
    }
}
