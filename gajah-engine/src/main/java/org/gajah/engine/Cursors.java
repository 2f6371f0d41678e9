package org.gajah.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.gajah.analyze.Query;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CursorStatement;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.command.CommandOutput;
import org.gajah.exec.StoredRows;
import org.gajah.plan.Plan;
import org.gajah.vector.Batch;

/** DECLARE, FETCH, MOVE and CLOSE. A cursor's position is the number of the row it stands on, from 1; 0 is before the first. */
final class Cursors {
    private final SessionImpl session;
    private final StatementRunner runner;

    Cursors(SessionImpl session, StatementRunner runner) {
        this.session = session;
        this.runner = runner;
    }

    String run(CursorStatement statement, Slice text, BoundParameters bound, CommandOutput output) {
        return switch (statement) {
            case CursorStatement.DeclareCursor d -> declare(d, text, bound);
            case CursorStatement.Fetch f -> fetch(f, output);
            case CursorStatement.ClosePortal c -> close(c);
        };
    }

    private String declare(CursorStatement.DeclareCursor d, Slice text, BoundParameters bound) {
        if (!d.hold() && !runner.isInsideBlock()) {
            throw new SqlError(SqlState.NO_ACTIVE_SQL_TRANSACTION, "DECLARE CURSOR can only be used in transaction blocks");
        }
        if (session.portals().find(d.name()).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_CURSOR, "cursor \"" + d.name() + "\" already exists");
        }
        Prepared prepared = new Prepared(text.copy(), Optional.of(new RawStatement(d.query(), 0, text.length(), 1)), bound.types(), true,
                session.statementMicros()).forCursor();
        if (bound.types().isEmpty()) {
            prepared.withoutParameters();
        }
        List<ResultColumn> columns = runner.plans().columns(prepared, List.of());
        Plan root = runner.plans().current(prepared).plan.root();
        boolean scroll = d.scroll().orElseGet(() -> goesBackward(root));
        Portal portal = new Portal(d.name(), prepared, bound.values(), columns,
                new Portal.Cursor(true, d.binary(), scroll, d.hold(), session.statementMicros()));
        session.portals().put(portal);
        runner.portalRunner().start(portal);
        if (scroll || d.hold()) {
            runner.portalRunner().store(portal);
        }
        return "DECLARE CURSOR";
    }

    /** Whether a cursor that was declared neither SCROLL nor NO SCROLL can go back: where PostgreSQL's executor can without keeping rows. */
    static boolean goesBackward(Plan plan) {
        return switch (plan) {
            case Plan.SeqScan _, Plan.IndexScan _, Plan.TidScan _, Plan.FunctionScan _, Plan.ValuesScan _, Plan.CteScan _, Plan.Materialize _,
                    Plan.Sort _ -> true;
            case Plan.Project p -> goesBackward(p.child());
            case Plan.Filter p -> goesBackward(p.child());
            case Plan.Limit p -> goesBackward(p.child());
            case Plan.Append p -> p.children().stream().allMatch(Cursors::goesBackward);
            case Plan _ -> false;
        };
    }

    private String close(CursorStatement.ClosePortal c) {
        if (c.name().isEmpty()) {
            session.portals().all().stream().filter(p -> p.cursor().declared()).map(Portal::name).toList()
                    .forEach(session.portals()::close);
            return "CLOSE CURSOR ALL";
        }
        cursor(c.name().get());
        session.portals().close(c.name().get());
        return "CLOSE CURSOR";
    }

    private Portal cursor(String name) {
        return session.portals().find(name).orElseThrow(() -> new SqlError(SqlState.INVALID_CURSOR_NAME,
                "cursor \"" + name + "\" does not exist"));
    }

    /** The result columns of a FETCH. */
    List<ResultColumn> columns(CursorStatement.Fetch f) {
        return f.isMove() ? List.of() : cursor(f.portal()).columns();
    }

    private String fetch(CursorStatement.Fetch f, CommandOutput output) {
        Portal portal = cursor(f.portal());
        if (!f.isMove()) {
            output.columns(portal.columns().stream().map(c -> new org.gajah.plan.ResultColumn(c.name(), c.type(), c.typmod(), 0, c.table(),
                    c.attribute())).toList());
        }
        CommandOutput rows = f.isMove() ? CommandOutput.NOWHERE : output;
        long count = switch (f.direction()) {
            case FORWARD -> f.count() < 0 ? backward(portal, -f.count(), rows) : forward(portal, f.count(), rows);
            case BACKWARD -> f.count() < 0 ? forward(portal, -f.count(), rows) : backward(portal, f.count(), rows);
            case ABSOLUTE -> absolute(portal, f.count(), rows);
            case RELATIVE -> relative(portal, f.count(), rows);
        };
        return (f.isMove() ? "MOVE " : "FETCH ") + count;
    }

    /** Position counts the row stood on; behind the last row it is one more than there are rows. */
    private long forward(Portal portal, long count, CommandOutput output) {
        if (count == 0) {
            return again(portal, output);
        }
        if (portal.stored().isPresent()) {
            StoredRows rows = runner.portalRunner().readUpTo(portal, count > Long.MAX_VALUE - portal.position() ? Long.MAX_VALUE
                    : portal.position() + count);
            long given = 0;
            while (given < count && portal.position() + given < rows.size()) {
                Batch batch = rows.view(portal.position() + given, count - given);
                output.rows(batch);
                given += batch.count();
            }
            portal.setPosition(given < count ? rows.size() + 1 : portal.position() + given);
            return given;
        }
        if (portal.isAtEnd()) {
            return 0;
        }
        CountingSink sink = new CountingSink(output);
        runner.portalRunner().run(portal, count == CursorStatement.Fetch.ALL ? Long.MAX_VALUE : count, sink);
        return sink.rows;
    }

    private long again(Portal portal, CommandOutput output) {
        if (!portal.cursor().scroll()) {
            if (portal.position() > 0 && !portal.isAtEnd()) {
                throw forwardOnly();
            }
            return 0;
        }
        StoredRows rows = runner.portalRunner().readUpTo(portal, portal.position());
        long at = portal.position();
        if (at < 1 || at > rows.size()) {
            return 0;
        }
        output.rows(rows.view(at - 1, 1));
        return 1;
    }

    private static SqlError forwardOnly() {
        return new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cursor can only scan forward")
                .hint("Declare it with SCROLL option to enable backward scan.");
    }

    private long backward(Portal portal, long count, CommandOutput output) {
        if (!portal.cursor().scroll()) {
            throw forwardOnly();
        }
        if (count == 0) {
            return again(portal, output);
        }
        long given = 0;
        long from = Math.min(portal.position(), portal.stored().get().size() + 1) - 1;
        while (given < count && from - given >= 1) {
            Batch batch = portal.stored().get().viewDown(from - given - 1, count - given);
            output.rows(batch);
            given += batch.count();
        }
        portal.setPosition(given < count ? 0 : from - given + 1);
        return given;
    }

    private long absolute(Portal portal, long place, CommandOutput output) {
        if (!portal.cursor().scroll()) {
            if (place > portal.position()) {
                if (place > portal.position() + 1) {
                    forward(portal, place - portal.position() - 1, CommandOutput.NOWHERE);
                }
                return forward(portal, 1, output);
            }
            if (place == 0 && portal.position() == 0) {
                return 0;
            }
            throw forwardOnly();
        }
        long size = runner.portalRunner().readUpTo(portal, place < 0 ? Long.MAX_VALUE : place).size();
        long row = place < 0 ? size + 1 + place : place;
        portal.setPosition(Math.clamp(row, 0, size + 1));
        return again(portal, output);
    }

    private long relative(Portal portal, long offset, CommandOutput output) {
        if (offset == 0) {
            return again(portal, output);
        }
        if (!portal.cursor().scroll()) {
            if (offset < 0) {
                throw forwardOnly();
            }
            return absolute(portal, portal.position() + offset, output);
        }
        long size = runner.portalRunner().readUpTo(portal, portal.position() + offset).size();
        portal.setPosition(Math.clamp(portal.position() + offset, 0, size + 1));
        return again(portal, output);
    }

    /** The ctid of the cursor's row in a table; none if it is in another partition of the cursor's table. */
    static OptionalLong place(SessionImpl session, String name, int relation) {
        Portal portal = session.portals().find(name).orElseThrow(() -> new SqlError(SqlState.INVALID_CURSOR_NAME,
                "cursor \"" + name + "\" does not exist"));
        if (portal.command() != Query.Command.SELECT || !portal.cursor().declared()) {
            throw state("cursor \"" + name + "\" is not a SELECT query");
        }
        if (portal.isHeldOver()) {
            throw state("cursor \"" + name + "\" is held from a previous transaction");
        }
        CursorPlaces places = portal.statement().places().orElseThrow();
        CatalogView catalog = session.transactions().catalog();
        List<CursorPlaces.Table> found = places.tables().stream().filter(t -> t.oid() == relation || t.partitioned() && isBelow(catalog, relation, t.oid()))
                .toList();
        if (found.size() != 1) {
            String table = catalog.relation(relation).map(Relation::name).orElse("");
            throw found.size() > 1 ? state("cursor \"" + name + "\" has multiple FOR UPDATE/SHARE references to table \"" + table + "\"")
                    : state("cursor \"" + name + "\" " + (places.locked() ? "does not have a FOR UPDATE/SHARE reference to" : "is not a simply updatable scan of")
                    + " table \"" + table + "\"");
        }
        CursorPlaces.Table table = found.getFirst();
        long tid = place(portal, table.column());
        if (tid < 0) {
            throw state("cursor \"" + name + "\" is not positioned on a row");
        }
        boolean elsewhere = table.partitioned() && (int) place(portal, table.column() + 1) != relation;
        return elsewhere ? OptionalLong.empty() : OptionalLong.of(tid);
    }

    private static boolean isBelow(CatalogView catalog, int relation, int top) {
        return catalog.parents(relation).stream().anyMatch(p -> p == top || isBelow(catalog, p, top));
    }

    /** What stands in a further column of the present row; -1 without one. */
    private static long place(Portal portal, int column) {
        if (portal.stored().isEmpty()) {
            return portal.places().length > 0 ? portal.places()[column] : -1;
        }
        StoredRows rows = portal.stored().get();
        boolean onRow = portal.position() >= 1 && portal.position() <= rows.size();
        return onRow && rows.get(portal.position() - 1, portal.columns().size() + column) instanceof Number found ? found.longValue() : -1;
    }

    private static SqlError state(String message) {
        return new SqlError(SqlState.INVALID_CURSOR_STATE, message);
    }

    /** Hands rows to a command's output. */
    private static final class CountingSink extends RowsOnly {
        private final CommandOutput output;
        private long rows;

        CountingSink(CommandOutput output) {
            this.output = output;
        }

        @Override
        public void rows(Batch batch) {
            rows += batch.count();
            output.rows(batch);
        }
    }
}
