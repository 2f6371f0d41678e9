package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.Statement;

/** From statement to typed query. */
public final class Analyzer {
    private Analyzer() {
    }

    /** The query as it says, views still by name: what CREATE VIEW keeps. */
    public static Analyzed analyze(Statement statement, AnalyzeContext context) {
        if (!(statement instanceof PreparableStatement preparable)) {
            throw SqlError.notSupported("statement has no query to analyze: " + statement.getClass().getSimpleName());
        }
        Analysis a = new Analysis(context);
        Query query = a.selects.statement(new Scope(a), preparable);
        a.checkParameters(query);
        return result(a, query);
    }

    /** The query ready for planning: views expanded, defaults filled in. */
    public static Analyzed analyzeForExecution(Statement statement, AnalyzeContext context) {
        Analyzed analyzed = analyze(statement, context);
        return Rewriter.rewrite(analyzed, context);
    }

    private static Analyzed result(Analysis a, Query query) {
        return new Analyzed(query, a.context.parameters().types(), columns(query), a.permissions.list(), List.copyOf(a.notices));
    }

    /** What a query returns to its client. */
    static List<ResultColumn> columns(Query query) {
        List<ResultColumn> columns = new ArrayList<>();
        for (TargetEntry t : RangeItems.outputs(query)) {
            Expr e = t.expr();
            columns.add(new ResultColumn(t.name(), e.type(), e.typmod(), e.collation(), t.sourceTable(), t.sourceColumn()));
        }
        return columns;
    }
}
