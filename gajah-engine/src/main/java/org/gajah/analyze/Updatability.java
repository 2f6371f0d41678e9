package org.gajah.analyze;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;

/** What can be changed through a table or view: the bits of {@code pg_relation_is_updatable}. */
public final class Updatability {
    public static final int UPDATE = 4;
    public static final int INSERT = 8;
    public static final int DELETE = 16;

    private final Analysis a;
    private final boolean withTriggers;

    /** {@code withTriggers}: what INSTEAD OF triggers do counts too. */
    public Updatability(AnalyzeContext context, boolean withTriggers) {
        a = new Analysis(context);
        this.withTriggers = withTriggers;
    }

    /** Why a view of this query cannot be changed, in PostgreSQL's words. */
    public static Optional<String> obstacle(Query view) {
        return UpdatableView.obstacle(view);
    }

    /** The changes that a relation takes, if they are about some of these columns or, where none are given, any. */
    public int of(int oid, Optional<Set<Integer>> columns) {
        a.guard.enter();
        int events = a.catalog.relation(oid).map(r -> events(r, columns)).orElse(0);
        a.guard.leave();
        return events;
    }

    private static int triggers(Relation relation) {
        return (InsteadOf.has(relation, Trigger.Event.INSERT) ? INSERT : 0) | (InsteadOf.has(relation, Trigger.Event.UPDATE) ? UPDATE : 0)
                | (InsteadOf.has(relation, Trigger.Event.DELETE) ? DELETE : 0);
    }

    private int events(Relation relation, Optional<Set<Integer>> columns) {
        if (relation.kind() == 'r' || relation.kind() == 'p') {
            return UPDATE | INSERT | DELETE;
        }
        int triggers = withTriggers ? triggers(relation) : 0;
        Optional<Query> body = relation.kind() == 'v' ? a.catalog.viewQuery(relation.oid()).map(a.stored::view) : Optional.empty();
        if (body.isEmpty() || obstacle(body.get()).isPresent()) {
            return triggers;
        }
        int base = UpdatableView.base(body.get());
        List<TargetEntry> targets = body.get().targets().stream().filter(t -> !t.junk()).toList();
        Set<Integer> changed = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            boolean asked = columns.isEmpty() || columns.get().contains(i + 1);
            if (asked && targets.get(i).expr() instanceof Expr.Var v && v.rangeIndex() == base && v.attribute() > 0) {
                changed.add(v.attribute());
            }
        }
        int own = changed.isEmpty() ? DELETE : UPDATE | INSERT | DELETE;
        return triggers | own & of(((RangeEntry.Relation) body.get().rangeTable().get(base)).oid(), Optional.of(changed));
    }
}
