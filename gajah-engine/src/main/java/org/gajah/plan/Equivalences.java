package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.catalog.Catalog;

/**
 * What follows from equalities that hold everywhere in the result: of {@code a = b AND b = 5} that {@code a = 5}, of
 * {@code a = b AND b = c} that {@code a = c}.
 *
 * <p>Invariant: within a class every condition says the same; a join of two parts needs one that connects them, no more.
 */
final class Equivalences {
    private static final int BTREE = 403;
    private static final int EQUAL = 3;

    private final Catalog catalog;
    private final JoinProblem problem;
    private final List<EqualSet> sets = new ArrayList<>();

    /** Expressions of one type that are equal to each other; {@code model} is one of the equalities. */
    private static final class EqualSet {
        final Expr.OperatorCall model;
        final List<Expr> members = new ArrayList<>();
        final List<JoinClause> clauses = new ArrayList<>();

        EqualSet(Expr.OperatorCall model) {
            this.model = model;
        }
    }

    Equivalences(Catalog catalog, JoinProblem problem) {
        this.catalog = catalog;
        this.problem = problem;
    }

    /** Looks at a condition that holds for all rows of the result. */
    void note(JoinClause clause) {
        if (!(clause.expr instanceof Expr.OperatorCall o) || o.args().size() != 2 || !isEquality(o)) {
            return;
        }
        Expr left = o.args().get(0);
        Expr right = o.args().get(1);
        boolean simple = Long.bitCount(problem.refs(left)) <= 1 && Long.bitCount(problem.refs(right)) <= 1;
        if (!simple || left.equals(right) || !isStable(left) || !isStable(right)) {
            return;
        }
        Optional<EqualSet> a = find(left, o);
        Optional<EqualSet> b = find(right, o);
        EqualSet set = a.or(() -> b).orElseGet(() -> {
            EqualSet made = new EqualSet(o);
            sets.add(made);
            return made;
        });
        if (b.isPresent() && b.get() != set) {
            b.get().members.stream().filter(m -> !set.members.contains(m)).forEach(set.members::add);
            set.clauses.addAll(b.get().clauses);
            sets.remove(b.get());
        }
        for (Expr side : List.of(left, right)) {
            if (!set.members.contains(side)) {
                set.members.add(side);
            }
        }
        set.clauses.add(clause);
    }

    private boolean isEquality(Expr.OperatorCall o) {
        return o.args().get(0).type() == o.args().get(1).type()
                && catalog.operatorFamilies(o.operator()).stream().anyMatch(m -> m.method() == BTREE && m.strategy() == EQUAL);
    }

    private boolean isStable(Expr e) {
        return !Exprs.any(e, x -> IndexMatch.isVolatile(x, catalog) || x instanceof Expr.SubPlanCall);
    }

    private Optional<EqualSet> find(Expr member, Expr.OperatorCall o) {
        for (EqualSet set : sets) {
            if (set.model.operator() == o.operator() && set.model.inputCollation() == o.inputCollation() && set.members.contains(member)) {
                return Optional.of(set);
            }
        }
        return Optional.empty();
    }

    /** Adds what follows, and takes out what has become superfluous. */
    void apply() {
        Map<Expr, Expr> constants = new HashMap<>();
        for (int i = 0; i < sets.size(); i++) {
            EqualSet set = sets.get(i);
            List<Expr> fixed = set.members.stream().filter(m -> problem.refs(m) == 0).toList();
            if (!fixed.isEmpty()) {
                set.members.stream().filter(m -> problem.refs(m) != 0).forEach(m -> constants.put(m, fixed.getFirst()));
                constants(set, fixed);
            } else if (set.members.size() > 2) {
                pairs(set, i);
            } else {
                int number = i;
                set.clauses.forEach(c -> c.equivalence = number);
            }
        }
        intoOuterJoins(constants);
    }

    /** Every member equals each of the constants, which may differ, so comparing members with each other is superfluous. */
    private void constants(EqualSet set, List<Expr> constants) {
        for (JoinClause c : set.clauses) {
            if (c.sides.isPresent()) {
                problem.clauses.remove(c);
            }
        }
        for (Expr member : set.members) {
            for (Expr constant : constants) {
                if (problem.refs(member) != 0 && !isCompared(set, member, constant)) {
                    problem.derive(equal(set.model, member, constant));
                }
            }
        }
    }

    private static boolean isCompared(EqualSet set, Expr member, Expr constant) {
        return set.clauses.stream().anyMatch(c -> c.sides.isEmpty() && c.expr instanceof Expr.OperatorCall o && o.args().contains(member) && o.args().contains(constant));
    }

    private void pairs(EqualSet set, int number) {
        set.clauses.forEach(c -> c.equivalence = number);
        for (int i = 0; i < set.members.size(); i++) {
            for (int j = i + 1; j < set.members.size(); j++) {
                Expr a = set.members.get(i);
                Expr b = set.members.get(j);
                if (set.clauses.stream().noneMatch(c -> c.expr instanceof Expr.OperatorCall o && o.args().contains(a) && o.args().contains(b))) {
                    problem.derive(equal(set.model, a, b)).equivalence = number;
                }
            }
        }
    }

    private static Expr equal(Expr.OperatorCall model, Expr a, Expr b) {
        return new Expr.OperatorCall(model.operator(), model.function(), model.type(), false, model.collation(), model.inputCollation(),
                List.of(a, b), 0);
    }

    /** {@code a LEFT JOIN b ON a.x = b.y} where a.x is a constant: only rows of b with that y can ever match. */
    private void intoOuterJoins(Map<Expr, Expr> constants) {
        if (constants.isEmpty()) {
            return;
        }
        for (JoinClause c : List.copyOf(problem.clauses)) {
            if (c.owner.isEmpty() || c.owner.get().kind() == Plan.JoinKind.FULL || c.sides.isEmpty()
                    || !(c.expr instanceof Expr.OperatorCall o) || !isEquality(o)) {
                continue;
            }
            for (int outer = 0; outer < 2; outer++) {
                Expr constant = constants.get(o.args().get(outer));
                Expr inner = o.args().get(1 - outer);
                if (constant != null && constant.type() == inner.type() && (problem.refs(inner) & ~c.owner.get().minRight()) == 0) {
                    problem.derive(equal(o, inner, constant));
                }
            }
        }
    }
}
