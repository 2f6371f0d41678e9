package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.QueryBuilder;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.Volatility;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;
import org.gajah.type.Oids;

/**
 * Puts the query that a set-returning function in SQL is in the place of its call in FROM, by PostgreSQL's rules: the function is not volatile, not
 * strict and one SELECT, its arguments are not volatile and without subqueries. All levels of a statement are looked through, before any is planned.
 */
final class SetInlining extends ExprRewriter {
    private static final int SQL = 14;

    private final Catalog catalog;
    private final TableSizes session;
    private final Set<Integer> inside;

    private SetInlining(Catalog catalog, TableSizes session, Set<Integer> inside) {
        this.catalog = catalog;
        this.session = session;
        this.inside = inside;
    }

    static Query of(Query query, Catalog catalog, TableSizes session) {
        return new SetInlining(catalog, session, Set.of()).rewrite(query);
    }

    @Override
    public Query rewrite(Query query) {
        Query made = rewriteChildren(query);
        List<RangeEntry> entries = new ArrayList<>(made.rangeTable());
        boolean changed = false;
        for (int i = 0; i < entries.size(); i++) {
            Optional<RangeEntry> opened = entries.get(i) instanceof RangeEntry.Functions f ? opened(f, made, i) : Optional.empty();
            if (opened.isPresent()) {
                entries.set(i, opened.get());
                changed = true;
            }
        }
        if (!changed) {
            return made;
        }
        QueryBuilder builder = new QueryBuilder(made);
        builder.rangeTable = entries;
        return builder.build();
    }

    private Optional<RangeEntry> opened(RangeEntry.Functions entry, Query query, int range) {
        boolean one = entry.functions().size() == 1 && !entry.ordinality();
        if (!one || !(entry.functions().getFirst().call() instanceof Expr.FunctionCall call) || !FunctionInlining.mayBe(call.function())
                || inside.contains(call.function())) {
            return Optional.empty();
        }
        Optional<ProcRow> proc = catalog.function(call.function()).filter(p -> isSimple(p) && p.argTypes().size() == call.args().size());
        if (proc.isEmpty() || !call.returnsSet() || !call.args().stream().allMatch(this::isPlain) || new WholeRows(range).areIn(query)) {
            return Optional.empty();
        }
        return session.rows(proc.get(), call.args().stream().map(Expr::type).toList(), call.type(), entry.functions().getFirst())
                .map(body -> new RangeEntry.Subquery(within(call.function()).rewrite(new Substitution(call.args()).rewriteTop(body)), 0, entry.alias(),
                        entry.columnNames(), entry.lateral()));
    }

    private SetInlining within(int function) {
        Set<Integer> deeper = new HashSet<>(inside);
        deeper.add(function);
        return new SetInlining(catalog, session, deeper);
    }

    private static boolean isSimple(ProcRow p) {
        return p.language() == SQL && p.kind() == 'f' && p.returnsSet() && !p.strict() && p.volatility() != 'v' && !p.securityDefiner()
                && p.config().isEmpty() && p.returnType() != Oids.VOID;
    }

    private boolean isPlain(Expr arg) {
        return !Volatility.isVolatile(arg, catalog) && !Exprs.any(arg, e -> e instanceof Expr.SubLink || e instanceof Expr.AggregateCall
                || e instanceof Expr.GroupingCall || e instanceof Expr.CaseTest);
    }

    /** Puts the arguments in the place of the parameters; their columns are then those of a level further out. */
    private static final class Substitution extends ExprRewriter {
        private final List<Expr> arguments;
        private int depth;

        Substitution(List<Expr> arguments) {
            this.arguments = arguments;
        }

        Query rewriteTop(Query body) {
            return rewriteChildren(body);
        }

        @Override
        public Expr rewrite(Expr e) {
            return e instanceof Expr.Param p ? outward(arguments.get(p.number() - 1), depth + 1) : rewriteChildren(e);
        }

        @Override
        public Query rewrite(Query query) {
            depth++;
            Query made = rewriteChildren(query);
            depth--;
            return made;
        }

        private static Expr outward(Expr e, int levels) {
            return e instanceof Expr.Var v ? new Expr.Var(v.rangeIndex(), v.attribute(), v.type(), v.typmod(), v.collation(), v.levelsUp() + levels, 0)
                    : Exprs.mapChildren(e, child -> outward(child, levels));
        }
    }

    /** Looks for a whole row of an entry, whose type a subquery would not have. */
    private static final class WholeRows extends ExprRewriter {
        private final int range;
        private int depth;
        private boolean found;

        WholeRows(int range) {
            this.range = range;
        }

        boolean areIn(Query query) {
            rewriteChildren(query);
            return found;
        }

        @Override
        public Expr rewrite(Expr e) {
            found |= e instanceof Expr.Var v && v.levelsUp() == depth && v.rangeIndex() == range && v.attribute() == 0;
            return rewriteChildren(e);
        }

        @Override
        public Query rewrite(Query query) {
            depth++;
            Query same = rewriteChildren(query);
            depth--;
            return same;
        }
    }
}
