package org.gajah.exec;

import java.util.List;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * Groups rows by keys, once for each grouping set, and aggregates. Groups come out in the order in which they were first met,
 * so sorted input gives sorted groups.
 */
final class AggregateOperator extends Operator {
    private final Operator child;
    private final Frame frame;
    private final AggregateFunction[] functions;
    private final List<GroupingSet> sets;
    private final int keyCount;
    private final int[] keyColumns;
    private final int[] groupingMasks;
    private final List<List<Integer>> grouping;
    private final Batch out;
    private boolean aggregated;
    private int set;
    private int group;
    private int[] groupOf = new int[1];

    /** One grouping set: which of the keys it groups by, its groups, its states. */
    static final class GroupingSet {
        private final int[] keys;
        private final KeyTable table;
        private final AggregateState[] states;
        private final Vector[] values;

        GroupingSet(int[] keys, KeyTable table, AggregateState[] states) {
            this.keys = keys;
            this.table = table;
            this.states = states;
            this.values = new Vector[keys.length];
        }

        int groups() {
            return keys.length == 0 ? 1 : table.size();
        }
    }

    AggregateOperator(Operator child, Frame frame, AggregateFunction[] functions, List<GroupingSet> sets, int[] keyColumns,
            List<List<Integer>> grouping, List<Carrier> carriers, double expectedGroups) {
        this.child = child;
        this.frame = frame;
        this.functions = functions;
        this.sets = sets;
        this.keyColumns = keyColumns;
        this.keyCount = keyColumns.length;
        this.grouping = grouping;
        this.groupingMasks = new int[grouping.size()];
        this.out = Batch.of(carriers, keyCount == 0 ? Math.max(1, Math.min(sets.size(), BatchSize.MAX)) : BatchSize.expecting(expectedGroups));
    }

    @Override
    void start() {
        for (GroupingSet s : sets) {
            s.table.clear();
            for (AggregateState state : s.states) {
                state.begin();
                if (s.keys.length == 0) {
                    state.grow(1);
                }
            }
        }
        aggregated = false;
        child.open();
    }

    @Override
    Batch produce(int max) {
        if (!aggregated) {
            aggregate();
        }
        out.reset();
        int count = 0;
        int room = Math.min(max, out.selection().rows.length);
        while (count < room && set < sets.size()) {
            GroupingSet s = sets.get(set);
            if (group == s.groups()) {
                set++;
                group = 0;
                continue;
            }
            emit(s, count++);
            group++;
        }
        out.selection().all(count);
        return out;
    }

    private void aggregate() {
        for (Batch batch = child.next(BatchSize.MAX); batch.count() > 0; batch = child.next(BatchSize.MAX)) {
            frame.checkCancelled();
            if (groupOf.length < batch.selection().rows.length) {
                groupOf = new int[batch.selection().rows.length];
            }
            for (AggregateFunction function : functions) {
                function.evaluate(batch);
            }
            for (GroupingSet s : sets) {
                take(s, batch);
            }
        }
        child.close();
        for (GroupingSet s : sets) {
            for (AggregateState state : s.states) {
                state.finishInput();
            }
        }
        aggregated = true;
        set = 0;
        group = 0;
    }

    private void take(GroupingSet s, Batch batch) {
        Selection rows = batch.selection();
        if (s.keys.length == 0) {
            for (int i = 0; i < rows.count(); i++) {
                groupOf[rows.rows[i]] = 0;
            }
        } else {
            for (int k = 0; k < s.keys.length; k++) {
                s.values[k] = batch.column(keyColumns[s.keys[k]]);
            }
            s.table.hash(s.values, rows);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                groupOf[row] = s.table.findOrAdd(s.values, row);
            }
        }
        for (AggregateState state : s.states) {
            state.grow(s.groups());
            state.accumulate(batch, groupOf);
        }
    }

    private void emit(GroupingSet s, int row) {
        for (int k = 0; k < keyCount; k++) {
            int at = position(s.keys, k);
            if (at < 0) {
                out.column(k).setNull(row);
            } else {
                out.column(k).copyFrom(s.table.keys().vector(group, at), s.table.keys().place(group), row);
            }
        }
        for (int a = 0; a < functions.length; a++) {
            s.states[a].finish(group, out.column(keyCount + a), row);
        }
        for (int g = 0; g < groupingMasks.length; g++) {
            int mask = 0;
            for (int key : grouping.get(g)) {
                mask = mask << 1 | (position(s.keys, key) < 0 ? 1 : 0);
            }
            out.column(keyCount + functions.length + g).set(row, mask);
        }
    }

    private static int position(int[] keys, int key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        child.close();
        for (GroupingSet s : sets) {
            s.table.clear();
        }
    }
}
