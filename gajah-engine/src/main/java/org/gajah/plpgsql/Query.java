package org.gajah.plpgsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    private Optional<SpiStatement> made = Optional.empty();
    private List<VariableNames.Shape> shapes = List.of();
    private long version;

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

    SpiStatement statement(Activation a) {
        long now = a.session().catalog().version();
        boolean stands = made.isPresent() && now == version && now >= 0 && shapes.stream().allMatch(s -> s.fits(a.values()));
        if (!stands) {
            VariableNames names = a.names(code.scope());
            SpiStatement statement = a.session().statement(source, raw, new SpiParameters(a.types(), names));
            statement.returnsRows();
            made = Optional.of(statement);
            shapes = List.copyOf(names.shapes());
            version = now;
        }
        return made.get();
    }

    static List<String> names(SpiStatement statement) {
        return new ArrayList<>(statement.columns().stream().map(ResultColumn::name).toList());
    }

    static List<Integer> types(SpiStatement statement) {
        return new ArrayList<>(statement.columns().stream().map(ResultColumn::type).toList());
    }
}
