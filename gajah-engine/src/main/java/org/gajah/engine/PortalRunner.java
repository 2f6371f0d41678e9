package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.NodeText;
import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CatalogView;
import org.gajah.exec.CompileContext;
import org.gajah.exec.ExecContext;
import org.gajah.exec.Execution;
import org.gajah.exec.StoredRows;
import org.gajah.plan.PlannedStatement;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** Runs portals of planned statements, in pieces where the client wants pieces. */
final class PortalRunner {
    private static final int PIECE = Batch.MAX_ROWS;

    private final SessionImpl session;
    private final PlanSource plans;

    PortalRunner(SessionImpl session, PlanSource plans) {
        this.session = session;
        this.plans = plans;
    }

    /** Gives up to {@code maxRows} further rows (0: all) to the sink; the portal knows then whether it is at its end. */
    void run(Portal portal, long maxRows, ResultSink sink) {
        if (portal.isAtEnd()) {
            if (!portal.returnsRows()) {
                throw portal.cannotRun();
            }
            portal.setTag(tag(portal, 0));
            return;
        }
        portal.setActive(true);
        boolean fresh = isFresh(portal);
        runAhead(portal);
        if (isFresh(portal)) {
            start(portal);
        }
        if (fresh && maxRows > 0 && changesRows(portal)) {
            keepRest(portal);
        }
        long given = portal.stored().isPresent() ? giveStored(portal, maxRows, sink) : giveFresh(portal, maxRows, sink);
        portal.setPosition(portal.position() + given);
        boolean stopped = !portal.isAtEnd() && (maxRows == 0 || given < maxRows);
        long inAll = given + portal.untold();
        portal.setUntold(stopped ? inAll : 0);
        if (stopped) {
            sink.stopped(maxRows == 0 ? 0 : maxRows - given);
        } else if (portal.isAtEnd()) {
            portal.setTag(tag(portal, inAll));
        }
        portal.setActive(false);
    }

    /** A statement that fires triggers does all that it does before its rows are given to anybody. */
    void runAhead(Portal portal) {
        if (isFresh(portal) && !portal.isAtEnd() && portal.returnsRows()) {
            start(portal);
            if (portal.execution().orElseThrow().firesTriggers()) {
                keepRest(portal);
            }
        }
    }

    private static boolean isFresh(Portal portal) {
        return portal.execution().isEmpty() && portal.stored().isEmpty();
    }

    private boolean changesRows(Portal portal) {
        return portal.execution().map(e -> e.statement().command() != Query.Command.SELECT).orElse(false);
    }

    private String tag(Portal portal, long given) {
        long rows = portal.returnsRows() ? given : portal.processed();
        return switch (portal.command()) {
            case SELECT -> "SELECT " + rows;
            case INSERT -> "INSERT 0 " + rows;
            case UPDATE -> "UPDATE " + rows;
            case DELETE -> "DELETE " + rows;
            case MERGE -> "MERGE " + rows;
        };
    }

    /** Opens the execution; nothing runs yet. */
    void start(Portal portal) {
        Prepared.Current current = portal.locked().orElseGet(() -> plans.current(portal.statement()));
        current.requireRunnable();
        PlannedStatement plan = current.plan;
        if (plan.changesRows()) {
            requireWritable(plan);
            session.transactions().requireId();
        }
        Snapshot snapshot = portal.sees().orElseGet(current.onlyChanges ? session.transactions()::snapshotAhead : session.transactions()::snapshot);
        Execution execution = execution(current);
        portal.attach(execution, current, snapshot);
        portal.start();
        execution.open(context(portal.parameters(), snapshot));
    }

    /** Operators for a plan: those that an earlier run has left, if nobody uses them. */
    Execution execution(Prepared.Current current) {
        return current.takeIdle().orElseGet(() -> new Execution(current.plan, compile(session.transactions().catalog())));
    }

    private void requireWritable(PlannedStatement plan) {
        if (session.transactions().transaction().isReadOnly()) {
            String name = plan.command() == Query.Command.SELECT ? "SELECT FOR UPDATE" : plan.command().name();
            throw new SqlError(SqlState.READ_ONLY_SQL_TRANSACTION, "cannot execute " + name + " in a read-only transaction");
        }
    }

    CompileContext compile(CatalogView catalog) {
        return new CompileContext(catalog, session.instance().functions(),
                text -> NodeText.readExpr(text, catalog, session.context()));
    }

    /** What a run of something may know. */
    ExecContext context(Object[] parameters, Snapshot snapshot) {
        SessionContext c = session.context();
        CatalogView catalog = session.transactions().catalog();
        c.begin(snapshot);
        return new ExecContext(session.transactions().transaction(), snapshot, session.transactions().isolation(), catalog, c.relations(),
                parameters, c, c.calls(), c, c.rowLocks(), session.cancelFlag()::check, session.transactions().constraints(),
                session.workspace());
    }

    private long giveFresh(Portal portal, long maxRows, ResultSink sink) {
        Execution execution = portal.execution().orElseThrow();
        long given = 0;
        while ((maxRows == 0 || given < maxRows) && (given == 0 || !sink.isFull())) {
            session.cancelFlag().check();
            int piece = maxRows == 0 ? PIECE : (int) Math.min(PIECE, maxRows - given);
            Batch batch = execution.next(piece);
            if (batch.count() == 0) {
                portal.setPlaces(new long[0]);
                finish(portal);
                break;
            }
            notePlaces(portal, batch);
            if (!portal.columns().isEmpty() || changesNothing(portal)) {
                sink.rows(batch);
            }
            given += batch.count();
        }
        return given;
    }

    /** The next rows of a portal that was started, for who reads it piece by piece; none at the end. */
    Batch next(Portal portal, int maxRows) {
        Execution execution = portal.execution().orElseThrow();
        session.context().begin(portal.snapshot().orElseThrow());
        session.cancelFlag().check();
        return execution.next(maxRows);
    }

    /** Remembers where the last row is. */
    private static void notePlaces(Portal portal, Batch batch) {
        int shown = portal.columns().size();
        int count = portal.statement().places().map(p -> p.carriers().size()).orElse(0);
        if (count > 0) {
            long[] places = new long[count];
            int row = batch.selection().row(batch.count() - 1);
            for (int i = 0; i < count; i++) {
                places[i] = batch.column(shown + i).get(row) instanceof Number place ? place.longValue() : -1;
            }
            portal.setPlaces(places);
        }
    }

    private static boolean changesNothing(Portal portal) {
        return portal.execution().map(e -> e.statement().command() == Query.Command.SELECT).orElse(true);
    }

    private long giveStored(Portal portal, long maxRows, ResultSink sink) {
        StoredRows rows = readUpTo(portal, maxRows == 0 ? Long.MAX_VALUE : portal.position() + maxRows);
        long given = 0;
        while ((maxRows == 0 || given < maxRows) && portal.position() + given < rows.size() && (given == 0 || !sink.isFull())) {
            Batch batch = rows.view(portal.position() + given, maxRows == 0 ? PIECE : maxRows - given);
            sink.rows(batch);
            given += batch.count();
        }
        portal.setAtEnd(portal.position() + given >= rows.size() && portal.execution().isEmpty() && (maxRows == 0 || given < maxRows));
        return given;
    }

    /** Gives up to {@code maxRows} (0: all) of the rows that a command has left in the portal; whether it has come to their end. */
    boolean giveKept(Portal portal, long maxRows, ResultSink sink) {
        long given = 0;
        do {
            long piece = giveStored(portal, maxRows == 0 ? 0 : maxRows - given, sink);
            portal.setPosition(portal.position() + piece);
            given += piece;
        } while (!portal.isAtEnd() && (maxRows == 0 || given < maxRows));
        return portal.isAtEnd();
    }

    /** The execution has given all: statement-end checks, then what it changed becomes visible. */
    void finish(Portal portal) {
        Execution execution = portal.execution().orElseThrow();
        portal.setProcessed(execution.processed());
        portal.setAtEnd(true);
        if (execution.statement().changesRows()) {
            session.transactions().transaction().incrementCommand();
            if (session.transactions().constraints().hasWaiting()) {
                endStatement(portal.parameters());
            }
        }
        end(portal);
    }

    /** Checks what was to wait for the statement's end; by a snapshot of its own, since it looks at what the statement has done. */
    void endStatement(Object[] parameters) {
        Snapshot after = session.transactions().snapshot();
        try {
            session.transactions().constraints().endStatement(context(parameters, after));
        } finally {
            session.transactions().release(after);
        }
        session.transactions().transaction().incrementCommand();
    }

    private void end(Portal portal) {
        Optional<Snapshot> snapshot = portal.snapshot();
        portal.closeExecution();
        if (portal.sees().isEmpty()) {
            snapshot.ifPresent(session.transactions()::release);
        }
    }

    /** Reads all rows that are left and keeps them in the portal. */
    void keepRest(Portal portal) {
        if (portal.execution().isEmpty()) {
            start(portal);
        }
        Execution execution = portal.execution().orElseThrow();
        StoredRows rows = portal.stored().orElseGet(() -> store(portal));
        for (Batch batch = execution.next(PIECE); batch.count() > 0; batch = execution.next(PIECE)) {
            session.cancelFlag().check();
            rows.add(batch);
        }
        boolean nothing = rows.size() == 0;
        finish(portal);
        portal.setAtEnd(nothing && !portal.cursor().declared());
    }

    /** Lets the portal keep its rows from now on. */
    StoredRows store(Portal portal) {
        List<Carrier> carriers = new ArrayList<>(portal.columns().stream().map(c -> c.codec().carrier()).toList());
        portal.statement().places().ifPresent(p -> carriers.addAll(p.carriers()));
        StoredRows rows = new StoredRows(carriers, session.workspace());
        portal.store(rows);
        return rows;
    }

    /** Reads on until a portal that keeps its rows has so many, or all. */
    StoredRows readUpTo(Portal portal, long count) {
        StoredRows rows = portal.stored().orElseThrow();
        while (rows.size() < count && portal.execution().isPresent()) {
            session.cancelFlag().check();
            Batch batch = portal.execution().get().next((int) Math.min(PIECE, count - rows.size()));
            if (batch.count() == 0) {
                finish(portal);
            } else {
                rows.add(batch);
            }
        }
        return rows;
    }

    void close(Portal portal) {
        end(portal);
        portal.dropStored();
    }
}
