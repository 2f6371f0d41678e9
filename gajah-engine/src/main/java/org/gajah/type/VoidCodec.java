package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** void: a value without contents. */
final class VoidCodec implements TypeCodec {
    @Override
    public Carrier carrier() {
        return Carrier.BYTES;
    }

    @Override
    public int storedWidth() {
        return -1;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((BytesVector) out).point(row, Slice.EMPTY);
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        out.putAscii("");
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        ((BytesVector) out).point(row, Slice.EMPTY);
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        out.putAscii("");
    }
}
