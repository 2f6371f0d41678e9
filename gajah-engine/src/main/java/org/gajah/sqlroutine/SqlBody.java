package org.gajah.sqlroutine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.ParameterNames;
import org.gajah.api.SqlError;
import org.gajah.ast.CopyStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.RawStatement;
import org.gajah.ast.TransactionStatement;
import org.gajah.base.Slice;
import org.gajah.command.CommandTags;
import org.gajah.exec.Evaluation;
import org.gajah.exec.RowIterator;
import org.gajah.exec.StoredRows;
import org.gajah.parse.Parser;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.RoutineBody;
import org.gajah.spi.RoutineDefinition;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiSession;
import org.gajah.spi.SpiStatement;
import org.gajah.spi.SpiView;
import org.gajah.sysfunc.StoredBody;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** A function's statements, ready to run. */
final class SqlBody implements RoutineBody {
    private static final List<Integer> SYSTEM = List.of(AnalyzeContext.PG_CATALOG);

    private final RoutineDefinition definition;
    private final List<SpiStatement> statements = new ArrayList<>();
    private final SpiParameters parameters;
    private final long version;
    private Optional<Result> result = Optional.empty();

    /** The result's shape for the columns that the last statement has now. */
    private record Result(List<ResultColumn> columns, ResultShape shape, Optional<Evaluation> conversion) {
    }

    SqlBody(RoutineDefinition definition, SpiSession session) {
        this.definition = definition;
        this.version = definition.proc().sqlBody().isPresent() ? session.catalogVersion() : 0;
        this.parameters = parameters(definition, session);
        Slice source = Slice.of(source(definition, session.analysis(parameters)));
        for (RawStatement raw : Parser.parse(source)) {
            statements.add(session.statement(source, raw, parameters));
        }
    }

    /** What the body may refer to. */
    static SpiParameters parameters(RoutineDefinition definition, SpiSession session) {
        ParameterNames names = new ParameterNames(definition.proc().name(), definition.inputNames(), definition.argTypes(), session.catalog());
        return new SpiParameters(definition.argTypes(), names, definition.proc().sqlBody().isPresent() ? SYSTEM : List.of(), false);
    }

    /** The body's text. */
    static String source(RoutineDefinition definition, AnalyzeContext context) {
        return definition.proc().sqlBody().map(body -> StoredBody.read(body).map(stored -> stored.statements(context)).orElseGet(() -> statements(body)))
                .orElse(definition.proc().source());
    }

    /** The statements of RETURN expression, or of BEGIN ATOMIC ... END: how the system's own functions are kept. */
    private static String statements(String body) {
        return body.startsWith("RETURN ") ? "SELECT " + body.substring("RETURN ".length())
                : body.substring("BEGIN ATOMIC".length(), body.length() - "END".length());
    }

    /** What is kept by oid is written anew when names may have changed. */
    @Override
    public boolean stands(SpiSession session) {
        return definition.proc().sqlBody().isEmpty() || version == session.catalogVersion();
    }

    /** Analyzes all statements and compares the last one's columns with the function's result. */
    void check(SpiSession session) {
        for (SpiStatement statement : statements) {
            if (statement.tree() instanceof PreparableStatement) {
                statement.columns();
            }
        }
        if (returnsValue()) {
            result(session);
        }
    }

    private boolean returnsValue() {
        return definition.resultType() != Oids.VOID;
    }

    private static void refuse(SpiStatement statement, boolean readOnly) {
        if (statement.tree() instanceof CopyStatement c && c.endpoint() instanceof CopyStatement.Endpoint.Client) {
            throw SqlError.notSupported("cannot COPY to/from client in an SQL function");
        }
        if (statement.tree() instanceof TransactionStatement t && t.isControl()) {
            throw SqlError.notSupported(CommandTags.of(statement.tree()) + " is not allowed in an SQL function");
        }
        if (readOnly && !statement.onlyReads()) {
            throw SqlError.notSupported(CommandTags.of(statement.tree()) + " is not allowed in a non-volatile function");
        }
    }

    @Override
    public Object call(Call call) {
        int[] running = {1};
        call.session().stack().enter(() -> line(running[0]));
        try {
            return run(call, running);
        } finally {
            call.session().stack().leave();
        }
    }

    private String line(int statement) {
        return "SQL function \"" + definition.proc().name() + "\" statement " + statement;
    }

    private Object run(Call call, int[] running) {
        Optional<StoredRows> set = Optional.empty();
        Object value = null;
        for (int i = 0; i < statements.size(); i++) {
            running[0] = i + 1;
            SpiStatement statement = statements.get(i);
            boolean last = i == statements.size() - 1;
            try {
                refuse(statement, call.view() instanceof SpiView.Callers);
                if (!last || !returnsValue()) {
                    statement.run(call.arguments(), call.view(), 0, batch -> { });
                } else if (definition.proc().returnsSet()) {
                    set = Optional.of(all(statement, call));
                } else {
                    value = first(statement, call);
                }
            } catch (SqlError e) {
                throw placed(e).context(line(i + 1));
            }
        }
        if (!definition.proc().returnsSet()) {
            return value;
        }
        return set.map(rows -> (Object) new Rows(rows, result.orElseThrow(), call)).orElse(List.of().iterator());
    }

    /** A place in the body is not one in the statement that calls. */
    private SqlError placed(SqlError e) {
        return e.position() == 0 ? e : e.at(0).internal(e.position(), definition.proc().source());
    }

    private Object first(SpiStatement statement, Call call) {
        Result shape = result(call.session());
        Object[][] row = new Object[1][];
        statement.run(call.arguments(), call.view(), statement.onlyReads() ? 1 : 0, batch -> {
            if (row[0] == null && batch.count() > 0) {
                row[0] = boxed(batch, batch.selection().row(0));
            }
        });
        return row[0] == null ? null : value(shape, row[0], call);
    }

    private static Object[] boxed(Batch batch, int row) {
        Object[] values = new Object[batch.columnCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = batch.column(i).get(row);
        }
        return values;
    }

    private StoredRows all(SpiStatement statement, Call call) {
        Result shape = result(call.session());
        List<Carrier> carriers = shape.columns.stream().map(c -> call.session().types().codec(c.type()).carrier()).toList();
        StoredRows rows = call.session().newRows(carriers);
        try {
            statement.run(call.arguments(), call.view(), 0, rows::add);
            return rows;
        } catch (RuntimeException | Error e) {
            rows.close();
            throw e;
        }
    }

    /** The function's result for a row of its last statement. */
    private static Object value(Result result, Object[] row, Call call) {
        ResultShape shape = result.shape;
        if (shape.whole()) {
            return row[0];
        }
        Object[] values = result.conversion.map(c -> call.session().evaluate(c, row, call.view())).orElse(row);
        return shape.row() ? new RecordValue(shape.type(), shape.types(), shape.names(), values) : values[0];
    }

    private Result result(SpiSession session) {
        List<ResultColumn> columns = statements.isEmpty() ? List.of() : statements.getLast().columns();
        if (result.isEmpty() || !result.get().columns.equals(columns)) {
            if (statements.isEmpty() || !statements.getLast().returnsRows()) {
                throw ResultShape.mismatch(definition, session.analysis(parameters),
                        "Function's final statement must be SELECT or INSERT/UPDATE/DELETE/MERGE RETURNING.");
            }
            ResultShape shape = ResultShape.of(definition, columns, session.catalog(), session.analysis(parameters));
            result = Optional.of(new Result(columns, shape,
                    shape.isPlain() ? Optional.empty() : Optional.of(session.compile(shape.values()))));
        }
        return result.get();
    }

    /** The rows of a set, one by one. */
    private static final class Rows implements RowIterator {
        private final StoredRows rows;
        private final Result result;
        private final Call call;
        private long next;

        Rows(StoredRows rows, Result result, Call call) {
            this.rows = rows;
            this.result = result;
            this.call = call;
        }

        @Override
        public boolean hasNext() {
            if (next < rows.size()) {
                return true;
            }
            close();
            return false;
        }

        @Override
        public Object next() {
            Object[] row = new Object[result.columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = rows.get(next, i);
            }
            next++;
            return value(result, row, call);
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
