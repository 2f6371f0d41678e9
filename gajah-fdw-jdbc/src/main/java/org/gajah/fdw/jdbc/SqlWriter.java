package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.gajah.api.foreign.ForeignColumn;
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

    /** A table, called something else in the query. */
    String table(ForeignTable table, String alias) {
        return table(table) + " " + alias;
    }

    /** A condition that is always true. */
    String always() {
        return "TRUE";
    }

    /** What a query gives of which nothing is wanted. */
    String nothing() {
        return "NULL";
    }

    /** A column as a value there; {@code table}, which may be empty, stands before its name. */
    abstract String column(ForeignExpr.Column column, String table);

    /** A constant; {@code typed} if nothing beside it says what type it has. */
    abstract void constant(ForeignExpr.Constant c, boolean typed);

    /** How a parameter of a type is shown. */
    abstract String shownParameter(int number, ForeignType type);

    /** How a parameter of a type stands in the SQL. */
    String boundParameter(ForeignType type) {
        return "?";
    }

    /** Something that must hold. */
    void condition(ForeignExpr e) {
        expr(e);
    }

    abstract void call(ForeignExpr.Call c);

    abstract void aggregate(ForeignExpr.Aggregate a);

    abstract void operator(ForeignExpr.Operator o);

    abstract void quantified(ForeignExpr.Quantified q);

    abstract void distinct(ForeignExpr.Distinct d);

    abstract void cast(ForeignExpr argument, ForeignType type);

    abstract void sortKey(ForeignQuery.SortKey key);

    /** A key of DISTINCT ON, written as that of the order. */
    void distinctKey(ForeignQuery.SortKey key) {
        expr(key.key());
    }

    abstract void limit(ForeignQuery query);

    /** What a query in FROM gives as a column. */
    void inner(ForeignExpr e) {
        expr(e);
    }

    /** Whether a query in FROM has an order though it gives all its rows. */
    boolean ordersInner() {
        return false;
    }

    // ---- what they have in common ----

    /** Says whether columns stand with the name of their table. */
    final SqlWriter aliased(boolean with) {
        aliased = with;
        return this;
    }

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

    /** An expression that is not shown. */
    final SqlWriter hidden(ForeignExpr e) {
        int length = shown.length();
        expr(e);
        shown.setLength(length);
        return this;
    }

    /** How many parameters stand in the text so far. */
    final int parameterCount() {
        return parameters.size();
    }

    final RemoteSql statement(String label, List<ForeignType> outputs, int fetchSize) {
        return statement(label, fetchSize, outputs.stream().map(RemoteSql.Output::new).toList());
    }

    final RemoteSql statement(String label, int fetchSize, List<RemoteSql.Output> outputs) {
        return new RemoteSql(label, shown.toString(), sql.toString(), List.copyOf(parameters), outputs, fetchSize, List.copyOf(mapped), RemotePlan.NONE, java.util.Optional.empty());
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
            case ForeignExpr.Column c -> text(column(c, aliased ? "r" + (c.table() + 1) + "." : ""));
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
            case ForeignExpr.Coalesce c when c.arguments().size() == 1 -> expr(c.arguments().getFirst());
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
            text("(NOT ");
            condition(l.arguments().getFirst());
            text(")");
        } else {
            text("(");
            for (int i = 0; i < l.arguments().size(); i++) {
                text(i == 0 ? "" : " " + l.connective() + " ");
                condition(l.arguments().get(i));
            }
            text(")");
        }
    }

    private void caseOf(ForeignExpr.Case c) {
        text("(CASE");
        for (int i = 0; i < c.conditions().size(); i++) {
            text(" WHEN ");
            condition(c.conditions().get(i));
            text(" THEN ").expr(c.results().get(i));
        }
        text(" ELSE ").expr(c.otherwise()).text(" END)");
    }

    /** A condition list, each in parentheses. */
    final SqlWriter conditions(String word, List<ForeignExpr> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            text(i == 0 ? word : " AND ").text("(");
            condition(conditions.get(i));
            text(")");
        }
        return this;
    }

    final SqlWriter query(ForeignQuery q) {
        return query(q, false, List.of());
    }

    /** A query; in FROM the outputs of the first are called as the columns that they are above, which must not be taken for columns within it. */
    private SqlWriter query(ForeignQuery q, boolean nested, List<ForeignColumn> columns) {
        boolean outer = aliased;
        boolean hidden = !columns.isEmpty() && (q.grouped() || !q.order().isEmpty() || q.from() instanceof ForeignQuery.From.Derived);
        aliased = q.from() instanceof ForeignQuery.From.Join || hidden;
        text(q.distinct() ? "SELECT DISTINCT " : "SELECT ");
        for (int i = 0; i < q.distinctOn().size(); i++) {
            text(i == 0 ? "ON (" : ", ");
            distinctKey(q.distinctOn().get(i));
        }
        text(q.distinctOn().isEmpty() ? "" : ") ");
        if (q.output().isEmpty()) {
            text(nothing()).text(nested ? " AS " + quote("c1") : "");
        }
        for (int i = 0; i < q.output().size(); i++) {
            text(i == 0 ? "" : ", ");
            if (nested) {
                inner(q.output().get(i));
                text(columns.isEmpty() ? "" : " AS " + quote(columns.get(i).name()));
            } else {
                expr(q.output().get(i));
            }
        }
        text(" FROM ");
        List<ForeignQuery.From.Join> existing = from(q.from());
        where(q.where(), existing);
        for (int i = 0; i < q.groupBy().size(); i++) {
            text(i == 0 ? " GROUP BY " : ", ").expr(q.groupBy().get(i));
        }
        conditions(" HAVING ", q.having());
        boolean ordered = !nested || q.isPart() || ordersInner();
        for (int i = 0; ordered && i < q.order().size(); i++) {
            text(i == 0 ? " ORDER BY " : ", ");
            sortKey(q.order().get(i));
        }
        limit(q);
        q.lock().ifPresent(l -> lock(l, aliased));
        aliased = outer;
        return this;
    }

    /** Locks the rows of a table; {@code among} others if the query joins. */
    void lock(ForeignQuery.Lock lock, boolean among) {
        text(" ").text(lock.words()).text(among ? " OF r" + (lock.table() + 1) : "");
    }

    /** Where rows come from; gives the joins that are conditions. */
    final List<ForeignQuery.From.Join> from(ForeignQuery.From from) {
        List<ForeignQuery.From.Join> existing = new ArrayList<>();
        from(from, existing);
        return existing;
    }

    private void from(ForeignQuery.From from, List<ForeignQuery.From.Join> existing) {
        switch (from) {
            case ForeignQuery.From.Table t -> text(aliased ? table(t.table(), "r" + (t.number() + 1)) : table(t.table()));
            case ForeignQuery.From.Join j when isExistence(j) -> {
                from(j.left(), existing);
                existing.add(j);
            }
            case ForeignQuery.From.Join j -> {
                text("(");
                from(j.left(), existing);
                text(" ").text(j.kind().name()).text(" JOIN ");
                from(j.right(), existing);
                text(" ON (").text(j.on().isEmpty() ? always() : "").conditions("", j.on()).text("))");
            }
            case ForeignQuery.From.Derived d -> derived(d);
        }
    }

    private void derived(ForeignQuery.From.Derived d) {
        text("(");
        for (int i = 0; i < d.parts().size(); i++) {
            text(i == 0 ? "" : " " + d.kind() + (d.all() ? " ALL " : " "));
            query(d.parts().get(i), true, i == 0 ? d.columns() : List.of());
        }
        text(") r" + (d.number() + 1));
    }

    private static boolean isExistence(ForeignQuery.From.Join j) {
        return j.kind() == ForeignQuery.JoinKind.SEMI || j.kind() == ForeignQuery.JoinKind.ANTI;
    }

    /** WHERE with the semi and anti joins of FROM. */
    final SqlWriter where(List<ForeignExpr> conditions, List<ForeignQuery.From.Join> existing) {
        conditions(" WHERE ", conditions);
        boolean first = conditions.isEmpty();
        for (ForeignQuery.From.Join j : existing) {
            text(first ? " WHERE " : " AND ").text(j.kind() == ForeignQuery.JoinKind.ANTI ? "NOT " : "").text("EXISTS (SELECT " + nothing() + " FROM ");
            List<ForeignQuery.From.Join> inner = from(j.right());
            where(j.on(), inner).text(")");
            first = false;
        }
        return this;
    }
}
