package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CursorStatement;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.parse.Parser;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.SpiCursor;
import org.gajah.spi.SpiOutcome;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiRows;
import org.gajah.spi.SpiStatement;
import org.gajah.type.Oids;
import org.gajah.vector.Batch;

/** OPEN, FETCH, MOVE and CLOSE: a cursor variable holds the name of a portal of the session. */
final class Cursors {
    private final Activation a;
    /** The portals that loops are reading. */
    private final Set<String> looping = new HashSet<>(0);

    Cursors(Activation activation) {
        this.a = activation;
    }

    void open(Step.Open s) {
        Variable cursor = s.cursor();
        Object name = a.values()[cursor.number()];
        String wanted = name == null ? "" : name.toString();
        final SpiStatement statement;
        final Object[] parameters;
        if (s.query().isPresent() && s.query().get() instanceof Step.Query.Dynamic d) {
            List<Integer> types = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            String text = a.text(d.text());
            if (text == null) {
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "query string argument of EXECUTE is null");
            }
            d.arguments().forEach(argument -> {
                Formula.Value v = a.value(argument);
                types.add(v.type());
                values.add(v.value());
            });
            statement = statement(text, new SpiParameters(types, Variables.NONE));
            parameters = values.toArray();
        } else {
            bindArguments(s);
            Code code = s.query().map(q -> ((Step.Query.Written) q).code()).orElseGet(() -> cursor.cursor().orElseThrow());
            statement = code.query().placed(a);
            parameters = a.values().clone();
        }
        try {
            a.values()[cursor.number()] = Slice.of(a.session().openPortal(wanted, statement, parameters, a.view(), s.scroll()));
        } catch (SqlError e) {
            throw e.state() == SqlState.DUPLICATE_CURSOR || e.state() == SqlState.INVALID_CURSOR_DEFINITION ? e : e.context(Query.line(statement.text().toString()));
        }
    }

    private SpiStatement statement(String text, SpiParameters parameters) {
        Slice source = Slice.of(text);
        try {
            List<RawStatement> parsed = Parser.parse(source);
            SqlSteps.requireOne(parsed, true);
            return a.session().statement(source, parsed.getFirst(), parameters);
        } catch (SqlError e) {
            throw SqlSteps.placed(e, text);
        }
    }

    /** Gives the variables of a bound cursor's arguments their values. */
    private void bindArguments(Step.Open s) {
        List<Variable> wanted = s.cursor().cursorArgs();
        for (int i = 0; i < s.arguments().size(); i++) {
            Formula.Value v = a.value(s.arguments().get(i));
            a.assign(wanted.get(i), v.value(), v.type());
        }
    }

    private String name(Variable cursor) {
        Object name = a.values()[cursor.number()];
        if (name == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "cursor variable \"" + cursor.name() + "\" is null");
        }
        return name.toString();
    }

    void close(Variable cursor) {
        if (looping.contains(name(cursor))) {
            throw new SqlError(SqlState.INVALID_CURSOR_STATE, "cannot drop pinned portal \"" + name(cursor) + "\"");
        }
        run(new CursorStatement.ClosePortal(Optional.of(name(cursor))), batch -> { });
    }

    void fetch(Step.Fetch s) {
        String name = name(s.cursor());
        Query.Columns columns = Query.Columns.of(a.session().portalColumns(name));
        Object[][] row = new Object[1][];
        SpiOutcome outcome = run(statement(s, name), batch -> {
            if (row[0] == null && batch.count() > 0) {
                row[0] = RowReader.boxed(batch, batch.selection().row(0), columns.count());
            }
        });
        s.into().ifPresent(target -> a.assignRow(target, row[0] == null ? Activation.Row.nothing(columns.names(), columns.types())
                : new Activation.Row(columns.names(), columns.types(), row[0])));
        a.setFound(outcome.processed() > 0);
        a.setRowCount(outcome.processed());
    }

    private CursorStatement.Fetch statement(Step.Fetch s, String name) {
        long count = s.count().map(c -> {
            Object n = a.value(c, Oids.INT4);
            if (n == null) {
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "relative or absolute cursor position is null");
            }
            return (long) (Integer) n;
        }).orElse(1L);
        boolean move = s.into().isEmpty();
        return switch (s.direction()) {
            case "NEXT", "FORWARD" -> new CursorStatement.Fetch(CursorStatement.FetchDirection.FORWARD, count, name, move);
            case "PRIOR", "BACKWARD" -> new CursorStatement.Fetch(CursorStatement.FetchDirection.BACKWARD, count, name, move);
            case "FIRST" -> new CursorStatement.Fetch(CursorStatement.FetchDirection.ABSOLUTE, 1, name, move);
            case "LAST" -> new CursorStatement.Fetch(CursorStatement.FetchDirection.ABSOLUTE, -1, name, move);
            case "ABSOLUTE" -> new CursorStatement.Fetch(CursorStatement.FetchDirection.ABSOLUTE, count, name, move);
            case "RELATIVE" -> new CursorStatement.Fetch(CursorStatement.FetchDirection.RELATIVE, count, name, move);
            case "FORWARD ALL" -> new CursorStatement.Fetch(CursorStatement.FetchDirection.FORWARD, CursorStatement.Fetch.ALL, name, move);
            case "BACKWARD ALL" -> new CursorStatement.Fetch(CursorStatement.FetchDirection.BACKWARD, CursorStatement.Fetch.ALL, name, move);
            default -> throw new IllegalStateException(s.direction());
        };
    }

    private SpiOutcome run(CursorStatement statement, SpiRows rows) {
        RawStatement raw = new RawStatement(statement, 0, 0, 1);
        return a.session().statement(Slice.EMPTY, raw, SpiParameters.NONE).run(new Object[0], a.view(), 0, rows);
    }

    /** A loop over an open cursor, which until it ends nobody else may close. */
    final class Loop {
        private final String name;

        private Loop(String name) {
            this.name = name;
            looping.add(name);
        }

        /** Its rows, one at a time: the cursor is to stand on the row that the loop's body sees. */
        RowReader rows() {
            List<ResultColumn> columns = a.session().portalColumns(name);
            SpiCursor rows = new SpiCursor() {
                @Override
                public Batch next(int maxRows) {
                    Batch[] given = new Batch[1];
                    run(new CursorStatement.Fetch(CursorStatement.FetchDirection.FORWARD, 1, name, false), batch -> given[0] = copy(batch, columns));
                    return given[0] == null ? new Batch(new org.gajah.vector.Vector[0], 1) : given[0];
                }

                @Override
                public void close() {
                    // the cursor is the function's to close
                }
            };
            return new RowReader(rows, Query.Columns.of(columns), false);
        }

        void abandon() {
            looping.remove(name);
        }

        void end() {
            looping.remove(name);
            run(new CursorStatement.ClosePortal(Optional.of(name)), batch -> { });
        }
    }

    Loop loop(Variable cursor) {
        return new Loop(name(cursor));
    }

    /** A batch is valid only while it is handed over. */
    private Batch copy(Batch batch, List<ResultColumn> columns) {
        Batch copy = Batch.of(columns.stream().map(c -> a.session().catalog().codec(c.type()).carrier()).toList(), Math.max(1, batch.count()));
        for (int i = 0; i < batch.count(); i++) {
            for (int c = 0; c < columns.size(); c++) {
                copy.column(c).set(i, batch.column(c).get(batch.selection().row(i)));
            }
        }
        copy.selection().all(batch.count());
        return copy;
    }
}
