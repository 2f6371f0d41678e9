package org.gajah.exec;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntFunction;

import org.gajah.analyze.Query.PolicyCheck.Kind;
import org.gajah.catalog.Trigger;
import org.gajah.plan.Plan;
import org.gajah.table.RowLayout;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.vector.Batch;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/**
 * UPDATE and DELETE. Rows are changed in portions of the child's batches; one that somebody has changed meanwhile is looked at
 * again on its own, after the results of those before it have been handed out. Rows of a partitioned table are changed where they are,
 * neighbours of one partition together, or move to another one.
 */
final class ChangeOperator extends ModifyOperator {
    private final Operator child;
    private final Frame frame;
    private final int tidColumn;
    private final int tableColumn;
    private final IntFunction<ChangeTarget> targets;
    private final IntFunction<Optional<ForeignRowsChange>> elsewhere;
    private final Returning returning;
    private final ChangeTriggers statement;
    private final Optional<PartitionedWriter> partitions;
    private final boolean update;
    private final Trigger.Event event;
    private ChangeTarget target;
    private Optional<ForeignRowsChange> there = Optional.empty();
    private Batch resultsThere = Vectors.nothing();
    private Optional<RowBuilder> second = Optional.empty();
    private Batch batch = Vectors.nothing();
    private int taken;
    private Batch old = Vectors.nothing();
    private Batch rows = Vectors.nothing();
    private LongVector tids = new LongVector(1);
    private LongVector newTids = new LongVector(1);
    private IntVector newTables = new IntVector(1);
    private final BitSet leaving = new BitSet();
    private Selection todo = new Selection(1);
    private Selection affected = new Selection(1);
    private Selection one = new Selection(1);
    private int position;
    /** The columns of a table: their indexes, which are the same for all of as many. */
    private int[] all = new int[0];

    /**
     * For one table.
     */
    ChangeOperator(Operator child, Frame frame, int tidColumn, ChangeTarget target, Returning returning) {
        this(child, frame, tidColumn, -1, oid -> target, oid -> Optional.empty(), target, target.builder().isPresent(), returning, target.triggers(),
                Optional.empty());
    }

    /**
     * For the partitions of a table, whose oids stand in {@code tableColumn}; {@code elsewhere} has those that are foreign tables, {@code statement} the
     * named table's triggers.
     */
    ChangeOperator(Operator child, Frame frame, int tidColumn, int tableColumn, IntFunction<ChangeTarget> targets,
            IntFunction<Optional<ForeignRowsChange>> elsewhere, boolean update, Returning returning, ChangeTriggers statement, PartitionedWriter partitions) {
        this(child, frame, tidColumn, tableColumn, targets, elsewhere, null, update, returning, statement, Optional.of(partitions));
    }

    private ChangeOperator(Operator child, Frame frame, int tidColumn, int tableColumn, IntFunction<ChangeTarget> targets,
            IntFunction<Optional<ForeignRowsChange>> elsewhere, ChangeTarget target, boolean update, Returning returning, ChangeTriggers statement,
            Optional<PartitionedWriter> partitions) {
        this.child = child;
        this.frame = frame;
        this.tidColumn = tidColumn;
        this.tableColumn = tableColumn;
        this.targets = targets;
        this.elsewhere = elsewhere;
        this.target = target;
        this.update = update;
        this.event = update ? Trigger.Event.UPDATE : Trigger.Event.DELETE;
        this.returning = returning;
        this.statement = statement;
        this.partitions = partitions;
    }

    @Override
    void start() {
        resetProcessed();
        if (partitions.isEmpty()) {
            target.foreignKeys().begin();
        }
        statement.begin();
        child.open();
        batch = Vectors.nothing();
        taken = 0;
        todo.clear();
        position = 0;
    }

    @Override
    Batch produce(int max) {
        while (true) {
            if (position == todo.count() && !fetch(Math.min(frame.rowsToWrite(), returning.isEmpty() ? BatchSize.MAX : max))) {
                partitions.ifPresent(p -> countProcessed(p.end()));
                statement.end();
                return Vectors.nothing();
            }
            if (resultsThere.count() > 0) {
                Batch results = resultsThere;
                resultsThere = Vectors.nothing();
                return results;
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
                    case MOVED -> throw RowChanger.moved();
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
        if (done.count() == 0) {
            return;
        }
        if (partitions.isPresent() && !statement.isEmpty()) {
            statement.after(event, update ? target.up(newRows, done) : Vectors.nothing(), target.up(oldRows, done), done);
        }
        Selection stayed = done;
        if (!leaving.isEmpty()) {
            stayed = new Selection(done.count());
            for (int i = 0; i < done.count(); i++) {
                if (!leaving.get(done.rows[i])) {
                    stayed.add(done.rows[i]);
                }
            }
        }
        target.triggers().after(event, update ? newRows : Vectors.nothing(), oldRows, stayed);
    }

    private Batch results(Batch from, Batch newRows, Batch oldRows, LongVector places, Selection done) {
        returning.begin(from);
        if (partitions.isPresent()) {
            returnMoved(newRows, oldRows, places, done);
        } else {
            returning.whole(Plan.Modify.OLD, oldRows, places);
            if (update) {
                returning.whole(Plan.Modify.NEW, newRows, places);
                returning.whole(Plan.Modify.ROW, newRows, places);
            } else {
                returning.absent(Plan.Modify.NEW, oldRows, done);
                returning.whole(Plan.Modify.ROW, oldRows, places);
            }
        }
        if (update) {
            returning.check(done);
        }
        return returning.results(done);
    }

    /** Rows of a partition, of which some may be in other ones now. */
    private void returnMoved(Batch newRows, Batch oldRows, LongVector places, Selection done) {
        Batch before = target.up(oldRows, done);
        IntVector table = new IntVector(done.rows[done.count() - 1] + 1);
        java.util.Arrays.fill(table.values, target.writer().relation().oid());
        returning.whole(Plan.Modify.OLD, before, places, table);
        if (!update) {
            returning.absent(Plan.Modify.NEW, before, done);
            returning.whole(Plan.Modify.ROW, before, places, table);
            return;
        }
        Batch after = target.up(newRows, done);
        for (int i = 0; i < done.count(); i++) {
            int row = done.rows[i];
            if (!leaving.get(row)) {
                newTids.put(row, places.values[row]);
                newTables.put(row, target.writer().relation().oid());
            }
        }
        returning.whole(Plan.Modify.NEW, after, newTids, newTables);
        returning.whole(Plan.Modify.ROW, after, newTids, newTables);
    }

    /** Changes a row, if the triggers before it do not forbid it. */
    private RowChanger.Result change(Snapshot snapshot, long tid, Batch newRows, Batch oldRows, int row) {
        if (target.triggers().hasBeforeRow()) {
            RowChanger changer = target.changer();
            RowChanger.Result found = changer.lock(snapshot, tid, !update);
            if (found == RowChanger.Result.OWN) {
                target.triggers().requireOwn(changer.ownCommand(), true);
            }
            if (found != RowChanger.Result.DONE) {
                return found;
            }
            if (!target.triggers().before(event, update ? newRows : Vectors.nothing(), oldRows, row)) {
                return RowChanger.Result.OWN;
            }
            if (update && target.keeps(newRows, row)) {
                leaving.clear(row);
                one = Kernel.scratch(one, newRows);
                one.rows[0] = row;
                one.setCount(1);
                target.writer().prepare(newRows, one, Kind.UPDATE);
            } else if (update) {
                leaving.set(row);
            }
        }
        RowChanger.Result result = leaving.get(row) ? move(snapshot, tid, newRows, oldRows, row) : write(snapshot, tid, newRows, oldRows, row);
        if (result == RowChanger.Result.OWN) {
            target.triggers().requireOwn(target.changer().ownCommand(), update);
        }
        if (result == RowChanger.Result.DONE) {
            target.triggers().wrote();
        }
        return result;
    }

    private RowChanger.Result write(Snapshot snapshot, long tid, Batch newRows, Batch oldRows, int row) {
        RowChanger.Result result = update ? target.changer().update(snapshot, tid, newRows, oldRows, row)
                : target.changer().delete(snapshot, tid, oldRows, row);
        if (result == RowChanger.Result.DONE) {
            if (update) {
                target.foreignKeys().updated(newRows, oldRows, row, tid);
            } else {
                target.foreignKeys().deleted(oldRows, row);
            }
        }
        return result;
    }

    /** A row goes to another partition: it is deleted here and inserted there. */
    private RowChanger.Result move(Snapshot snapshot, long tid, Batch newRows, Batch oldRows, int row) {
        Selection alone = new Selection(row + 1);
        alone.add(row);
        if (target.triggers().hasBeforeRow() && !target.triggers().before(Trigger.Event.DELETE, Vectors.nothing(), oldRows, row)) {
            return RowChanger.Result.GONE;
        }
        RowChanger.Result result = target.changer().delete(snapshot, tid, oldRows, row, true);
        if (result == RowChanger.Result.DONE) {
            target.foreignKeys().moved(newRows, oldRows, row);
            target.triggers().after(Trigger.Event.DELETE, Vectors.nothing(), oldRows, alone);
            Batch moved = target.up(newRows, alone);
            if (partitions.orElseThrow().insert(moved, alone, newTids, newTables, Kind.UPDATE).count() == 0) {
                return RowChanger.Result.GONE;
            }
            if (!returning.isEmpty() && newTids.isNull(row)) {
                target.partition().orElseThrow().takeBack(moved, newRows, alone);
            }
        }
        return result;
    }

    /** Takes the next rows of the child, of one table: reads what they are and computes what they become. */
    private boolean fetch(int max) {
        frame.checkCancelled();
        if (taken == batch.count()) {
            batch = child.next(max);
            taken = 0;
        }
        position = 0;
        todo = Kernel.scratch(todo, batch);
        affected = Kernel.scratch(affected, batch);
        todo.clear();
        leaving.clear();
        if (batch.count() == 0) {
            return false;
        }
        int until = sameTable();
        if (there.isPresent()) {
            changeThere(until);
            return true;
        }
        Table table = target.writer().table();
        RowLayout layout = table.layout();
        int capacity = batch.selection().rows.length;
        if (old.columnCount() != layout.size() || old.selection().rows.length < capacity || partitions.isPresent()) {
            old = layout.batch(all(layout), capacity);
            tids = new LongVector(capacity);
        }
        if (partitions.isPresent() && newTids.capacity() < capacity) {
            newTids = new LongVector(capacity);
            newTables = new IntVector(capacity);
        }
        old.reset();
        LongVector places = (LongVector) batch.column(tidColumn);
        for (; taken < until; taken++) {
            int row = batch.selection().rows[taken];
            if (!places.isNull(row) && table.fetch(frame.context().snapshot(), places.values[row], all(layout), old, row)) {
                tids.values[row] = places.values[row];
                todo.add(row);
            }
        }
        if (update) {
            rows = target.builder().orElseThrow().build(layout, batch, todo, old);
            if (!target.triggers().hasBeforeRow()) {
                prepare(rows, todo);
            }
        }
        return true;
    }

    /** Finds the table of the next row, and how far rows of the same table go. */
    private int sameTable() {
        int until = batch.count();
        if (tableColumn >= 0) {
            IntVector tables = (IntVector) batch.column(tableColumn);
            int[] numbers = batch.selection().rows;
            while (taken < until - 1 && tables.isNull(numbers[taken])) {
                taken++;
            }
            int first = numbers[taken];
            if (!tables.isNull(first)) {
                int oid = tables.values[first];
                int end = taken + 1;
                while (end < until && !tables.isNull(numbers[end]) && tables.values[numbers[end]] == oid) {
                    end++;
                }
                until = end;
                there = elsewhere.apply(oid);
                ChangeTarget next = there.isPresent() ? target : targets.apply(oid);
                if (next != target) {
                    target = next;
                    second = Optional.empty();
                }
            }
        }
        return until;
    }

    /** Changes the next rows, which are a foreign partition's, until one. */
    private void changeThere(int until) {
        statement.requireNoTable(event);
        Selection rowsThere = new Selection(until - taken);
        for (; taken < until; taken++) {
            rowsThere.add(batch.selection().rows[taken]);
        }
        ForeignRowsChange.Changed changed = there.orElseThrow().change(batch, rowsThere);
        if (returning.isEmpty() || changed.done().count() == 0) {
            return;
        }
        IntVector table = new IntVector(batch.selection().rows.length);
        java.util.Arrays.fill(table.values, there.get().partition().relation().oid());
        LongVector places = (LongVector) batch.column(tidColumn);
        returning.begin(batch);
        returning.whole(Plan.Modify.OLD, changed.old(), places, table);
        returning.whole(Plan.Modify.ROW, update ? changed.rows() : changed.old(), places, table);
        if (update) {
            returning.whole(Plan.Modify.NEW, changed.rows(), places, table);
            returning.check(changed.done());
        } else {
            returning.absent(Plan.Modify.NEW, changed.old(), changed.done());
        }
        resultsThere = returning.results(changed.done());
    }

    /** What all new rows that stay must fulfil. */
    private void prepare(Batch newRows, Selection selected) {
        if (partitions.isEmpty()) {
            target.writer().prepare(newRows, selected, Kind.UPDATE);
            return;
        }
        Selection stay = new Selection(Math.max(1, selected.count()));
        stay.copyFrom(selected);
        target.keep(newRows, stay);
        for (int i = 0, kept = 0; i < selected.count(); i++) {
            if (kept < stay.count() && stay.rows[kept] == selected.rows[i]) {
                kept++;
            } else {
                leaving.set(selected.rows[i]);
            }
        }
        target.writer().prepare(newRows, stay, Kind.UPDATE);
    }

    private int[] all(RowLayout layout) {
        if (all.length != layout.size()) {
            all = java.util.stream.IntStream.range(0, layout.size()).toArray();
        }
        return all;
    }

    /** The newest version of a row that was changed by others, if the conditions still hold for it; gives its results. */
    private Batch again(int row) {
        Table table = target.writer().table();
        Batch alone = target.recheck().copy(batch, row);
        Batch present = table.layout().batch(all(table.layout()), 1);
        LongVector place = new LongVector(1);
        place.put(0, tids.values[row]);
        while (true) {
            Snapshot newer = frame.context().transaction().acquireSnapshotAhead();
            try {
                present.reset();
                if (!target.recheck().refresh(alone, table, newer, place.values[0]) || !target.recheck().holds(alone)
                        || !table.fetch(newer, place.values[0], all(table.layout()), present, 0)) {
                    RowChanger.requireStays(frame.context(), table, place.values[0]);
                    return Vectors.nothing();
                }
                present.selection().all(1);
                Batch changed = present;
                boolean stays = !leaving.get(0);
                leaving.clear(0);
                if (update) {
                    if (second.isEmpty()) {
                        second = Optional.of(target.secondBuilder().get());
                    }
                    changed = second.get().build(table.layout(), alone, alone.selection(), present);
                    if (!target.triggers().hasBeforeRow()) {
                        prepare(changed, alone.selection());
                    }
                }
                RowChanger.Result result = change(newer, place.values[0], changed, present, 0);
                Batch results = Vectors.nothing();
                if (result == RowChanger.Result.DONE) {
                    changed(changed, present, alone.selection());
                    results = returning.isEmpty() ? Vectors.nothing() : results(alone, changed, present, place, alone.selection());
                }
                leaving.set(0, !stays);
                if (result == RowChanger.Result.MOVED) {
                    throw RowChanger.moved();
                }
                if (result != RowChanger.Result.CHANGED) {
                    return results;
                }
                frame.checkCancelled();
            } finally {
                frame.context().transaction().releaseSnapshot(newer);
            }
        }
    }

    @Override
    public void close() {
        child.close();
        partitions.ifPresent(PartitionedWriter::close);
    }
}
