package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.NodeText;
import org.gajah.analyze.Query;
import org.gajah.base.StackGuard;
import org.gajah.catalog.Catalog;
import org.gajah.type.TypeContext;

/**
 * The body of a function that was written in SQL itself, as pg_proc.prosqlbody keeps it: a first line that says whether it is RETURN or BEGIN
 * ATOMIC, then the analyzed expression or the analyzed queries, a line each. What it names it knows by oid, so it goes on meaning the same.
 */
public final class StoredBody {
    private static final String RETURN = "#body RETURN";
    private static final String ATOMIC = "#body ATOMIC";

    private final boolean isReturn;
    private final List<String> nodes;

    private StoredBody(boolean isReturn, List<String> nodes) {
        this.isReturn = isReturn;
        this.nodes = nodes;
    }

    /** The text of RETURN expression. */
    public static String write(Expr value, Catalog catalog, TypeContext types) {
        return RETURN + "\n" + NodeText.write(value, catalog, types);
    }

    /** The text of BEGIN ATOMIC queries END. */
    public static String write(List<Query> queries, Catalog catalog, TypeContext types) {
        return ATOMIC + queries.stream().map(q -> "\n" + NodeText.write(q, catalog, types)).collect(Collectors.joining());
    }

    /** A body that {@link #write} has written; empty for others, which are SQL. */
    public static Optional<StoredBody> read(String text) {
        boolean isReturn = text.startsWith(RETURN);
        if (!isReturn && !text.startsWith(ATOMIC)) {
            return Optional.empty();
        }
        List<String> lines = List.of(text.split("\n"));
        return Optional.of(new StoredBody(isReturn, lines.subList(1, lines.size())));
    }

    /** As statements, parameters by number; {@code context} decides which names have to be qualified. */
    public String statements(AnalyzeContext context) {
        return (isReturn ? "SELECT " : "") + String.join(";\n", show(context, Optional.empty()));
    }

    /** As it is written in CREATE FUNCTION. */
    String show(AnalyzeContext context, String function, List<String> parameters) {
        List<String> shown = show(context, Optional.of(new Deparser.Parameters(function, parameters)));
        return isReturn ? "RETURN " + shown.getFirst()
                : "BEGIN ATOMIC\n" + shown.stream().map(s -> " " + s.strip() + ";\n").collect(Collectors.joining()) + "END";
    }

    private List<String> show(AnalyzeContext context, Optional<Deparser.Parameters> parameters) {
        List<String> shown = new ArrayList<>();
        for (String node : nodes) {
            Query query = isReturn ? StoredText.over(Optional.empty()) : NodeText.readQuery(node, context.catalog(), context.types());
            DeparseText out = isReturn ? DeparseText.plain(false) : new DeparseText(false, true, 0, 1);
            Deparser deparser = new Deparser(context, out, DeparseScope.of(query, context), new StackGuard());
            deparser.parameters = parameters;
            if (isReturn) {
                deparser.prefixed = false;
                deparser.expr(NodeText.readExpr(node, context.catalog(), context.types()), false);
            } else {
                deparser.prefixed = true;
                deparser.columnNamesVisible = false;
                new DeparseQuery(deparser).write(List.of());
            }
            shown.add(out.toString());
        }
        return shown;
    }
}
