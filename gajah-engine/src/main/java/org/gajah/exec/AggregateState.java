package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.gajah.type.DatumForm;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** The states of one aggregate for all groups of one grouping set. */
final class AggregateState {
    private final AggregateFunction function;
    private final List<Object[]> direct = new ArrayList<>();
    private Vector state;
    private int groups;
    private Object initial;
    private Selection present = new Selection(0);
    private long[] weights = new long[0];
    private long grownBytes;
    private final Optional<RowSorter> waiting;
    private Batch waitingBatch = Vectors.nothing();

    AggregateState(AggregateFunction function) {
        this.function = function;
        this.state = Vector.of(function.stateCarrier(), 16);
        this.waiting = function.order().map(order -> order.sorter(function.frame()));
    }

    /** Forgets all groups. */
    void begin() {
        groups = 0;
        weights = new long[0];
        grownBytes = 0;
        direct.clear();
        state = Vector.of(function.stateCarrier(), 16);
        initial = function.initialState();
        waiting.ifPresent(sorter -> sorter.begin(0));
    }

    /** Gives back what {@link #begin} and {@link #accumulate} have taken. */
    void close() {
        waiting.ifPresent(RowSorter::clear);
        state = Vector.of(function.stateCarrier(), 16);
        groups = 0;
        direct.clear();
    }

    /** Makes room for groups up to {@code count}. */
    void grow(int count) {
        if (count > state.capacity()) {
            Vector larger = Vector.of(function.stateCarrier(), Math.max(count, state.capacity() * 2));
            for (int g = 0; g < groups; g++) {
                if (state instanceof BytesVector) {
                    Vectors.share(state, g, larger, g);
                } else {
                    larger.copyFrom(state, g, g);
                }
            }
            state = larger;
        }
        for (; groups < count; groups++) {
            state.set(groups, initial);
        }
    }

    /** Takes in the rows that the function has evaluated; {@code groupOf[row]} is each row's group, negative if it has none here. */
    void accumulate(Batch batch, int[] groupOf) {
        if (function.hasDirectArguments()) {
            Selection rows = batch.selection();
            for (int i = 0; i < rows.count(); i++) {
                while (direct.size() <= groupOf[rows.rows[i]]) {
                    direct.add(function.directValues(batch, rows.rows[i]));
                }
            }
        }
        Selection rows = withGroup(function.selected(), groupOf);
        if (waiting.isPresent()) {
            keep(waiting.get(), rows, groupOf);
        } else {
            function.accumulate(state, rows, groupOf);
            weigh(rows, groupOf);
        }
    }

    private Selection withGroup(Selection rows, int[] groupOf) {
        int count = rows.count();
        int at = 0;
        while (at < count && groupOf[rows.rows[at]] >= 0) {
            at++;
        }
        if (at == count) {
            return rows;
        }
        if (present.rows.length < rows.rows.length) {
            present = new Selection(rows.rows.length);
        }
        present.clear();
        for (int i = 0; i < count; i++) {
            if (groupOf[rows.rows[i]] >= 0) {
                present.add(rows.rows[i]);
            }
        }
        return present;
    }

    /** Follows states that grow with their input. */
    private void weigh(Selection rows, int[] groupOf) {
        if (!(state instanceof ObjectVector objects) || rows.count() == 0 || !DatumForm.grows(objects.values[groupOf[rows.rows[0]]])) {
            return;
        }
        if (weights.length < state.capacity()) {
            weights = Arrays.copyOf(weights, state.capacity());
        }
        for (int i = 0; i < rows.count(); i++) {
            int group = groupOf[rows.rows[i]];
            if (!objects.isNull(group)) {
                long now = DatumForm.weight(objects.values[group]);
                grownBytes += now - weights[group];
                weights[group] = now;
            }
        }
    }

    /** Memory taken by the states, roughly. */
    long bytes() {
        return switch (state) {
            case BytesVector v -> 17L * v.capacity() + v.heapBytes();
            case ObjectVector v -> 9L * v.capacity() + 56L * groups + grownBytes;
            case Vector v -> 9L * v.capacity();
        };
    }

    private void keep(RowSorter sorter, Selection rows, int[] groupOf) {
        Vector[] values = function.values();
        int capacity = rows.rows.length;
        if (waitingBatch.columnCount() == 0 || waitingBatch.selection().rows.length < capacity) {
            waitingBatch = new Batch(new Vector[values.length + 1], capacity);
            waitingBatch.setColumn(0, new IntVector(capacity));
        }
        IntVector group = (IntVector) waitingBatch.column(0);
        for (int v = 0; v < values.length; v++) {
            waitingBatch.setColumn(v + 1, values[v]);
        }
        for (int i = 0; i < rows.count(); i++) {
            group.values[rows.rows[i]] = groupOf[rows.rows[i]];
        }
        waitingBatch.selection().copyFrom(rows);
        sorter.add(waitingBatch);
    }

    /** All rows are in: takes those that waited for their order. */
    void finishInput() {
        if (waiting.isEmpty() || waiting.get().isEmpty()) {
            return;
        }
        RowSorter sorter = waiting.get();
        AggregateOrder order = function.order().orElseThrow();
        sorter.finish();
        Batch chunk = Batch.of(order.carriers(), BatchSize.MAX);
        Batch last = Batch.of(order.carriers(), 1);
        int[] groupOf = new int[BatchSize.MAX];
        boolean any = false;
        for (sorter.next(chunk, BatchSize.MAX); chunk.count() > 0; sorter.next(chunk, BatchSize.MAX)) {
            Selection rows = chunk.selection();
            int count = rows.count();
            int kept = 0;
            for (int row = 0; row < count; row++) {
                boolean repeats = row > 0 ? order.repeats(chunk, row - 1, chunk, row) : any && order.repeats(last, 0, chunk, row);
                if (!repeats) {
                    rows.rows[kept++] = row;
                }
                groupOf[row] = ((IntVector) chunk.column(0)).values[row];
            }
            rows.setCount(kept);
            last.reset();
            for (int c = 0; c < last.columnCount(); c++) {
                last.column(c).copyFrom(chunk.column(c), count - 1, 0);
            }
            any = true;
            feedSorted(chunk, groupOf, order.argumentCount());
        }
        sorter.clear();
    }

    /** Takes in rows of arguments for the first group. */
    void feed(Batch arguments, int[] zeros, int count) {
        Vector[] values = new Vector[count];
        for (int a = 0; a < count; a++) {
            values[a] = arguments.column(a);
        }
        function.accumulate(state, values, arguments.selection(), zeros);
    }

    private void feedSorted(Batch chunk, int[] groupOf, int arguments) {
        Vector[] values = new Vector[arguments];
        for (int a = 0; a < arguments; a++) {
            values[a] = chunk.column(a + 1);
        }
        function.accumulate(state, values, chunk.selection(), groupOf);
    }

    /** Sets a row of the result to a group's value. */
    void finish(int group, Vector out, int row) {
        Object[] given = group < direct.size() ? direct.get(group) : new Object[0];
        function.finish(state, group, given, out, row);
    }
}
