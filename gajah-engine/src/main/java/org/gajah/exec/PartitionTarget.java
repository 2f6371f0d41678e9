package org.gajah.exec;

import java.util.EnumSet;
import java.util.Optional;

import org.gajah.catalog.Relation;
import org.gajah.catalog.Trigger;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;

/**
 * What writing to one table takes that a statement changes by the name of a partitioned table above it.
 *
 * @param fits  whether rows still belong to it, as seen from the named table
 * @param down  from the named table's columns to its own, {@code up} the other way
 */
record PartitionTarget(Relation relation, RowWriter writer, ForeignKeyChecks foreignKeys, ChangeTriggers triggers, PartitionCheck fits,
        ColumnMap down, ColumnMap up, Optional<BulkEntries> entries) {

    /** A row that has gone to a foreign partition is what its server says, alone in its batch. */
    void takeBack(Batch moved, Batch own, Selection alone) {
        Batch back = down.apply(moved, alone);
        for (int i = 0; i < own.columnCount(); i++) {
            own.setColumn(i, back.column(i));
        }
    }

    static PartitionTarget of(CompileContext context, Frame frame, Relation root, Relation partition, EnumSet<Trigger.Event> events, int[] assigned,
            boolean bulk, PolicyChecks policies) {
        RowWriter writer = new RowWriter(context, frame, partition, root, policies);
        ColumnMap down = ColumnMap.of(root, partition, context);
        int[] own = java.util.Arrays.stream(assigned).map(down::target).toArray();
        ChangeTriggers triggers = ChangeTriggers.ofRows(context, frame, partition, events, own);
        boolean sorted = bulk && !triggers.hasBeforeRow() && !writer.indexes().isEmpty();
        return new PartitionTarget(partition, writer, new ForeignKeyChecks(context, frame, partition), triggers,
                new PartitionCheck(context, frame, partition, 0), down, ColumnMap.of(partition, root, context),
                sorted ? Optional.of(new BulkEntries(writer)) : Optional.empty());
    }
}
