package org.gajah.javaroutine;

import java.util.List;
import java.util.Optional;

import org.gajah.api.spi.SpiCode;
import org.gajah.api.spi.SpiCursor;
import org.gajah.api.spi.SpiDirection;
import org.gajah.api.spi.SpiResult;
import org.gajah.api.spi.TupleDescriptor;
import org.gajah.ast.CursorStatement;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.SpiOutcome;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiRows;
import org.gajah.spi.SpiView;

/** A portal of the session, by name. */
final class PortalCursor implements SpiCursor {
    private final JavaSession host;
    private final String name;

    PortalCursor(JavaSession host, String name) {
        this.host = host;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    private List<ResultColumn> columns() {
        return host.session().portalColumns(name);
    }

    @Override
    public TupleDescriptor descriptor() {
        return host.columns(columns());
    }

    @Override
    public SpiResult fetch(boolean forward, long count) {
        return fetch(forward ? SpiDirection.FORWARD : SpiDirection.BACKWARD, count);
    }

    @Override
    public SpiResult move(boolean forward, long count) {
        return move(forward ? SpiDirection.FORWARD : SpiDirection.BACKWARD, count);
    }

    @Override
    public SpiResult fetch(SpiDirection direction, long count) {
        Connection connection = open();
        return connection.guarded(() -> {
            Tuples tuples = new Tuples(connection, columns());
            run(new CursorStatement.Fetch(direction(direction), count, name, false), tuples);
            return connection.done(new SpiResult(SpiCode.OK_FETCH, tuples.size(), Optional.of(tuples)));
        });
    }

    @Override
    public SpiResult move(SpiDirection direction, long count) {
        Connection connection = open();
        return connection.guarded(() -> {
            SpiOutcome outcome = run(new CursorStatement.Fetch(direction(direction), count, name, true), batch -> { });
            return connection.done(SpiResult.of(SpiCode.OK_CURSOR, outcome.processed()));
        });
    }

    @Override
    public void close() {
        open().guarded(() -> run(new CursorStatement.ClosePortal(Optional.of(name)), batch -> { }));
    }

    /** The connection of whoever uses it now. */
    private Connection open() {
        Connection connection = host.call().innermost();
        connection.requireOpen();
        return connection;
    }

    private static CursorStatement.FetchDirection direction(SpiDirection direction) {
        return switch (direction) {
            case FORWARD -> CursorStatement.FetchDirection.FORWARD;
            case BACKWARD -> CursorStatement.FetchDirection.BACKWARD;
            case ABSOLUTE -> CursorStatement.FetchDirection.ABSOLUTE;
            case RELATIVE -> CursorStatement.FetchDirection.RELATIVE;
        };
    }

    private SpiOutcome run(CursorStatement statement, SpiRows rows) {
        RawStatement raw = new RawStatement(statement, 0, 0, 1);
        return host.session().statement(Slice.EMPTY, raw, SpiParameters.NONE).run(new Object[0], SpiView.Fresh.FRESH, 0, rows);
    }
}
