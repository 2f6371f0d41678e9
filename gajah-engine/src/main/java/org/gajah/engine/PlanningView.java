package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.Analyzed;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.RoutineMapping;
import org.gajah.catalog.Catalog;
import org.gajah.catalog.ProcRow;
import org.gajah.catalog.Relation;
import org.gajah.func.CallContext;
import org.gajah.plan.PlanSettings;
import org.gajah.plan.TableSizes;
import org.gajah.spi.RoutineDefinition;
import org.gajah.sqlroutine.InlineBody;

/** The session as the planner sees it while it plans one statement. */
final class PlanningView implements TableSizes {
    private final SessionImpl session;
    private final TableSizes tables;
    private Optional<SqlError> failure = Optional.empty();

    PlanningView(SessionImpl session, TableSizes tables) {
        this.session = session;
        this.tables = tables;
    }

    @Override
    public double rows(Relation relation) {
        return tables.rows(relation);
    }

    @Override
    public double pages(Relation relation) {
        return tables.pages(relation);
    }

    @Override
    public List<RoutineMapping> routineMappings(ForeignWrapper wrapper, int server) {
        return new RoutineMappings(session).of(wrapper, server);
    }

    @Override
    public ForeignTable described(ForeignWrapper wrapper, ForeignServer server, int role, ForeignTable table) {
        return wrapper.described(server, table, () -> session.foreign().at(server.oid(), role), warning -> session.message("WARNING", warning));
    }

    @Override
    public PlanSettings settings() {
        return tables.settings();
    }

    @Override
    public Expr stored(String text, Catalog catalog) {
        return tables.stored(text, catalog);
    }

    @Override
    public Optional<Object[]> evaluate(Expr constant) {
        return Optional.of(new OneRow(session, session.runner()).evaluate(List.of(constant)));
    }

    @Override
    public Optional<Expr> body(ProcRow function, List<Integer> argumentTypes, int resultType) {
        RoutineDefinition definition = new RoutineDefinition(function, argumentTypes, resultType, List.of());
        return InlineBody.of(definition, session.routines().spi()).map(this::permitted);
    }

    @Override
    public Optional<Query> rows(ProcRow function, List<Integer> argumentTypes, int resultType, RangeEntry.RangeFunction columns) {
        List<CallContext.Column> expected = new ArrayList<>();
        for (int i = 0; i < columns.columnCount(); i++) {
            expected.add(new CallContext.Column(columns.names().get(i), columns.types().get(i), columns.typmods().get(i)));
        }
        RoutineDefinition definition = new RoutineDefinition(function, argumentTypes, resultType, expected);
        Optional<Analyzed> body = InlineBody.rows(definition, session.routines().spi());
        body.ifPresent(b -> {
            try {
                PermissionCheck check = new PermissionCheck(session.context(), session.transactions().catalog());
                check.require(b.permissions());
                check.requireFunctions(b.query());
            } catch (SqlError e) {
                fails(e);
            }
        });
        return body.map(Analyzed::query);
    }

    /** What the user may not call fails the statement, as it would if it had been written there. */
    private Expr permitted(InlineBody body) {
        try {
            new PermissionCheck(session.context(), session.transactions().catalog()).requireFunctions(body.query());
        } catch (SqlError e) {
            fails(e);
        }
        return body.result();
    }

    @Override
    public void fails(SqlError error) {
        failure = failure.or(() -> Optional.of(error));
    }

    /** What every run of the statement must fail with, as planning has found. */
    Optional<SqlError> failure() {
        return failure;
    }
}
