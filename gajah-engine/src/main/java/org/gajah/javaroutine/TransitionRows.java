package org.gajah.javaroutine;

import org.gajah.api.spi.Row;
import org.gajah.api.spi.TupleDescriptor;
import org.gajah.api.spi.TupleTable;
import org.gajah.exec.StoredRows;

/** The rows of a transition table, which the statement owns. {@code places}: where each column is among all, dropped ones included. */
record TransitionRows(Columns columns, int[] places, StoredRows rows) implements TupleTable {
    @Override
    public TupleDescriptor descriptor() {
        return columns;
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public Row row(long number) {
        Object[] values = new Object[places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(number, places[i]);
        }
        return new SpiRow(columns, values);
    }

    @Override
    public void free() {
        // they go with the statement
    }
}
