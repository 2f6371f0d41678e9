package org.gajah.exec;

import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.catalog.Trigger;
import org.gajah.plan.Plan;
import org.gajah.table.RowLayout;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/**
 * UPDATE and DELETE. Rows are changed in portions of the child's batches; one that somebody has changed meanwhile is looked at
 * again on its own, after the results of those before it have been handed out.
 */
final class ChangeOperator extends ModifyOperator {
    private final Operator child;
    private final Frame frame;
    private final int tidColumn;
    private final Optional<RowBuilder> builder;
    private final Supplier<RowBuilder> secondBuilder;
    private final RowWriter writer;
    private final RowChanger changer;
    private final ForeignKeyChecks foreignKeys;
    private final Recheck recheck;
    private final Returning returning;
    private final ChangeTriggers triggers;
    private Optional<RowBuilder> second = Optional.empty();
    private Batch batch = Vectors.nothing();
    private Batch old = Vectors.nothing();
    private Batch rows = Vectors.nothing();
    private LongVector tids = new LongVector(1);
    private Selection todo = new Selection(1);
    private Selection affected = new Selection(1);
    private final Selection one = new Selection(1);
    private int position;
    private final Trigger.Event event;

    /** Without a builder it deletes; the second one is for rows that are looked at again. */
    ChangeOperator(Operator child, Frame frame, int tidColumn, Optional<RowBuilder> builder, Supplier<RowBuilder> secondBuilder, RowWriter writer,
            ForeignKeyChecks foreignKeys, Recheck recheck, Returning returning, ChangeTriggers triggers) {
        this.child = child;
        this.frame = frame;
        this.tidColumn = tidColumn;
        this.builder = builder;
        this.secondBuilder = secondBuilder;
        this.writer = writer;
        this.changer = RowChanger.of(frame, writer, builder.map(RowBuilder::attributes).orElse(new int[0]), triggers);
        this.triggers = triggers;
        this.event = builder.isPresent() ? Trigger.Event.UPDATE : Trigger.Event.DELETE;
        this.foreignKeys = foreignKeys;
        this.recheck = recheck;
        this.returning = returning;
    }

    @Override
    void start() {
        resetProcessed();
        foreignKeys.begin();
        triggers.begin();
        child.open();
        todo.clear();
        position = 0;
    }

    @Override
    Batch produce(int max) {
        while (true) {
            if (position == todo.count() && !fetch(Math.min(frame.rowsToWrite(), returning.isEmpty() ? BatchSize.MAX : max))) {
                triggers.end();
                return Vectors.nothing();
            }
            affected.clear();
            Batch alone = Vectors.nothing();
            while (position < todo.count() && alone.count() == 0) {
                int row = todo.rows[position];
                RowChanger.Result result = change(frame.context().snapshot(), tids.values[row], rows, old, row);
                switch (result) {
                    case DONE -> {
                        affected.add(row);
                        position++;
                    }
                    case OWN, GONE -> position++;
                    case CHANGED -> {
                        if (affected.count() > 0 && !returning.isEmpty()) {
                            changed(rows, old, affected);
                            Batch results = results(batch, rows, old, tids, affected);
                            affected.clear();
                            if (results.count() > 0) {
                                return results;
                            }
                        }
                        position++;
                        alone = again(row);
                    }
                }
            }
            changed(rows, old, affected);
            if (alone.count() > 0) {
                return alone;
            }
            if (affected.count() > 0 && !returning.isEmpty()) {
                Batch results = results(batch, rows, old, tids, affected);
                if (results.count() > 0) {
                    return results;
                }
            }
        }
    }

    private void changed(Batch newRows, Batch oldRows, Selection done) {
        countProcessed(done.count());
        triggers.after(event, builder.isPresent() ? newRows : Vectors.nothing(), oldRows, done);
    }

    private Batch results(Batch from, Batch newRows, Batch oldRows, LongVector places, Selection done) {
        returning.begin(from);
        returning.whole(Plan.Modify.OLD, oldRows, places);
        if (builder.isPresent()) {
            returning.whole(Plan.Modify.NEW, newRows, places);
            returning.whole(Plan.Modify.ROW, newRows, places);
            returning.check(done);
        } else {
            returning.absent(Plan.Modify.NEW, oldRows, done);
            returning.whole(Plan.Modify.ROW, oldRows, places);
        }
        return returning.results(done);
    }

    /** Changes a row, if the triggers before it do not forbid it. */
    private RowChanger.Result change(Snapshot snapshot, long tid, Batch newRows, Batch oldRows, int row) {
        boolean update = builder.isPresent();
        if (triggers.hasBeforeRow()) {
            RowChanger.Result found = changer.lock(snapshot, tid, !update);
            if (found == RowChanger.Result.OWN) {
                triggers.requireOwn(changer.ownCommand(), true);
            }
            if (found != RowChanger.Result.DONE) {
                return found;
            }
            if (!triggers.before(event, update ? newRows : Vectors.nothing(), oldRows, row)) {
                return RowChanger.Result.OWN;
            }
            if (update) {
                one.rows[0] = row;
                one.setCount(1);
                writer.prepare(newRows, one, Kind.UPDATE);
            }
        }
        RowChanger.Result result = write(snapshot, tid, newRows, oldRows, row);
        if (result == RowChanger.Result.OWN) {
            triggers.requireOwn(changer.ownCommand(), update);
        }
        if (result == RowChanger.Result.DONE) {
            triggers.wrote();
        }
        return result;
    }

    private RowChanger.Result write(Snapshot snapshot, long tid, Batch newRows, Batch oldRows, int row) {
        if (builder.isEmpty()) {
            RowChanger.Result result = changer.delete(snapshot, tid, oldRows, row);
            if (result == RowChanger.Result.DONE) {
                foreignKeys.deleted(oldRows, row);
            }
            return result;
        }
        RowChanger.Result result = changer.update(snapshot, tid, newRows, oldRows, row);
        if (result == RowChanger.Result.DONE) {
            foreignKeys.updated(newRows, oldRows, row, tid);
        }
        return result;
    }

    /** Takes the next rows of the child: reads what they are and computes what they become. */
    private boolean fetch(int max) {
        frame.checkCancelled();
        batch = child.next(max);
        position = 0;
        todo = Kernel.scratch(todo, batch);
        affected = Kernel.scratch(affected, batch);
        todo.clear();
        if (batch.count() == 0) {
            return false;
        }
        Table table = writer.table();
        RowLayout layout = table.layout();
        int capacity = batch.selection().rows.length;
        if (old.columnCount() != layout.size() || old.selection().rows.length < capacity) {
            old = layout.batch(all(layout), capacity);
            tids = new LongVector(capacity);
        }
        old.reset();
        LongVector places = (LongVector) batch.column(tidColumn);
        for (int i = 0; i < batch.count(); i++) {
            int row = batch.selection().rows[i];
            if (!places.isNull(row) && table.fetch(frame.context().snapshot(), places.values[row], all(layout), old, row)) {
                tids.values[row] = places.values[row];
                todo.add(row);
            }
        }
        if (builder.isPresent()) {
            rows = builder.get().build(layout, batch, todo, old);
            if (!triggers.hasBeforeRow()) {
                writer.prepare(rows, todo, Kind.UPDATE);
            }
        }
        return true;
    }

    private static int[] all(RowLayout layout) {
        return java.util.stream.IntStream.range(0, layout.size()).toArray();
    }

    /** The newest version of a row that was changed by others, if the conditions still hold for it; gives its results. */
    private Batch again(int row) {
        Table table = writer.table();
        Batch alone = recheck.copy(batch, row);
        Batch present = table.layout().batch(all(table.layout()), 1);
        LongVector place = new LongVector(1);
        place.put(0, tids.values[row]);
        while (true) {
            Snapshot newer = frame.context().transaction().acquireSnapshot();
            try {
                present.reset();
                if (!recheck.refresh(alone, table, newer, place.values[0]) || !recheck.holds(alone)
                        || !table.fetch(newer, place.values[0], all(table.layout()), present, 0)) {
                    return Vectors.nothing();
                }
                present.selection().all(1);
                Batch changed = present;
                if (builder.isPresent()) {
                    if (second.isEmpty()) {
                        second = Optional.of(secondBuilder.get());
                    }
                    changed = second.get().build(table.layout(), alone, alone.selection(), present);
                    if (!triggers.hasBeforeRow()) {
                        writer.prepare(changed, alone.selection(), Kind.UPDATE);
                    }
                }
                switch (change(newer, place.values[0], changed, present, 0)) {
                    case DONE -> {
                        changed(changed, present, alone.selection());
                        return returning.isEmpty() ? Vectors.nothing() : results(alone, changed, present, place, alone.selection());
                    }
                    case OWN, GONE -> {
                        return Vectors.nothing();
                    }
                    case CHANGED -> frame.checkCancelled();
                }
            } finally {
                frame.context().transaction().releaseSnapshot(newer);
            }
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
