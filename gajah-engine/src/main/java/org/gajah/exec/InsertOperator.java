package org.gajah.exec;

import java.util.Optional;

import org.gajah.catalog.Trigger;
import org.gajah.plan.Plan;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** INSERT, also with ON CONFLICT. */
final class InsertOperator extends ModifyOperator {
    private final Operator child;
    private final Frame frame;
    private final RowBuilder builder;
    private final RowWriter writer;
    private final ForeignKeyChecks foreignKeys;
    private final Optional<ConflictResolver> conflicts;
    private final Returning returning;
    private final ChangeTriggers triggers;
    private LongVector tids = new LongVector(1);

    InsertOperator(Operator child, Frame frame, RowBuilder builder, RowWriter writer, ForeignKeyChecks foreignKeys,
            Optional<ConflictResolver> conflicts, Returning returning, ChangeTriggers triggers) {
        this.child = child;
        this.frame = frame;
        this.builder = builder;
        this.writer = writer;
        this.foreignKeys = foreignKeys;
        this.conflicts = conflicts;
        this.returning = returning;
        this.triggers = triggers;
    }

    @Override
    void start() {
        resetProcessed();
        foreignKeys.begin();
        triggers.begin();
        child.open();
    }

    @Override
    Batch produce(int max) {
        while (true) {
            Batch batch = child.next(Math.min(frame.rowsToWrite(), returning.isEmpty() ? BatchSize.MAX : max));
            if (batch.count() == 0) {
                triggers.end();
                return Vectors.nothing();
            }
            frame.checkCancelled();
            Batch rows = builder.build(writer.table().layout(), batch, batch.selection());
            if (triggers.hasBeforeRow() && !triggers.before(Trigger.Event.INSERT, rows, Vectors.nothing(), rows.selection().rows[0])) {
                continue;
            }
            Batch results = conflicts.isPresent() ? resolve(batch, rows) : insert(batch, rows);
            if (results.count() > 0) {
                return results;
            }
        }
    }

    private Batch insert(Batch batch, Batch rows) {
        long[] inserted = writer.insert(rows);
        Selection selection = rows.selection();
        countProcessed(selection.count());
        foreignKeys.inserted(rows, selection, inserted);
        triggers.wrote();
        triggers.after(Trigger.Event.INSERT, rows, Vectors.nothing(), selection);
        if (returning.isEmpty()) {
            return Vectors.nothing();
        }
        if (tids.capacity() < selection.rows.length) {
            tids = new LongVector(selection.rows.length);
        }
        for (int i = 0; i < selection.count(); i++) {
            tids.put(selection.rows[i], inserted[i]);
        }
        returning.begin(batch);
        returning.whole(Plan.Modify.NEW, rows, tids);
        returning.whole(Plan.Modify.ROW, rows, tids);
        returning.absent(Plan.Modify.OLD, rows, selection);
        returning.check(selection);
        return returning.results(selection);
    }

    private Batch resolve(Batch batch, Batch rows) {
        ConflictResolver resolver = conflicts.orElseThrow();
        resolver.insert(batch, rows);
        countProcessed(resolver.affected().count());
        if (returning.isEmpty() || resolver.affected().count() == 0) {
            return Vectors.nothing();
        }
        returning.begin(batch);
        returning.whole(Plan.Modify.NEW, resolver.newRows(), resolver.tids());
        returning.whole(Plan.Modify.ROW, resolver.newRows(), resolver.tids());
        returning.whole(Plan.Modify.OLD, resolver.oldRows(), resolver.oldTids());
        returning.resolved();
        returning.check(resolver.affected());
        return returning.results(resolver.affected());
    }

    @Override
    public void close() {
        child.close();
    }
}
