package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;

import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** The states of one aggregate for all groups of one grouping set. */
final class AggregateState {
    private final AggregateFunction function;
    private final List<Object[]> direct = new ArrayList<>();
    private Vector state;
    private int groups;
    private Object initial;
    private RowStore waiting;

    AggregateState(AggregateFunction function) {
        this.function = function;
        this.state = Vector.of(function.stateCarrier(), 16);
        this.waiting = new RowStore(function.order().map(AggregateOrder::carriers).orElse(List.of()));
    }

    /** Forgets all groups. */
    void begin() {
        groups = 0;
        direct.clear();
        state = Vector.of(function.stateCarrier(), 16);
        initial = function.initialState();
        waiting.clear();
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

    /** Takes in the rows that the function has evaluated; {@code groupOf[row]} is each row's group. */
    void accumulate(Batch batch, int[] groupOf) {
        if (function.hasDirectArguments()) {
            Selection rows = batch.selection();
            for (int i = 0; i < rows.count(); i++) {
                while (direct.size() <= groupOf[rows.rows[i]]) {
                    direct.add(function.directValues(batch, rows.rows[i]));
                }
            }
        }
        if (function.order().isEmpty()) {
            function.accumulate(state, groupOf);
            return;
        }
        Selection rows = function.selected();
        Vector[] values = function.values();
        Vector[] all = new Vector[values.length + 1];
        IntVector group = new IntVector(batch.selection().rows.length);
        all[0] = group;
        System.arraycopy(values, 0, all, 1, values.length);
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows[i];
            group.values[row] = groupOf[row];
            waiting.append(all, row);
        }
    }

    /** All rows are in: takes those that waited for their order. */
    void finishInput(CancelCheck cancel) {
        if (waiting.size() == 0) {
            return;
        }
        AggregateOrder order = function.order().orElseThrow();
        int[] sorted = order.sorted(waiting, cancel);
        Batch chunk = Batch.of(order.carriers(), BatchSize.MAX);
        int[] groupOf = new int[BatchSize.MAX];
        int filled = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i > 0 && order.repeats(waiting, sorted[i - 1], sorted[i])) {
                continue;
            }
            waiting.share(sorted[i], chunk, 0, filled);
            groupOf[filled] = ((IntVector) chunk.column(0)).values[filled];
            if (++filled == BatchSize.MAX) {
                feed(chunk, groupOf, filled, order.argumentCount());
                filled = 0;
            }
        }
        feed(chunk, groupOf, filled, order.argumentCount());
        waiting.clear();
    }

    /** Takes in rows of arguments for the first group. */
    void feed(Batch arguments, int[] zeros, int count) {
        Vector[] values = new Vector[count];
        for (int a = 0; a < count; a++) {
            values[a] = arguments.column(a);
        }
        function.accumulate(state, values, arguments.selection(), zeros);
    }

    private void feed(Batch chunk, int[] groupOf, int count, int arguments) {
        Vector[] values = new Vector[arguments];
        for (int a = 0; a < arguments; a++) {
            values[a] = chunk.column(a + 1);
        }
        chunk.selection().all(count);
        function.accumulate(state, values, chunk.selection(), groupOf);
        chunk.reset();
    }

    /** Sets a row of the result to a group's value. */
    void finish(int group, Vector out, int row) {
        Object[] given = group < direct.size() ? direct.get(group) : new Object[0];
        function.finish(state, group, given, out, row);
    }
}
