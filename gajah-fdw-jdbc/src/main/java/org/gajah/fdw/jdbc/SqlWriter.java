package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.gajah.api.foreign.ForeignExpr;
import org.gajah.api.foreign.ForeignQuery;
import org.gajah.api.foreign.ForeignTable;
import org.gajah.api.foreign.ForeignType;

/**
 * Writes queries as SQL, as JDBC takes it and as EXPLAIN shows it. Dialects are its subclasses: this class knows the parts of SQL that
 * all have in common.
 */
abstract class SqlWriter {
    private final StringBuilder sql = new StringBuilder();
    private final StringBuilder shown = new StringBuilder();
    private final List<RemoteSql.Bound> parameters = new ArrayList<>();
    private final Set<String> mapped = new LinkedHashSet<>();
    private boolean aliased;

    // ---- what dialects differ in ----

    /** An identifier, quoted if it must be. */
    abstract String quote(String name);

    /** A table's name there. */
    abstract String table(ForeignTable table);

    /** A column's name there. */
    abstract String column(ForeignExpr.Column column);

    /** A constant; {@code typed} if nothing beside it says what type it has. */
    abstract void constant(ForeignExpr.Constant c, boolean typed);

    /** How a parameter of a type is shown. */
    abstract String shownParameter(int number, ForeignType type);

    /** How a parameter of a type stands in the SQL. */
    String boundParameter(ForeignType type) {
        return "?";
    }

    abstract void call(ForeignExpr.Call c);

    abstract void aggregate(ForeignExpr.Aggregate a);

    abstract void operator(ForeignExpr.Operator o);

    abstract void quantified(ForeignExpr.Quantified q);

    abstract void distinct(ForeignExpr.Distinct d);

    abstract void cast(ForeignExpr argument, ForeignType type);

    abstract void sortKey(ForeignQuery.SortKey key);

    abstract void limit(ForeignQuery query);

    // ---- what they have in common ----

    final SqlWriter text(String text) {
        sql.append(text);
        shown.append(text);
        return this;
    }

    /** Text that looks otherwise where JDBC takes it. */
    final SqlWriter text(String forJdbc, String toShow) {
        sql.append(forJdbc);
        shown.append(toShow);
        return this;
    }

    final RemoteSql statement(String label, List<ForeignType> outputs, int fetchSize) {
        return new RemoteSql(label, shown.toString(), sql.toString(), List.copyOf(parameters), outputs, fetchSize, List.copyOf(mapped));
    }

    final SqlWriter list(List<ForeignExpr> exprs, String separator) {
        for (int i = 0; i < exprs.size(); i++) {
            text(i == 0 ? "" : separator);
            expr(exprs.get(i));
        }
        return this;
    }

    final SqlWriter expr(ForeignExpr e) {
        switch (e) {
            case ForeignExpr.Column c -> text(aliased ? "r" + (c.table() + 1) + "." : "").text(column(c));
            case ForeignExpr.Constant c -> constant(c, true);
            case ForeignExpr.Parameter p -> parameter(p.number(), p.type());
            case ForeignExpr.Call c -> call(c);
            case ForeignExpr.Operator o -> operator(o);
            case ForeignExpr.Quantified q -> quantified(q);
            case ForeignExpr.Logic l -> logic(l);
            case ForeignExpr.NullTest n -> text("(").expr(n.argument()).text(n.isNull() ? " IS NULL)" : " IS NOT NULL)");
            case ForeignExpr.Distinct d -> distinct(d);
            case ForeignExpr.Relabel r -> {
                if (r.implicit()) {
                    expr(r.argument());
                } else {
                    cast(r.argument(), r.type());
                }
            }
            case ForeignExpr.TextCast t -> cast(t.argument(), t.type());
            case ForeignExpr.Case c -> caseOf(c);
            case ForeignExpr.Coalesce c -> text("COALESCE(").list(c.arguments(), ", ").text(")");
            case ForeignExpr.Aggregate a -> aggregate(a);
        }
        return this;
    }

    final void parameter(int number, ForeignType type) {
        text(boundParameter(type), shownParameter(number, type));
        parameters.add(new RemoteSql.Bound(number, type));
    }

    /** A parameter whose type the server finds out by itself. */
    final void bare(int number, ForeignType type) {
        text("?", "$" + (number + 1));
        parameters.add(new RemoteSql.Bound(number, type));
    }

    /** Says that a routine mapping was used. */
    final void uses(String mapping) {
        mapped.add(mapping);
    }

    /** A parameter whose place is written by others. */
    final void unseen(int number, ForeignType type) {
        parameters.add(new RemoteSql.Bound(number, type));
    }

    private void logic(ForeignExpr.Logic l) {
        if (l.connective() == ForeignExpr.Connective.NOT) {
            text("(NOT ").expr(l.arguments().getFirst()).text(")");
        } else {
            text("(").list(l.arguments(), " " + l.connective() + " ").text(")");
        }
    }

    private void caseOf(ForeignExpr.Case c) {
        text("(CASE");
        for (int i = 0; i < c.conditions().size(); i++) {
            text(" WHEN ").expr(c.conditions().get(i)).text(" THEN ").expr(c.results().get(i));
        }
        text(" ELSE ").expr(c.otherwise()).text(" END)");
    }

    /** A condition list, each in parentheses. */
    final SqlWriter conditions(String word, List<ForeignExpr> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            text(i == 0 ? word : " AND ").text("(").expr(conditions.get(i)).text(")");
        }
        return this;
    }

    final SqlWriter query(ForeignQuery q) {
        aliased = q.from() instanceof ForeignQuery.From.Join;
        text(q.distinct() ? "SELECT DISTINCT " : "SELECT ");
        if (q.output().isEmpty()) {
            text("NULL");
        }
        list(q.output(), ", ").text(" FROM ");
        from(q.from());
        conditions(" WHERE ", q.where());
        for (int i = 0; i < q.groupBy().size(); i++) {
            text(i == 0 ? " GROUP BY " : ", ").expr(q.groupBy().get(i));
        }
        conditions(" HAVING ", q.having());
        for (int i = 0; i < q.order().size(); i++) {
            text(i == 0 ? " ORDER BY " : ", ");
            sortKey(q.order().get(i));
        }
        limit(q);
        q.lock().ifPresent(l -> text(" ").text(l));
        return this;
    }

    private void from(ForeignQuery.From from) {
        switch (from) {
            case ForeignQuery.From.Table t -> text(table(t.table())).text(aliased ? " r" + (t.number() + 1) : "");
            case ForeignQuery.From.Join j -> {
                text("(");
                from(j.left());
                text(" ").text(j.kind().name()).text(" JOIN ");
                from(j.right());
                text(" ON (");
                if (j.on().isEmpty()) {
                    text("TRUE");
                }
                conditions("", j.on()).text("))");
            }
        }
    }
}
