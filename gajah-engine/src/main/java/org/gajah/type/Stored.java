package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** The stored form of values inside other values (array elements, record fields): numbers big-endian, the rest as on a page. */
public final class Stored {
    private Stored() {
    }

    /** Appends a value that is not null. */
    public static void write(TypeCodec codec, Vector values, int row, ByteSink out) {
        switch (values) {
            case BoolVector v -> out.putByte(v.values[row] ? 1 : 0);
            case IntVector v -> out.putInt(v.values[row]);
            case LongVector v -> out.putLong(v.values[row]);
            case DoubleVector v -> out.putLong(Double.doubleToLongBits(v.values[row]));
            case BytesVector v -> out.put(v.arrays[row], v.offsets[row], v.lengths[row]);
            case ObjectVector v -> codec.store(v.values[row], out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static void read(TypeCodec codec, Slice stored, Vector out, int row) {
        switch (out) {
            case BoolVector v -> v.put(row, stored.at(0) != 0);
            case IntVector v -> v.put(row, new ByteSource(stored).getInt());
            case LongVector v -> v.put(row, new ByteSource(stored).getLong());
            case DoubleVector v -> v.put(row, Double.longBitsToDouble(new ByteSource(stored).getLong()));
            case BytesVector v -> v.put(row, stored);
            case ObjectVector v -> v.put(row, codec.load(stored));
        }
    }
}
