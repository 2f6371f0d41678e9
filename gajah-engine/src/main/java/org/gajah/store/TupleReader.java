package org.gajah.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

import org.gajah.table.Attribute;

/** Walks the values of a {@link TupleImage}. */
final class TupleReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final RowFormat NOTHING = new RowFormat(0, new short[0]);

    private byte[] bytes = new byte[0];
    private RowFormat format;
    private int n;
    private int bitmaps;
    private int at;
    private int attribute;
    private boolean isNull;
    private boolean pointer;
    private int offset;
    private int length;

    TupleReader() {
        format = NOTHING;
    }

    static int getInt(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static long getLong(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    /** Begins with an image; {@code widths} must be of this layout or a later one. */
    TupleReader reset(byte[] image, int start, RowFormat widths) {
        bytes = image;
        format = widths;
        at = start;
        n = varint();
        bitmaps = at;
        at += (n + 7) / 8 * 2;
        attribute = -1;
        return this;
    }

    private int varint() {
        int value = 0;
        for (int shift = 0;; shift += 7) {
            byte b = bytes[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    /** Goes to the next attribute that is present; false behind the last. */
    boolean next() {
        for (;;) {
            attribute++;
            if (attribute >= n) {
                return false;
            }
            if ((bytes[bitmaps + attribute / 8] >> attribute % 8 & 1) != 0) {
                break;
            }
        }
        isNull = (bytes[bitmaps + (n + 7) / 8 + attribute / 8] >> attribute % 8 & 1) != 0;
        pointer = false;
        length = 0;
        if (!isNull) {
            int width = format.imageWidth(attribute);
            if (width == Attribute.VARIABLE) {
                int tag = varint();
                length = tag >>> 1;
                pointer = (tag & 1) != 0;
            } else {
                length = width;
            }
        }
        offset = at;
        at += length;
        return true;
    }

    int attribute() {
        return attribute;
    }

    boolean isNull() {
        return isNull;
    }

    /** Whether the bytes are a pointer to an overflow value. */
    boolean isPointer() {
        return pointer;
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Where the image ends; after {@link #next} has said false. */
    int end() {
        return at;
    }
}
