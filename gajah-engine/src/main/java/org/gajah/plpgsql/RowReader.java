package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

import org.gajah.spi.SpiCursor;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** Reads a query's rows one by one, some at a time. What has been read stays in columns of its own: numbers are boxed only for who wants that. */
final class RowReader implements AutoCloseable {
    private static final int FIRST_PIECE = 10;
    private static final int PIECE = 50;

    private final SpiCursor cursor;
    private final boolean changes;
    private final List<String> names;
    private final List<Integer> types;
    private Vector[] columns = new Vector[0];
    private int count;
    private int at = -1;
    private boolean first = true;

    RowReader(SpiCursor cursor, Query.Columns columns, boolean changes) {
        this.cursor = cursor;
        this.changes = changes;
        this.names = columns.names();
        this.types = columns.types();
    }

    Optional<Activation.Row> next() {
        return step() || read() ? Optional.of(new Activation.Row(names, types, values())) : Optional.empty();
    }

    /** Goes on to the next row if it has been read; else nothing changes. */
    boolean step() {
        if (at + 1 < count) {
            at++;
            return true;
        }
        return false;
    }

    /** Reads the next rows and goes on to the first of them; if there is none it stays where it is. */
    boolean read() {
        Batch batch = cursor.next(first ? FIRST_PIECE : PIECE);
        first = false;
        int rows = batch.count();
        if (rows == 0) {
            return false;
        }
        if (columns.length == 0 || columns[0].capacity() < rows) {
            columns = fresh(batch, Math.max(rows, PIECE));
        }
        for (int c = 0; c < columns.length; c++) {
            take(batch, c);
        }
        count = rows;
        at = 0;
        return true;
    }

    private Vector[] fresh(Batch batch, int capacity) {
        Vector[] fresh = new Vector[types.size()];
        for (int c = 0; c < fresh.length; c++) {
            Carrier carrier = batch.column(c).carrier();
            fresh[c] = Vector.of(carrier == Carrier.BYTES ? Carrier.OBJECT : carrier, capacity);
        }
        return fresh;
    }

    private void take(Batch batch, int c) {
        Vector to = columns[c];
        Vector from = batch.column(c);
        to.reset();
        for (int i = 0; i < batch.count(); i++) {
            int row = batch.selection().row(i);
            if (to instanceof ObjectVector objects) {
                objects.set(i, from.get(row));
            } else {
                to.copyFrom(from, row, i);
            }
        }
    }

    /** Whether the statement changes something. */
    boolean changes() {
        return changes;
    }

    /** What targets get if there was no row. */
    Activation.Row nothing() {
        return Activation.Row.nothing(names, types);
    }

    /** The types of the columns. */
    List<Integer> types() {
        return types;
    }

    private Object[] values() {
        Object[] values = new Object[columns.length];
        for (int c = 0; c < values.length; c++) {
            values[c] = columns[c].get(at);
        }
        return values;
    }

    /** The present row as a record. */
    RecordValue row() {
        return new RecordValue(Oids.RECORD, types, names, values());
    }

    /** Whether a column of the present row is null. */
    boolean isNull(int column) {
        return columns[column].isNull(at);
    }

    boolean booleanAt(int column) {
        return ((BoolVector) columns[column]).values[at];
    }

    int intAt(int column) {
        return ((IntVector) columns[column]).values[at];
    }

    long longAt(int column) {
        return ((LongVector) columns[column]).values[at];
    }

    double doubleAt(int column) {
        return ((DoubleVector) columns[column]).values[at];
    }

    Object objectAt(int column) {
        return columns[column].get(at);
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
