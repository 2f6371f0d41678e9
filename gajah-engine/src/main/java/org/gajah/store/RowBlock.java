package org.gajah.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.gajah.base.ByteSink;
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
 * Rows of a batch on their way to pages and to the log, column by column.
 *
 * <p>Form: number of attributes (2), then of each: a kind (0 dropped, 1 without nulls, 2 with nulls); a bitmap of nulls if there are any; fixed
 * widths as on the page, one a row; for others the lengths (2 bytes a row), then the bytes one after the other. Little-endian.
 */
final class RowBlock {
    static final int DROPPED = 0;
    static final int WITHOUT_NULLS = 1;
    static final int WITH_NULLS = 2;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final RowLayout layout;
    private final int[] rows;
    private final int count;
    /** By attribute: its values, objects in their stored form. */
    private final Vector[] columns;
    /** By row: bytes of its values in a page's heap. */
    private final int[] inline;
    private boolean tooLong;

    RowBlock(Batch batch, RowLayout layout, ByteSink scratch) {
        this.layout = layout;
        this.rows = batch.selection().rows;
        this.count = batch.count();
        this.columns = new Vector[layout.size()];
        this.inline = new int[count];
        for (int i = 0; i < columns.length; i++) {
            Attribute attribute = layout.attribute(i);
            if (!attribute.dropped()) {
                columns[i] = batch.column(i) instanceof ObjectVector objects ? stored(objects, attribute, scratch) : batch.column(i);
                if (attribute.isVariable()) {
                    measure((BytesVector) columns[i]);
                }
            }
        }
    }

    private BytesVector stored(ObjectVector objects, Attribute attribute, ByteSink scratch) {
        BytesVector stored = new BytesVector(objects.capacity());
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (objects.isNull(row)) {
                stored.setNull(row);
            } else {
                scratch.clear();
                attribute.form().orElseThrow().store(objects.values[row], scratch);
                stored.put(row, scratch.array(), 0, scratch.size());
            }
        }
        return stored;
    }

    private void measure(BytesVector values) {
        for (int i = 0; i < count; i++) {
            if (!values.isNull(rows[i])) {
                int length = values.lengths[rows[i]];
                tooLong |= length > HeapPage.INLINE_LIMIT;
                inline[i] += length;
            }
        }
    }

    /** Whether some value is too long for any page: then the rows go one by one. */
    boolean isTooLong() {
        return tooLong;
    }

    /** Whether pages of this format have the same columns. */
    boolean fits(RowFormat format) {
        boolean same = format.size() == columns.length;
        for (int i = 0; i < columns.length && same; i++) {
            same = (format.width(i) == RowFormat.DROPPED) == layout.attribute(i).dropped();
        }
        return same;
    }

    /** Bytes of the i-th row's values in a page's heap. */
    int inline(int i) {
        return inline[i];
    }

    int count() {
        return count;
    }

    /** Appends the rows {@code [from, from + n)}. */
    void encode(int from, int n, ByteSink out) {
        putShort(out, columns.length);
        for (int i = 0; i < columns.length; i++) {
            if (layout.attribute(i).dropped()) {
                out.putByte(DROPPED);
                continue;
            }
            Vector column = columns[i];
            out.putByte(column.mayHaveNulls() ? WITH_NULLS : WITHOUT_NULLS);
            if (column.mayHaveNulls()) {
                encodeNulls(column, from, n, out);
            }
            encodeValues(column, layout.attribute(i).width(), from, n, out);
        }
    }

    private void encodeNulls(Vector column, int from, int n, ByteSink out) {
        for (int i = 0; i < n; i += 8) {
            int bits = 0;
            for (int k = i; k < Math.min(n, i + 8); k++) {
                bits |= column.isNull(rows[from + k]) ? 1 << k - i : 0;
            }
            out.putByte(bits);
        }
    }

    private void encodeValues(Vector column, int width, int from, int n, ByteSink out) {
        int at = out.reserve(n * Math.max(width, 2));
        byte[] bytes = out.array();
        switch (column) {
            case BoolVector v -> {
                for (int i = 0; i < n; i++) {
                    bytes[at + i] = (byte) (v.values[rows[from + i]] ? 1 : 0);
                }
            }
            case IntVector v -> encodeInts(v, width, from, n, bytes, at);
            case LongVector v -> {
                for (int i = 0; i < n; i++) {
                    LONG.set(bytes, at + 8 * i, v.values[rows[from + i]]);
                }
            }
            case DoubleVector v -> {
                for (int i = 0; i < n; i++) {
                    double value = v.values[rows[from + i]];
                    if (width == 4) {
                        INT.set(bytes, at + 4 * i, Float.floatToRawIntBits((float) value));
                    } else {
                        LONG.set(bytes, at + 8 * i, Double.doubleToRawLongBits(value));
                    }
                }
            }
            case BytesVector v when width == Attribute.VARIABLE -> {
                encodeVariable(v, from, n, out);
                return;
            }
            case BytesVector v -> encodeFixed(v, width, from, n, bytes, at);
            case ObjectVector v -> throw new IllegalStateException("an object in its own form");
        }
        out.truncate(at + n * width);
    }

    private void encodeInts(IntVector v, int width, int from, int n, byte[] bytes, int at) {
        for (int i = 0; i < n; i++) {
            int value = v.values[rows[from + i]];
            switch (width) {
                case 4 -> INT.set(bytes, at + 4 * i, value);
                case 2 -> SHORT.set(bytes, at + 2 * i, (short) value);
                default -> bytes[at + i] = (byte) value;
            }
        }
    }

    private void encodeFixed(BytesVector v, int width, int from, int n, byte[] bytes, int at) {
        for (int i = 0; i < n; i++) {
            int row = rows[from + i];
            if (!v.isNull(row)) {
                if (v.lengths[row] != width) {
                    throw new IllegalArgumentException(v.lengths[row] + " bytes for a value of width " + width);
                }
                System.arraycopy(v.arrays[row], v.offsets[row], bytes, at + i * width, width);
            }
        }
    }

    private void encodeVariable(BytesVector v, int from, int n, ByteSink out) {
        int at = out.size();
        int total = 0;
        for (int i = 0; i < n; i++) {
            int row = rows[from + i];
            int length = v.isNull(row) ? 0 : v.lengths[row];
            SHORT.set(out.array(), at + 2 * i, (short) length);
            total += length;
        }
        out.truncate(at + 2 * n);
        int to = out.reserve(total);
        byte[] bytes = out.array();
        for (int i = 0; i < n; i++) {
            int row = rows[from + i];
            if (!v.isNull(row)) {
                System.arraycopy(v.arrays[row], v.offsets[row], bytes, to, v.lengths[row]);
                to += v.lengths[row];
            }
        }
        out.truncate(to);
    }

    private static void putShort(ByteSink out, int value) {
        int at = out.reserve(2);
        SHORT.set(out.array(), at, (short) value);
        out.truncate(at + 2);
    }
}
