package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.foreign.ForeignColumn;
import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignType;

/** SQL for databases that are not PostgreSQL. It only meets what {@link JdbcPlanner} lets through. */
final class JdbcSql extends SqlWriter {
    /** The option that says what a column is called there. */
    static final String COLUMN_NAME = "column_name";
    /** The option of a column that is not there; no user can give it. */
    static final String MISSING = "missing";

    /** What stands around a column whose list of values is written when it is known. */
    static final String LIST_BEGIN = "\u0001";
    static final String LIST_END = "\u0002";
    /** Oracle takes no more values in a list. */
    static final int MOST_LISTED = 1000;

    private final Dialect dialect;
    private final Routines routines;

    JdbcSql(Routines routines) {
        this.routines = routines;
        this.dialect = routines.dialect();
    }

    @Override
    String quote(String name) {
        return dialect.quoted(name);
    }

    /** Whether a table is a query that its maker has written. */
    static boolean isQuery(ForeignTable table) {
        return table.options().getOrDefault("table", table.options().getOrDefault("table_name", "")).startsWith("(");
    }

    @Override
    String table(ForeignTable table) {
        String name = table.options().getOrDefault("table", table.options().get("table_name"));
        if (isQuery(table)) {
            return name + dialect.as() + "q";
        }
        String schema = table.options().getOrDefault("schema", table.options().get("schema_name"));
        String link = table.options().get("dblink");
        return (schema == null ? "" : quote(schema) + ".") + quote(name == null ? dialect.folded(table.name()) : name)
                + (link == null ? "" : "@" + link);
    }

    @Override
    String table(ForeignTable table, String alias) {
        String name = table.options().getOrDefault("table", table.options().get("table_name"));
        return (isQuery(table) ? name : table(table)) + " " + alias;
    }

    @Override
    String always() {
        return "(1 = 1)";
    }

    @Override
    String nothing() {
        return dialect.nothing();
    }

    @Override
    String column(ForeignExpr.Column column, String table) {
        if (column.column().options().containsKey(MISSING)) {
            return "NULL";
        }
        if (column.column().number() < 0) {
            throw SqlError.notSupported("system column \"" + column.column().name() + "\" is not supported for foreign tables over JDBC");
        }
        RemoteColumn.requireConvertible(column.column());
        boolean document = dialect.documents() && RemoteColumn.isDocument(column.column());
        String name = table + quote(name(column.column()));
        return document ? "XMLTYPE.GETCLOBVAL(" + name + ")" : name;
    }

    /** What a column is called there. */
    String name(ForeignColumn column) {
        String name = column.options().get(COLUMN_NAME);
        return name == null ? dialect.folded(column.name()) : name;
    }

    @Override
    void constant(ForeignExpr.Constant c, boolean typed) {
        if (c.text().isEmpty()) {
            text("NULL");
            return;
        }
        text(dialect.literal(c.type().name(), c.text().get()));
    }

    @Override
    String shownParameter(int number, ForeignType type) {
        return ":" + (number + 1);
    }

    @Override
    void condition(ForeignExpr e) {
        boolean column = e instanceof ForeignExpr.Column && e.type().name().equals("bool");
        text(column ? "(" : "").expr(e).text(column ? dialect.isTrue() + ")" : "");
    }

    @Override
    void call(ForeignExpr.Call c) {
        routines.call(c).orElseThrow().write(this, c);
    }

    @Override
    void aggregate(ForeignExpr.Aggregate a) {
        text(a.name()).text("(").text(a.distinct() ? "DISTINCT " : "").text(a.star() ? "*" : "").list(a.arguments(), ", ").text(")");
    }

    @Override
    void operator(ForeignExpr.Operator o) {
        String name = switch (o.name()) {
            case "~~" -> "LIKE";
            case "!~~" -> "NOT LIKE";
            default -> o.name();
        };
        Optional<ForeignExpr.Operator> ranged = JdbcConditions.ranged(o);
        ranged.ifPresent(r -> text(RangedSql.begin(parameterCount()), ""));
        text("(");
        if (o.arguments().size() > 1) {
            operand(o, o.arguments().getFirst()).text(" ");
        }
        boolean strings = JdbcConditions.STRINGS.contains(o.arguments().getFirst().type().name());
        text(name + " ");
        operand(o, o.arguments().getLast()).text(name.endsWith("LIKE") ? " ESCAPE '\\')" : strings ? dialect.collation() + ")" : ")");
        ranged.ifPresent(r -> text(RangedSql.otherwise(r.name()), "").hidden(r.arguments().getFirst()).text(RangedSql.END, ""));
    }

    private SqlWriter operand(ForeignExpr.Operator o, ForeignExpr e) {
        boolean integer = Dialect.INTEGERS.contains(e.type().name());
        if (e instanceof ForeignExpr.Parameter p && (integer || e.type().name().equals("numeric"))) {
            text(integer ? dialect.computedParameter() : dialect.listedParameter(p.type().name()), shownParameter(p.number(), p.type()));
            unseen(p.number(), p.type());
            return this;
        }
        return expr(e);
    }

    @Override
    void quantified(ForeignExpr.Quantified q) {
        if (q.array() instanceof ForeignExpr.Parameter p) {
            text(LIST_BEGIN, "(").expr(q.scalar()).text(JdbcConditions.STRINGS.contains(q.scalar().type().name()) ? dialect.collation() : "").text(LIST_END, " = ANY (" + shownParameter(p.number(), p.type()) + "))");
            unseen(p.number(), p.type());
            return;
        }
        ForeignType element = new ForeignType(0, q.array().type().name().replace("[]", ""), -1);
        List<ForeignExpr> values = new ArrayList<>();
        for (Optional<String> value : ListText.elements((ForeignExpr.Constant) q.array()).orElseThrow()) {
            boolean nothing = dialect.emptyIsNull() && value.isPresent() && value.get().isEmpty();
            if (!nothing) {
                values.add(new ForeignExpr.Constant(value, element));
            }
        }
        if (values.isEmpty()) {
            text("(").expr(q.scalar()).text(q.any() ? " <> " : " = ").expr(q.scalar()).text(")");
            return;
        }
        text("(");
        for (int from = 0; from < values.size(); from += MOST_LISTED) {
            text(from == 0 ? "" : q.any() ? " OR " : " AND ").expr(q.scalar()).text(JdbcConditions.STRINGS.contains(element.name()) ? dialect.collation() : "").text(q.any() ? " IN (" : " NOT IN (")
                    .list(values.subList(from, Math.min(values.size(), from + MOST_LISTED)), ", ").text(")");
        }
        text(")");
    }

    @Override
    void distinct(ForeignExpr.Distinct d) {
        text("(CASE WHEN ").expr(d.left()).text(" = ").expr(d.right()).text(" OR ").expr(d.left()).text(" IS NULL AND ").expr(d.right())
                .text(" IS NULL THEN 1 ELSE 0 END = 0)");
    }

    @Override
    void cast(ForeignExpr argument, ForeignType type) {
        throw new IllegalStateException("cast to " + type.name());
    }

    @Override
    void sortKey(ForeignQuery.SortKey key) {
        if (dialect.nulls() == Dialect.Nulls.KEY) {
            text("(CASE WHEN ").expr(key.key()).text(key.nullsFirst() ? " IS NULL THEN 0 ELSE 1 END), " : " IS NULL THEN 1 ELSE 0 END), ");
        }
        boolean string = key.collation().isPresent();
        expr(key.key()).text(string ? dialect.collation() : "").text(key.descending() ? " DESC" : " ASC")
                .text(dialect.nulls() == Dialect.Nulls.KEY ? "" : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
    }

    /** In the dialect's words, which may lock more than was asked for; the rows of a join are not locked. */
    @Override
    void lock(ForeignQuery.Lock lock, boolean among) {
        text(among ? "" : dialect.keeping().orElse(""));
    }

    @Override
    void limit(ForeignQuery query) {
        Optional<ForeignExpr> most = query.limit().filter(JdbcSql::isKnown);
        Optional<ForeignExpr> skipped = query.offset().filter(JdbcSql::isKnown);
        switch (dialect.limit()) {
            case NONE -> { }
            case LIMIT -> {
                most.ifPresent(l -> count(" LIMIT ", l, RowCount.LIMIT, ""));
                boolean open = most.isEmpty() && skipped.isPresent();
                text(open ? dialect.unlimited().map(u -> " LIMIT " + u).orElse("") : "");
                skipped.ifPresent(o -> count(" OFFSET ", o, RowCount.OFFSET, ""));
            }
            case OFFSET_FETCH -> {
                boolean part = most.isPresent() || skipped.isPresent();
                text(part && query.order().isEmpty() ? " ORDER BY (SELECT NULL)" : "").text(part ? " OFFSET " : "");
                skipped.ifPresentOrElse(o -> count("", o, RowCount.OFFSET, ""), () -> text(part ? "0" : ""));
                text(part ? " ROWS" : "");
                most.ifPresent(l -> count(" FETCH NEXT ", l, RowCount.LIMIT, " ROWS ONLY"));
            }
            case FETCH_FIRST -> {
                skipped.ifPresent(o -> count(" OFFSET ", o, RowCount.OFFSET, " ROWS"));
                most.ifPresent(l -> count(" FETCH FIRST ", l, RowCount.LIMIT, " ROWS ONLY"));
            }
        }
    }

    private void count(String before, ForeignExpr count, RowCount which, String behind) {
        text(before);
        if (count instanceof ForeignExpr.Parameter p) {
            text("?", shownParameter(p.number(), p.type()));
            unseen(p.number(), which.type());
        } else {
            expr(count);
        }
        text(behind);
    }

    /** NULL is no limit. */
    private static boolean isKnown(ForeignExpr count) {
        return !(JdbcConditions.plain(count) instanceof ForeignExpr.Constant c) || c.text().isPresent();
    }

    /** Names side by side. */
    String columns(List<org.gajah.api.foreign.ForeignColumn> columns) {
        return String.join(", ", columns.stream().map(c -> quote(name(c))).toList());
    }
}
