package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** Arrays of any element type. The stored form is the binary form with the elements in their stored form. */
public final class ArrayCodec implements TypeCodec, Ordered {
    /** Dimensions that an array may have. */
    public static final int MAX_DIMENSIONS = 6;
    /** Elements that an array may have. */
    public static final int MAX_ELEMENTS = 0x7ffffff;

    private final int elementType;
    private final TypeCodec element;
    private final char delimiter;

    /** The codec of arrays of {@code elementType}; {@code delimiter} is pg_type.typdelim. */
    public ArrayCodec(int elementType, TypeCodec element, char delimiter) {
        this.elementType = elementType;
        this.element = element;
        this.delimiter = delimiter;
    }

    public TypeCodec element() {
        return element;
    }

    public int elementType() {
        return elementType;
    }

    @Override
    public Carrier carrier() {
        return Carrier.OBJECT;
    }

    @Override
    public int storedWidth() {
        return -1;
    }

    private static ArrayValue value(Vector values, int row) {
        return (ArrayValue) ((ObjectVector) values).values[row];
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((ObjectVector) out).put(row, new ArrayText(text, elementType, element, delimiter, typmod, context).parse());
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        ArrayText.format(value(values, row), element, delimiter, context, out);
    }

    /** Raises 54000 if an array of these dimensions would be too large. */
    static int checkedCount(int[] lengths) {
        long count = lengths.length == 0 ? 0 : 1;
        for (int length : lengths) {
            count *= length;
            if (count > MAX_ELEMENTS) {
                throw tooLarge();
            }
        }
        return (int) count;
    }

    /** 54000: more elements than an array may have. */
    public static SqlError tooLarge() {
        return new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED,
                "array size exceeds the maximum allowed (" + MAX_ELEMENTS + ")");
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        try {
            ByteSource source = new ByteSource(bytes);
            int dimensions = source.getInt();
            if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
                throw dimensionError(dimensions);
            }
            int flags = source.getInt();
            if (flags != 0 && flags != 1) {
                throw Errors.invalidBinary("invalid array flags");
            }
            int type = source.getInt();
            if (type != elementType) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "binary data has array element type " + type + " ("
                        + context.names().typeName(type, -1) + ") instead of expected " + elementType + " ("
                        + context.names().typeName(elementType, -1) + ")");
            }
            ArrayValue shape = shape(source, dimensions);
            int count = shape.count();
            if (count > source.remaining() / 4) {
                throw new SqlError(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message");
            }
            Vector elements = Vector.of(element.carrier(), Math.max(1, count));
            for (int i = 0; i < count; i++) {
                int length = source.getInt();
                if (length < 0) {
                    element.parseNull(context);
                    elements.setNull(i);
                } else {
                    receiveElement(source.getSlice(length), typmod, context, elements, i);
                }
            }
            if (source.remaining() > 0) {
                throw Errors.leftover();
            }
            ((ObjectVector) out).put(row, new ArrayValue(elementType, shape.lengths(), shape.lowerBounds(), elements));
        } catch (ByteSource.Underflow e) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message", e);
        }
    }

    private void receiveElement(Slice bytes, int typmod, TypeContext context, Vector elements, int index) {
        try {
            element.receive(bytes, typmod, context, elements, index);
        } catch (SqlError e) {
            throw Errors.isLeftover(e) ? Errors.leftover(e, "improper binary format in array element " + (index + 1)) : e;
        }
    }

    static SqlError dimensionError(int dimensions) {
        return dimensions < 0 ? Errors.invalidBinary("invalid number of dimensions: " + dimensions)
                : new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "number of array dimensions (" + dimensions
                        + ") exceeds the maximum allowed (" + MAX_DIMENSIONS + ")");
    }

    private ArrayValue shape(ByteSource source, int dimensions) {
        int[] lengths = new int[dimensions];
        int[] lower = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = source.getInt();
            lower[i] = source.getInt();
            if (lengths[i] < 0) {
                throw Errors.invalidBinary("invalid array dimension");
            }
        }
        if (checkedCount(lengths) == 0) {
            return new ArrayValue(elementType, new int[0], new int[0], Vector.of(element.carrier(), 1));
        }
        return new ArrayValue(elementType, lengths, lower, Vector.of(element.carrier(), 1));
    }

    private interface Writer {
        void write(Vector elements, int row, ByteSink out);
    }

    private void write(ArrayValue array, Writer writer, ByteSink out) {
        int count = array.count();
        boolean nulls = false;
        for (int i = 0; i < count && !nulls; i++) {
            nulls = array.elements().isNull(i);
        }
        out.putInt(array.dimensions()).putInt(nulls ? 1 : 0).putInt(elementType);
        for (int i = 0; i < array.dimensions(); i++) {
            out.putInt(array.lengths()[i]).putInt(array.lowerBounds()[i]);
        }
        for (int i = 0; i < count; i++) {
            if (array.elements().isNull(i)) {
                out.putInt(-1);
            } else {
                int at = out.size();
                out.putInt(0);
                writer.write(array.elements(), i, out);
                out.setInt(at, out.size() - at - 4);
            }
        }
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        write(value(values, row), (elements, i, sink) -> element.send(elements, i, context, sink), out);
    }

    @Override
    public void store(Object value, ByteSink out) {
        write((ArrayValue) value, (elements, i, sink) -> Stored.write(element, elements, i, sink), out);
    }

    @Override
    public Object load(Slice stored) {
        ByteSource source = new ByteSource(stored);
        int dimensions = source.getInt();
        source.getInt();
        source.getInt();
        ArrayValue shape = shape(source, dimensions);
        int count = shape.count();
        Vector elements = Vector.of(element.carrier(), Math.max(1, count));
        for (int i = 0; i < count; i++) {
            int length = source.getInt();
            if (length < 0) {
                elements.setNull(i);
            } else {
                Stored.read(element, source.getSlice(length), elements, i);
            }
        }
        return new ArrayValue(elementType, shape.lengths(), shape.lowerBounds(), elements);
    }

    private Ordered ordered() {
        if (element instanceof Ordered o) {
            return o;
        }
        throw new SqlError(SqlState.UNDEFINED_FUNCTION, "could not identify a comparison function for type " + elementType);
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return compare(value(a, rowA), value(b, rowB));
    }

    /** PostgreSQL's order of arrays: elements first (nulls last), then their number, then the dimensions. */
    public int compare(ArrayValue x, ArrayValue y) {
        Ordered order = ordered();
        int common = Math.min(x.count(), y.count());
        for (int i = 0; i < common; i++) {
            boolean nullX = x.elements().isNull(i);
            boolean nullY = y.elements().isNull(i);
            int c = nullX || nullY ? Boolean.compare(nullX, nullY) : order.compare(x.elements(), i, y.elements(), i);
            if (c != 0) {
                return c;
            }
        }
        if (x.count() != y.count()) {
            return Integer.compare(x.count(), y.count());
        }
        if (x.dimensions() != y.dimensions()) {
            return Integer.compare(x.dimensions(), y.dimensions());
        }
        for (int i = 0; i < x.dimensions(); i++) {
            int c = Integer.compare(x.lengths()[i], y.lengths()[i]);
            if (c == 0) {
                c = Integer.compare(x.lowerBounds()[i], y.lowerBounds()[i]);
            }
            if (c != 0) {
                return c;
            }
        }
        return 0;
    }

    @Override
    public long hash(Vector values, int row) {
        ArrayValue array = value(values, row);
        Ordered order = ordered();
        long h = 1;
        for (int i = 0; i < array.count(); i++) {
            h = Hash.combine(h, array.elements().isNull(i) ? 0 : order.hash(array.elements(), i));
        }
        return h;
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        ArrayValue array = value(values, row);
        Ordered order = ordered();
        for (int i = 0; i < array.count(); i++) {
            if (array.elements().isNull(i)) {
                out.putByte(2);
            } else {
                out.putByte(1);
                order.key(array.elements(), i, out);
            }
        }
        out.putByte(0).putByte(array.dimensions());
        for (int i = 0; i < array.dimensions(); i++) {
            out.putInt(array.lengths()[i]).putInt(array.lowerBounds()[i] ^ Integer.MIN_VALUE);
        }
    }
}
