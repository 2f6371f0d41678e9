package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.RoutineMapping;

/** SQL as postgres_fdw writes it. Where the order of strings matters it is asked for by COLLATE. */
final class PostgresWriter extends SqlWriter {
    private final List<RoutineMapping> mappings;

    PostgresWriter(List<RoutineMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    String quote(String name) {
        return PostgresNames.quote(name);
    }

    @Override
    String table(ForeignTable table) {
        return quote(table.options().getOrDefault("schema_name", table.schema())) + "."
                + quote(table.options().getOrDefault("table_name", table.name()));
    }

    @Override
    String column(ForeignExpr.Column column, String table) {
        return table + quote(column.column().options().getOrDefault("column_name", column.column().name()));
    }

    @Override
    void constant(ForeignExpr.Constant c, boolean typed) {
        if (c.text().isEmpty()) {
            text("NULL").text(typed ? "::" + PostgresNames.type(c.type()) : "");
            return;
        }
        String value = c.text().get();
        boolean label = true;
        switch (c.type().name()) {
            case "int2", "int4", "int8", "oid", "float4", "float8", "numeric" -> {
                boolean digits = value.chars().allMatch(x -> "0123456789+-eE.".indexOf(x) >= 0);
                boolean signed = value.startsWith("-") || value.startsWith("+");
                text(!digits ? "'" + value + "'" : signed ? "(" + value + ")" : value);
                label &= switch (c.type().name()) {
                    case "int4" -> false;
                    case "numeric" -> value.chars().noneMatch(x -> "eE.".indexOf(x) >= 0) || c.type().typmod() >= 0;
                    default -> true;
                };
            }
            case "bool" -> {
                text(value.equals("t") ? "true" : "false");
                label = false;
            }
            default -> {
                text(literal(value));
                label = typed;
            }
        }
        text(label ? "::" + PostgresNames.type(c.type()) : "");
    }

    static String literal(String value) {
        String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
        return value.indexOf('\\') >= 0 ? "E" + quoted : quoted;
    }

    @Override
    String shownParameter(int number, ForeignType type) {
        return "$" + (number + 1) + "::" + PostgresNames.type(type);
    }

    @Override
    String boundParameter(ForeignType type) {
        return "?::" + PostgresNames.type(type);
    }

    private static String function(String name) {
        return String.join(".", java.util.Arrays.stream(name.split("\\.")).map(PostgresNames::quote).toList());
    }

    @Override
    void call(ForeignExpr.Call c) {
        Optional<MappedCall> mapped = MappedCall.of(mappings, c);
        if (mapped.isPresent()) {
            mapped.get().write(this, c);
            return;
        }
        if (c.cast()) {
            cast(c.arguments().getFirst(), c.type());
            return;
        }
        text(function(c.name())).text("(");
        for (int i = 0; i < c.arguments().size(); i++) {
            text(i == 0 ? "" : ", ").text(c.variadic() && i == c.arguments().size() - 1 ? "VARIADIC " : "");
            collated(c.arguments().get(i), c.collation());
        }
        text(")");
    }

    @Override
    void aggregate(ForeignExpr.Aggregate a) {
        text(function(a.name())).text("(").text(a.distinct() ? "DISTINCT " : "").text(a.star() ? "*" : "");
        for (int i = 0; i < a.arguments().size(); i++) {
            text(i == 0 ? "" : ", ");
            collated(a.arguments().get(i), a.collation());
        }
        text(")");
        a.filter().ifPresent(f -> text(" FILTER (WHERE (").expr(f).text("))"));
    }

    /** An argument, with the collation that the result is to be made by if it is a string. */
    private void collated(ForeignExpr e, Optional<String> collation) {
        boolean string = collation.isPresent() && switch (e.type().name()) {
            case "text", "varchar", "bpchar" -> true;
            default -> false;
        };
        if (string) {
            text("(").expr(e).text(" COLLATE " + PostgresNames.always(collation.get()) + ")");
        } else {
            expr(e);
        }
    }

    @Override
    void operator(ForeignExpr.Operator o) {
        List<ForeignExpr> args = o.arguments();
        text("(");
        if (args.size() == 1) {
            symbol(o.name());
            text(" ").expr(args.getFirst()).text(")");
            return;
        }
        operand(args.get(0), args.get(1), o.collation());
        text(" ");
        symbol(o.name());
        text(" ");
        operand(args.get(1), args.get(0), Optional.empty());
        text(")");
    }

    /** A constant beside a column of its type needs no type. */
    private void operand(ForeignExpr e, ForeignExpr other, Optional<String> collation) {
        boolean plain = other instanceof ForeignExpr.Column || other instanceof ForeignExpr.Relabel r && r.implicit()
                && r.argument() instanceof ForeignExpr.Column;
        if (e instanceof ForeignExpr.Constant c && plain && c.type().oid() == other.type().oid()) {
            constant(c, false);
        } else {
            collated(e, collation);
        }
    }

    private void symbol(String name) {
        int dot = name.lastIndexOf('.');
        String symbol = dot > 0 ? "OPERATOR(" + quote(name.substring(0, dot)) + name.substring(dot) + ")" : name;
        text(symbol.replace("?", "??"), symbol);
    }

    @Override
    void quantified(ForeignExpr.Quantified q) {
        text("(");
        collated(q.scalar(), q.collation());
        text(" ");
        symbol(q.operator());
        text(q.any() ? " ANY (" : " ALL (").expr(q.array()).text("))");
    }

    @Override
    void distinct(ForeignExpr.Distinct d) {
        text("(").expr(d.left()).text(" IS DISTINCT FROM ").expr(d.right()).text(")");
    }

    @Override
    void cast(ForeignExpr argument, ForeignType type) {
        boolean bare = argument instanceof ForeignExpr.Column || argument instanceof ForeignExpr.Constant;
        text(bare ? "" : "(").expr(argument).text(bare ? "" : ")").text("::" + PostgresNames.type(type));
    }

    @Override
    void sortKey(ForeignQuery.SortKey key) {
        collated(key.key(), key.collation());
        text(key.descending() ? " DESC" : " ASC").text(key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
    }

    @Override
    void distinctKey(ForeignQuery.SortKey key) {
        collated(key.key(), key.collation());
    }

    @Override
    void inner(ForeignExpr e) {
        boolean other = e instanceof ForeignExpr.Relabel r && r.implicit() && r.argument().type().oid() != r.type().oid();
        if (other) {
            cast(((ForeignExpr.Relabel) e).argument(), e.type());
        } else {
            expr(e);
        }
    }

    @Override
    boolean ordersInner() {
        return true;
    }

    @Override
    void limit(ForeignQuery query) {
        query.limit().ifPresent(l -> text(" LIMIT ").expr(l));
        query.offset().ifPresent(o -> text(" OFFSET ").expr(o));
    }
}
