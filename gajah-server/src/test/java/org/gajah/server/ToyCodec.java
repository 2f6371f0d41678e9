package org.gajah.server;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Carrier;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/** Whole numbers. */
record ToyCodec() implements TypeCodec {
    @Override
    public Carrier carrier() {
        return Carrier.LONG;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        out.set(row, Long.valueOf(text.toString()));
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        out.putDecimal((Long) ((LongVector) values).get(row));
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        out.set(row, new ByteSource(bytes).getLong());
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        out.putLong((Long) ((LongVector) values).get(row));
    }

    @Override
    public int storedWidth() {
        return 8;
    }
}
