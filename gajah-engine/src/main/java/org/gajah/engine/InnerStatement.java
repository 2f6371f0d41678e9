package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.RawStatement;
import org.gajah.ast.Statement;
import org.gajah.base.Slice;
import org.gajah.command.CommandTags;
import org.gajah.exec.Execution;
import org.gajah.exec.StoredRows;
import org.gajah.plan.Plan;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.SpiCursor;
import org.gajah.spi.SpiOutcome;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiRows;
import org.gajah.spi.SpiStatement;
import org.gajah.spi.SpiView;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** A statement that a routine runs, by the same runner as those of clients. */
final class InnerStatement implements SpiStatement {
    private final SessionImpl session;
    private final Prepared prepared;

    InnerStatement(SessionImpl session, Slice source, RawStatement raw, SpiParameters parameters) {
        this.session = session;
        Slice text = source.slice(raw.offset(), raw.length());
        this.prepared = new Prepared(text, Optional.of(raw), parameters.types(), false, session.statementMicros()).inside(parameters);
    }

    @Override
    public Statement tree() {
        return prepared.raw().orElseThrow().statement();
    }

    @Override
    public Slice text() {
        return prepared.text();
    }

    private Variables names() {
        return prepared.inside().map(SpiParameters::names).orElse(Variables.NONE);
    }

    private boolean isPlanned() {
        return tree() instanceof PreparableStatement;
    }

    private Prepared.Current current() {
        return session.runner().plans().current(prepared);
    }

    @Override
    public List<Integer> parameterTypes() {
        if (isPlanned()) {
            current();
        } else if (tree() instanceof FunctionStatement.Call call && prepared.inside().map(SpiParameters::open).orElse(false)) {
            prepared.setParameterTypes(new RoutineCommands(session, session.runner()).parameterTypes(call, prepared.parameterTypes()));
        }
        return prepared.parameterTypes();
    }

    @Override
    public List<ResultColumn> columns() {
        if (tree() instanceof FunctionStatement.Call call) {
            return new RoutineCommands(session, session.runner())
                    .columns(call, new BoundParameters(prepared.parameterTypes(), new Object[0], names()));
        }
        return isPlanned() ? current().plan.results() : new UtilityShape(session).columns(tree()).stream()
                .map(c -> new ResultColumn(c.name(), c.type(), c.typmod(), 0, 0, 0)).toList();
    }

    @Override
    public boolean returnsRows() {
        return isPlanned() ? current().returnsRows() : !columns().isEmpty();
    }

    @Override
    public boolean onlyReads() {
        return isPlanned() && !current().plan.changesRows();
    }

    @Override
    public SpiOutcome run(Object[] parameters, SpiView view, long maxRows, SpiRows rows) {
        prepare(view);
        try (InnerRun _ = new InnerRun(session)) {
            return isPlanned() ? runPlan(current(), parameters, view, maxRows, rows) : runCommand(parameters, rows);
        }
    }

    @Override
    public Ready ready() {
        if (!isPlanned()) {
            List<ResultColumn> columns = columns();
            return new Ready(columns, !columns.isEmpty(), false, this);
        }
        Prepared.Current current = current();
        return new Ready(current.plan.results(), current.returnsRows(), !current.plan.changesRows(), current);
    }

    @Override
    public SpiOutcome run(Ready ready, Object[] parameters, SpiView view, long maxRows, SpiRows rows) {
        if (!(ready.plan() instanceof Prepared.Current current)) {
            return run(parameters, view, maxRows, rows);
        }
        prepare(view);
        try (InnerRun _ = new InnerRun(session)) {
            return runPlan(current, parameters, view, maxRows, rows);
        }
    }

    @Override
    public SpiOutcome runNonAtomic(Object[] parameters, SpiRows rows) {
        if (!session.transactions().hasSavepoints()) {
            session.routines().letNextEndTransaction();
        }
        return run(parameters, SpiView.Fresh.FRESH, 0, rows);
    }

    private void prepare(SpiView view) {
        if (view instanceof SpiView.Fresh && session.transactions().hasSnapshot()) {
            session.transactions().transaction().incrementCommand();
        }
    }

    private Portal portal(Object[] parameters, SpiView view) {
        return portal(current(), parameters, view);
    }

    private Portal portal(Prepared.Current current, Object[] parameters, SpiView view) {
        Portal portal = new Portal("", prepared, parameters, current.columns, Portal.Cursor.NONE).running(current);
        return view instanceof SpiView.Callers callers ? portal.seeing(callers.snapshot()) : portal;
    }

    /** Opens it as a cursor of the session. */
    void openPortal(String name, Object[] parameters, SpiView view, Optional<Boolean> scroll) {
        prepare(view);
        prepared.becomeCursors();
        Prepared.Current current = current();
        boolean back = scroll.orElseGet(() -> Cursors.goesBackward(current.plan.root()));
        Portal portal = new Portal(name, prepared, parameters, current.columns,
                new Portal.Cursor(true, false, back, false, session.statementMicros())).running(current);
        try (InnerRun _ = new InnerRun(session)) {
            session.portals().put(portal);
            session.runner().portalRunner().start(portal);
            if (back) {
                session.runner().portalRunner().store(portal);
            }
            if (current.plan.root() instanceof Plan.Modify) {
                session.runner().portalRunner().keepRest(portal);
            }
        }
    }

    /** 42P11 unless it gives rows. */
    void requireOpenable() {
        if (!returnsRows()) {
            throw new SqlError(SqlState.INVALID_CURSOR_DEFINITION, "cannot open " + CommandTags.of(tree()) + " query as cursor");
        }
    }

    private SpiOutcome runPlan(Prepared.Current current, Object[] parameters, SpiView view, long maxRows, SpiRows rows) {
        if (!current.plan.changesRows() && prepared.places().isEmpty()) {
            return runQuery(current, parameters, view, maxRows, rows);
        }
        boolean changesSome = maxRows > 0 && current.plan.root() instanceof Plan.Modify;
        Portal portal = portal(changesSome ? current.limited(maxRows) : current, parameters, view);
        PortalRunner runner = session.runner().portalRunner();
        CollectingSink sink = new CollectingSink(rows);
        try {
            runner.run(portal, changesSome ? 0 : maxRows, sink);
            boolean changes = portal.command() != org.gajah.analyze.Query.Command.SELECT;
            return new SpiOutcome(portal.command().name(), changes ? portal.processed() : sink.count());
        } finally {
            runner.close(portal);
        }
    }

    /** What only reads needs no portal: it is over when this returns. */
    private SpiOutcome runQuery(Prepared.Current current, Object[] parameters, SpiView view, long maxRows, SpiRows rows) {
        current.requireRunnable();
        PortalRunner runner = session.runner().portalRunner();
        Snapshot snapshot = view instanceof SpiView.Callers callers ? callers.snapshot() : session.transactions().snapshot();
        Execution execution = runner.execution(current);
        try {
            execution.open(runner.context(parameters, snapshot));
            return new SpiOutcome("SELECT", give(execution, maxRows, rows));
        } finally {
            execution.close();
            current.giveBack(execution);
            if (view instanceof SpiView.Fresh) {
                session.transactions().release(snapshot);
            }
        }
    }

    private long give(Execution execution, long maxRows, SpiRows rows) {
        long given = 0;
        while (maxRows == 0 || given < maxRows) {
            session.cancelFlag().check();
            Batch batch = execution.next(maxRows == 0 ? Batch.MAX_ROWS : (int) Math.min(Batch.MAX_ROWS, maxRows - given));
            if (batch.count() == 0) {
                break;
            }
            rows.rows(batch);
            given += batch.count();
        }
        return given;
    }

    private SpiOutcome runCommand(Object[] parameters, SpiRows rows) {
        BoundParameters bound = new BoundParameters(prepared.parameterTypes(), parameters, names());
        CollectingSink sink = new CollectingSink(rows);
        String tag = session.runner().runUtility(tree(), prepared.text(), bound, sink, true);
        return SpiTags.outcome(tag, sink.count());
    }

    @Override
    public SpiCursor open(Object[] parameters, SpiView view) {
        requireOpenable();
        if (!isPlanned()) {
            return kept(parameters);
        }
        prepare(view);
        Portal portal = portal(parameters, view);
        PortalRunner runner = session.runner().portalRunner();
        try (InnerRun _ = new InnerRun(session)) {
            runner.start(portal);
        } catch (RuntimeException | Error e) {
            runner.close(portal);
            throw e;
        }
        return new SpiCursor() {
            @Override
            public Batch next(int maxRows) {
                try (InnerRun _ = new InnerRun(session)) {
                    return runner.next(portal, maxRows);
                }
            }

            @Override
            public void close() {
                runner.close(portal);
            }
        };
    }

    /** The rows of a command, which runs at once. */
    private SpiCursor kept(Object[] parameters) {
        List<Carrier> carriers = columns().stream().map(c -> session.context().codec(c.type()).carrier()).toList();
        StoredRows rows = new StoredRows(carriers, session.workspace());
        try {
            run(parameters, SpiView.Fresh.FRESH, 0, rows::add);
        } catch (RuntimeException | Error e) {
            rows.close();
            throw e;
        }
        return new SpiCursor() {
            private long next;

            @Override
            public Batch next(int maxRows) {
                if (next == rows.size()) {
                    return new Batch(new Vector[0], 1);
                }
                Batch batch = rows.view(next, maxRows);
                next += batch.count();
                return batch;
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }
}
