package org.gajah.type;

import java.util.ArrayList;
import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** Boxed values as bytes that say by themselves what they are: for temporary files, never for anything that stays. */
public final class DatumForm {
    private static final NumericCodec NUMERIC = new NumericCodec();

    private static final int NULL = 0;
    private static final int BOOL = 1;
    private static final int INT = 2;
    private static final int LONG = 3;
    private static final int DOUBLE = 4;
    private static final int BYTES = 5;
    private static final int DECIMAL = 6;
    private static final int INTERVAL = 7;
    private static final int TIMETZ = 8;
    private static final int ARRAY = 9;
    private static final int RECORD = 10;

    private DatumForm() {
    }

    /** Appends a value; null is SQL NULL. */
    public static void write(Object value, ByteSink out) {
        switch (value) {
            case null -> out.putByte(NULL);
            case Boolean v -> out.putByte(BOOL).putByte(v ? 1 : 0);
            case Integer v -> out.putByte(INT).putInt(v);
            case Long v -> out.putByte(LONG).putLong(v);
            case Double v -> out.putByte(DOUBLE).putLong(Double.doubleToRawLongBits(v));
            case Slice v -> out.putByte(BYTES).putInt(v.length()).put(v);
            case Numeric v -> {
                int at = out.putByte(DECIMAL).putInt(0).size();
                NUMERIC.store(v, out);
                out.setInt(at - 4, out.size() - at);
            }
            case Interval v -> out.putByte(INTERVAL).putInt(v.months()).putInt(v.days()).putLong(v.micros());
            case TimeTz v -> out.putByte(TIMETZ).putLong(v.micros()).putInt(v.zoneSeconds());
            case ArrayValue v -> writeArray(v, out);
            case RecordValue v -> {
                out.putByte(RECORD).putInt(v.typeOid()).putInt(v.fields().length);
                for (int i = 0; i < v.fields().length; i++) {
                    out.putInt(i < v.fieldTypes().size() ? v.fieldTypes().get(i) : 0);
                    Slice name = Slice.of(i < v.fieldNames().size() ? v.fieldNames().get(i) : "");
                    out.putInt(name.length()).put(name);
                    write(v.fields()[i], out);
                }
            }
            default -> throw new IllegalArgumentException("no form for " + value.getClass());
        }
    }

    private static void writeArray(ArrayValue v, ByteSink out) {
        out.putByte(ARRAY).putInt(v.elementType()).putByte(v.elements().carrier().ordinal()).putByte(v.dimensions());
        for (int d = 0; d < v.dimensions(); d++) {
            out.putInt(v.lengths()[d]).putInt(v.lowerBounds()[d]);
        }
        int count = v.count();
        for (int i = 0; i < count; i++) {
            write(v.elements() instanceof BytesVector bytes && !bytes.isNull(i) ? bytes.slice(i) : v.elements().get(i), out);
        }
    }

    /** Reads a value back. It may share the source's array. */
    public static Object read(ByteSource in) {
        return switch (in.getByte()) {
            case NULL -> null;
            case BOOL -> in.getByte() != 0;
            case INT -> in.getInt();
            case LONG -> in.getLong();
            case DOUBLE -> Double.longBitsToDouble(in.getLong());
            case BYTES -> in.getSlice(in.getInt());
            case DECIMAL -> NUMERIC.load(in.getSlice(in.getInt()));
            case INTERVAL -> new Interval(in.getInt(), in.getInt(), in.getLong());
            case TIMETZ -> new TimeTz(in.getLong(), in.getInt());
            case ARRAY -> readArray(in);
            case RECORD -> readRecord(in);
            default -> throw new IllegalStateException("not a value in a temporary file");
        };
    }

    private static ArrayValue readArray(ByteSource in) {
        int elementType = in.getInt();
        Carrier carrier = Carrier.values()[in.getByte()];
        int dimensions = in.getByte();
        int[] lengths = new int[dimensions];
        int[] lowerBounds = new int[dimensions];
        int count = dimensions == 0 ? 0 : 1;
        for (int d = 0; d < dimensions; d++) {
            lengths[d] = in.getInt();
            lowerBounds[d] = in.getInt();
            count *= lengths[d];
        }
        Vector elements = Vector.of(carrier, count);
        for (int i = 0; i < count; i++) {
            elements.set(i, read(in));
        }
        return new ArrayValue(elementType, lengths, lowerBounds, elements);
    }

    private static RecordValue readRecord(ByteSource in) {
        int type = in.getInt();
        Object[] fields = new Object[in.getInt()];
        List<Integer> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            types.add(in.getInt());
            names.add(in.getSlice(in.getInt()).toString());
            fields[i] = read(in);
        }
        return new RecordValue(type, types, names, fields);
    }

    /** Bytes of memory that a value of carrier OBJECT takes, roughly. */
    public static long weight(Object value) {
        return switch (value) {
            case Numeric v -> v.memoryBytes();
            case ArrayValue v -> 64 + weight(v.elements());
            case RecordValue v -> {
                long sum = 64 + 24L * v.fields().length;
                for (Object field : v.fields()) {
                    sum += field instanceof Slice s ? s.length() : field == null ? 0 : weight(field);
                }
                yield sum;
            }
            case ByteSink v -> v.array().length + 32L;
            case Weighted v -> v.weight();
            case null, default -> 48;
        };
    }

    /** Whether an aggregate's state is one that grows with what it takes in, and says cheaply by how much. */
    public static boolean grows(Object state) {
        return state instanceof ByteSink || state instanceof Weighted;
    }

    private static long weight(Vector elements) {
        int capacity = elements.capacity();
        return switch (elements) {
            case BoolVector v -> 2L * capacity;
            case IntVector v -> 5L * capacity;
            case LongVector v -> 9L * capacity;
            case DoubleVector v -> 9L * capacity;
            case BytesVector v -> 17L * capacity + v.heapBytes();
            case ObjectVector v -> {
                long sum = 0;
                for (int i = 0; i < capacity; i++) {
                    sum += 9 + (v.values[i] == null ? 0 : weight(v.values[i]));
                }
                yield sum;
            }
        };
    }

    /** An object, an aggregate's state for instance, that knows how much memory it takes. */
    public interface Weighted {
        long weight();
    }
}
