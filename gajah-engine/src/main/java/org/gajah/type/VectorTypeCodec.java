package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.IntVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** int2vector and oidvector: one-dimensional arrays from subscript 0, written as numbers between spaces. */
final class VectorTypeCodec implements TypeCodec, Ordered {
    private final ArrayCodec arrays;

    VectorTypeCodec(int elementType, TypeCodec element) {
        arrays = new ArrayCodec(elementType, element, ',');
    }

    /** A value with these elements. */
    private ArrayValue make(int[] elements, int count) {
        IntVector v = new IntVector(Math.max(1, count));
        for (int i = 0; i < count; i++) {
            v.put(i, elements[i]);
        }
        return new ArrayValue(arrays.elementType(), new int[] {count}, new int[] {0}, v);
    }

    @Override
    public Carrier carrier() {
        return Carrier.OBJECT;
    }

    @Override
    public int storedWidth() {
        return -1;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        int[] values = new int[text.length() / 2 + 1];
        int count = 0;
        int at = 0;
        IntVector one = new IntVector(1);
        while (at < text.length()) {
            if (IntegerText.isSpace(text.at(at))) {
                at++;
                continue;
            }
            int from = at;
            while (at < text.length() && !IntegerText.isSpace(text.at(at))) {
                at++;
            }
            arrays.element().parse(text.slice(from, at - from), -1, context, one, 0);
            values[count++] = one.values[0];
        }
        ((ObjectVector) out).put(row, make(values, count));
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        ArrayValue array = (ArrayValue) ((ObjectVector) values).values[row];
        for (int i = 0; i < array.count(); i++) {
            if (i > 0) {
                out.putByte(' ');
            }
            arrays.element().format(array.elements(), i, context, out);
        }
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        arrays.receive(bytes, typmod, context, out, row);
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        arrays.send(values, row, context, out);
    }

    @Override
    public void store(Object value, ByteSink out) {
        arrays.store(value, out);
    }

    @Override
    public Object load(Slice stored) {
        return arrays.load(stored);
    }

    /** By length first, then element by element. */
    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        ArrayValue x = (ArrayValue) ((ObjectVector) a).values[rowA];
        ArrayValue y = (ArrayValue) ((ObjectVector) b).values[rowB];
        return x.count() != y.count() ? Integer.compare(x.count(), y.count()) : arrays.compare(x, y);
    }

    @Override
    public long hash(Vector values, int row) {
        return arrays.hash(values, row);
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        ArrayValue array = (ArrayValue) ((ObjectVector) values).values[row];
        out.putInt(array.count());
        for (int i = 0; i < array.count(); i++) {
            ((Ordered) arrays.element()).key(array.elements(), i, out);
        }
    }
}
