package org.gajah.sysfunc;

import java.util.List;
import org.gajah.analyze.Expr;
import org.gajah.analyze.RangeEntry;

/** FROM. */
final class DeparseFrom {
    private static final int STANDARD = DeparseText.STANDARD;

    private final Deparser d;
    private final DeparseText out;

    DeparseFrom(Deparser deparser) {
        d = deparser;
        out = deparser.out;
    }

    /** The items behind {@code word}, or nothing. */
    void from(List<RangeEntry.FromItem> items, String word) {
        boolean first = true;
        for (RangeEntry.FromItem item : items) {
            if (first) {
                out.keyword(word, -STANDARD, STANDARD, 2);
                item(item);
                first = false;
            } else {
                out.add(", ");
                String written = out.aside(() -> item(item));
                out.wrapped(written, false, false);
            }
        }
    }

    private void item(RangeEntry.FromItem item) {
        switch (item) {
            case RangeEntry.FromItem.Leaf leaf -> leaf(leaf.rangeIndex());
            case RangeEntry.FromItem.JoinExpr join -> {
                d.guard.enter();
                join(join);
                d.guard.leave();
            }
        }
    }

    private void leaf(int index) {
        RangeEntry entry = d.scope.query.rangeTable().get(index);
        switch (entry) {
            case RangeEntry.Relation r -> out.add(r.inherit() ? "" : "ONLY ").add(d.names.relation(r.oid(), d.scope));
            case RangeEntry.Subquery s -> {
                out.add(s.lateral() ? "LATERAL " : "").add('(');
                d.subquery(s.query(), true, List.of());
                out.add(')');
            }
            case RangeEntry.Functions f -> functions(f);
            case RangeEntry.Values v -> {
                out.add(v.lateral() ? "LATERAL (" : "(");
                new DeparseQuery(d).rows(v.rows());
                out.add(')');
            }
            case RangeEntry.CteReference c -> out.add(Identifiers.quote(c.cte()));
            case RangeEntry.NamedStore n -> out.add(Identifiers.quote(n.store()));
            case RangeEntry.Join _, RangeEntry.Returned _ ->
                    throw new IllegalStateException("range table entry " + index + " cannot stand in FROM");
        }
        alias(entry, index);
    }

    private void alias(RangeEntry entry, int index) {
        String name = d.scope.name(index);
        boolean print = switch (entry) {
            case RangeEntry.Relation r -> r.aliased()
                    || !d.context.catalog().relation(r.oid()).map(x -> x.name().equals(name)).orElse(false);
            case RangeEntry.CteReference c -> !c.cte().equals(name);
            case RangeEntry.NamedStore n -> !n.store().equals(name);
            case RangeEntry.Subquery _, RangeEntry.Functions _, RangeEntry.Values _, RangeEntry.Join _,
                 RangeEntry.Returned _ -> true;
        };
        if (print || !d.scope.printedColumns(index).isEmpty()) {
            out.add(' ').add(Identifiers.quote(name));
        }
        if (entry instanceof RangeEntry.Functions f && definitions(f)) {
            columnDefinitions(f.functions().getFirst());
        } else {
            columnNames(index);
        }
    }

    private void columnNames(int index) {
        List<String> names = d.scope.printedColumns(index);
        if (!names.isEmpty()) {
            out.add('(').add(DeparseNames.list(names)).add(')');
        }
    }

    /** Whether the alias carries column definitions: a single function that returns record. */
    private boolean definitions(RangeEntry.Functions f) {
        return f.functions().size() == 1 && !f.ordinality() && f.functions().getFirst().call().type() == 2249
                && f.functions().getFirst().call() instanceof Expr.FunctionCall call
                && d.context.catalog().function(call.function()).map(p -> p.modes().isEmpty()).orElse(false);
    }

    private void columnDefinitions(RangeEntry.RangeFunction f) {
        out.add('(');
        for (int i = 0; i < f.columnCount(); i++) {
            out.add(i > 0 ? ", " : "").add(Identifiers.quote(f.names().get(i))).add(' ')
                    .add(d.names.type(f.types().get(i), f.typmods().get(i)));
        }
        out.add(')');
    }

    private void functions(RangeEntry.Functions f) {
        out.add(f.lateral() ? "LATERAL " : "");
        if (f.functions().size() == 1) {
            call(f.functions().getFirst().call());
        } else {
            boolean unnest = f.functions().stream().allMatch(x -> x.call() instanceof Expr.FunctionCall c
                    && c.args().size() == 1 && d.names.function(c.function()).equals("unnest"));
            out.add(unnest ? "UNNEST(" : "ROWS FROM(");
            d.list(f.functions(), x -> {
                if (unnest) {
                    d.expr(((Expr.FunctionCall) x.call()).args().getFirst(), true);
                } else {
                    call(x.call());
                }
            });
            out.add(')');
        }
        out.add(f.ordinality() ? " WITH ORDINALITY" : "");
    }

    /** A call where only something that looks like one may stand. */
    void call(Expr call) {
        boolean looksLikeOne = switch (call) {
            case Expr.FunctionCall f -> f.form() == Expr.CallForm.EXPLICIT_CALL
                    || f.form() == Expr.CallForm.SQL_SYNTAX;
            case Expr.Coalesce _, Expr.MinMax _, Expr.NullIf _, Expr.SqlValueFunction _ -> true;
            default -> false;
        };
        if (looksLikeOne) {
            d.expr(call, true);
        } else {
            out.add("CAST(");
            d.expr(call, false);
            out.add(" AS ").add(d.names.type(call.type(), call.typmod())).add(')');
        }
    }

    private void join(RangeEntry.FromItem.JoinExpr j) {
        RangeEntry.Join entry = j.rangeIndex() >= 0
                && d.scope.query.rangeTable().get(j.rangeIndex()) instanceof RangeEntry.Join e ? e : null;
        boolean named = entry != null && DeparseScope.isNamed(entry);
        boolean parentheses = !out.prettyParentheses || named;
        boolean onRight = out.prettyParentheses && j.right() instanceof RangeEntry.FromItem.JoinExpr right
                && !isNamed(right);
        out.add(parentheses ? "(" : "");
        item(j.left());
        boolean condition = j.condition().isPresent();
        out.keyword(switch (j.type()) {
            case INNER -> condition ? " JOIN " : " CROSS JOIN ";
            case LEFT -> " LEFT JOIN ";
            case RIGHT -> " RIGHT JOIN ";
            case FULL -> " FULL JOIN ";
            case SEMI, ANTI -> throw new IllegalStateException("only the planner makes " + j.type() + " joins");
        }, -STANDARD, STANDARD, DeparseText.JOIN);
        out.add(onRight ? "(" : "");
        item(j.right());
        out.add(onRight ? ")" : "");
        if (entry != null && !entry.usingNames().isEmpty()) {
            out.add(" USING (").add(DeparseNames.list(entry.usingNames())).add(')');
        } else if (condition) {
            out.add(" ON ");
            d.open();
            d.expr(j.condition().get(), false);
            d.close();
        } else if (j.type() != RangeEntry.JoinType.INNER) {
            out.add(" ON TRUE");
        }
        out.add(parentheses ? ")" : "");
        if (named) {
            out.add(' ').add(Identifiers.quote(d.scope.name(j.rangeIndex())));
            columnNames(j.rangeIndex());
        }
    }

    private boolean isNamed(RangeEntry.FromItem.JoinExpr join) {
        return join.rangeIndex() >= 0 && d.scope.query.rangeTable().get(join.rangeIndex()) instanceof RangeEntry.Join e
                && DeparseScope.isNamed(e);
    }
}
