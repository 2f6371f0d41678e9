package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.catalog.Relation;
import org.gajah.table.Table;
import org.gajah.type.ArrayValue;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Selection;

/** Rows at given places. */
final class TidScanOperator extends Operator {
    private final Frame frame;
    private final Relation relation;
    private final List<Integer> attributes;
    private final Places places;
    private final Optional<Kernel> filter;
    private final int capacity;
    private Optional<ScanColumns> columns = Optional.empty();
    private long[] tids = new long[0];
    private int position;

    /** Finds the tids when a run begins. */
    @FunctionalInterface
    interface Places {
        long[] find(ExecContext context);
    }

    TidScanOperator(Frame frame, Relation relation, List<Integer> attributes, Places places, Optional<Kernel> filter, int capacity) {
        this.frame = frame;
        this.relation = relation;
        this.attributes = attributes;
        this.places = places;
        this.filter = filter;
        this.capacity = capacity;
    }

    static Places one(Kernel kernel) {
        Batch input = Vectors.oneRow();
        return context -> kernel.eval(input, input.selection()).get(0) instanceof Long tid ? new long[] {tid} : new long[0];
    }

    static Places any(Kernel kernel) {
        Batch input = Vectors.oneRow();
        return context -> {
            if (!(kernel.eval(input, input.selection()).get(0) instanceof ArrayValue array)) {
                return new long[0];
            }
            LongVector elements = (LongVector) array.elements();
            return java.util.stream.IntStream.range(0, array.count()).filter(i -> !elements.isNull(i)).mapToLong(i -> elements.values[i])
                    .sorted().distinct().toArray();
        };
    }

    @Override
    void start() {
        tids = places.find(frame.context());
        position = 0;
        if (columns.isEmpty()) {
            Table table = frame.context().relations().table(relation);
            columns = Optional.of(new ScanColumns(relation, table.layout(), attributes, capacity));
        }
    }

    @Override
    Batch produce(int max) {
        Table table = frame.context().relations().table(relation);
        ScanColumns c = columns.orElseThrow();
        Selection rows = c.out().selection();
        rows.clear();
        while (rows.count() == 0 && position < tids.length) {
            c.raw().reset();
            c.tids().reset();
            int count = Math.min(Math.min(max, rows.rows.length), tids.length - position);
            for (int i = 0; i < count; i++) {
                c.tids().values[i] = tids[position];
                if (table.fetch(frame.context().snapshot(), tids[position++], c.stored(), c.raw(), i)) {
                    rows.add(i);
                }
            }
            c.fillSystemColumns(table, frame.context().snapshot(), count);
            if (filter.isPresent()) {
                int before = rows.count();
                filter.get().select(c.out(), rows, rows);
                statistics().removedByFilter += before - rows.count();
                frame.checkCancelled();
            }
        }
        return c.out();
    }

    @Override
    public void close() {
        position = tids.length;
    }
}
