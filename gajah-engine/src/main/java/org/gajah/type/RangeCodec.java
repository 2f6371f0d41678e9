package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** Ranges over an ordered type. Ranges over int4, int8 and date are discrete: they are brought to the form {@code [a,b)}. */
public final class RangeCodec implements TypeCodec, Ordered {
    private static final int EMPTY = 0x01;
    private static final int LOWER_INCLUSIVE = 0x02;
    private static final int UPPER_INCLUSIVE = 0x04;
    private static final int LOWER_INFINITE = 0x08;
    private static final int UPPER_INFINITE = 0x10;

    private final int typeOid;
    private final int elementType;
    private final TypeCodec element;

    /** The codec of a range type over {@code elementType}, whose codec is also {@link Ordered}. */
    public RangeCodec(int typeOid, int elementType, TypeCodec element) {
        this.typeOid = typeOid;
        this.elementType = elementType;
        this.element = element;
    }

    public int typeOid() {
        return typeOid;
    }

    public int elementType() {
        return elementType;
    }

    public TypeCodec element() {
        return element;
    }

    int compareElements(Object a, Object b) {
        return Datum.compare(element, a, b);
    }

    int compareBounds(Object a, boolean lowerA, boolean inclusiveA, Object b, boolean lowerB, boolean inclusiveB) {
        if (a == null || b == null) {
            int x = a == null ? lowerA ? -1 : 1 : 0;
            int y = b == null ? lowerB ? -1 : 1 : 0;
            return Integer.compare(x, y);
        }
        int c = compareElements(a, b);
        if (c != 0) {
            return c;
        }
        // An exclusive lower bound lies just right of its value, an exclusive upper bound just left of it.
        int x = inclusiveA ? 0 : lowerA ? 1 : -1;
        int y = inclusiveB ? 0 : lowerB ? 1 : -1;
        return Integer.compare(x, y);
    }

    /** Whether {@code left} ends exactly where {@code right} begins. */
    boolean touches(RangeValue left, RangeValue right) {
        if (left.upper() == null || right.lower() == null) {
            return false;
        }
        int c = compareElements(left.upper(), right.lower());
        if (c == 0) {
            return left.upperInclusive() != right.lowerInclusive();
        }
        return c < 0 && isDiscrete() && between(left, right).empty();
    }

    private RangeValue between(RangeValue left, RangeValue right) {
        return make(left.upper(), !left.upperInclusive(), right.lower(), !right.lowerInclusive());
    }

    private boolean isDiscrete() {
        return typeOid == Oids.INT4RANGE || typeOid == Oids.INT8RANGE || typeOid == Oids.DATERANGE;
    }

    public RangeValue emptyRange() {
        return new RangeValue(this, null, null, false, false, true);
    }

    /** The range between two bounds; null is infinite. 22000 if they are in the wrong order. */
    public RangeValue make(Object lower, boolean lowerInclusive, Object upper, boolean upperInclusive) {
        if (lower != null && upper != null) {
            int c = compareElements(lower, upper);
            if (c > 0) {
                throw new SqlError(SqlState.DATA_EXCEPTION, "range lower bound must be less than or equal to range upper bound");
            }
            if (c == 0 && !(lowerInclusive && upperInclusive)) {
                return emptyRange();
            }
        }
        if (!isDiscrete()) {
            return new RangeValue(this, lower, upper, lower != null && lowerInclusive, upper != null && upperInclusive, false);
        }
        Object first = lower != null && !lowerInclusive ? successor(lower) : lower;
        Object end = upper != null && upperInclusive ? successor(upper) : upper;
        boolean firstInclusive = first != null && (lowerInclusive || !isInfinite(first));
        boolean endInclusive = end != null && upperInclusive && isInfinite(end);
        if (first != null && end != null && compareElements(first, end) == 0 && !(firstInclusive && endInclusive)) {
            return emptyRange();
        }
        return new RangeValue(this, first, end, firstInclusive, endInclusive, false);
    }

    private boolean isInfinite(Object value) {
        return typeOid == Oids.DATERANGE
                && ((Integer) value == Calendar.DATE_INFINITY || (Integer) value == Calendar.DATE_NEGATIVE_INFINITY);
    }

    private Object successor(Object value) {
        if (value instanceof Long l) {
            if (l == Long.MAX_VALUE) {
                throw Errors.outOfRange("bigint");
            }
            return l + 1;
        }
        int n = (Integer) value;
        if (isInfinite(value)) {
            return n;
        }
        if (typeOid == Oids.DATERANGE && n >= Calendar.MAX_DATE) {
            throw new SqlError(SqlState.DATETIME_FIELD_OVERFLOW, "date out of range");
        }
        if (n == Integer.MAX_VALUE) {
            throw Errors.outOfRange("integer");
        }
        return n + 1;
    }

    @Override
    public Carrier carrier() {
        return Carrier.OBJECT;
    }

    @Override
    public int storedWidth() {
        return -1;
    }

    private static RangeValue value(Vector values, int row) {
        return (RangeValue) ((ObjectVector) values).values[row];
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((ObjectVector) out).put(row, new RangeText(this, text, typmod, context).range());
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        RangeText.format(value(values, row), context, out);
    }

    RangeValue receive(Slice bytes, int typmod, TypeContext context) {
        try {
            ByteSource source = new ByteSource(bytes);
            int flags = source.getUnsignedByte() & 0x1f;
            boolean empty = (flags & EMPTY) != 0;
            Object lower = empty || (flags & LOWER_INFINITE) != 0 ? null : bound(source, typmod, context);
            Object upper = empty || (flags & UPPER_INFINITE) != 0 ? null : bound(source, typmod, context);
            if (source.remaining() > 0) {
                throw new SqlError(SqlState.PROTOCOL_VIOLATION, "invalid message format");
            }
            return empty ? emptyRange() : make(lower, (flags & LOWER_INCLUSIVE) != 0, upper, (flags & UPPER_INCLUSIVE) != 0);
        } catch (ByteSource.Underflow e) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message", e);
        }
    }

    private Object bound(ByteSource source, int typmod, TypeContext context) {
        Vector one = Vector.of(element.carrier(), 1);
        element.receive(source.getSlice(source.getInt()), typmod, context, one, 0);
        return one.get(0);
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        ((ObjectVector) out).put(row, receive(bytes, typmod, context));
    }

    private static int flags(RangeValue r) {
        return r.empty() ? EMPTY : (r.lowerInclusive() ? LOWER_INCLUSIVE : 0) | (r.upperInclusive() ? UPPER_INCLUSIVE : 0)
                | (r.lower() == null ? LOWER_INFINITE : 0) | (r.upper() == null ? UPPER_INFINITE : 0);
    }

    void send(RangeValue r, TypeContext context, ByteSink out) {
        out.putByte(flags(r));
        for (Object bound : new Object[] {r.lower(), r.upper()}) {
            if (bound != null) {
                int at = out.size();
                out.putInt(0);
                element.send(Datum.vector(element, bound), 0, context, out);
                out.setInt(at, out.size() - at - 4);
            }
        }
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        send(value(values, row), context, out);
    }

    @Override
    public void store(Object value, ByteSink out) {
        RangeValue r = (RangeValue) value;
        out.putByte(flags(r));
        for (Object bound : new Object[] {r.lower(), r.upper()}) {
            if (bound != null) {
                int at = out.size();
                out.putInt(0);
                Stored.write(element, Datum.vector(element, bound), 0, out);
                out.setInt(at, out.size() - at - 4);
            }
        }
    }

    @Override
    public Object load(Slice stored) {
        ByteSource source = new ByteSource(stored);
        int flags = source.getUnsignedByte();
        boolean empty = (flags & EMPTY) != 0;
        Object lower = empty || (flags & LOWER_INFINITE) != 0 ? null : loadBound(source);
        Object upper = empty || (flags & UPPER_INFINITE) != 0 ? null : loadBound(source);
        return new RangeValue(this, lower, upper, (flags & LOWER_INCLUSIVE) != 0, (flags & UPPER_INCLUSIVE) != 0, empty);
    }

    private Object loadBound(ByteSource source) {
        Vector one = Vector.of(element.carrier(), 1);
        Stored.read(element, source.getSlice(source.getInt()), one, 0);
        return one.get(0);
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return value(a, rowA).compareTo(value(b, rowB));
    }

    long hash(RangeValue r) {
        long h = Hash.mix(flags(r));
        for (Object bound : new Object[] {r.lower(), r.upper()}) {
            h = Hash.combine(h, bound == null ? 0 : ((Ordered) element).hash(Datum.vector(element, bound), 0));
        }
        return h;
    }

    @Override
    public long hash(Vector values, int row) {
        return hash(value(values, row));
    }

    void key(RangeValue r, ByteSink out) {
        out.putByte(r.empty() ? 0 : 1);
        if (r.empty()) {
            return;
        }
        keyBound(r.lower(), 0, r.lowerInclusive() ? 0 : 1, out);
        keyBound(r.upper(), 2, r.upperInclusive() ? 1 : 0, out);
    }

    private void keyBound(Object bound, int infinite, int place, ByteSink out) {
        if (bound == null) {
            out.putByte(infinite);
            return;
        }
        out.putByte(1);
        ((Ordered) element).key(Datum.vector(element, bound), 0, out);
        out.putByte(place);
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        key(value(values, row), out);
    }
}
