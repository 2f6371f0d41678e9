package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Merge;
import org.gajah.catalog.Relation;

/** MERGE. */
final class Merges {
    private final Analysis a;

    Merges(Analysis analysis) {
        a = analysis;
    }

    Query analyze(Scope scope, Merge m) {
        QueryBuilder q = new QueryBuilder();
        m.with().ifPresent(w -> a.withs.analyze(scope, w, q));
        checkReachable(m);
        q.command = Query.Command.MERGE;
        NamespaceItem target = a.updates.target(scope, m.relation(), RequiredPermission.Mode.MERGE, m.relation().inherit());
        Relation relation = scope.targetRelation.orElseThrow();
        if (relation.kind() == 'f') {
            throw SqlError.notSupported("cannot execute MERGE on relation \"" + relation.name() + "\"")
                    .detail("This operation is not supported for foreign tables.");
        }
        if (relation.kind() != 'r' && relation.kind() != 'p' && relation.kind() != 'v') {
            throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot execute MERGE on relation \"" + relation.name() + "\"");
        }
        q.targetRelation = target.rangeIndex;
        FromClause.Part source = a.from.item(scope, m.source());
        for (NamespaceItem item : source.namespace()) {
            if (item.relationVisible && item.alias.equals(target.alias)) {
                throw new SqlError(SqlState.DUPLICATE_ALIAS, "name \"" + item.alias + "\" specified more than once")
                        .detail("The name is used both as MERGE target table and data source.");
            }
        }
        List<NamespaceItem> both = new ArrayList<>(List.of(target));
        both.addAll(source.namespace());
        FromClause.lateral(both, false, true);
        scope.namespace = both;
        Expr on = a.coercer.coerceToBoolean(a.expressions.analyze(scope, m.condition(), ExprKind.JOIN_ON), "MERGE/ON");
        List<Query.MergeAction> actions = new ArrayList<>();
        for (Merge.When when : m.whens()) {
            scope.namespace = switch (when.match()) {
                case MATCHED -> both;
                case NOT_MATCHED_BY_SOURCE -> List.of(target);
                case NOT_MATCHED_BY_TARGET -> source.namespace();
            };
            actions.add(action(scope, when, relation, target));
        }
        scope.namespace = new ArrayList<>(source.namespace());
        scope.namespace.add(target);
        q.returning = a.returnings.analyze(scope, m.returning(), relation);
        q.mergeActions = actions;
        q.from = new RangeEntry.FromExpr(List.of(source.tree()), Optional.of(on));
        a.updates.finish(scope, q);
        return q.build();
    }

    private static void checkReachable(Merge m) {
        List<Merge.MatchKind> unconditional = new ArrayList<>();
        for (Merge.When when : m.whens()) {
            if (unconditional.contains(when.match())) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "unreachable WHEN clause specified after unconditional WHEN clause");
            }
            if (when.condition().isEmpty()) {
                unconditional.add(when.match());
            }
        }
    }

    private Query.MergeAction action(Scope scope, Merge.When when, Relation relation, NamespaceItem target) {
        Optional<Expr> condition = when.condition().map(c -> a.collations.assign(a.coercer.coerceToBoolean(
                a.expressions.analyze(scope, c, ExprKind.MERGE_WHEN), "WHEN")));
        Query.MergeAction.MatchKind match = Query.MergeAction.MatchKind.valueOf(when.match().name());
        return switch (when.action()) {
            case Merge.Action.MergeUpdate u -> {
                a.permissions.require(relation.oid(), RequiredPermission.Mode.UPDATE, 0);
                List<TargetEntry> set = a.assignments.set(scope, relation, target, u.assignments());
                yield new Query.MergeAction(match, Query.Command.UPDATE, false, condition,
                        a.selects.collated(a.assignments.withLinks(scope, set)), Query.Overriding.NONE);
            }
            case Merge.Action.MergeDelete ignored -> {
                a.permissions.require(relation.oid(), RequiredPermission.Mode.DELETE, 0);
                yield new Query.MergeAction(match, Query.Command.DELETE, false, condition, List.of(), Query.Overriding.NONE);
            }
            case Merge.Action.MergeInsert i -> {
                a.permissions.require(relation.oid(), RequiredPermission.Mode.INSERT, 0);
                List<Inserts.Into> columns = a.inserts.columns(relation, i.columns());
                List<TargetEntry> row = i.values().isEmpty() ? List.of()
                        : a.inserts.mergeRow(scope, i.values(), columns, !i.columns().isEmpty());
                yield new Query.MergeAction(match, Query.Command.INSERT, false, condition, a.selects.collated(row),
                        Inserts.overriding(i.overriding()));
            }
            case Merge.Action.DoNothing ignored -> new Query.MergeAction(match, Query.Command.SELECT, true, condition, List.of(),
                    Query.Overriding.NONE);
        };
    }
}
