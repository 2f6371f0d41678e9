package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.TargetEntry;
import org.gajah.base.StackGuard;

/**
 * Writes one query, and the expressions in it, as SQL that PostgreSQL would write for it: what pg_get_viewdef and its kin
 * show. One for each query; those of subqueries share the text.
 */
final class Deparser {
    final AnalyzeContext context;
    final DeparseText out;
    final DeparseScope scope;
    final StackGuard guard;
    final DeparseExpr exprs;
    final DeparseCalls calls;
    final DeparseConst consts;
    final DeparseNames names;
    /** Whether columns carry their table's name. */
    boolean prefixed;
    /** Whether the query's column names are seen, so that they have to be right. */
    boolean columnNamesVisible = true;
    boolean inGroupBy;
    boolean inOrderBy;
    /** The target list that names in ORDER BY would be looked up in first. */
    List<TargetEntry> targets = List.of();

    /** Names for parameters, which otherwise are shown by number. */
    Optional<Parameters> parameters = Optional.empty();

    /** A function's parameters; a name is empty where there is none. */
    record Parameters(String function, List<String> names) {
    }

    Deparser(AnalyzeContext context, DeparseText out, DeparseScope scope, StackGuard guard) {
        this.context = context;
        this.out = out;
        this.scope = scope;
        this.guard = guard;
        names = new DeparseNames(context);
        consts = new DeparseConst(this);
        calls = new DeparseCalls(this);
        exprs = new DeparseExpr(this);
        prefixed = scope.parent.isPresent() || scope.query.rangeTable().size() != 1;
    }

    /** A query of its own: a view's. */
    static String query(Query query, List<String> columnNames, AnalyzeContext context, boolean pretty, int wrapColumn) {
        DeparseText out = new DeparseText(pretty, true, wrapColumn, 0);
        Deparser deparser = new Deparser(context, out, DeparseScope.of(query, context), new StackGuard());
        new DeparseQuery(deparser).write(columnNames);
        return out.toString();
    }

    /** A query inside this one. */
    void subquery(Query query, boolean namesVisible, List<String> columnNames) {
        guard.enter();
        DeparseScope inner = new DeparseScope(query, Optional.of(scope), context);
        int indent = out.indent();
        Deparser deparser = new Deparser(context, out, inner, guard);
        deparser.columnNamesVisible = namesVisible;
        deparser.parameters = parameters;
        new DeparseQuery(deparser).write(columnNames);
        out.setIndent(indent);
        guard.leave();
    }

    /** An expression, with its implicit casts if {@code showImplicit}. */
    void expr(Expr expr, boolean showImplicit) {
        guard.enter();
        exprs.write(expr, showImplicit);
        guard.leave();
    }

    /** Elements with commas between. */
    <T> void list(List<T> elements, Consumer<T> element) {
        String separator = "";
        for (T t : elements) {
            out.add(separator);
            element.accept(t);
            separator = ", ";
        }
    }

    /** Parentheses that only the plain style has. */
    void open() {
        if (!out.prettyParentheses) {
            out.add('(');
        }
    }

    void close() {
        if (!out.prettyParentheses) {
            out.add(')');
        }
    }
}
