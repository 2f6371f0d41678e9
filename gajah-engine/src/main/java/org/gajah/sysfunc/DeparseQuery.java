package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.TargetEntry;
import org.gajah.api.SqlError;

/** SELECT: its clauses in order, each on a line of its own. */
final class DeparseQuery {
    private static final int STANDARD = DeparseText.STANDARD;

    private final Deparser d;
    private final DeparseText out;
    private final Query query;

    DeparseQuery(Deparser deparser) {
        d = deparser;
        out = deparser.out;
        query = deparser.scope.query;
    }

    /** The query; {@code columnNames} are the names that its columns have to get, or none. */
    void write(List<String> columnNames) {
        if (query.command() != Query.Command.SELECT) {
            throw SqlError.notSupported("definitions with " + query.command() + " cannot be shown yet");
        }
        with();
        d.targets = query.targets();
        boolean numbers = query.setOperation().isPresent();
        if (numbers) {
            setOperation(query.setOperation().get(), columnNames);
        } else {
            simple(columnNames);
        }
        if (!query.orderBy().isEmpty()) {
            out.keyword(" ORDER BY ", -STANDARD, STANDARD, 1);
            new DeparseSort(d).orderBy(query.orderBy(), query.targets(), numbers);
        }
        limit();
        for (Query.RowMark mark : query.rowMarks()) {
            if (!mark.pushedDown()) {
                rowMark(mark);
            }
        }
    }

    private void limit() {
        query.offset().ifPresent(e -> {
            out.keyword(" OFFSET ", -STANDARD, STANDARD, 0);
            d.expr(e, false);
        });
        query.limit().ifPresent(e -> {
            if (query.withTies()) {
                out.keyword(" FETCH FIRST ", -STANDARD, STANDARD, 0);
                out.add('(');
                d.expr(e, false);
                out.add(") ROWS WITH TIES");
                return;
            }
            out.keyword(" LIMIT ", -STANDARD, STANDARD, 0);
            if (e instanceof Expr.Const c && c.value() == null) {
                out.add("ALL");
            } else {
                d.expr(e, false);
            }
        });
    }

    private void rowMark(Query.RowMark mark) {
        out.keyword(switch (mark.strength()) {
            case KEY_SHARE -> " FOR KEY SHARE";
            case SHARE -> " FOR SHARE";
            case NO_KEY_UPDATE -> " FOR NO KEY UPDATE";
            case UPDATE -> " FOR UPDATE";
        }, -STANDARD, STANDARD, 0);
        out.add(" OF ").add(Identifiers.quote(d.scope.name(mark.rangeIndex())));
        out.add(switch (mark.waitPolicy()) {
            case BLOCK -> "";
            case SKIP_LOCKED -> " SKIP LOCKED";
            case NOWAIT -> " NOWAIT";
        });
    }

    private void with() {
        if (query.ctes().isEmpty()) {
            return;
        }
        if (out.indented()) {
            out.indentBy(STANDARD);
            out.add(' ');
        }
        String separator = query.recursive() ? "WITH RECURSIVE " : "WITH ";
        for (Query.CommonTable table : query.ctes()) {
            out.add(separator).add(Identifiers.quote(table.name()));
            if (!table.columnNames().equals(DeparseScope.outputNames(table.query()))) {
                out.add('(').add(DeparseNames.list(table.columnNames())).add(')');
            }
            out.add(" AS ").add(switch (table.materialize()) {
                case DEFAULT -> "";
                case ALWAYS -> "MATERIALIZED ";
                case NEVER -> "NOT MATERIALIZED ";
            });
            out.add('(');
            breakLine();
            d.subquery(table.query(), true, List.of());
            breakLine();
            out.add(')');
            separator = ", ";
        }
        if (out.indented()) {
            out.indentBy(-STANDARD);
            out.keyword("", 0, 0, 0);
        } else {
            out.add(' ');
        }
    }

    private void breakLine() {
        if (out.indented()) {
            out.keyword("", 0, 0, 0);
        }
    }

    private void simple(List<String> columnNames) {
        if (out.indented()) {
            out.indentBy(STANDARD);
            out.add(' ');
        }
        Optional<RangeEntry.Values> values = values(columnNames);
        if (values.isPresent()) {
            rows(values.get().rows());
            return;
        }
        out.add("SELECT");
        DeparseSort sort = new DeparseSort(d);
        if (query.distinctOn()) {
            out.add(" DISTINCT ON (");
            d.list(query.distinct(), key -> sort.key(key.reference(), query.targets(), false));
            out.add(')');
        } else if (!query.distinct().isEmpty()) {
            out.add(" DISTINCT");
        }
        targets(query.targets(), columnNames);
        new DeparseFrom(d).from(query.from().items(), " FROM ");
        query.from().where().ifPresent(e -> {
            out.keyword(" WHERE ", -STANDARD, STANDARD, 1);
            d.expr(e, false);
        });
        groupBy(sort);
        query.having().ifPresent(e -> {
            out.keyword(" HAVING ", -STANDARD, STANDARD, 0);
            d.expr(e, false);
        });
        windows(sort);
    }

    private void groupBy(DeparseSort sort) {
        if (query.groupBy().isEmpty() && query.groupingSets().isEmpty()) {
            return;
        }
        out.keyword(" GROUP BY ", -STANDARD, STANDARD, 1);
        out.add(query.groupDistinct() ? "DISTINCT " : "");
        d.inGroupBy = true;
        if (query.groupingSets().isEmpty()) {
            d.list(query.groupBy(), key -> sort.key(key.reference(), query.targets(), false));
        } else {
            groupingSets(sort);
        }
        d.inGroupBy = false;
    }

    private void groupingSets(DeparseSort sort) {
        List<List<Integer>> sets = query.groupingSets();
        if (isRollup(sets)) {
            out.add("ROLLUP(");
            d.list(sets.getFirst(), reference -> sort.key(reference, query.targets(), false));
            out.add(')');
            return;
        }
        out.add("GROUPING SETS (");
        d.list(sets, set -> {
            out.add('(');
            d.list(set, reference -> sort.key(reference, query.targets(), false));
            out.add(')');
        });
        out.add(')');
    }

    /** Whether each set lacks just the last key of the one before, down to none. */
    private static boolean isRollup(List<List<Integer>> sets) {
        boolean rollup = sets.size() > 1 && sets.getLast().isEmpty();
        for (int i = 1; i < sets.size() && rollup; i++) {
            List<Integer> before = sets.get(i - 1);
            rollup = !before.isEmpty() && sets.get(i).equals(before.subList(0, before.size() - 1));
        }
        return rollup;
    }

    private void windows(DeparseSort sort) {
        boolean first = true;
        for (Query.Window w : query.windows()) {
            if (!w.name().isEmpty()) {
                if (first) {
                    out.keyword(" WINDOW ", -STANDARD, STANDARD, 1);
                } else {
                    out.add(", ");
                }
                out.add(Identifiers.quote(w.name())).add(" AS ");
                sort.window(w);
                first = false;
            }
        }
    }

    /** The select list. */
    private void targets(List<TargetEntry> targets, List<String> columnNames) {
        boolean first = true;
        boolean lastBroke = false;
        out.add(' ');
        int number = 0;
        for (TargetEntry t : targets) {
            if (t.junk()) {
                continue;
            }
            out.add(first ? "" : ", ");
            String name = number < columnNames.size() ? columnNames.get(number) : t.name();
            String column = out.aside(() -> target(t, name));
            boolean broke = column.indexOf('\n', column.startsWith("\n") ? 1 : 0) >= 0;
            out.wrapped(column, first, lastBroke);
            lastBroke = broke;
            first = false;
            number++;
        }
        if (first) {
            out.dropLast();
        }
    }

    private void target(TargetEntry t, String name) {
        String shown;
        boolean known = true;
        if (DeparseExpr.stripped(t.expr()) instanceof Expr.Var v) {
            shown = d.exprs.variable(v, 0, true);
            known = v.attribute() != 0;
        } else {
            // a cast on top that nobody wrote fits the column to a set operation's type
            d.expr(DeparseExpr.stripped(t.expr()), true);
            shown = "?column?";
            known = !d.columnNamesVisible;
        }
        if (!name.isEmpty() && !(known && shown.equals(name))) {
            out.add(" AS ").add(Identifiers.quote(name));
        }
    }

    // ---- VALUES

    /** The rows, if the query is nothing but a VALUES list. */
    private Optional<RangeEntry.Values> values(List<String> columnNames) {
        List<RangeEntry.FromItem> items = query.from().items();
        if (items.size() != 1 || !(items.getFirst() instanceof RangeEntry.FromItem.Leaf leaf)
                || !(query.rangeTable().get(leaf.rangeIndex()) instanceof RangeEntry.Values values)
                || query.rangeTable().size() != 1 || query.targets().size() != values.types().size()) {
            return Optional.empty();
        }
        for (int i = 0; i < query.targets().size(); i++) {
            TargetEntry t = query.targets().get(i);
            String wanted = i < columnNames.size() ? columnNames.get(i) : t.name();
            if (t.junk() || !(t.expr() instanceof Expr.Var v) || v.attribute() != i + 1 || v.levelsUp() != 0
                    || !values.columnNames().get(i).equals(wanted)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** VALUES and its rows. */
    void rows(List<List<Expr>> rows) {
        out.add("VALUES ");
        d.list(rows, row -> {
            out.add('(');
            for (int i = 0; i < row.size(); i++) {
                out.add(i > 0 ? "," : "");
                d.exprs.toplevel(row.get(i), false);
            }
            out.add(')');
        });
    }

    // ---- UNION, INTERSECT, EXCEPT

    private void setOperation(Query.SetOperation operation, List<String> columnNames) {
        switch (operation) {
            case Query.SetOperation.Leaf leaf -> leaf(leaf, columnNames);
            case Query.SetOperation.Node node -> node(node, columnNames);
        }
    }

    private void leaf(Query.SetOperation.Leaf leaf, List<String> columnNames) {
        Query inner = ((RangeEntry.Subquery) query.rangeTable().get(leaf.rangeIndex())).query();
        boolean parentheses = !inner.ctes().isEmpty() || !inner.orderBy().isEmpty() || !inner.rowMarks().isEmpty()
                || inner.offset().isPresent() || inner.limit().isPresent() || inner.setOperation().isPresent();
        out.add(parentheses ? "(" : "");
        d.subquery(inner, d.columnNamesVisible, columnNames);
        out.add(parentheses ? ")" : "");
    }

    private void node(Query.SetOperation.Node node, List<String> columnNames) {
        boolean parentheses = node.left() instanceof Query.SetOperation.Node left
                && (left.kind() != node.kind() || left.all() != node.all());
        int indent = parentheses ? STANDARD : 0;
        if (parentheses) {
            out.add('(');
            out.keyword("", indent, 0, 0);
        }
        setOperation(node.left(), columnNames);
        if (parentheses) {
            out.keyword(") ", -indent, 0, 0);
        } else if (out.indented()) {
            out.keyword("", -indent, 0, 0);
        } else {
            out.add(' ');
        }
        out.add(node.kind().name()).add(' ').add(node.all() ? "ALL " : "");
        boolean rightParentheses = node.right() instanceof Query.SetOperation.Node;
        int rightIndent = rightParentheses ? STANDARD : 0;
        out.add(rightParentheses ? "(" : "");
        out.keyword("", rightIndent, 0, 0);
        boolean visible = d.columnNamesVisible;
        d.columnNamesVisible = false;
        setOperation(node.right(), columnNames);
        d.columnNamesVisible = visible;
        if (out.indented()) {
            out.indentBy(-rightIndent);
        }
        if (rightParentheses) {
            out.keyword(")", 0, 0, 0);
        }
    }
}
