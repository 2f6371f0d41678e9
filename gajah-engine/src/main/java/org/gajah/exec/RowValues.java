package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;

import org.gajah.catalog.Relation;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;

/** A table's rows as values of its row type. Virtual generated columns are null: nobody has computed them. */
final class RowValues {
    private final int type;
    private final List<Integer> types = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    RowValues(Relation relation) {
        type = relation.rowType();
        for (Relation.Column column : relation.columns()) {
            types.add(column.dropped() ? 0 : column.type());
            names.add(column.name());
        }
    }

    /** How many columns a row has. */
    int width() {
        return types.size();
    }

    /** Row {@code row} of a batch whose column {@code first} is the table's first. */
    RecordValue read(Batch batch, int first, int row) {
        Object[] fields = new Object[types.size()];
        for (int c = 0; c < fields.length; c++) {
            fields[c] = types.get(c) == 0 ? null : batch.column(first + c).get(row);
        }
        return of(fields);
    }

    /** A stored row. */
    RecordValue read(RowStore rows, int first, int row) {
        Object[] fields = new Object[types.size()];
        for (int c = 0; c < fields.length; c++) {
            fields[c] = types.get(c) == 0 ? null : rows.get(row, first + c);
        }
        return of(fields);
    }

    private RecordValue of(Object[] fields) {
        return new RecordValue(type, types, names, fields);
    }
}
