package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Query;
import org.gajah.api.foreign.RemoteNote;
import org.gajah.catalog.CatalogView;
import org.gajah.exec.Execution;
import org.gajah.exec.ExplainOptions;
import org.gajah.exec.ExplainPrinter;
import org.gajah.plan.Plan;
import org.gajah.plan.PlannedStatement;
import org.gajah.plan.Planner;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;

/** EXPLAIN's text for a query, after running it if ANALYZE asks for that. */
final class Explanation {
    private static final double NANOS_PER_MILLI = 1e6;

    private final SessionImpl session;
    private final StatementRunner runner;
    private final BoundParameters bound;

    Explanation(SessionImpl session, StatementRunner runner, BoundParameters bound) {
        this.session = session;
        this.runner = runner;
        this.bound = bound;
    }

    List<String> of(Query query, ExplainOptions options) {
        CatalogView catalog = runner.catalog();
        long begun = session.instance().parking().nanoTime();
        PlannedStatement plan = Planner.plan(query, bound.types(), catalog, session.context().sizes());
        double planning = (session.instance().parking().nanoTime() - begun) / NANOS_PER_MILLI;
        if (!options.analyze()) {
            return lines(new ExplainPrinter(plan, catalog, session.context(), options, Optional.empty(), scan -> notes(scan, options)), planning, 0);
        }
        if (plan.changesRows()) {
            session.transactions().requireId();
        }
        Snapshot snapshot = session.transactions().snapshot();
        try (Execution execution = new Execution(plan, runner.portalRunner().compile(catalog))) {
            execution.instrument();
            long started = session.instance().parking().nanoTime();
            execution.open(runner.portalRunner().context(bound.values(), snapshot));
            for (Batch batch = execution.next(Batch.MAX_ROWS); batch.count() > 0; batch = execution.next(Batch.MAX_ROWS)) {
                session.cancelFlag().check();
            }
            if (plan.changesRows()) {
                session.transactions().transaction().incrementCommand();
                runner.portalRunner().endStatement(bound.values());
            }
            double running = (session.instance().parking().nanoTime() - started) / NANOS_PER_MILLI;
            return lines(new ExplainPrinter(plan, catalog, session.context(), options, Optional.of(execution), scan -> notes(scan, options)), planning, running);
        } finally {
            session.transactions().release(snapshot);
        }
    }

    /** What the server has to say to a query that it will be asked. */
    private List<RemoteNote> notes(Plan.ForeignScan scan, ExplainOptions options) {
        return scan.remote().hasNotes(options.verbose(), options.costs())
                ? session.foreign().at(scan.server(), scan.role()).notes(scan.remote()) : List.of();
    }

    private static List<String> lines(ExplainPrinter printer, double planning, double running) {
        return printer.lines(planning, running);
    }
}
