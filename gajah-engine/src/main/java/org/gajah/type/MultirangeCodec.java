package org.gajah.type;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** Multiranges over a range type. */
public final class MultirangeCodec implements TypeCodec, Ordered {
    private final int typeOid;
    private final RangeCodec range;

    public MultirangeCodec(int typeOid, RangeCodec range) {
        this.typeOid = typeOid;
        this.range = range;
    }

    public int typeOid() {
        return typeOid;
    }

    public RangeCodec range() {
        return range;
    }

    /** The multirange of what those ranges have: sorted, joined where they overlap or touch, empty ones dropped. */
    public MultirangeValue make(List<RangeValue> ranges) {
        List<RangeValue> sorted = new ArrayList<>(ranges);
        sorted.removeIf(RangeValue::empty);
        sorted.sort(null);
        List<RangeValue> joined = new ArrayList<>(sorted.size());
        for (RangeValue next : sorted) {
            if (!joined.isEmpty() && (joined.getLast().overlaps(next) || joined.getLast().adjacent(next))) {
                joined.set(joined.size() - 1, joined.getLast().span(next));
            } else {
                joined.add(next);
            }
        }
        return new MultirangeValue(this, List.copyOf(joined));
    }

    @Override
    public Carrier carrier() {
        return Carrier.OBJECT;
    }

    @Override
    public int storedWidth() {
        return -1;
    }

    private static MultirangeValue value(Vector values, int row) {
        return (MultirangeValue) ((ObjectVector) values).values[row];
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((ObjectVector) out).put(row, make(RangeText.ranges(range, text, typmod, context)));
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        out.putByte('{');
        boolean first = true;
        for (RangeValue r : value(values, row).ranges()) {
            out.putAscii(first ? "" : ",");
            first = false;
            RangeText.format(r, context, out);
        }
        out.putByte('}');
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        try {
            ByteSource source = new ByteSource(bytes);
            int count = source.getInt();
            List<RangeValue> ranges = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ranges.add(range.receive(source.getSlice(source.getInt()), typmod, context));
            }
            if (source.remaining() > 0) {
                throw new SqlError(SqlState.PROTOCOL_VIOLATION, "invalid message format");
            }
            ((ObjectVector) out).put(row, make(ranges));
        } catch (ByteSource.Underflow e) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message", e);
        }
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        List<RangeValue> ranges = value(values, row).ranges();
        out.putInt(ranges.size());
        for (RangeValue r : ranges) {
            int at = out.size();
            out.putInt(0);
            range.send(r, context, out);
            out.setInt(at, out.size() - at - 4);
        }
    }

    @Override
    public void store(Object value, ByteSink out) {
        List<RangeValue> ranges = ((MultirangeValue) value).ranges();
        out.putInt(ranges.size());
        for (RangeValue r : ranges) {
            int at = out.size();
            out.putInt(0);
            range.store(r, out);
            out.setInt(at, out.size() - at - 4);
        }
    }

    @Override
    public Object load(Slice stored) {
        ByteSource source = new ByteSource(stored);
        int count = source.getInt();
        List<RangeValue> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ranges.add((RangeValue) range.load(source.getSlice(source.getInt())));
        }
        return new MultirangeValue(this, List.copyOf(ranges));
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return value(a, rowA).compareTo(value(b, rowB));
    }

    @Override
    public long hash(Vector values, int row) {
        long h = 1;
        for (RangeValue r : value(values, row).ranges()) {
            h = Hash.combine(h, range.hash(r));
        }
        return h;
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        for (RangeValue r : value(values, row).ranges()) {
            out.putByte(1);
            range.key(r, out);
        }
        out.putByte(0);
    }
}
