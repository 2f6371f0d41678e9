package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.NodeText;
import org.gajah.analyze.Query;
import org.gajah.analyze.QueryBuilder;
import org.gajah.analyze.RangeEntry;
import org.gajah.base.StackGuard;
import org.gajah.catalog.Relation;
import org.gajah.type.TypeContext;

/** Shows what the catalogs keep: node text as SQL; what came with the system is SQL already. */
public final class StoredText {
    private final AnalyzeContext context;

    public StoredText(AnalyzeContext context) {
        this.context = context;
    }

    /** An expression about a relation's columns, or about none. */
    String expression(String stored, Optional<Relation> relation, boolean pretty, boolean indented) {
        if (!NodeText.isNodeText(stored)) {
            return stored;
        }
        return show(NodeText.readExpr(stored, context.catalog(), context.types()), relation, pretty, indented);
    }

    /** An expression about a relation's columns, or about none. */
    public String show(Expr expr, Optional<Relation> relation, boolean pretty, boolean indented) {
        DeparseText out = indented ? new DeparseText(pretty, true, 0, 0) : DeparseText.plain(pretty);
        Deparser deparser = new Deparser(context, out, DeparseScope.of(over(relation), context), new StackGuard());
        deparser.prefixed = false;
        deparser.expr(expr, false);
        return out.toString();
    }

    /** WHEN of a trigger: about the old row and the new one. */
    String triggerCondition(String text, Relation relation, boolean pretty) {
        DeparseText out = DeparseText.plain(pretty);
        Query rows = over(List.of(entry(relation, "old", true), entry(relation, "new", true)));
        new Deparser(context, out, DeparseScope.of(rows, context), new StackGuard())
                .expr(NodeText.readExpr(text, context.catalog(), context.types()), false);
        return out.toString();
    }

    private static RangeEntry entry(Relation r, String name, boolean aliased) {
        return new RangeEntry.Relation(r.oid(), r.kind(), name, r.columns().stream().map(Relation.Column::name).toList(), aliased, true, false);
    }

    static Query over(Optional<Relation> relation) {
        return over(relation.<List<RangeEntry>>map(r -> List.of(entry(r, r.name(), false))).orElse(List.of()));
    }

    /** A query that has nothing but relations to look at. */
    private static Query over(List<RangeEntry> entries) {
        QueryBuilder query = new QueryBuilder();
        query.rangeTable = entries;
        return query.build();
    }

    TypeContext types() {
        return context.types();
    }

    /** Several expressions: a function's defaults. */
    List<String> list(String stored) {
        if (NodeText.isNodeText(stored)) {
            return NodeText.readList(stored, context.catalog(), context.types()).stream()
                    .map(e -> show(e, Optional.empty(), false, false)).toList();
        }
        return split(stored);
    }

    /** A list in SQL cut at the commas that are in no quotes and no parentheses. */
    private static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            quoted ^= c == '\'';
            if (!quoted) {
                depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
                if (c == ',' && depth == 0) {
                    parts.add(list.substring(from, i).strip());
                    from = i + 1;
                }
            }
        }
        parts.add(list.substring(from).strip());
        return parts;
    }

    /** A view's query. */
    String view(String stored, Relation view, boolean pretty, int wrapColumn) {
        if (!NodeText.isNodeText(stored)) {
            return " " + stored.strip() + ";";
        }
        Query query = NodeText.readQuery(stored, context.catalog(), context.types());
        List<String> names = view.columns().stream().filter(c -> !c.dropped()).map(Relation.Column::name).toList();
        return Deparser.query(query, names, context, pretty, wrapColumn) + ";";
    }
}
