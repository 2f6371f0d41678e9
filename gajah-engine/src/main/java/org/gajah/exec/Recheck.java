package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.plan.Plan;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;

/**
 * READ COMMITTED's second look at a row that somebody has changed since the snapshot: the child's row with the table's
 * columns replaced by the newest version's, if the query's conditions still hold for it.
 */
final class Recheck {
    private final List<Carrier> childCarriers;
    private final int[] childColumns;
    private final int[] attributes;
    private final Optional<Kernel> condition;
    private Optional<Batch> newest = Optional.empty();

    Recheck(List<Carrier> childCarriers, List<Plan.TargetColumn> targets, Optional<Kernel> condition) {
        this.childCarriers = childCarriers;
        List<Plan.TargetColumn> stored = targets.stream().filter(target -> target.attribute() > 0).toList();
        this.childColumns = stored.stream().mapToInt(Plan.TargetColumn::column).toArray();
        this.attributes = stored.stream().mapToInt(target -> target.attribute() - 1).toArray();
        this.condition = condition;
    }

    /** A copy of a child's row, alone in a batch. */
    Batch copy(Batch child, int row) {
        return copy(childCarriers, child, row);
    }

    static Batch copy(List<Carrier> childCarriers, Batch child, int row) {
        Batch alone = Batch.of(childCarriers, 1);
        for (int c = 0; c < childCarriers.size(); c++) {
            alone.column(c).copyFrom(child.column(c), row, 0);
        }
        alone.selection().all(1);
        return alone;
    }

    /** Replaces the table's columns by what {@code snapshot} sees at {@code tid}; false if there is no row. */
    boolean refresh(Batch alone, Table table, Snapshot snapshot, long tid) {
        if (newest.isEmpty()) {
            newest = Optional.of(table.layout().batch(attributes, 1));
        }
        Batch fresh = newest.get();
        fresh.reset();
        if (!table.fetch(snapshot, tid, attributes, fresh, 0)) {
            return false;
        }
        for (int i = 0; i < childColumns.length; i++) {
            alone.column(childColumns[i]).reset();
            alone.column(childColumns[i]).copyFrom(fresh.column(i), 0, 0);
        }
        return true;
    }

    /** Whether the conditions hold for a refreshed row. */
    boolean holds(Batch alone) {
        if (condition.isEmpty()) {
            return true;
        }
        Selection kept = new Selection(1);
        condition.get().select(alone, alone.selection(), kept);
        return kept.count() > 0;
    }
}
