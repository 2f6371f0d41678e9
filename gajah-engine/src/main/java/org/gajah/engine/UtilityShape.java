package org.gajah.engine;

import java.util.List;

import org.gajah.ast.CursorStatement;
import org.gajah.ast.ExplainStatement;
import org.gajah.ast.FunctionStatement;
import org.gajah.ast.PreparedStatement;
import org.gajah.ast.SettingStatement;
import org.gajah.ast.Statement;
import org.gajah.command.CommandShapes;

/** The result columns of statements that are not planned and yet give rows: SHOW, EXPLAIN, FETCH, EXECUTE. */
final class UtilityShape {
    private final SessionImpl session;

    UtilityShape(SessionImpl session) {
        this.session = session;
    }

    List<ResultColumn> columns(Statement statement) {
        return switch (statement) {
            case CursorStatement.Fetch f when !f.isMove() -> session.portals().find(f.portal()).map(Portal::columns).orElse(List.of());
            case PreparedStatement.Execute e -> session.runner().plans().columns(session.statement(e.name()), List.of());
            case SettingStatement.Show s -> described(CommandShapes.show(s.name()));
            case ExplainStatement e -> described(CommandShapes.explain(e));
            case FunctionStatement.Call c -> described(new RoutineCommands(session, session.runner()).columns(c));
            default -> List.of();
        };
    }

    private List<ResultColumn> described(List<org.gajah.plan.ResultColumn> columns) {
        return columns.stream().map(c -> PlanSource.column(c, session.transactions().catalog())).toList();
    }
}
