package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

import org.gajah.spi.SpiCursor;
import org.gajah.vector.Batch;

/** Reads a query's rows one by one, some at a time. */
final class RowReader implements AutoCloseable {
    private static final int PIECE = 50;

    private final SpiCursor cursor;
    private final boolean changes;
    private final List<String> names;
    private final List<Integer> types;
    private Object[][] rows = new Object[0][];
    private int at;
    private boolean first = true;

    RowReader(SpiCursor cursor, Query.Columns columns, boolean changes) {
        this.cursor = cursor;
        this.changes = changes;
        this.names = columns.names();
        this.types = columns.types();
    }

    Optional<Activation.Row> next() {
        if (at == rows.length) {
            read(cursor.next(first ? 10 : PIECE));
            first = false;
        }
        return at < rows.length ? Optional.of(new Activation.Row(names, types, rows[at++])) : Optional.empty();
    }

    /** Whether the statement changes something. */
    boolean changes() {
        return changes;
    }

    /** What targets get if there was no row. */
    Activation.Row nothing() {
        return Activation.Row.nothing(names, types);
    }

    private void read(Batch batch) {
        rows = new Object[batch.count()][];
        at = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = boxed(batch, batch.selection().row(i), types.size());
        }
    }

    static Object[] boxed(Batch batch, int row, int columns) {
        Object[] values = new Object[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = batch.column(i).get(row);
        }
        return values;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
