package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CollationRow;

/**
 * Derives collations over finished expressions (manual, section 24.2.2): an explicit one wins, a column's beats the default,
 * and two different implicit ones leave the result without, which is an error only where one is needed.
 */
final class Collations {
    private static final int DEFAULT = 100;

    private final Analysis a;

    private enum Strength { NONE, IMPLICIT, CONFLICT, EXPLICIT }

    /** What is known of a collation so far. */
    private static final class State {
        int collation;
        Strength strength = Strength.NONE;
        int location;
        int other;
    }

    Collations(Analysis analysis) {
        a = analysis;
    }

    /** The expression with collations filled in. */
    Expr assign(Expr expr) {
        return new Pass().rewrite(expr);
    }

    /** One collation for expressions that are compared with one another; 0 if there is none. */
    int common(List<Expr> values, boolean noneIsFine) {
        Pass pass = new Pass();
        values.forEach(pass::rewrite);
        State state = pass.state;
        if (state.strength == Strength.CONFLICT) {
            if (noneIsFine) {
                return 0;
            }
            throw new SqlError(SqlState.COLLATION_MISMATCH, "collation mismatch between implicit collations \"" + name(state.collation)
                    + "\" and \"" + name(state.other) + "\"")
                    .hint("You can choose the collation by applying the COLLATE clause to one or both expressions.").at(state.location);
        }
        return state.collation;
    }

    private String name(int collation) {
        return a.catalog.collation(collation).map(CollationRow::name).orElse("default");
    }

    private void merge(State into, int collation, Strength strength, int location, int other) {
        if (strength.compareTo(into.strength) > 0) {
            take(into, collation, strength, location, other);
        } else if (strength == into.strength && collation != into.collation) {
            if (strength == Strength.IMPLICIT) {
                if (into.collation == DEFAULT) {
                    take(into, collation, strength, location, other);
                } else if (collation != DEFAULT) {
                    into.strength = Strength.CONFLICT;
                    into.other = collation;
                    into.location = location;
                }
            } else if (strength == Strength.EXPLICIT) {
                throw new SqlError(SqlState.COLLATION_MISMATCH, "collation mismatch between explicit collations \""
                        + name(into.collation) + "\" and \"" + name(collation) + "\"").at(location);
            }
        }
    }

    private static void take(State into, int collation, Strength strength, int location, int other) {
        into.collation = collation;
        into.strength = strength;
        into.location = location;
        into.other = other;
    }

    /** Goes bottom up; {@code state} gathers what the children of the current node have. */
    private final class Pass extends ExprRewriter {
        private State state = new State();

        @Override
        public Query rewrite(Query query) {
            return query;
        }

        @Override
        public Expr rewrite(Expr e) {
            State outer = state;
            state = new State();
            Expr made = node(e);
            State own = result(made);
            int input = state.strength == Strength.CONFLICT ? 0 : state.collation;
            int output = own.strength == Strength.CONFLICT ? 0 : own.collation;
            state = outer;
            merge(state, own.collation, own.strength, own.location, own.other);
            return CollationStamp.on(made, output, input);
        }

        private Expr node(Expr e) {
            return switch (e) {
                case Expr.Collate c -> {
                    Expr arg = rewrite(c.arg());
                    state = new State();
                    take(state, c.collation(), Strength.EXPLICIT, c.location(), 0);
                    yield arg == c.arg() ? c : new Expr.Collate(arg, c.collation(), c.location());
                }
                case Expr.RowLiteral r -> new Expr.RowLiteral(separately(r.args()), r.type(), r.names(), r.form(), r.location());
                case Expr.RowComparison r -> rowComparison(r);
                case Expr.Case c -> caseOf(c);
                case Expr.AggregateCall c -> aggregate(c);
                case Expr.WindowCall c -> window(c);
                case Expr.Subscript s -> subscript(s);
                case Expr.ArrayCoerce c -> new Expr.ArrayCoerce(rewrite(c.arg()), separately(List.of(c.element())).getFirst(), c.type(),
                        c.typmod(), c.collation(), c.form(), c.location());
                default -> rewriteChildren(e);
            };
        }

        private List<Expr> separately(List<Expr> list) {
            List<Expr> made = new ArrayList<>();
            for (Expr e : list) {
                made.add(assign(e));
            }
            return made;
        }

        private Optional<Expr> separately(Optional<Expr> e) {
            return e.map(Collations.this::assign);
        }

        private Expr rowComparison(Expr.RowComparison r) {
            List<Integer> collations = new ArrayList<>();
            for (int i = 0; i < r.left().size(); i++) {
                collations.add(common(List.of(r.left().get(i), r.right().get(i)), true));
            }
            return new Expr.RowComparison(r.strategy(), r.operators(), r.functions(), collations, separately(r.left()),
                    separately(r.right()));
        }

        private Expr caseOf(Expr.Case c) {
            List<Expr.When> whens = new ArrayList<>();
            for (Expr.When when : c.whens()) {
                whens.add(new Expr.When(assign(when.condition()), rewrite(when.result()), when.location()));
            }
            return new Expr.Case(c.type(), c.collation(), separately(c.arg()), whens, rewrite(c.otherwise()), c.location());
        }

        private Expr aggregate(Expr.AggregateCall c) {
            List<Expr> direct = c.kind() == 'n' ? separately(c.directArgs()) : rewriteAll(c.directArgs());
            List<TargetEntry> args = new ArrayList<>();
            for (TargetEntry arg : c.args()) {
                boolean counts = c.kind() == 'n' ? !arg.junk() : c.args().size() == 1;
                args.add(arg.with(counts ? rewrite(arg.expr()) : assign(arg.expr())));
            }
            return new Expr.AggregateCall(c.function(), c.type(), c.collation(), c.inputCollation(), direct, args, c.order(),
                    c.distinct(), separately(c.filter()), c.star(), c.variadic(), c.kind(), c.levelsUp(), c.location());
        }

        private Expr window(Expr.WindowCall c) {
            return new Expr.WindowCall(c.function(), c.type(), c.collation(), c.inputCollation(), rewriteAll(c.args()),
                    separately(c.filter()), c.window(), c.star(), c.aggregate(), c.location());
        }

        private Expr subscript(Expr.Subscript s) {
            Expr container = rewrite(s.container());
            List<Optional<Expr>> upper = s.upper().stream().map(this::separately).toList();
            Optional<List<Optional<Expr>>> lower = s.lower().map(l -> l.stream().map(this::separately).toList());
            return new Expr.Subscript(container, upper, lower, s.elementType(), s.type(), s.typmod(), s.collation(),
                    separately(s.assigned()), s.location());
        }

        /** The node's own collation, given its children's; leaves and selected fields bring their own. */
        private State result(Expr e) {
            State own = new State();
            switch (e) {
                case Expr.Const c -> leaf(own, c.collation(), e);
                case Expr.Param p -> leaf(own, p.collation(), e);
                case Expr.Var v -> leaf(own, v.collation(), e);
                case Expr.SubLink s -> leaf(own, s.collation(), e);
                case Expr.SubLinkColumn c -> leaf(own, c.collation(), e);
                case Expr.MultiAssignColumn c -> leaf(own, c.collation(), e);
                case Expr.CaseTest c -> leaf(own, c.collation(), e);
                case Expr.FieldSelect f -> leaf(own, f.collation(), e);
                case Expr.SqlValueFunction f -> leaf(own, f.collation(), e);
                case Expr.DomainValue v -> leaf(own, v.collation(), e);
                case Expr.SetToDefault d -> leaf(own, d.collation(), e);
                case Expr.Collate c -> take(own, c.collation(), Strength.EXPLICIT, c.location(), 0);
                case Expr.CoerceToDomain d when a.types.collation(d.type()) != DEFAULT -> leaf(own, a.types.collation(d.type()), e);
                default -> derived(own, e);
            }
            return own;
        }

        private void leaf(State own, int collation, Expr e) {
            take(own, collation, collation == 0 ? Strength.NONE : Strength.IMPLICIT, Locations.of(e), 0);
        }

        private void derived(State own, Expr e) {
            int collation = a.types.collation(e.type());
            if (collation == 0) {
                return;
            }
            if (state.strength == Strength.NONE) {
                take(own, collation, Strength.IMPLICIT, Locations.of(e), 0);
            } else {
                take(own, state.collation, state.strength, state.location, state.other);
            }
        }
    }
}
