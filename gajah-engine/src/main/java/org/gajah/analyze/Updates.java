package org.gajah.analyze;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.ast.Delete;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Update;
import org.gajah.catalog.Relation;

/** UPDATE and DELETE. */
final class Updates {
    private final Analysis a;

    Updates(Analysis analysis) {
        a = analysis;
    }

    /** The table to be changed, as the scope's first entry. */
    NamespaceItem target(Scope scope, RangeVar v, RequiredPermission.Mode mode, boolean inherit) {
        if (v.schema().isEmpty() && cteNamed(scope, v.relation())) {
            throw new SqlError(org.gajah.api.SqlState.FEATURE_NOT_SUPPORTED, "relation \"" + v.relation()
                    + "\" cannot be the target of a modifying statement").at(v.location());
        }
        if (v.schema().isEmpty() && a.context.stores().apply(v.relation()).isPresent()) {
            throw new SqlError(org.gajah.api.SqlState.FEATURE_NOT_SUPPORTED, "relation \"" + v.relation() + "\" cannot be the target of a modifying statement");
        }
        Relation relation = a.rangeItems.open(scope, v);
        NamespaceItem item = a.rangeItems.relation(scope, relation, v.alias(), inherit);
        a.permissions.require(relation.oid(), mode, 0);
        scope.target = Optional.of(item);
        scope.targetRelation = Optional.of(relation);
        return item;
    }

    private static boolean cteNamed(Scope scope, String name) {
        return scope.ctes.stream().anyMatch(c -> c.name.equals(name))
                || scope.parent.map(p -> cteNamed(p, name)).orElse(false);
    }

    Query update(Scope scope, Update u) {
        QueryBuilder q = new QueryBuilder();
        u.with().ifPresent(w -> a.withs.analyze(scope, w, q));
        NamespaceItem target = target(scope, u.relation(), RequiredPermission.Mode.UPDATE, u.relation().inherit());
        scope.namespace.add(target);
        q.command = Query.Command.UPDATE;
        q.targetRelation = target.rangeIndex;
        target.lateralOnly = true;
        target.lateralOk = false;
        var items = a.from.analyze(scope, u.from());
        Optional<Expr> where = u.where().map(w -> a.selects.condition(scope, w, ExprKind.WHERE));
        q.returning = a.returnings.analyze(scope, u.returning(), scope.targetRelation.orElseThrow());
        q.targets = a.assignments.withLinks(scope, a.assignments.set(scope, scope.targetRelation.orElseThrow(), target, u.assignments()));
        q.from = new RangeEntry.FromExpr(items, where);
        finish(scope, q);
        return q.build();
    }

    Query delete(Scope scope, Delete d) {
        QueryBuilder q = new QueryBuilder();
        d.with().ifPresent(w -> a.withs.analyze(scope, w, q));
        NamespaceItem target = target(scope, d.relation(), RequiredPermission.Mode.DELETE, d.relation().inherit());
        scope.namespace.add(target);
        q.command = Query.Command.DELETE;
        q.targetRelation = target.rangeIndex;
        target.lateralOnly = true;
        target.lateralOk = false;
        var items = a.from.analyze(scope, d.using());
        Optional<Expr> where = d.where().map(w -> a.selects.condition(scope, w, ExprKind.WHERE));
        q.returning = a.returnings.analyze(scope, d.returning(), scope.targetRelation.orElseThrow());
        q.from = new RangeEntry.FromExpr(items, where);
        finish(scope, q);
        return q.build();
    }

    void finish(Scope scope, QueryBuilder q) {
        a.selects.take(scope, q);
        a.selects.collate(q);
    }
}
