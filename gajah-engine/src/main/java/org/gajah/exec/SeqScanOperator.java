package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.catalog.Relation;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.vector.Batch;

/** All rows of a table that the snapshot sees. */
final class SeqScanOperator extends Operator {
    private final Frame frame;
    private final Relation relation;
    private final List<Integer> attributes;
    private final Optional<Kernel> filter;
    private Optional<ScanColumns> columns = Optional.empty();
    private Optional<TableScan> scan = Optional.empty();
    private Table table;
    private int position;
    private int available;

    SeqScanOperator(Frame frame, Relation relation, List<Integer> attributes, Optional<Kernel> filter) {
        this.frame = frame;
        this.relation = relation;
        this.attributes = attributes;
        this.filter = filter;
    }

    @Override
    void start() {
        close();
        table = frame.context().relations().table(relation);
        if (columns.isEmpty()) {
            columns = Optional.of(new ScanColumns(relation, table.layout(), attributes, BatchSize.MAX));
        }
        scan = Optional.of(table.scan(frame.context().snapshot(), columns.get().stored(), PageRange.ALL));
        position = 0;
        available = 0;
    }

    @Override
    Batch produce(int max) {
        ScanColumns c = columns.orElseThrow();
        Batch out = c.out();
        while (scan.isPresent()) {
            if (position == available && !fetch(c)) {
                return end(out);
            }
            int count = Math.min(max, available - position);
            for (int i = 0; i < count; i++) {
                out.selection().rows[i] = position + i;
            }
            out.selection().setCount(count);
            position += count;
            if (filter.isPresent()) {
                filter.get().select(out, out.selection(), out.selection());
                statistics().removedByFilter += count - out.count();
            }
            if (out.count() > 0) {
                return out;
            }
        }
        return end(out);
    }

    private boolean fetch(ScanColumns c) {
        frame.checkCancelled();
        position = 0;
        available = 0;
        if (!scan.orElseThrow().next(c.raw(), c.tids())) {
            close();
            return false;
        }
        available = c.raw().count();
        c.fillSystemColumns(table, frame.context().snapshot(), available);
        return true;
    }

    @Override
    public void close() {
        scan.ifPresent(TableScan::close);
        scan = Optional.empty();
    }
}
