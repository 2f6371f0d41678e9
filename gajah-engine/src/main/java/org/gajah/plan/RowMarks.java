package org.gajah.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Exprs;
import org.gajah.analyze.Query;
import org.gajah.analyze.RangeEntry;

/**
 * Plans FOR UPDATE and its kin: rows are locked in their final order, before the output is computed from them (a row that changed
 * meanwhile is read again) and before LIMIT counts them.
 */
final class RowMarks {
    private final QueryPlanner level;
    private final List<Query.RowMark> marks;

    RowMarks(QueryPlanner level) {
        this.level = level;
        this.marks = level.query().rowMarks().stream()
                .filter(m -> level.query().rangeTable().get(m.rangeIndex()) instanceof RangeEntry.Relation r && r.kind() != 'f').toList();
    }

    /** How the rows of foreign tables are to be locked there, by range table entry. */
    static Map<Integer, String> foreignLocks(Query query) {
        Map<Integer, String> locks = new HashMap<>();
        boolean changes = query.command() == Query.Command.UPDATE || query.command() == Query.Command.DELETE;
        if (changes && query.rangeTable().get(query.targetRelation()) instanceof RangeEntry.Relation r && mayBeForeign(r)) {
            locks.put(query.targetRelation(), "FOR UPDATE");
        }
        for (Query.RowMark m : query.rowMarks()) {
            if (query.rangeTable().get(m.rangeIndex()) instanceof RangeEntry.Relation r && mayBeForeign(r)) {
                boolean shared = m.strength() == Query.RowMark.Strength.SHARE || m.strength() == Query.RowMark.Strength.KEY_SHARE;
                locks.put(m.rangeIndex(), shared ? "FOR SHARE" : "FOR UPDATE");
            }
        }
        return locks;
    }

    /** Rows of a partitioned table may be in foreign partitions. */
    private static boolean mayBeForeign(RangeEntry.Relation r) {
        return r.kind() == 'f' || r.kind() == 'p';
    }

    boolean isEmpty() {
        return marks.isEmpty();
    }

    /** Makes FROM carry the places of the rows to lock; to be called before it is planned. */
    void need() {
        for (Query.RowMark m : marks) {
            level.needAlso(tid(m.rangeIndex()));
            if (level.query().rangeTable().get(m.rangeIndex()) instanceof RangeEntry.Relation r && r.kind() == 'p') {
                level.needAlso(tableOid(m.rangeIndex()));
            }
        }
    }

    static Expr.Var tid(int range) {
        return new Expr.Var(range, -1, 27, -1, 0, 0, 0);
    }

    static Expr.Var tableOid(int range) {
        return new Expr.Var(range, -6, 26, -1, 0, 0, 0);
    }

    /** Sorts the rows and locks them. */
    Rel lock(Rel input, List<Expr> targets) {
        List<Expr> keys = level.query().orderBy().stream()
                .map(s -> targets.get(QueryPlanner.indexOf(level.query().targets(), s.reference()))).toList();
        Rel rel = GroupPlanner.withColumns(input, keys);
        if (!keys.isEmpty()) {
            List<SortKey> order = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                var clause = level.query().orderBy().get(i);
                order.add(new SortKey(rel.outputs().indexOf(keys.get(i)), clause.descending(), clause.nullsFirst(), keys.get(i).collation()));
            }
            rel = rel.withPlan(new Plan.Sort(Costs.blocking(rel.plan(), rel.rows(), Costs.sort(rel.rows()) / rel.rows()), rel.plan(), order, 0));
        }
        List<Plan.LockMark> locks = new ArrayList<>();
        for (Query.RowMark mark : marks) {
            RangeEntry.Relation entry = (RangeEntry.Relation) level.query().rangeTable().get(mark.rangeIndex());
            level.statement().use(entry.oid(), RelationUse.Access.ROW_LOCK);
            level.statement().usePartitions(entry.oid(), RelationUse.Access.ROW_LOCK, false);
            locks.add(new Plan.LockMark(entry.oid(), rel.outputs().indexOf(tid(mark.rangeIndex())), mark.strength(), mark.waitPolicy(),
                    targetColumns(rel, mark.rangeIndex())));
        }
        Rel sorted = rel;
        List<Expr> conditions = new ArrayList<>();
        marks.forEach(m -> conditions.addAll(level.security(m.rangeIndex())));
        conditions.addAll(level.allConditions());
        return rel.withPlan(new Plan.LockRows(rel.plan().estimate(), rel.plan(), locks,
                Conditions.and(recheckable(conditions, sorted)).map(sorted::place)));
    }

    /** The columns of a rel that are columns of a table. */
    static List<Plan.TargetColumn> targetColumns(Rel rel, int range) {
        List<Plan.TargetColumn> columns = new ArrayList<>();
        for (int i = 0; i < rel.outputs().size(); i++) {
            if (rel.outputs().get(i) instanceof Expr.Var v && v.rangeIndex() == range) {
                columns.add(new Plan.TargetColumn(i, v.attribute()));
            }
        }
        return List.copyOf(columns);
    }

    /** Conditions without slots that only an inner side of a join knows; all their columns are there. */
    static List<Expr> recheckable(List<Expr> conditions, Rel rel) {
        Set<Expr> kept = new LinkedHashSet<>();
        for (Expr c : conditions) {
            if (rel.covers(c) && !Exprs.any(c, e -> e instanceof Expr.CurrentOf)) {
                kept.add(c);
            }
        }
        return List.copyOf(kept);
    }
}
