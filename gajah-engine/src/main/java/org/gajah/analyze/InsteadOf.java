package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.type.Oids;

/**
 * A change of a view by the view's INSTEAD OF triggers. The view stays the target and is at the same time read as the subquery that it stands for;
 * of a MERGE it has one more column, which is true where there is a row.
 */
final class InsteadOf {
    private final Analysis a;

    InsteadOf(Analysis analysis) {
        a = analysis;
    }

    /** Whether the view has triggers for all that the statement does. */
    static boolean handles(Relation view, Query query) {
        return query.command() != Query.Command.MERGE ? has(view, query.command())
                : query.mergeActions().stream().filter(action -> !action.nothing()).allMatch(action -> has(view, action.command()));
    }

    private static boolean has(Relation view, Query.Command command) {
        return has(view, Trigger.Event.valueOf(command.name()));
    }

    /** Whether the view has a trigger in place of an event, enabled or not. */
    static boolean has(Relation view, Trigger.Event event) {
        return view.triggers().stream().anyMatch(t -> t.timing() == Trigger.Timing.INSTEAD_OF && t.firesAt(event));
    }

    /** The statement with the defaults of the view's columns; others that DEFAULT stands for are null. */
    Query prepare(Query query, Relation view) {
        if (query.onConflict().filter(c -> c.update() || !c.arbiters().isEmpty()).isPresent()) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE,
                    "there is no unique or exclusion constraint matching the ON CONFLICT specification");
        }
        Query q = new ColumnDefaults(a).ofView(query, view);
        QueryBuilder made = new QueryBuilder(q);
        made.targets = withoutDefaults(q.targets());
        made.mergeActions = q.mergeActions().stream().map(m -> new Query.MergeAction(m.match(), m.command(), m.nothing(), m.condition(),
                withoutDefaults(m.targets()), m.overriding())).toList();
        return made.build();
    }

    private static List<TargetEntry> withoutDefaults(List<TargetEntry> targets) {
        return targets.stream().filter(t -> t.junk() || !(t.expr() instanceof Expr.SetToDefault)).toList();
    }

    /** Gives the view that a MERGE reads the column that says whether there is a row. */
    static Query marked(Query query) {
        if (query.command() != Query.Command.MERGE) {
            return query;
        }
        RangeEntry.Subquery view = (RangeEntry.Subquery) query.rangeTable().get(query.targetRelation());
        QueryBuilder body = new QueryBuilder(view.query());
        List<TargetEntry> targets = new ArrayList<>(view.query().targets().stream().filter(t -> !t.junk()).toList());
        targets.add(TargetEntry.of(new Expr.Const(Oids.BOOL, -1, 0, true, 0), "", targets.size() + 1));
        view.query().targets().stream().filter(TargetEntry::junk).forEach(targets::add);
        body.targets = targets;
        List<String> names = new ArrayList<>(view.columnNames());
        names.add("");
        QueryBuilder made = new QueryBuilder(query);
        made.rangeTable = new ArrayList<>(query.rangeTable());
        made.rangeTable.set(query.targetRelation(), new RangeEntry.Subquery(body.build(), view.view(), view.alias(), names, view.lateral()));
        return made.build();
    }
}
