package org.gajah.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignPlanner;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.Judgement;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.OperatorRow;
import org.gajah.foreign.ForeignCatalog;

/**
 * A foreign scan that a hash join probes with is given the keys of the side that is kept: the server is asked for the rows of these keys,
 * some thousand at a time, and not for all.
 */
final class ForeignFeed {
    /** How many keys go there at once. */
    static final int MOST_KEYS = 5000;

    private final StatementPlan statement;

    ForeignFeed(StatementPlan statement) {
        this.statement = statement;
    }

    /** The scan behind a path, if it gives rows of tables and nothing has limited or grouped them. */
    static Optional<Plan.ForeignScan> scan(JoinPath path) {
        return path instanceof JoinPath.Scan s && s.rel().plan() instanceof Plan.ForeignScan f && s.rel().needs().isEmpty() && isPlain(f.query())
                ? Optional.of(f) : Optional.empty();
    }

    private static boolean isPlain(ForeignQuery q) {
        return !q.grouped() && !q.distinct() && q.limit().isEmpty() && q.offset().isEmpty() && q.lock().isEmpty();
    }

    /** What the join costs for reading the rows of the keys only. */
    Estimate estimate(Plan.ForeignScan scan, JoinRel foreign, JoinRel keys, List<JoinClause> on, double joined) {
        Estimate all = scan.estimate();
        boolean known = on.stream().anyMatch(c -> c.hashes(foreign.leaves, keys.leaves) && isKnown(c.sides.orElseThrow().of(foreign.leaves), scan));
        double fetched = Math.min(all.rows(), known ? Math.max(joined, 1) : keys.rows);
        double perRow = (all.total() - all.startup()) / Math.max(1, all.rows());
        double runs = Math.ceil(Math.max(1, keys.rows) / MOST_KEYS);
        double sent = keys.rows * Costs.OPERATOR;
        return new Estimate(all.startup(), all.startup() * runs + fetched * perRow + sent, fetched, all.width(), all.disabled());
    }

    private boolean isKnown(Expr key, Plan.ForeignScan scan) {
        return JoinCosts.plain(key) instanceof Expr.Var v && scan.tables().stream().filter(b -> b.range() == v.rangeIndex())
                .anyMatch(b -> statement.catalog().statistics(b.relation(), v.attribute()).isPresent());
    }

    /** The scan with a place for the keys; nothing if the server does not take them. {@code on} are the join's conditions. */
    Optional<Plan.ForeignScan> fed(Plan.ForeignScan scan, List<JoinClause> on, long foreign, long keys) {
        int number = 0;
        for (JoinClause c : on) {
            if (c.hashes(foreign, keys)) {
                Optional<Plan.ForeignScan> fed = fed(scan, c, foreign, number++);
                if (fed.isPresent()) {
                    return fed;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Plan.ForeignScan> fed(Plan.ForeignScan scan, JoinClause c, long leaves, int number) {
        Catalog catalog = statement.catalog();
        boolean first = (c.sides.orElseThrow().leftRefs() & ~leaves) == 0;
        Expr there = first ? c.sides.get().left() : c.sides.get().right();
        Expr here = first ? c.sides.get().right() : c.sides.get().left();
        int array = catalog.type(here.type()).map(t -> t.array()).orElse(0);
        if (array == 0 || !(c.expr instanceof Expr.OperatorCall o) || Exprs.any(there, e -> e instanceof Expr.ExecParam)) {
            return Optional.empty();
        }
        OperatorRow written = catalog.operator(o.operator()).orElseThrow();
        Optional<OperatorRow> operator = o.args().getFirst().equals(there) ? Optional.of(written)
                : written.commutator() == 0 ? Optional.empty() : catalog.operator(written.commutator());
        if (operator.isEmpty()) {
            return Optional.empty();
        }
        int slot = statement.newSlot();
        Expr among = new Expr.ArrayComparison(operator.get().oid(), operator.get().function(), true, o.inputCollation(), there,
                new Expr.ExecParam(slot, array, -1, here.collation()), 0);
        ForeignExprs exprs = ForeignExprs.of(scan, statement);
        ForeignPlanner planner = statement.foreignPlanner(ForeignCatalog.server(catalog, scan.server()));
        return exprs.translate(among).flatMap(e -> switch (planner.judge(e)) {
            case Judgement.Exact exact -> Optional.of(exact.asked(e));
            case Judgement.Wider w -> Optional.of(w.weaker());
            case Judgement.Local _ -> Optional.<ForeignExpr>empty();
        }).map(condition -> {
            ForeignQuery q = scan.query();
            List<ForeignExpr> where = new ArrayList<>(q.where());
            where.add(condition);
            ForeignQuery asked = new ForeignQuery(q.from(), where, false, List.of(), List.of(), false, q.output(), q.order(), q.limit(), q.offset(), q.lock());
            return new Plan.ForeignScan(scan.columns(), scan.estimate(), scan.server(), scan.bases(), scan.outputs(), asked, planner.query(asked),
                    List.copyOf(exprs.parameters()), scan.filter(), scan.notes(), Optional.of(new Plan.KeyFeed(slot, number, here.type(), scan)));
        });
    }
}
