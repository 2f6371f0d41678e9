package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.Vector;

/** float4 and float8. NaN equals itself and is greater than all else. */
final class FloatCodec implements TypeCodec, Ordered {
    private final boolean single;

    FloatCodec(boolean single) {
        this.single = single;
    }

    @Override
    public boolean isPlainText() {
        return true;
    }

    @Override
    public Carrier carrier() {
        return Carrier.DOUBLE;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((DoubleVector) out).put(row, single ? FloatText.parseFloat(text) : FloatText.parseDouble(text));
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        double value = ((DoubleVector) values).values[row];
        int extra = context.style().extraFloatDigits();
        if (single) {
            FloatText.formatFloat((float) value, extra, out);
        } else {
            FloatText.formatDouble(value, extra, out);
        }
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Errors.requireLength(bytes, storedWidth());
        ((DoubleVector) out).put(row, single ? Float.intBitsToFloat(Bits.getInt(bytes.array(), bytes.offset()))
                : Double.longBitsToDouble(Bits.getLong(bytes.array(), bytes.offset())));
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        double value = ((DoubleVector) values).values[row];
        if (single) {
            out.putInt(Float.floatToIntBits((float) value));
        } else {
            out.putLong(Double.doubleToLongBits(value));
        }
    }

    @Override
    public int storedWidth() {
        return single ? 4 : 8;
    }

    /** PostgreSQL's order of floating-point numbers. */
    static int compare(double x, double y) {
        if (x < y) {
            return -1;
        }
        if (x > y) {
            return 1;
        }
        return x == y ? 0 : Boolean.compare(x != x, y != y);
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return compare(((DoubleVector) a).values[rowA], ((DoubleVector) b).values[rowB]);
    }

    @Override
    public long hash(Vector values, int row) {
        return Hash.ofDouble(((DoubleVector) values).values[row]);
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        double value = ((DoubleVector) values).values[row];
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        out.putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }
}
