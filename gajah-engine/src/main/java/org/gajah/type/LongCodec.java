package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/** Types that travel as a long: what they share is the binary form, the page form and the order. */
abstract class LongCodec implements TypeCodec, Ordered {
    private final boolean unsigned;

    LongCodec(boolean unsigned) {
        this.unsigned = unsigned;
    }

    abstract long parse(Slice text, int typmod, TypeContext context);

    abstract void format(long value, TypeContext context, ByteSink out);

    /** Checks, and rounds to the type modifier, a value that came in binary. */
    long received(long value, int typmod) {
        return value;
    }

    @Override
    public final Carrier carrier() {
        return Carrier.LONG;
    }

    @Override
    public final void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((LongVector) out).put(row, parse(text, typmod, context));
    }

    @Override
    public final void format(Vector values, int row, TypeContext context, ByteSink out) {
        format(((LongVector) values).values[row], context, out);
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Errors.requireLength(bytes, 8);
        ((LongVector) out).put(row, received(Bits.getLong(bytes.array(), bytes.offset()), typmod));
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        out.putLong(((LongVector) values).values[row]);
    }

    @Override
    public final int storedWidth() {
        return 8;
    }

    @Override
    public final int compare(Vector a, int rowA, Vector b, int rowB) {
        long x = ((LongVector) a).values[rowA];
        long y = ((LongVector) b).values[rowB];
        return unsigned ? Long.compareUnsigned(x, y) : Long.compare(x, y);
    }

    @Override
    public final long hash(Vector values, int row) {
        return Hash.mix(((LongVector) values).values[row]);
    }

    @Override
    public final void key(Vector values, int row, ByteSink out) {
        long value = ((LongVector) values).values[row];
        out.putLong(unsigned ? value : value ^ Long.MIN_VALUE);
    }
}
