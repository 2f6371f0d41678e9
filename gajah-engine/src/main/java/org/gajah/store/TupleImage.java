package org.gajah.store;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.table.Attribute;
import org.gajah.table.RowLayout;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/**
 * A row, or some attributes of one, as bytes: in the log, in before-images, on the way to a page.
 *
 * <p>Form: number of attributes n (varint); a bitmap of those present; a bitmap of those that are null; the values of the present
 * ones that are not null, fixed widths as on the page (little-endian), others as varint of length*2 and the bytes, or, in
 * before-images only, of length*2+1 and a pointer to an overflow value.
 */
final class TupleImage {
    static final int POINTER_BYTES = 8;
    /** Instead of a number of bytes: there is a value that no page can have. */
    static final int TOO_LONG = -1;

    private TupleImage() {
    }

    static void putVarint(ByteSink out, int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out.putByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.putByte(rest);
    }

    /** Appends n and two cleared bitmaps; returns where the first bitmap stands. */
    static int begin(ByteSink out, int n) {
        putVarint(out, n);
        int at = out.size();
        int bytes = (n + 7) / 8 * 2;
        for (int i = 0; i < bytes; i++) {
            out.putByte(0);
        }
        return at;
    }

    static void setPresent(ByteSink out, int bitmaps, int attribute) {
        out.array()[bitmaps + attribute / 8] |= (byte) (1 << attribute % 8);
    }

    static void setNull(ByteSink out, int bitmaps, int n, int attribute) {
        out.array()[bitmaps + (n + 7) / 8 + attribute / 8] |= (byte) (1 << attribute % 8);
    }

    /**
     * Appends one row of a batch, all attributes but dropped ones.
     *
     * @return the bytes that the values take in a page's heap, or {@link #TOO_LONG} if one of them is too long for any page
     */
    static int encode(Batch rows, int row, RowLayout layout, ByteSink out, ByteSink scratch) {
        int n = layout.size();
        int bitmaps = begin(out, n);
        int inline = 0;
        for (int i = 0; i < n; i++) {
            Attribute attribute = layout.attribute(i);
            if (attribute.dropped()) {
                continue;
            }
            setPresent(out, bitmaps, i);
            Vector column = rows.column(i);
            if (column.isNull(row)) {
                setNull(out, bitmaps, n, i);
            } else {
                int at = out.size();
                encodeValue(column, row, attribute, out, scratch);
                if (attribute.isVariable()) {
                    int length = out.size() - at;
                    length -= length < 65 ? 1 : length < 8194 ? 2 : 3; // the varint before the value
                    inline = length > HeapPage.INLINE_LIMIT || inline == TOO_LONG ? TOO_LONG : inline + length;
                }
            }
        }
        return inline;
    }

    private static void encodeValue(Vector column, int row, Attribute attribute, ByteSink out, ByteSink scratch) {
        switch (column) {
            case BoolVector v -> out.putByte(v.values[row] ? 1 : 0);
            case IntVector v -> putInt(out, v.values[row], attribute.width());
            case LongVector v -> out.putLong(Long.reverseBytes(v.values[row]));
            case DoubleVector v -> {
                if (attribute.width() == 4) {
                    out.putInt(Integer.reverseBytes(Float.floatToRawIntBits((float) v.values[row])));
                } else {
                    out.putLong(Long.reverseBytes(Double.doubleToRawLongBits(v.values[row])));
                }
            }
            case BytesVector v -> putBytes(out, v.arrays[row], v.offsets[row], v.lengths[row], attribute);
            case ObjectVector v -> {
                scratch.clear();
                attribute.form().orElseThrow().store(v.values[row], scratch);
                putBytes(out, scratch.array(), 0, scratch.size(), attribute);
            }
        }
    }

    private static void putInt(ByteSink out, int value, int width) {
        switch (width) {
            case 4 -> out.putInt(Integer.reverseBytes(value));
            case 2 -> out.putShort(Short.reverseBytes((short) value));
            default -> out.putByte(value);
        }
    }

    private static void putBytes(ByteSink out, byte[] array, int offset, int length, Attribute attribute) {
        if (attribute.isVariable()) {
            putVarint(out, Math.multiplyExact(length, 2));
        } else if (length != attribute.width()) {
            throw new IllegalArgumentException(length + " bytes for a value of width " + attribute.width());
        }
        out.put(array, offset, length);
    }

    /** Puts a stored value into a vector. */
    static void decode(byte[] bytes, int offset, int length, Attribute attribute, Vector column, int row) {
        switch (column) {
            case BoolVector v -> v.put(row, bytes[offset] != 0);
            case IntVector v -> v.put(row, getInt(bytes, offset, length));
            case LongVector v -> v.put(row, TupleReader.getLong(bytes, offset));
            case DoubleVector v -> v.put(row, length == 4 ? Float.intBitsToFloat(TupleReader.getInt(bytes, offset))
                    : Double.longBitsToDouble(TupleReader.getLong(bytes, offset)));
            case BytesVector v -> v.put(row, bytes, offset, length);
            case ObjectVector v -> v.put(row, attribute.form().orElseThrow().load(new Slice(bytes, offset, length)));
        }
    }

    private static int getInt(byte[] bytes, int offset, int width) {
        return switch (width) {
            case 4 -> TupleReader.getInt(bytes, offset);
            case 2 -> (short) (bytes[offset] & 0xff | bytes[offset + 1] << 8);
            default -> bytes[offset];
        };
    }
}
