package org.gajah.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** Rows of functions side by side, the shorter padded with nulls. */
final class FunctionScanOperator extends Operator {
    private final Frame frame;
    private final List<RowSource> sources;
    private final boolean ordinality;
    private final Optional<Kernel> filter;
    private final Batch input = Vectors.oneRow();
    private final Batch out;
    private final int[] widths;
    private List<Iterator<Object[]>> running = List.of();
    private long ordinal;
    private boolean begun;

    FunctionScanOperator(Frame frame, List<RowSource> sources, List<Carrier> carriers, boolean ordinality, Optional<Kernel> filter) {
        this.frame = frame;
        this.sources = sources;
        this.ordinality = ordinality;
        this.filter = filter;
        this.out = Batch.of(carriers, BatchSize.MAX);
        this.widths = new int[sources.size()];
    }

    /** How many columns each function gives. */
    FunctionScanOperator widths(List<Integer> columnCounts) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columnCounts.get(i);
        }
        return this;
    }

    @Override
    void start() {
        begun = false;
        running = List.of();
    }

    /** The functions are called when the first row is wanted. */
    private void begin() {
        begun = true;
        running = new ArrayList<>();
        for (RowSource source : sources) {
            source.evaluate(input, input.selection());
            running.add(source.rows(0));
        }
        ordinal = 0;
    }

    @Override
    Batch produce(int max) {
        while (true) {
            frame.checkCancelled();
            if (!begun) {
                begin();
            }
            out.reset();
            int count = 0;
            while (count < Math.min(max, BatchSize.MAX) && fill(count)) {
                count++;
            }
            out.selection().all(count);
            if (count > 0) {
                filter.ifPresent(kernel -> kernel.select(out, out.selection(), out.selection()));
            }
            if (out.count() > 0 || count == 0) {
                return out;
            }
        }
    }

    private boolean fill(int row) {
        boolean any = false;
        int column = 0;
        for (int i = 0; i < running.size(); i++) {
            boolean has = running.get(i).hasNext();
            Object[] values = has ? running.get(i).next() : new Object[widths[i]];
            any |= has;
            for (int c = 0; c < widths[i]; c++) {
                Vectors.point(out.column(column++), row, c < values.length ? values[c] : null);
            }
        }
        if (ordinality && any) {
            out.column(column).set(row, ++ordinal);
        }
        return any;
    }

    @Override
    public void close() {
        running = List.of();
        sources.forEach(RowSource::close);
    }
}
