package org.gajah.sysfunc;

import java.util.List;
import java.util.Optional;
import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.SortGroupClause;
import org.gajah.analyze.TargetEntry;
import org.gajah.catalog.Catalog.FamilyMember;

/** Keys of ORDER BY, GROUP BY and windows. */
final class DeparseSort {
    private static final int BTREE = 403;

    private final Deparser d;
    private final DeparseText out;

    DeparseSort(Deparser deparser) {
        d = deparser;
        out = deparser.out;
    }

    /** The keys of ORDER BY; by number if {@code numbers}. */
    void orderBy(List<SortGroupClause> keys, List<TargetEntry> targets, boolean numbers) {
        d.list(keys, key -> {
            key(key.reference(), targets, numbers);
            direction(key);
        });
    }

    private void direction(SortGroupClause key) {
        if (isDefaultOperator(key)) {
            if (key.descending()) {
                out.add(" DESC").add(key.nullsFirst() ? "" : " NULLS LAST");
            } else {
                out.add(key.nullsFirst() ? " NULLS FIRST" : "");
            }
        } else {
            out.add(" USING ").add(d.names.operator(key.sort())).add(key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
        }
    }

    /** Whether the key sorts by the operator that ASC or DESC means for its type. */
    private boolean isDefaultOperator(SortGroupClause key) {
        for (FamilyMember member : d.context.catalog().operatorFamilies(key.sort())) {
            if (member.method() == BTREE && (member.strategy() == 1 || member.strategy() == 5)) {
                int family = member.family();
                return d.context.catalog().operatorClasses(BTREE, member.leftType()).stream()
                        .anyMatch(c -> c.isDefault() && c.family() == family);
            }
        }
        return true;
    }

    /** One key of a sort or group. */
    void key(int reference, List<TargetEntry> targets, boolean number) {
        TargetEntry target = targets.stream().filter(t -> t.reference() == reference).findFirst().orElseThrow();
        if (number) {
            out.add(target.attribute());
            return;
        }
        switch (target.expr()) {
            case Expr.Const c -> d.consts.write(c, DeparseConst.Label.ALWAYS);
            case Expr.Var v -> {
                boolean before = d.inOrderBy;
                d.inOrderBy = true;
                d.exprs.variable(v, 0, false);
                d.inOrderBy = before;
            }
            default -> {
                Expr e = target.expr();
                boolean parentheses = out.prettyParentheses || e instanceof Expr.FunctionCall
                        || e instanceof Expr.AggregateCall || e instanceof Expr.WindowCall;
                out.add(parentheses ? "(" : "");
                d.expr(e, true);
                out.add(parentheses ? ")" : "");
            }
        }
    }

    /** A window's definition in its parentheses. */
    void window(Query.Window w) {
        out.add('(');
        String space = "";
        Optional<String> base = Optional.empty();
        if (w.copied() > 0) {
            base = Optional.of(d.scope.query.windows().get(w.copied() - 1).name());
            out.add(Identifiers.quote(base.get()));
            space = " ";
        }
        if (!w.partitionBy().isEmpty() && base.isEmpty()) {
            out.add(space).add("PARTITION BY ");
            d.list(w.partitionBy(), key -> key(key.reference(), d.targets, false));
            space = " ";
        }
        boolean inherited = base.isPresent() && !d.scope.query.windows().get(w.copied() - 1).orderBy().isEmpty();
        if (!w.orderBy().isEmpty() && !inherited) {
            out.add(space).add("ORDER BY ");
            orderBy(w.orderBy(), d.targets, false);
            space = " ";
        }
        if (!w.frame().isDefault()) {
            out.add(space);
            frame(w.frame());
        }
        out.add(')');
    }

    private void frame(Query.Frame f) {
        out.add(f.mode().name()).add(" BETWEEN ");
        bound(f.startBound(), f.startOffset());
        out.add(" AND ");
        bound(f.endBound(), f.endOffset());
        out.add(switch (f.exclusion()) {
            case NO_OTHERS -> "";
            case CURRENT_ROW -> " EXCLUDE CURRENT ROW";
            case GROUP -> " EXCLUDE GROUP";
            case TIES -> " EXCLUDE TIES";
        });
    }

    private void bound(Query.Frame.Bound bound, Optional<Expr> offset) {
        offset.ifPresent(e -> d.expr(e, false));
        out.add(switch (bound) {
            case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
            case OFFSET_PRECEDING -> " PRECEDING";
            case CURRENT_ROW -> "CURRENT ROW";
            case OFFSET_FOLLOWING -> " FOLLOWING";
            case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
        });
    }
}
