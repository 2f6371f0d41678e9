package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;

import org.gajah.ast.PreparableStatement;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.base.Slice;
import org.gajah.catalog.ProcRow;
import org.gajah.parse.Parser;

/** Expressions and queries that the catalogs keep: node text, or SQL where they came with the system. */
final class Stored {
    private final Analysis a;

    Stored(Analysis analysis) {
        a = analysis;
    }

    /** An expression about range table entry 0. */
    Expr expression(String text) {
        return NodeText.isNodeText(text) ? NodeText.readExpr(text, a.catalog, a.context.types()) : sql(text).getFirst();
    }

    /** A function's argument defaults: those of its last parameters. */
    List<Expr> defaults(ProcRow row) {
        String text = row.defaults().orElseThrow();
        return NodeText.isNodeText(text) ? NodeText.readList(text, a.catalog, a.context.types()) : sql(text);
    }

    private List<Expr> sql(String list) {
        Select select = (Select) Parser.parse(Slice.of("SELECT " + list)).getFirst().statement();
        SelectBody.Simple body = (SelectBody.Simple) select.body();
        Analysis own = new Analysis(a.context.with(List.of(AnalyzeContext.PG_CATALOG)).with(ParameterTypes.none()));
        List<Expr> made = new ArrayList<>();
        body.targets().forEach(t -> made.add(own.collations.assign(own.expressions.analyze(new Scope(own), t.value(),
                ExprKind.FUNCTION_DEFAULT))));
        return made;
    }

    /** A view's query. */
    Query view(String text) {
        if (NodeText.isNodeText(text)) {
            return NodeText.readQuery(text, a.catalog, a.context.types());
        }
        PreparableStatement statement = (PreparableStatement) Parser.parse(Slice.of(text)).getFirst().statement();
        Analysis own = new Analysis(a.context.with(List.of(AnalyzeContext.PG_CATALOG)).with(ParameterTypes.none()));
        return own.selects.statement(new Scope(own), statement);
    }
}
