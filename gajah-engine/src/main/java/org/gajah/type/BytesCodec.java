package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** Types that travel as bytes and are ordered byte-wise; what differs is how they look as text. */
abstract class BytesCodec implements TypeCodec, Ordered {
    @Override
    public final Carrier carrier() {
        return Carrier.BYTES;
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        ((BytesVector) out).put(row, bytes);
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        BytesVector v = (BytesVector) values;
        out.put(v.arrays[row], v.offsets[row], v.lengths[row]);
    }

    @Override
    public final int storedWidth() {
        return -1;
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        BytesVector x = (BytesVector) a;
        BytesVector y = (BytesVector) b;
        return java.util.Arrays.compareUnsigned(
                x.arrays[rowA], x.offsets[rowA], x.offsets[rowA] + x.lengths[rowA],
                y.arrays[rowB], y.offsets[rowB], y.offsets[rowB] + y.lengths[rowB]);
    }

    @Override
    public long hash(Vector values, int row) {
        BytesVector v = (BytesVector) values;
        return Hash.bytes(v.arrays[row], v.offsets[row], v.lengths[row]);
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        BytesVector v = (BytesVector) values;
        escapedKey(v.arrays[row], v.offsets[row], v.lengths[row], out);
    }

    /** Bytes that may hold zeros: 00 becomes 00 FF, the end is 00 00. */
    static void escapedKey(byte[] array, int offset, int length, ByteSink out) {
        for (int i = offset; i < offset + length; i++) {
            out.putByte(array[i]);
            if (array[i] == 0) {
                out.putByte(0xff);
            }
        }
        out.putShort(0);
    }
}
