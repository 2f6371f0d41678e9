package org.gajah.exec;

import org.gajah.table.RowLayout;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Complete table rows made of the values that a statement assigns. */
final class RowBuilder {
    private final int[] attributes;
    private final Kernel[] values;
    private Batch own = Vectors.nothing();
    private Batch rows = Vectors.nothing();

    /** {@code attributes} are column indexes from 0. */
    RowBuilder(int[] attributes, Kernel[] values) {
        this.attributes = attributes;
        this.values = values;
    }

    int[] attributes() {
        return attributes;
    }

    /** New rows at the same row numbers as the input's: assigned columns have their values, the others are null. */
    Batch build(RowLayout layout, Batch in, Selection selected) {
        Batch made = fresh(layout, in);
        for (int c = 0; c < made.columnCount(); c++) {
            Vector column = own.column(c);
            column.reset();
            made.setColumn(c, column);
            for (int i = 0; i < selected.count(); i++) {
                column.setNull(selected.rows[i]);
            }
        }
        assign(made, in, selected);
        return made;
    }

    /** As {@link #build}, but columns that are not assigned keep the old rows' values. */
    Batch build(RowLayout layout, Batch in, Selection selected, Batch old) {
        Batch made = fresh(layout, in);
        for (int c = 0; c < made.columnCount(); c++) {
            Vector column = own.column(c);
            column.reset();
            made.setColumn(c, column);
            Vectors.shareAll(old.column(c), selected, column);
        }
        assign(made, in, selected);
        return made;
    }

    private Batch fresh(RowLayout layout, Batch in) {
        int capacity = in.selection().rows.length;
        if (rows.columnCount() != layout.size() || rows.selection().rows.length < capacity) {
            int[] all = java.util.stream.IntStream.range(0, layout.size()).toArray();
            own = layout.batch(all, capacity);
            rows = layout.batch(all, capacity);
        }
        return rows;
    }

    private void assign(Batch made, Batch in, Selection selected) {
        for (int i = 0; i < attributes.length; i++) {
            made.setColumn(attributes[i], values[i].eval(in, selected));
        }
        made.selection().copyFrom(selected);
    }
}
