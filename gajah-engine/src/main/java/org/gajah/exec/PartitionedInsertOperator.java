package org.gajah.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.gajah.catalog.Trigger;
import org.gajah.plan.Plan;
import org.gajah.table.RowLayout;
import org.gajah.vector.Batch;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** INSERT into a partitioned table, also with ON CONFLICT. */
final class PartitionedInsertOperator extends ModifyOperator {
    private final Operator child;
    private final Frame frame;
    private final RowBuilder builder;
    private final RowLayout layout;
    private final PartitionedWriter writer;
    private final ChangeTriggers statement;
    private final Returning returning;
    private final Optional<PartitionConflicts> conflicts;
    private final Deque<PartitionedWriter.Group> waiting = new ArrayDeque<>();
    private Batch batch = Vectors.nothing();
    private Batch rows = Vectors.nothing();
    private LongVector tids = new LongVector(1);
    private IntVector tables = new IntVector(1);

    PartitionedInsertOperator(Operator child, Frame frame, RowBuilder builder, RowLayout layout, PartitionedWriter writer, ChangeTriggers statement,
            Returning returning, Optional<PartitionConflicts> conflicts) {
        this.child = child;
        this.frame = frame;
        this.builder = builder;
        this.layout = layout;
        this.writer = writer;
        this.statement = statement;
        this.returning = returning;
        this.conflicts = conflicts;
    }

    @Override
    void start() {
        resetProcessed();
        statement.begin();
        waiting.clear();
        child.open();
    }

    @Override
    Batch produce(int max) {
        while (true) {
            Batch results = waiting.isEmpty() ? Vectors.nothing() : resolve(waiting.poll());
            if (results.count() > 0) {
                return results;
            }
            if (!waiting.isEmpty()) {
                continue;
            }
            batch = child.next(Math.min(frame.rowsToWrite(), returning.isEmpty() ? BatchSize.MAX : max));
            if (batch.count() == 0) {
                writer.end();
                statement.end();
                return Vectors.nothing();
            }
            frame.checkCancelled();
            rows = builder.build(layout, batch, batch.selection());
            if (conflicts.isPresent()) {
                waiting.addAll(writer.route(rows, rows.selection()));
                continue;
            }
            results = insert();
            if (results.count() > 0) {
                return results;
            }
        }
    }

    private Batch insert() {
        int capacity = rows.selection().rows.length;
        if (tids.capacity() < capacity) {
            tids = new LongVector(capacity);
            tables = new IntVector(capacity);
        }
        Selection inserted = writer.insert(rows, rows.selection(), tids, tables);
        countProcessed(inserted.count());
        statement.after(Trigger.Event.INSERT, rows, Vectors.nothing(), inserted);
        if (returning.isEmpty() || inserted.count() == 0) {
            return Vectors.nothing();
        }
        returning.begin(batch);
        returning.whole(Plan.Modify.NEW, rows, tids, tables);
        returning.whole(Plan.Modify.ROW, rows, tids, tables);
        returning.absent(Plan.Modify.OLD, rows, inserted);
        returning.check(inserted);
        return returning.results(inserted);
    }

    private Batch resolve(PartitionedWriter.Group group) {
        Optional<PartitionConflicts.Outcome> outcome = conflicts.orElseThrow().resolve(group, batch, rows);
        outcome.ifPresent(o -> countProcessed(o.affected().count()));
        return outcome.isEmpty() || returning.isEmpty() ? Vectors.nothing() : results(outcome.get());
    }

    private Batch results(PartitionConflicts.Outcome outcome) {
        Selection affected = outcome.affected();
        IntVector table = new IntVector(affected.rows[affected.count() - 1] + 1);
        java.util.Arrays.fill(table.values, outcome.partition().oid());
        returning.begin(batch);
        returning.whole(Plan.Modify.NEW, outcome.newRows(), outcome.tids(), table);
        returning.whole(Plan.Modify.ROW, outcome.newRows(), outcome.tids(), table);
        returning.whole(Plan.Modify.OLD, outcome.oldRows(), outcome.oldTids(), table);
        returning.resolved();
        returning.check(affected);
        return returning.results(affected);
    }

    @Override
    public void close() {
        child.close();
        writer.close();
    }
}
