package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.gajah.analyze.Variables;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.CopyStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.RawStatement;
import org.gajah.ast.Select;
import org.gajah.ast.TableStatement;
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
    private final ExtraChecks extra;

    SqlSteps(Activation activation, Results results, ExtraChecks extra) {
        this.a = activation;
        this.results = results;
        this.extra = extra;
    }

    /** A statement with what it runs on. */
    private record Ready(SpiStatement statement, Object[] parameters, String text, Supplier<Query.Columns> columns, BooleanSupplier reads,
            Supplier<String> shown) {
    }

    private Ready written(Code code) {
        try {
            Query query = code.query();
            return new Ready(query.placed(a), a.values(), query.text(), query::columns, query::onlyReads,
                    () -> shown(query));
        } catch (SqlError e) {
            throw placed(e, code.text());
        }
    }

    /** The variables in a statement, as errors show parameters. */
    private String shown(Query query) {
        return query.used().stream().filter(n -> !a.function().isRow(a.function().variables.get(n)))
                .map(n -> shown(a.function().variables.get(n).name(), a.values()[n], a.types().get(n))).collect(Collectors.joining(", "));
    }

    private String shown(List<Integer> types, List<Object> values) {
        return IntStream.range(0, types.size()).mapToObj(i -> shown("$" + (i + 1), values.get(i), types.get(i))).collect(Collectors.joining(", "));
    }

    private String shown(String name, Object value, int type) {
        return name + " = " + (value == null ? "NULL" : "'" + a.text(value, type).replace("'", "''") + "'");
    }

    /** The error, with its place as one in this text. */
    static SqlError placed(SqlError e, String text) {
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
                refuseDynamic(before);
                a.running(text, () -> before.run(values.toArray(), a.view(), 0, batch -> { }));
            }
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            SpiStatement last = a.session().statement(source, parsed.getLast(), parameters);
            refuseDynamic(last);
            if (last.tree() instanceof PreparableStatement) {
                last.returnsRows();
            }
            return Optional.of(new Ready(last, values.toArray(), text, () -> Query.Columns.of(last.columns()), last::onlyReads,
                    () -> shown(types, values)));
        } catch (SqlError e) {
            throw placed(e, text);
        }
    }

    static void requireOne(List<RawStatement> parsed, boolean forRows) {
        if (forRows && parsed.size() != 1) {
            throw new SqlError(SqlState.INVALID_CURSOR_DEFINITION, "cannot open multi-query plan as cursor");
        }
    }

    private Ready ready(Step.Query query) {
        return switch (query) {
            case Step.Query.Written w -> written(w.code());
            case Step.Query.Dynamic d -> dynamic(d, true).orElseThrow();
        };
    }

    /** Opens a query for a loop. */
    RowReader open(Step.Query query) {
        Ready ready = ready(query);
        return new RowReader(ready.statement.open(ready.parameters, a.view()), ready.columns.get(), !ready.reads.getAsBoolean());
    }

    void run(Step.Sql s) {
        Ready ready = written(s.code());
        if (s.into().isPresent()) {
            into(ready, s.into().get(), s.strict(), false);
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
        return a.running(ready.text, () -> ready.statement.run(ready.parameters, a.view(), maxRows, rows));
    }

    private void refuseDynamic(SpiStatement statement) {
        if (statement.tree() instanceof TransactionStatement t && t.isControl()) {
            throw SqlError.notSupported("EXECUTE of transaction commands is not implemented");
        }
        if (statement.tree() instanceof TableStatement.CreateTableAs && !statement.text().toString().stripLeading().regionMatches(true, 0, "CREATE", 0, 6)) {
            throw SqlError.notSupported("EXECUTE of SELECT ... INTO is not implemented")
                    .hint("You might want to use EXECUTE ... INTO or EXECUTE CREATE TABLE ... AS instead.");
        }
        refuse(statement);
    }

    private void refuse(SpiStatement statement) {
        if (statement.tree() instanceof TransactionStatement t && t.isControl()) {
            throw SqlError.notSupported("unsupported transaction command in PL/pgSQL");
        }
        if (statement.tree() instanceof CopyStatement c && c.endpoint() instanceof CopyStatement.Endpoint.Client) {
            throw SqlError.notSupported("cannot COPY to/from client in PL/pgSQL");
        }
        if (a.view() instanceof SpiView.Callers && !statement.onlyReads()) {
            throw SqlError.notSupported(CommandTags.of(statement.tree()) + " is not allowed in a non-volatile function")
                    .context(Query.line(statement.text().toString()));
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
        into(ready.orElseThrow(SqlSteps::noRows), s.into().get(), s.strict(), true);
    }

    /** Takes the first row into the targets; STRICT wants exactly one. */
    private void into(Ready ready, Target target, boolean strict, boolean dynamic) {
        if (!ready.statement.returnsRows()) {
            discard(ready);
            throw noRows();
        }
        refuse(ready.statement);
        boolean changes = !dynamic && !ready.reads.getAsBoolean();
        Optional<String> tooMany = dynamic || strict || changes ? Optional.empty() : extra.level("too_many_rows");
        long limit = strict || tooMany.isPresent() ? 2 : 1;
        Object[][] first = new Object[1][];
        long[] count = new long[1];
        Query.Columns columns = ready.columns.get();
        SpiOutcome outcome = run(ready, ready.reads.getAsBoolean() ? limit : 0, batch -> {
            for (int i = 0; i < batch.count(); i++) {
                if (count[0]++ == 0) {
                    first[0] = RowReader.boxed(batch, batch.selection().row(i), columns.count());
                }
            }
        });
        if (count[0] == 0 && strict) {
            throw detailed(new SqlError(SqlState.NO_DATA_FOUND, "query returned no rows"), ready);
        }
        if (count[0] > 1 && (strict || changes || tooMany.isPresent())) {
            SqlError error = detailed(new SqlError(SqlState.TOO_MANY_ROWS, "query returned more than one row"), ready);
            extra.raise(tooMany.orElse("ERROR"), dynamic ? error : error.hint("Make sure the query returns a single row, or use LIMIT 1."));
        }
        extra.requireAsMany(target, columns.count());
        a.assignRow(target, first[0] == null ? Activation.Row.nothing(columns.names(), columns.types())
                : new Activation.Row(columns.names(), columns.types(), first[0]));
        a.setFound(count[0] > 0);
        a.setRowCount(outcome.processed());
    }

    private static SqlError noRows() {
        return new SqlError(SqlState.SYNTAX_ERROR, "INTO used with a command that cannot return data");
    }

    private SqlError detailed(SqlError error, Ready ready) {
        return a.function().options.printStrictParams() ? error.detail("parameters: " + ready.shown.get()) : error;
    }

    void returnQuery(Step.ReturnQuery s) {
        Ready ready = ready(s.query());
        if (!ready.statement.returnsRows()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, CommandTags.of(ready.statement.tree()) + " query does not return tuples").context(Query.line(ready.text));
        }
        a.running(ready.text, () -> {
            results.requireRow(ready.columns.get());
            return null;
        });
        long count = 0;
        try (RowReader rows = new RowReader(ready.statement.open(ready.parameters, a.view()), ready.columns.get(), !ready.reads.getAsBoolean())) {
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
