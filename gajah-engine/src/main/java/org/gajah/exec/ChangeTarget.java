package org.gajah.exec;

import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/**
 * What changing the rows of one table takes.
 *
 * @param builder       makes the new rows; without one they are deleted. {@code secondBuilder} is for rows that are looked at again
 * @param partition     of a partition whose parent the statement names
 */
record ChangeTarget(RowWriter writer, RowChanger changer, ForeignKeyChecks foreignKeys, ChangeTriggers triggers, Optional<RowBuilder> builder,
        Supplier<RowBuilder> secondBuilder, Recheck recheck, Optional<PartitionTarget> partition) {

    /** Rows with the columns of the named table. */
    Batch up(Batch rows, Selection selected) {
        return partition.isPresent() && rows.columnCount() > 0 ? partition.get().up().apply(rows, selected) : rows;
    }

    /** Whether a new row stays in the table. */
    boolean keeps(Batch rows, int row) {
        if (partition.isEmpty() || builder.isEmpty()) {
            return true;
        }
        Selection one = new Selection(row + 1);
        one.add(row);
        partition.get().fits().select(rows, one);
        return one.count() > 0;
    }

    /** Takes new rows that go elsewhere out of a selection. */
    void keep(Batch rows, Selection selected) {
        if (partition.isPresent() && builder.isPresent()) {
            partition.get().fits().select(rows, selected);
        }
    }
}
