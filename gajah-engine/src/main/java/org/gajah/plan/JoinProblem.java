package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.RangeEntry.FromItem;
import org.gajah.analyze.RangeEntry.JoinType;
import org.gajah.analyze.Volatility;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * FROM and WHERE as a set of leaves, a list of conditions and the joins that restrict the order: what {@link JoinSearch} works on.
 *
 * <p>Invariant: any order of joins that respects every {@link SpecialJoin} and evaluates every {@link JoinClause} as soon as its
 * {@code required} leaves are joined gives the rows that were asked for.
 */
final class JoinProblem {
    private static final int HASH = 405;
    private static final int MAX_LEAVES = 63;

    final List<JoinPlanner.Item> items = new ArrayList<>();
    final List<JoinClause> clauses = new ArrayList<>();
    final List<SpecialJoin> specials = new ArrayList<>();
    /** Conditions that read no column: checked once, above everything. */
    final List<Expr> free = new ArrayList<>();
    private final Map<Integer, Integer> leafOfRange = new HashMap<>();
    private final StatementPlan statement;
    private final Map<FromItem.JoinExpr, List<Expr>> conditions;
    private final Map<Integer, JoinPlanner.Item> leaves;
    private final List<Boolean> delayed = new ArrayList<>();
    private final Equivalences equivalences;

    /** What a part of FROM consists of: all its leaves, and those that only inner joins stand above. */
    private record Part(long all, long inner) {
    }

    private JoinProblem(StatementPlan statement, Map<Integer, JoinPlanner.Item> leaves, Map<FromItem.JoinExpr, List<Expr>> conditions) {
        this.statement = statement;
        this.leaves = leaves;
        this.conditions = conditions;
        this.equivalences = new Equivalences(statement.catalog(), this);
    }

    static JoinProblem of(List<FromItem> from, List<Expr> where, Map<Integer, JoinPlanner.Item> leaves,
            Map<FromItem.JoinExpr, List<Expr>> conditions, StatementPlan statement) {
        JoinProblem problem = new JoinProblem(statement, leaves, conditions);
        from.forEach(problem::number);
        problem.secure();
        long all = 0;
        for (FromItem item : from) {
            all |= problem.take(item, where, false).all;
        }
        for (Expr condition : where) {
            problem.distribute(condition, all, Optional.empty(), 0, true);
        }
        problem.equivalences.apply();
        return problem;
    }

    /** Conditions of policies belong to their table, wherever in joins it stands. */
    private void secure() {
        for (int i = 0; i < items.size(); i++) {
            for (Expr condition : items.get(i).table().map(BaseTable::security).orElse(List.of())) {
                long leaf = 1L << i;
                if (refs(condition) == 0 && items.size() == 1 && !Volatility.isVolatile(condition, statement.catalog())) {
                    free.add(condition);
                } else {
                    clauses.add(new JoinClause(condition, refs(condition), leaf, Optional.empty(), Optional.empty()));
                }
            }
        }
    }

    private void number(FromItem item) {
        switch (item) {
            case FromItem.Leaf leaf -> {
                if (items.size() == MAX_LEAVES) {
                    throw new SqlError(SqlState.STATEMENT_TOO_COMPLEX, "more than " + MAX_LEAVES + " tables in one FROM are not supported");
                }
                leafOfRange.put(leaf.rangeIndex(), items.size());
                items.add(leaves.get(leaf.rangeIndex()));
            }
            case FromItem.JoinExpr join -> {
                number(join.left());
                number(join.right());
            }
        }
    }

    /** Whether a column is read by a condition over several leaves, or one that a join must check. */
    boolean isShared(Expr column) {
        for (JoinClause c : clauses) {
            if ((Long.bitCount(c.required) != 1 || c.owner.isPresent()) && Exprs.any(c.expr, column::equals)) {
                return true;
            }
        }
        for (JoinPlanner.Item item : items) {
            for (Plan.Binding b : item.bindings()) {
                if (Exprs.any(b.value(), column::equals)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The leaves whose columns an expression reads. */
    long refs(Expr expr) {
        if (expr instanceof Expr.Var v && v.levelsUp() == 0) {
            return bit(v.rangeIndex());
        }
        if (expr instanceof Expr.CurrentOf c) {
            return bit(c.rangeIndex());
        }
        long[] found = new long[1];
        Exprs.forEachChild(expr, child -> found[0] |= refs(child));
        return found[0];
    }

    /** Range table entries as leaves; others than this FROM's are left out. */
    long refs(BitSet ranges) {
        long found = 0;
        for (int range = ranges.nextSetBit(0); range >= 0; range = ranges.nextSetBit(range + 1)) {
            found |= bit(range);
        }
        return found;
    }

    private long bit(int range) {
        Integer leaf = leafOfRange.get(range);
        return leaf == null ? 0 : 1L << leaf;
    }

    /** Takes an item of FROM apart, its parts before itself; {@code above} are the conditions that its rows must fulfil anyway. */
    private Part take(FromItem item, List<Expr> above, boolean nullable) {
        return switch (item) {
            case FromItem.Leaf leaf -> new Part(bit(leaf.rangeIndex()), bit(leaf.rangeIndex()));
            case FromItem.JoinExpr join -> join(join, above, nullable);
        };
    }

    private Part join(FromItem.JoinExpr join, List<Expr> above, boolean nullable) {
        JoinType type = reduced(join, above);
        FromItem leftItem = type == JoinType.RIGHT ? join.right() : join.left();
        FromItem rightItem = type == JoinType.RIGHT ? join.left() : join.right();
        List<Expr> own = conditions.get(join);
        Plan.JoinKind kind = switch (type) {
            case INNER -> Plan.JoinKind.INNER;
            case LEFT, RIGHT -> Plan.JoinKind.LEFT;
            case FULL -> Plan.JoinKind.FULL;
            case SEMI -> Plan.JoinKind.SEMI;
            case ANTI -> Plan.JoinKind.ANTI;
        };
        boolean inner = kind == Plan.JoinKind.INNER;
        List<Expr> both = inner || kind == Plan.JoinKind.SEMI ? joined(above, own) : above;
        List<Expr> forLeft = kind == Plan.JoinKind.FULL ? List.of() : both;
        List<Expr> forRight = kind == Plan.JoinKind.FULL ? List.of() : inner || kind == Plan.JoinKind.SEMI ? both : own;
        Part left = take(leftItem, forLeft, nullable || kind == Plan.JoinKind.FULL);
        Part right = take(rightItem, forRight, nullable || !inner && kind != Plan.JoinKind.SEMI);
        long all = left.all | right.all;
        if (inner) {
            own.forEach(c -> distribute(c, all, Optional.empty(), 0, !nullable));
            return new Part(all, left.inner | right.inner);
        }
        SpecialJoin special = special(kind, left, right, own);
        boolean semi = kind == Plan.JoinKind.SEMI;
        long outer = kind == Plan.JoinKind.FULL ? all : left.all;
        own.forEach(c -> distribute(c, all, semi ? Optional.empty() : Optional.of(special), semi ? 0 : outer, semi && !nullable));
        specials.add(special);
        delayed.add(false);
        return new Part(all, semi ? left.inner | right.inner : kind == Plan.JoinKind.FULL ? 0 : left.inner);
    }

    private static List<Expr> joined(List<Expr> a, List<Expr> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        List<Expr> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** The join's type; an outer join whose padded rows a condition above would drop anyway is an inner one. */
    private JoinType reduced(FromItem.JoinExpr join, List<Expr> above) {
        return switch (join.type()) {
            case INNER, SEMI, ANTI -> join.type();
            case LEFT -> drops(above, join.right()) ? JoinType.INNER : JoinType.LEFT;
            case RIGHT -> drops(above, join.left()) ? JoinType.INNER : JoinType.RIGHT;
            case FULL -> {
                boolean keepsLeft = drops(above, join.left());
                boolean keepsRight = drops(above, join.right());
                yield keepsLeft && keepsRight ? JoinType.INNER : keepsLeft ? JoinType.LEFT : keepsRight ? JoinType.RIGHT : JoinType.FULL;
            }
        };
    }

    private boolean drops(List<Expr> above, FromItem side) {
        BitSet ranges = new BitSet();
        ranges(side, ranges);
        return Strictness.rejectsNulls(above, ranges, statement.catalog());
    }

    private static void ranges(FromItem item, BitSet found) {
        switch (item) {
            case FromItem.Leaf leaf -> found.set(leaf.rangeIndex());
            case FromItem.JoinExpr join -> {
                ranges(join.left(), found);
                ranges(join.right(), found);
            }
        }
    }

    /** The least that must stand on each side of a join for it to mean what was written. */
    private SpecialJoin special(Plan.JoinKind kind, Part left, Part right, List<Expr> own) {
        if (kind == Plan.JoinKind.FULL) {
            return new SpecialJoin(kind, left.all, right.all, left.all, right.all, false);
        }
        long read = 0;
        long strict = 0;
        for (Expr condition : own) {
            read |= refs(condition);
        }
        for (long rest = read; rest != 0; rest &= rest - 1) {
            long leaf = Long.lowestOneBit(rest);
            strict |= Strictness.rejectsNulls(own, rangesOf(leaf), statement.catalog()) ? leaf : 0;
        }
        boolean plain = kind == Plan.JoinKind.LEFT;
        boolean lhsStrict = (strict & left.all) != 0;
        long minLeft = read & left.all;
        long minRight = (read | right.inner) & right.all;
        for (int i = 0; i < specials.size(); i++) {
            SpecialJoin other = specials.get(i);
            long syntactic = other.synLeft() | other.synRight();
            if (other.kind() == Plan.JoinKind.FULL) {
                minLeft |= (left.all & syntactic) != 0 ? syntactic : 0;
                minRight |= (right.all & syntactic) != 0 ? syntactic : 0;
                continue;
            }
            boolean readsOther = (read & other.synRight()) != 0;
            if ((left.all & other.synRight()) != 0 && readsOther && (!plain || (strict & other.minRight()) == 0)) {
                minLeft |= syntactic;
            }
            if ((right.all & other.synRight()) != 0 && (readsOther || (read & other.minLeft()) == 0 || !plain
                    || other.kind() != Plan.JoinKind.LEFT || !other.lhsStrict() || delayed.get(i))) {
                minRight |= syntactic;
            }
        }
        return new SpecialJoin(kind, minLeft == 0 ? left.all : minLeft, minRight == 0 ? right.all : minRight, left.all, right.all, lhsStrict);
    }

    private BitSet rangesOf(long leaf) {
        BitSet ranges = new BitSet();
        leafOfRange.forEach((range, number) -> {
            if (1L << number == leaf) {
                ranges.set(range);
            }
        });
        return ranges;
    }

    /**
     * Enters a condition.
     *
     * @param all    the leaves below the place where it was written
     * @param owner  the outer join whose ON it stands in
     * @param outer  that join's left leaves: a condition that reads them must wait for the join
     * @param global whether equal sides are equal everywhere in the result
     */
    private void distribute(Expr condition, long all, Optional<SpecialJoin> owner, long outer, boolean global) {
        long refs = refs(condition);
        if (owner.isPresent() && ((refs & outer) != 0 || refs == 0)) {
            clauses.add(new JoinClause(condition, refs, owner.get().scope() | refs, owner, sides(condition)));
            return;
        }
        if (refs == 0 && all == all()) {
            free.add(condition);
            return;
        }
        long required = refs == 0 ? all : afterOuterJoins(refs);
        JoinClause clause = new JoinClause(condition, refs, required, Optional.empty(), sides(condition));
        clauses.add(clause);
        if (global && required == refs) {
            equivalences.note(clause);
        }
    }

    private long all() {
        return items.size() == 64 ? -1 : (1L << items.size()) - 1;
    }

    /** A condition that reads what an outer join below pads with nulls waits for that join. */
    private long afterOuterJoins(long refs) {
        long required = refs;
        boolean again = true;
        while (again) {
            again = false;
            for (SpecialJoin s : specials) {
                boolean reads = (required & s.minRight()) != 0 || s.kind() == Plan.JoinKind.FULL && (required & s.minLeft()) != 0;
                if (s.kind() != Plan.JoinKind.SEMI && reads && (s.scope() & ~required) != 0) {
                    required |= s.scope();
                    again = true;
                }
            }
        }
        for (int i = 0; i < specials.size(); i++) {
            SpecialJoin s = specials.get(i);
            if (required != refs && s.kind() != Plan.JoinKind.FULL && (required & s.minLeft()) != 0) {
                delayed.set(i, true);
            }
        }
        return required;
    }

    /** Adds a condition that follows from others. */
    JoinClause derive(Expr condition) {
        long refs = refs(condition);
        JoinClause clause = new JoinClause(condition, refs, refs, Optional.empty(), sides(condition));
        clauses.add(clause);
        return clause;
    }

    private Optional<JoinClause.Sides> sides(Expr condition) {
        if (!(condition instanceof Expr.OperatorCall o) || o.args().size() != 2) {
            return Optional.empty();
        }
        long left = refs(o.args().get(0));
        long right = refs(o.args().get(1));
        if (left == 0 || right == 0 || (left & right) != 0) {
            return Optional.empty();
        }
        boolean hashable = statement.catalog().operatorFamilies(o.operator()).stream().anyMatch(m -> m.method() == HASH && m.strategy() == 1);
        return Optional.of(new JoinClause.Sides(o.args().get(0), o.args().get(1), left, right, hashable));
    }
}
