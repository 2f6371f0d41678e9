package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.gajah.analyze.Expr;
import org.gajah.analyze.Query;
import org.gajah.analyze.QueryBuilder;
import org.gajah.analyze.RangeEntry;
import org.gajah.analyze.TargetEntry;
import org.gajah.type.Oids;
import org.gajah.vector.Carrier;

/**
 * A cursor's query with the ctids of its tables' rows behind its own columns, which is how WHERE CURRENT OF knows the cursor's row; for a
 * partitioned table also the partition's oid. Tables that are not locked count only in a plain scan of one of them.
 *
 * @param query  the query with the further columns
 * @param tables the tables, in the order of these columns
 * @param locked whether the query has FOR UPDATE or its like
 */
record CursorPlaces(Query query, List<Table> tables, boolean locked) {
    private static final int CTID = -1;
    private static final int TABLE_OID = -6;

    /** A table of the query; its ctid is the further column of this number, and the partition's oid, if it is partitioned, the next. */
    record Table(int oid, int column, boolean partitioned) {
    }

    static CursorPlaces of(Query q) {
        List<Integer> entries = q.command() == Query.Command.SELECT && isPlain(q) ? entries(q) : List.of();
        List<TargetEntry> targets = new ArrayList<>(q.targets());
        List<Table> tables = new ArrayList<>();
        for (int entry : entries) {
            RangeEntry.Relation table = (RangeEntry.Relation) q.rangeTable().get(entry);
            tables.add(new Table(table.oid(), targets.size() - q.targets().size(), table.kind() == 'p'));
            targets.add(TargetEntry.of(new Expr.Var(entry, CTID, Oids.TID, -1, 0, 0, 0), "ctid", targets.size() + 1));
            if (table.kind() == 'p') {
                targets.add(TargetEntry.of(new Expr.Var(entry, TABLE_OID, Oids.OID, -1, 0, 0, 0), "tableoid", targets.size() + 1));
            }
        }
        if (tables.isEmpty()) {
            return new CursorPlaces(q, List.of(), !q.rowMarks().isEmpty());
        }
        QueryBuilder changed = new QueryBuilder(q);
        changed.targets = targets;
        return new CursorPlaces(changed.build(), List.copyOf(tables), !q.rowMarks().isEmpty());
    }

    /** The carriers of the further columns. */
    List<Carrier> carriers() {
        List<Carrier> carriers = new ArrayList<>();
        for (Table table : tables) {
            carriers.add(Carrier.LONG);
            if (table.partitioned) {
                carriers.add(Carrier.INT);
            }
        }
        return carriers;
    }

    private static boolean isPlain(Query q) {
        return q.setOperation().isEmpty() && !q.hasAggregates() && !q.hasWindows() && q.groupBy().isEmpty() && q.distinct().isEmpty()
                && q.groupingSets().isEmpty() && q.having().isEmpty();
    }

    private static List<Integer> entries(Query q) {
        if (!q.rowMarks().isEmpty()) {
            return q.rowMarks().stream().map(Query.RowMark::rangeIndex).filter(i -> isTable(q, i)).toList();
        }
        boolean single = q.rangeTable().size() == 1 && q.orderBy().isEmpty();
        return single ? IntStream.range(0, 1).boxed().filter(i -> isTable(q, i)).toList() : List.of();
    }

    private static boolean isTable(Query q, int entry) {
        return q.rangeTable().get(entry) instanceof RangeEntry.Relation r && (r.kind() == 'r' || r.kind() == 'p');
    }
}
