package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CopyStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.RawStatement;
import org.gajah.ast.Select;
import org.gajah.ast.TransactionStatement;
import org.gajah.base.Slice;
import org.gajah.command.CommandTags;
import org.gajah.parse.Parser;
import org.gajah.spi.SpiOutcome;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiRows;
import org.gajah.spi.SpiStatement;
import org.gajah.spi.SpiView;

/** Statements of SQL in a function: written, computed, with rows into variables or away. */
final class SqlSteps {
    private final Activation a;
    private final Results results;

    SqlSteps(Activation activation, Results results) {
        this.a = activation;
        this.results = results;
    }

    /** A statement with what it runs on. */
    private record Ready(SpiStatement statement, Object[] parameters, String line, Supplier<Query.Columns> columns, BooleanSupplier reads) {
    }

    private Ready written(Code code) {
        Query query = code.query();
        try {
            return new Ready(query.statement(a), a.values(), query.line(), query::columns, query::onlyReads);
        } catch (SqlError e) {
            throw placed(e, query.text());
        }
    }

    private static SqlError placed(SqlError e, String text) {
        return e.position() == 0 ? e : e.at(0).internal(e.position(), text);
    }

    /** Empty if its text is. */
    private Optional<Ready> dynamic(Step.Query.Dynamic query, boolean forRows) {
        String text = a.text(query.text());
        if (text == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "query string argument of EXECUTE is null");
        }
        List<Integer> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Code argument : query.arguments()) {
            Formula.Value value = a.value(argument);
            types.add(value.type());
            values.add(value.value());
        }
        Slice source = Slice.of(text);
        try {
            List<RawStatement> parsed = Parser.parse(source);
            requireOne(parsed, forRows);
            SpiParameters parameters = new SpiParameters(types, Variables.NONE);
            for (RawStatement raw : parsed.subList(0, Math.max(0, parsed.size() - 1))) {
                SpiStatement before = a.session().statement(source, raw, parameters);
                refuse(before);
                a.running(Query.line(text), () -> before.run(values.toArray(), a.view(), 0, batch -> { }));
            }
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            SpiStatement last = a.session().statement(source, parsed.getLast(), parameters);
            if (last.tree() instanceof PreparableStatement) {
                last.returnsRows();
            }
            return Optional.of(new Ready(last, values.toArray(), Query.line(text), () -> Query.Columns.of(last.columns()), last::onlyReads));
        } catch (SqlError e) {
            throw placed(e, text);
        }
    }

    static void requireOne(List<RawStatement> parsed, boolean forRows) {
        if (forRows && parsed.size() != 1) {
            throw new SqlError(SqlState.INVALID_CURSOR_DEFINITION, "cannot open multi-query plan as cursor");
        }
    }

    /** Opens a query for a loop. */
    RowReader open(Step.Query query) {
        Ready ready = switch (query) {
            case Step.Query.Written w -> written(w.code());
            case Step.Query.Dynamic d -> dynamic(d, true).orElseThrow();
        };
        if (!(ready.statement.tree() instanceof PreparableStatement)) {
            throw SqlError.notSupported("cannot open " + CommandTags.of(ready.statement.tree()) + " query as cursor");
        }
        return new RowReader(ready.statement.open(ready.parameters, a.view()), ready.columns.get());
    }

    void run(Step.Sql s) {
        Ready ready = written(s.code());
        if (s.into().isPresent()) {
            into(ready, s.into().get(), s.strict());
            return;
        }
        boolean reads = ready.statement.tree() instanceof Select;
        if (reads && ready.reads.getAsBoolean()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "query has no destination for result data")
                    .hint("If you want to discard the results of a SELECT, use PERFORM instead.");
        }
        if (!reads && ready.statement.tree() instanceof PreparableStatement && ready.statement.returnsRows()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "query has no destination for result data");
        }
        SpiOutcome outcome = discard(ready);
        if (ready.statement.tree() instanceof PreparableStatement) {
            a.setFound(outcome.processed() > 0);
        }
        a.setRowCount(outcome.processed());
    }

    private SpiOutcome discard(Ready ready) {
        refuse(ready.statement);
        return run(ready, 0, batch -> { });
    }

    private SpiOutcome run(Ready ready, long maxRows, SpiRows rows) {
        return a.running(ready.line, () -> ready.statement.run(ready.parameters, a.view(), maxRows, rows));
    }

    private void refuse(SpiStatement statement) {
        if (statement.tree() instanceof TransactionStatement) {
            throw SqlError.notSupported("unsupported transaction command in PL/pgSQL");
        }
        if (statement.tree() instanceof CopyStatement c && c.endpoint() instanceof CopyStatement.Endpoint.Client) {
            throw SqlError.notSupported("cannot COPY to/from client in PL/pgSQL");
        }
        if (a.view() instanceof SpiView.Callers && !statement.onlyReads()) {
            throw SqlError.notSupported(CommandTags.of(statement.tree()) + " is not allowed in a non-volatile function");
        }
    }

    void perform(Step.Perform s) {
        Code query = s.code();
        Ready ready = written(query.performed());
        long count = run(ready, 0, batch -> { }).processed();
        a.setFound(count > 0);
        a.setRowCount(count);
    }

    void execute(Step.Execute s) {
        Optional<Ready> ready = dynamic(s.query(), false);
        if (s.into().isEmpty()) {
            a.setRowCount(ready.map(r -> discard(r).processed()).orElse(0L));
            return;
        }
        into(ready.orElseThrow(() -> new SqlError(SqlState.SYNTAX_ERROR, "INTO used with a command that cannot return data")), s.into().get(),
                s.strict());
    }

    /** Takes the first row into the targets; STRICT wants exactly one. */
    private void into(Ready ready, Target target, boolean strict) {
        refuse(ready.statement);
        boolean changes = !ready.reads.getAsBoolean();
        long limit = strict || changes ? 2 : 1;
        Object[][] first = new Object[1][];
        long[] count = new long[1];
        Query.Columns columns = ready.columns.get();
        SpiOutcome outcome = run(ready, changes ? 0 : limit, batch -> {
            for (int i = 0; i < batch.count(); i++) {
                if (count[0]++ == 0) {
                    first[0] = RowReader.boxed(batch, batch.selection().row(i), columns.count());
                }
            }
        });
        if (count[0] == 0 && strict) {
            throw new SqlError(SqlState.NO_DATA_FOUND, "query returned no rows");
        }
        if (count[0] > 1 && (strict || changes)) {
            throw new SqlError(SqlState.TOO_MANY_ROWS, "query returned more than one row")
                    .hint("Make sure the query returns a single row, or use LIMIT 1.");
        }
        a.assignRow(target, first[0] == null ? Activation.Row.nothing(columns.names(), columns.types())
                : new Activation.Row(columns.names(), columns.types(), first[0]));
        a.setFound(count[0] > 0);
        a.setRowCount(outcome.processed());
    }

    void returnQuery(Step.ReturnQuery s) {
        long count = 0;
        try (RowReader rows = open(s.query())) {
            for (Optional<Activation.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                results.addRow(row.get());
                count++;
            }
        }
        a.setFound(count > 0);
        a.setRowCount(count);
    }

    void call(Step.Call s) {
        new Calls(a).call(s);
    }
}
