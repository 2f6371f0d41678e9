package org.gajah.sysfunc;

import java.util.Optional;
import org.gajah.analyze.AnalyzeContext;
import org.gajah.analyze.Expr;
import org.gajah.analyze.NodeText;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.catalog.Relation;

/** Shows an index as the command that makes it, or one of its columns. */
public final class IndexDefinition {
    private final CatalogView catalog;
    private final DeparseNames names;
    private final StoredText stored;
    private final Relation table;
    private final Relation.Index index;
    private final boolean pretty;

    public IndexDefinition(CatalogView catalog, AnalyzeContext context, Relation table, Relation.Index index, boolean pretty) {
        this.catalog = catalog;
        this.table = table;
        this.index = index;
        this.pretty = pretty;
        names = new DeparseNames(context);
        stored = new StoredText(context);
    }

    /** CREATE INDEX; with the table's schema if {@code qualified}. */
    public String create(boolean qualified) {
        StringBuilder out = new StringBuilder("CREATE ").append(index.unique() ? "UNIQUE " : "").append("INDEX ")
                .append(Identifiers.quote(index.name())).append(" ON ").append(table.kind() == 'p' ? "ONLY " : "")
                .append(qualified ? names.qualifiedRelation(table.oid()) : names.relation(table.oid()));
        out.append(" USING ").append(method()).append(" (");
        int expression = 0;
        for (int i = 0; i < index.columns().size(); i++) {
            out.append(i == index.keyColumns() ? ") INCLUDE (" : i > 0 ? ", " : "");
            out.append(column(i, expression));
            expression += index.columns().get(i) == 0 ? 1 : 0;
            if (i < index.keyColumns()) {
                decorate(i, out);
            }
        }
        out.append(')').append(index.nullsNotDistinct() ? " NULLS NOT DISTINCT" : "").append(options());
        index.predicate().ifPresent(p ->
                out.append(" WHERE ").append(stored.expression(p, Optional.of(table), pretty, false)));
        return out.toString();
    }

    /** One column, from 0, alone; empty if there is none. */
    String column(int number) {
        if (number >= index.columns().size()) {
            return "";
        }
        int expression = (int) index.columns().subList(0, number).stream().filter(c -> c == 0).count();
        return column(number, expression);
    }

    private String column(int number, int expression) {
        int column = index.columns().get(number);
        if (column != 0) {
            return Identifiers.quote(table.column(column).name());
        }
        String text = index.expressions().get(expression);
        String shown = stored.expression(text, Optional.of(table), pretty, false);
        boolean call = NodeText.isNodeText(text) && looksLikeCall(text);
        return call ? shown : "(" + shown + ")";
    }

    private boolean looksLikeCall(String text) {
        return switch (NodeText.readExpr(text, catalog, stored.types())) {
            case Expr.FunctionCall f -> f.form() == Expr.CallForm.EXPLICIT_CALL || f.form() == Expr.CallForm.SQL_SYNTAX;
            case Expr.Coalesce _, Expr.MinMax _, Expr.NullIf _, Expr.SqlValueFunction _ -> true;
            default -> false;
        };
    }

    private void decorate(int i, StringBuilder out) {
        int type = columnType(i);
        int column = index.columns().get(i);
        int own = column != 0 ? table.column(column).collation() : catalog.type(type).map(t -> t.collation()).orElse(0);
        int collation = i < index.collations().size() ? index.collations().get(i) : 0;
        if (collation != 0 && collation != own) {
            out.append(" COLLATE ").append(names.collation(collation));
        }
        operatorClass(i, type, out);
        if (index.descending().get(i)) {
            out.append(" DESC").append(index.nullsFirst().get(i) ? "" : " NULLS LAST");
        } else {
            out.append(index.nullsFirst().get(i) ? " NULLS FIRST" : "");
        }
    }

    private int columnType(int i) {
        int column = index.columns().get(i);
        if (column != 0) {
            return table.column(column).type();
        }
        int expression = (int) index.columns().subList(0, i).stream().filter(c -> c == 0).count();
        String text = index.expressions().get(expression);
        return NodeText.isNodeText(text) ? NodeText.readExpr(text, catalog, stored.types()).type() : 0;
    }

    private void operatorClass(int i, int type, StringBuilder out) {
        if (i >= index.operatorClasses().size()) {
            return;
        }
        Optional<OperatorClassRow> row = catalog.operatorClass(index.operatorClasses().get(i));
        if (row.isPresent() && !isDefault(row.get(), type)) {
            out.append(' ').append(names.operatorClass(row.get().oid()));
        }
    }

    /** Whether the class is what the column's type gets anyway. */
    private boolean isDefault(OperatorClassRow row, int type) {
        boolean own = catalog.operatorClasses(row.method(), type).stream().anyMatch(OperatorClassRow::isDefault);
        return row.isDefault() && (row.inputType() == type || !own);
    }

    private String method() {
        return catalog.row("pg_am", 2652, index.method()).map(r -> Identifiers.quote(r.text("amname"))).orElse("btree");
    }

    private String options() {
        Optional<CatalogRow> row = catalog.row("pg_class", 2662, index.oid());
        return row.map(r -> options(r)).orElse("");
    }

    /** WITH (...) of a relation's options. */
    private static String options(CatalogRow row) {
        if (row.get("reloptions") == null || row.texts("reloptions").isEmpty()) {
            return "";
        }
        return " WITH (" + String.join(", ", row.texts("reloptions").stream().map(IndexDefinition::option).toList()) + ")";
    }

    private static String option(String nameAndValue) {
        int equals = nameAndValue.indexOf('=');
        String name = nameAndValue.substring(0, equals);
        String value = nameAndValue.substring(equals + 1);
        boolean plain = Identifiers.quote(value).equals(value);
        return Identifiers.quote(name) + "=" + (plain ? value : DeparseConst.quote(value));
    }
}
