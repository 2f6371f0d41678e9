package org.gajah.engine;

import java.util.List;
import java.util.Optional;

import org.gajah.analyze.ParameterTypes;
import org.gajah.analyze.Variables;
import org.gajah.ast.CursorStatement;
import org.gajah.ast.ExplainStatement;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TableStatement;

/** The parameters of a command that contains a query: DECLARE CURSOR, EXPLAIN, CREATE TABLE AS. */
record BoundParameters(List<Integer> types, Object[] values, Variables names) {
    static final BoundParameters NONE = new BoundParameters(List.of(), new Object[0]);

    BoundParameters(List<Integer> types, Object[] values) {
        this(types, values, Variables.NONE);
    }

    /** The query inside such a command. */
    static Optional<PreparableStatement> query(Statement command) {
        Optional<Statement> query = switch (command) {
            case CursorStatement.DeclareCursor d -> Optional.of(d.query());
            case ExplainStatement e -> Optional.of(e.statement());
            case TableStatement.CreateTableAs c -> Optional.of(c.query());
            default -> Optional.empty();
        };
        return query.filter(PreparableStatement.class::isInstance).map(PreparableStatement.class::cast);
    }

    /** For the command's analysis of its query. */
    ParameterTypes forAnalysis() {
        return types.isEmpty() ? ParameterTypes.none() : ParameterTypes.fixed(types);
    }
}
