package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** Reads, writes and compares single boxed values through their codec. For code that works on one value at a time. */
public final class Datum {
    private Datum() {
    }

    /** A vector of one row that holds the value, or null. */
    public static Vector vector(TypeCodec codec, Object value) {
        Vector v = Vector.of(codec.carrier(), 1);
        if (value instanceof Slice s && v instanceof BytesVector b) {
            b.point(0, s);
        } else {
            v.set(0, value);
        }
        return v;
    }

    /** Reads a value from its text form. */
    public static Object parse(TypeCodec codec, Slice text, int typmod, TypeContext context) {
        Vector v = Vector.of(codec.carrier(), 1);
        codec.parse(text, typmod, context, v, 0);
        return at(v, 0);
    }

    /** A value as text. */
    public static Slice format(TypeCodec codec, Object value, TypeContext context) {
        ByteSink sink = new ByteSink();
        codec.format(vector(codec, value), 0, context, sink);
        return sink.view();
    }

    /** Appends a value as text. */
    public static void format(TypeCodec codec, Object value, TypeContext context, ByteSink out) {
        codec.format(vector(codec, value), 0, context, out);
    }

    /** Compares two values, neither null, by the type's default order. */
    public static int compare(TypeCodec codec, Object a, Object b) {
        return ((Ordered) codec).compare(vector(codec, a), 0, vector(codec, b), 0);
    }

    /** The boxed value of a row, or null; bytes share the vector's array. */
    public static Object at(Vector values, int row) {
        return values instanceof BytesVector b && !b.isNull(row) ? b.slice(row) : values.get(row);
    }
}
