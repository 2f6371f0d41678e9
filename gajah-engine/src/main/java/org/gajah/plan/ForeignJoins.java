package org.gajah.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.Judgement;
import org.gajah.catalog.Catalog;
import org.gajah.foreign.ForeignCatalog;

/** Inner joins of tables of one server, done there if the server takes every condition exactly. */
final class ForeignJoins {
    private static final int MOST_TABLES = 8;

    private final JoinProblem problem;
    private final StatementPlan statement;
    private final Set<Expr> kept;
    private final boolean allowed;

    /** For a FROM of which the columns {@code kept} are read above it; {@code allowed} unless rows of it are to be locked. */
    ForeignJoins(JoinProblem problem, StatementPlan statement, Set<Expr> kept, boolean allowed) {
        this.problem = problem;
        this.statement = statement;
        this.kept = kept;
        this.allowed = allowed && problem.items.stream().filter(i -> i.table().filter(t -> t.relation().kind() == 'f').isPresent()).count() > 1;
    }

    /** The leaves of a join, joined there; nothing if that cannot be. */
    Optional<Rel> join(JoinRel to) {
        Optional<List<BaseTable>> tables = allowed && Long.bitCount(to.leaves) <= MOST_TABLES ? tables(to.leaves) : Optional.empty();
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        Catalog catalog = statement.catalog();
        ForeignServer server = ForeignCatalog.server(catalog, ForeignCatalog.serverOf(catalog, tables.get().getFirst().relation()));
        ForeignPlanner planner = statement.foreignPlanner(server);
        if (!planner.joins(ForeignQuery.JoinKind.INNER)) {
            return Optional.empty();
        }
        ForeignExprs exprs = new ForeignExprs(catalog);
        List<ForeignTable> foreign = new ArrayList<>();
        for (BaseTable t : tables.get()) {
            foreign.add(statement.foreignTable(t.relation(), t.asOwner()));
            exprs.add(t.range(), foreign.getLast());
        }
        return from(to.leaves, foreign, exprs, planner).flatMap(q -> rel(to, tables.get(), q, exprs, planner, server));
    }

    /** The tables behind the leaves if all are of one server and only inner joins concern them. */
    private Optional<List<BaseTable>> tables(long leaves) {
        for (SpecialJoin s : problem.specials) {
            if (s.kind() != Plan.JoinKind.INNER && (s.scope() & leaves) != 0) {
                return Optional.empty();
            }
        }
        List<BaseTable> tables = new ArrayList<>();
        int server = 0;
        for (long rest = leaves; rest != 0; rest &= rest - 1) {
            Optional<BaseTable> table = problem.items.get(Long.numberOfTrailingZeros(rest)).table().filter(t -> t.relation().kind() == 'f');
            int own = table.map(t -> ForeignCatalog.serverOf(statement.catalog(), t.relation())).orElse(-1);
            boolean sameRole = table.isPresent() && (tables.isEmpty() || tables.getFirst().asOwner() == table.get().asOwner());
            if (!sameRole || server != 0 && own != server) {
                return Optional.empty();
            }
            server = own;
            tables.add(table.get());
        }
        return Optional.of(tables);
    }

    /** FROM and WHERE with every condition over these leaves, each table joined by what connects it with those before. */
    private Optional<ForeignQuery> from(long leaves, List<ForeignTable> tables, ForeignExprs exprs, ForeignPlanner planner) {
        ForeignQuery.From from = null;
        List<ForeignExpr> where = new ArrayList<>();
        long joined = 0;
        int number = 0;
        for (long rest = leaves; rest != 0; rest &= rest - 1, number++) {
            long leaf = Long.lowestOneBit(rest);
            List<ForeignExpr> on = new ArrayList<>();
            for (JoinClause c : problem.clauses) {
                boolean arises = (c.required & ~(joined | leaf)) == 0 && (c.required & leaf) != 0;
                if (!arises) {
                    continue;
                }
                Optional<ForeignExpr> translated = c.owner.isPresent() ? Optional.empty() : exprs.translate(c.expr)
                        .flatMap(e -> planner.judge(e) instanceof Judgement.Exact exact ? Optional.of(exact.asked(e)) : Optional.empty());
                if (translated.isEmpty()) {
                    return Optional.empty();
                }
                (Long.bitCount(c.required) > 1 ? on : where).add(translated.get());
            }
            ForeignQuery.From table = new ForeignQuery.From.Table(number, tables.get(number));
            from = from == null ? table : new ForeignQuery.From.Join(ForeignQuery.JoinKind.INNER, from, table, on);
            joined |= leaf;
        }
        return Optional.of(ForeignQuery.of(from, where, List.of()));
    }

    private Optional<Rel> rel(JoinRel to, List<BaseTable> tables, ForeignQuery q, ForeignExprs exprs, ForeignPlanner planner, ForeignServer server) {
        List<Expr> outputs = new ArrayList<>();
        List<ForeignExpr> columns = new ArrayList<>();
        BitSet ranges = new BitSet();
        for (BaseTable t : tables) {
            ranges.set(t.range());
            for (Expr column : t.outputs()) {
                if (kept.contains(column) || isReadAbove(column, to.leaves)) {
                    outputs.add(column);
                    columns.add(exprs.translate(column).orElseThrow());
                }
            }
        }
        ForeignQuery asked = q.withOutput(columns);
        List<Plan.ForeignBase> bases = tables.stream().map(t -> new Plan.ForeignBase(t.range(), t.relation().oid(), t.alias(), t.asOwner())).toList();
        Estimate estimate = ForeignPaths.estimate(planner, to.rows, to.rows, to.width);
        Plan plan = new Plan.ForeignScan(Rel.columnsOf(outputs), estimate, server.oid(), bases, outputs, asked, planner.query(asked),
                List.copyOf(exprs.parameters()), Optional.empty(), List.of());
        return Optional.of(new Rel(plan, List.copyOf(outputs), ranges));
    }

    private boolean isReadAbove(Expr column, long leaves) {
        for (JoinClause c : problem.clauses) {
            if ((c.required & ~leaves) != 0 && Exprs.any(c.expr, column::equals)) {
                return true;
            }
        }
        return problem.items.stream().anyMatch(i -> i.bindings().stream().anyMatch(b -> Exprs.any(b.value(), column::equals)));
    }
}
