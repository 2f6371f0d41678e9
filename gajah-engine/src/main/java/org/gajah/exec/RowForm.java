package org.gajah.exec;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.type.DatumForm;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/**
 * Rows as bytes in temporary files: per column a byte that says whether there is a value, then the value; a row without columns is
 * one byte.
 */
final class RowForm {
    private RowForm() {
    }

    static void write(Vector[] columns, int row, ByteSink out) {
        if (columns.length == 0) {
            out.putByte(0);
        }
        for (Vector column : columns) {
            if (column.isNull(row)) {
                out.putByte(0);
                continue;
            }
            out.putByte(1);
            switch (column) {
                case BoolVector v -> out.putByte(v.values[row] ? 1 : 0);
                case IntVector v -> out.putInt(v.values[row]);
                case LongVector v -> out.putLong(v.values[row]);
                case DoubleVector v -> out.putLong(Double.doubleToRawLongBits(v.values[row]));
                case BytesVector v -> out.putInt(v.lengths[row]).put(v.arrays[row], v.offsets[row], v.lengths[row]);
                case ObjectVector v -> DatumForm.write(v.values[row], out);
            }
        }
    }

    /** Reads a row; its bytes stay where they are, in the source's array. */
    static void read(ByteSource in, Vector[] columns, int row) {
        if (columns.length == 0) {
            in.getByte();
        }
        for (Vector column : columns) {
            if (in.getByte() == 0) {
                column.setNull(row);
                continue;
            }
            switch (column) {
                case BoolVector v -> v.put(row, in.getByte() != 0);
                case IntVector v -> v.put(row, in.getInt());
                case LongVector v -> v.put(row, in.getLong());
                case DoubleVector v -> v.put(row, Double.longBitsToDouble(in.getLong()));
                case BytesVector v -> {
                    Slice bytes = in.getSlice(in.getInt());
                    v.point(row, bytes);
                }
                case ObjectVector v -> v.put(row, DatumForm.read(in));
            }
        }
    }
}
