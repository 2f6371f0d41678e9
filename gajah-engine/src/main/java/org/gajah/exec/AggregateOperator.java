package org.gajah.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * Groups rows by keys, once for each grouping set, and aggregates. Groups come out in the order in which they were first met, so
 * sorted input gives sorted groups; unless memory is short: then rows of groups that it has no place for go to a temporary file, and
 * these groups come later.
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
    private final WorkMemory memory;
    private final List<Carrier> inputCarriers;
    private final boolean mayDivide;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean aggregated;
    private int level;
    /** The sets whose groups are in memory. */
    private int firstSet;
    private int endSet;
    private int set;
    private int group;
    private int[] groupOf = new int[1];

    /** One grouping set: which of the keys it groups by, its groups, its states. */
    static final class GroupingSet {
        private final int[] keys;
        private final KeyTable table;
        private final AggregateState[] states;
        private final Vector[] values;
        /** Where rows go whose group is not in the table when memory is full. */
        private Optional<Partitions> spilled = Optional.empty();

        GroupingSet(int[] keys, KeyTable table, AggregateState[] states) {
            this.keys = keys;
            this.table = table;
            this.states = states;
            this.values = new Vector[keys.length];
        }

        int groups() {
            return keys.length == 0 ? 1 : table.size();
        }

        void begin() {
            table.clear();
            spilled = Optional.empty();
            for (AggregateState state : states) {
                state.begin();
                if (keys.length == 0) {
                    state.grow(1);
                }
            }
        }

        long bytes() {
            long sum = table.bytes();
            for (AggregateState state : states) {
                sum += state.bytes();
            }
            return sum;
        }
    }

    /** Rows of groups of one set that there was no memory for, and how often they have been divided. */
    private record Waiting(int set, SpillRun run, int level) {
    }

    AggregateOperator(Operator child, Frame frame, AggregateFunction[] functions, List<GroupingSet> sets, int[] keyColumns,
            List<List<Integer>> grouping, List<Carrier> inputCarriers, List<Carrier> carriers, double expectedGroups, boolean mayDivide) {
        this.child = child;
        this.frame = frame;
        this.functions = functions;
        this.sets = sets;
        this.keyColumns = keyColumns;
        this.keyCount = keyColumns.length;
        this.grouping = grouping;
        this.groupingMasks = new int[grouping.size()];
        this.inputCarriers = inputCarriers;
        this.mayDivide = mayDivide;
        this.memory = new WorkMemory(frame, true);
        this.out = Batch.of(carriers, keyCount == 0 ? Math.max(1, Math.min(sets.size(), BatchSize.MAX)) : BatchSize.expecting(expectedGroups));
    }

    @Override
    void start() {
        memory.begin();
        waiting.clear();
        sets.forEach(GroupingSet::begin);
        aggregated = false;
        level = 0;
        firstSet = 0;
        endSet = sets.size();
        child.open();
    }

    @Override
    Batch produce(int max) {
        if (!aggregated) {
            for (Batch batch = child.next(BatchSize.MAX); batch.count() > 0; batch = child.next(BatchSize.MAX)) {
                take(batch);
            }
            child.close();
            finishInput();
            aggregated = true;
        }
        out.reset();
        int count = 0;
        int room = Math.min(max, out.selection().rows.length);
        while (count < room) {
            if (set == endSet) {
                if (!nextPart()) {
                    break;
                }
                continue;
            }
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

    private void take(Batch batch) {
        frame.checkCancelled();
        if (groupOf.length < batch.selection().rows.length) {
            groupOf = new int[batch.selection().rows.length];
        }
        for (AggregateFunction function : functions) {
            function.evaluate(batch);
        }
        long held = 0;
        for (int i = firstSet; i < endSet; i++) {
            GroupingSet s = sets.get(i);
            take(s, batch);
            held += s.bytes();
        }
        if (!memory.holds(held)) {
            if (mayDivide && level < Partitions.MOST_LEVELS) {
                for (int i = firstSet; i < endSet; i++) {
                    GroupingSet s = sets.get(i);
                    if (s.keys.length > 0 && s.spilled.isEmpty()) {
                        s.spilled = Optional.of(new Partitions(memory, level));
                    }
                }
            }
            memory.require(held);
        }
    }

    private void finishInput() {
        for (int i = firstSet; i < endSet; i++) {
            for (AggregateState state : sets.get(i).states) {
                state.finishInput();
            }
        }
        set = firstSet;
        group = 0;
    }

    /** Aggregates the rows of some of the groups that there was no memory for; false if there are none. */
    private boolean nextPart() {
        for (int i = firstSet; i < endSet; i++) {
            GroupingSet s = sets.get(i);
            if (s.spilled.isPresent()) {
                s.spilled.get().finish();
                for (int part = 0; part < Partitions.count(); part++) {
                    int of = i;
                    s.spilled.get().part(part).ifPresent(run -> waiting.push(new Waiting(of, run, level + 1)));
                }
                s.spilled = Optional.empty();
            }
        }
        if (waiting.isEmpty()) {
            return false;
        }
        Waiting next = waiting.pop();
        firstSet = next.set;
        endSet = next.set + 1;
        level = next.level;
        sets.get(firstSet).begin();
        SpillRun.Reader reader = next.run.reader();
        Batch stored = Batch.of(inputCarriers, BatchSize.MAX);
        for (reader.read(stored, stored.columns(), BatchSize.MAX); stored.count() > 0; reader.read(stored, stored.columns(), BatchSize.MAX)) {
            take(stored);
        }
        finishInput();
        return true;
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
            if (s.spilled.isEmpty()) {
                for (int i = 0; i < rows.count(); i++) {
                    int row = rows.rows[i];
                    groupOf[row] = s.table.findOrAdd(s.values, row);
                }
            } else {
                takeKnown(s, batch, s.spilled.get());
            }
        }
        for (AggregateState state : s.states) {
            state.grow(s.groups());
            state.accumulate(batch, groupOf);
        }
    }

    private void takeKnown(GroupingSet s, Batch batch, Partitions spilled) {
        Selection rows = batch.selection();
        Vector[] columns = Vectors.first(batch, inputCarriers.size());
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            groupOf[row] = s.table.find(s.values, row);
            if (groupOf[row] < 0) {
                spilled.add(s.table.hash(row), columns, row);
            }
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
        waiting.clear();
        for (GroupingSet s : sets) {
            s.table.clear();
            s.spilled = Optional.empty();
            for (AggregateState state : s.states) {
                state.close();
            }
        }
        memory.close();
    }
}
