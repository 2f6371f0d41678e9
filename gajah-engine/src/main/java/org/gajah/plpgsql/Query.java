package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.RawStatement;
import org.gajah.base.Slice;
import org.gajah.parse.Parser;
import org.gajah.plan.ResultColumn;
import org.gajah.spi.SpiParameters;
import org.gajah.spi.SpiStatement;

/** A statement of SQL in a function, kept from call to call while the catalogs and the shapes of records stay as they are. */
final class Query {
    private final Code code;
    private final Slice source;
    private final RawStatement raw;
    private Optional<Made> made = Optional.empty();
    private Optional<Columns> columns = Optional.empty();
    private Optional<Boolean> reads = Optional.empty();

    /** The statement as the catalogs and the records have it now. */
    private record Made(SpiStatement statement, long version, List<VariableNames.Shape> shapes, SortedSet<Integer> used) {
        boolean stands(long now, Object[] values) {
            return version == now && VariableNames.stand(shapes, values);
        }
    }

    /** The columns of a statement's rows. */
    record Columns(List<String> names, List<Integer> types) {
        static Columns of(List<ResultColumn> columns) {
            return new Columns(columns.stream().map(ResultColumn::name).toList(), columns.stream().map(ResultColumn::type).toList());
        }

        int count() {
            return types.size();
        }
    }

    Query(Code code) {
        this.code = code;
        this.source = Slice.of(code.text());
        List<RawStatement> parsed = Parser.parse(source);
        if (parsed.size() != 1) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "cannot run more than one statement here");
        }
        this.raw = parsed.getFirst();
    }

    String text() {
        return code.text();
    }

    static String line(String text) {
        return "SQL statement \"" + text + "\"";
    }

    /** {@link #statement}; an error that has a place in it shows that. */
    SpiStatement placed(Activation a) {
        try {
            return statement(a);
        } catch (SqlError e) {
            throw e.position() > 0 ? e.at(0).internal(e.position(), code.text()) : e;
        }
    }

    SpiStatement statement(Activation a) {
        long now = a.session().catalogVersion();
        if (made.isEmpty() || !made.get().stands(now, a.values())) {
            VariableNames names = a.names(code.scope());
            SpiStatement statement = analyzed(a, names);
            made = Optional.of(new Made(statement, now, List.copyOf(names.shapes()), names.used()));
            columns = Optional.empty();
            reads = Optional.empty();
        }
        return made.get().statement;
    }

    /** An error that has no place in the statement names it whole. */
    private SpiStatement analyzed(Activation a, VariableNames names) {
        try {
            SpiStatement statement = a.session().statement(source, raw, new SpiParameters(a.types(), names));
            statement.returnsRows();
            return statement;
        } catch (SqlError e) {
            throw e.position() == 0 ? e.context(line(code.text())) : e;
        }
    }

    /** Numbers of the variables in the statement that was asked for last. */
    SortedSet<Integer> used() {
        return made.orElseThrow().used;
    }

    /** Whether the statement that was asked for last changes nothing. */
    boolean onlyReads() {
        if (reads.isEmpty()) {
            reads = Optional.of(made.orElseThrow().statement.onlyReads());
        }
        return reads.get();
    }

    /** The columns of the statement that was asked for last. */
    Columns columns() {
        if (columns.isEmpty()) {
            columns = Optional.of(Columns.of(made.orElseThrow().statement.columns()));
        }
        return columns.get();
    }
}
