package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.Vector;

/** Types that travel as an int: what they share is the binary form, the page form and the order. */
abstract class IntCodec implements TypeCodec, Ordered {
    private final int width;
    private final boolean unsigned;

    IntCodec(int width, boolean unsigned) {
        this.width = width;
        this.unsigned = unsigned;
    }

    abstract int parse(Slice text, int typmod, TypeContext context);

    abstract void format(int value, TypeContext context, ByteSink out);

    @Override
    public final Carrier carrier() {
        return Carrier.INT;
    }

    @Override
    public final void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((IntVector) out).put(row, parse(text, typmod, context));
    }

    @Override
    public final void format(Vector values, int row, TypeContext context, ByteSink out) {
        format(((IntVector) values).values[row], context, out);
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Errors.requireLength(bytes, width);
        int at = bytes.offset();
        ((IntVector) out).put(row, switch (width) {
            case 1 -> bytes.array()[at];
            case 2 -> Bits.getShort(bytes.array(), at);
            default -> Bits.getInt(bytes.array(), at);
        });
    }

    @Override
    public final void send(Vector values, int row, TypeContext context, ByteSink out) {
        int value = ((IntVector) values).values[row];
        switch (width) {
            case 1 -> out.putByte(value);
            case 2 -> out.putShort(value);
            default -> out.putInt(value);
        }
    }

    @Override
    public final int storedWidth() {
        return width;
    }

    @Override
    public final int compare(Vector a, int rowA, Vector b, int rowB) {
        int x = ((IntVector) a).values[rowA];
        int y = ((IntVector) b).values[rowB];
        return unsigned ? Integer.compareUnsigned(x, y) : Integer.compare(x, y);
    }

    @Override
    public final long hash(Vector values, int row) {
        return Hash.mix(((IntVector) values).values[row]);
    }

    @Override
    public final void key(Vector values, int row, ByteSink out) {
        int value = ((IntVector) values).values[row];
        switch (width) {
            case 1 -> out.putByte(unsigned ? value : value ^ 0x80);
            case 2 -> out.putShort(value ^ 0x8000);
            default -> out.putInt(unsigned ? value : value ^ 0x80000000);
        }
    }
}
