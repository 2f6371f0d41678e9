package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Alias;
import org.gajah.ast.FromItem;
import org.gajah.ast.RangeVar;
import org.gajah.catalog.Relation;

/** FROM: its items become range table entries, and what they show becomes visible. */
final class FromClause {
    private final Analysis a;
    private final RangeFunctions functions;
    private final Joins joins;

    /** An item analyzed: its tree, its own columns, and everything it makes visible. */
    record Part(RangeEntry.FromItem tree, NamespaceItem top, List<NamespaceItem> namespace) {
    }

    FromClause(Analysis analysis) {
        a = analysis;
        functions = new RangeFunctions(analysis);
        joins = new Joins(analysis, this);
    }

    /** The items side by side; each sees those before it, if it is LATERAL. */
    List<RangeEntry.FromItem> analyze(Scope scope, List<FromItem> items) {
        List<RangeEntry.FromItem> trees = new ArrayList<>();
        for (FromItem item : items) {
            Part part = item(scope, item);
            checkConflicts(scope.namespace, part.namespace());
            lateral(part.namespace(), true, true);
            scope.namespace.addAll(part.namespace());
            trees.add(part.tree());
        }
        lateral(scope.namespace, false, true);
        return trees;
    }

    static void lateral(List<NamespaceItem> items, boolean lateralOnly, boolean lateralOk) {
        for (NamespaceItem item : items) {
            item.lateralOnly = lateralOnly;
            item.lateralOk = lateralOk;
        }
    }

    static void checkConflicts(List<NamespaceItem> before, List<NamespaceItem> added) {
        for (NamespaceItem x : before) {
            for (NamespaceItem y : added) {
                boolean differentTables = x.relation.isPresent() && y.relation.isPresent() && !x.relation.get().aliased()
                        && !y.relation.get().aliased() && x.relation.get().oid() != y.relation.get().oid();
                if (x.relationVisible && y.relationVisible && x.alias.equals(y.alias) && !differentTables) {
                    throw new SqlError(SqlState.DUPLICATE_ALIAS, "table name \"" + x.alias + "\" specified more than once");
                }
            }
        }
    }

    Part item(Scope scope, FromItem item) {
        a.guard.enter();
        Part part = switch (item) {
            case RangeVar v -> leaf(table(scope, v));
            case FromItem.RangeSubselect s -> subselect(scope, s);
            case FromItem.RangeFunction f -> leaf(functions.analyze(scope, f));
            case FromItem.RangeTableSample t -> throw SqlError.notSupported("TABLESAMPLE is not implemented yet").at(t.location());
            case FromItem.RangeTableFunc t -> throw SqlError.notSupported(t.feature() + " is not implemented yet").at(t.location());
            case FromItem.JoinExpr j -> joins.analyze(scope, j);
        };
        a.guard.leave();
        return part;
    }

    private static Part leaf(NamespaceItem item) {
        return new Part(new RangeEntry.FromItem.Leaf(item.rangeIndex), item, List.of(item));
    }

    private NamespaceItem table(Scope scope, RangeVar v) {
        if (v.schema().isEmpty()) {
            Optional<NamespaceItem> cte = cte(scope, v);
            if (cte.isPresent()) {
                return cte.get();
            }
        }
        Optional<Relation> store = v.schema().isEmpty() ? a.context.stores().apply(v.relation()) : Optional.empty();
        if (store.isPresent()) {
            return a.rangeItems.store(scope, store.get(), v);
        }
        Relation relation = a.rangeItems.open(scope, v);
        a.permissions.require(relation.oid(), RequiredPermission.Mode.SELECT, 0);
        return a.rangeItems.relation(scope, relation, v.alias(), v.inherit());
    }

    private Optional<NamespaceItem> cte(Scope scope, RangeVar v) {
        int level = 0;
        Optional<Scope> at = Optional.of(scope);
        while (at.isPresent()) {
            for (Scope.Cte cte : at.get().ctes) {
                if (cte.name.equals(v.relation())) {
                    return Optional.of(a.rangeItems.cte(scope, cte, level, v));
                }
            }
            at = at.get().parent;
            level++;
        }
        return Optional.empty();
    }

    private Part subselect(Scope scope, FromItem.RangeSubselect s) {
        ExprKind outer = scope.kind;
        boolean outerLateral = scope.lateralActive;
        scope.kind = ExprKind.FROM_SUBSELECT;
        scope.lateralActive = s.lateral();
        Query query = a.selects.subquery(scope, s.query(), true);
        scope.lateralActive = outerLateral;
        scope.kind = outer;
        NamespaceItem item = a.rangeItems.subquery(scope, query, s.alias(), "unnamed_subquery", s.lateral());
        item.relationVisible = s.alias().map(Alias::name).isPresent();
        return leaf(item);
    }
}
