package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.plan.Plan;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * UPDATE or DELETE of rows of a foreign partition, as the child of the change gives them. A row whose key changes stays in its partition.
 *
 * @param partition where they are
 * @param columns   of the child that have the partition's columns
 * @param tidColumn of the child
 * @param builder   makes the new rows; without one they are deleted
 */
record ForeignRowsChange(ForeignPartition partition, List<Plan.TargetColumn> columns, int tidColumn, Optional<RowBuilder> builder) {
    /** Rows before and behind the change, with the named table's columns; of those that were deleted no new ones. */
    record Changed(Batch rows, Batch old, Selection done) {
    }

    Changed change(Batch from, Selection selected) {
        Batch old = old(from, selected);
        Batch rows = builder.isPresent() ? builder.get().build(partition.layout(), from, selected, old) : Vectors.nothing();
        Batch kept = new Batch(old.columns().clone(), old.selection().rows.length);
        Selection done = partition.change(builder.isPresent(), rows, kept, from.column(tidColumn), selected);
        return new Changed(builder.isPresent() ? partition.up().apply(rows, done) : rows, partition.up().apply(kept, done), done);
    }

    private Batch old(Batch from, Selection selected) {
        Vector[] vectors = new Vector[partition.layout().size()];
        for (Plan.TargetColumn c : columns) {
            if (c.attribute() > 0) {
                vectors[c.attribute() - 1] = from.column(c.column());
            }
        }
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i] == null) {
                vectors[i] = Vector.of(partition.layout().attributes().get(i).carrier(), from.selection().rows.length);
                for (int n = 0; n < selected.count(); n++) {
                    vectors[i].setNull(selected.rows[n]);
                }
            }
        }
        Batch old = new Batch(vectors, from.selection().rows.length);
        old.selection().copyFrom(selected);
        return old;
    }
}
