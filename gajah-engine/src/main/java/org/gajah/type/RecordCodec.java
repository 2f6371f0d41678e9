package org.gajah.type;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/**
 * Composite types and the anonymous record. A composite knows its columns; of an anonymous record the value itself does, and
 * such a value can be written and compared but not read back.
 */
public final class RecordCodec implements TypeCodec, Ordered {
    /** A column of a composite type; a dropped one has type 0, is always null, and counts for nothing but its place. */
    public record Field(String name, int typeOid, int typmod, TypeCodec codec) {
        boolean dropped() {
            return typeOid == 0;
        }
    }

    private final int typeOid;
    private final List<Field> fields;
    private final IntFunction<TypeCodec> codecs;
    private final IntFunction<String> names;

    /** A composite type's codec. */
    public RecordCodec(int typeOid, List<Field> fields) {
        this.typeOid = typeOid;
        this.fields = List.copyOf(fields);
        this.codecs = oid -> Codecs.of(oid).orElseThrow(() -> unknown(oid));
        this.names = Integer::toUnsignedString;
    }

    /** The codec of type record; {@code codecs} finds those of the values' fields. */
    public RecordCodec(IntFunction<TypeCodec> codecs) {
        this(codecs, Integer::toUnsignedString);
    }

    /** The same, with the names of types for messages. */
    public RecordCodec(IntFunction<TypeCodec> codecs, IntFunction<String> names) {
        this.names = names;
        this.typeOid = Oids.RECORD;
        this.fields = List.of();
        this.codecs = codecs;
    }

    public int typeOid() {
        return typeOid;
    }

    /** The columns; none of an anonymous record. */
    public List<Field> fields() {
        return fields;
    }

    private static SqlError unknown(int oid) {
        return new SqlError(SqlState.UNDEFINED_OBJECT, "type with OID " + oid + " does not exist");
    }

    @Override
    public Carrier carrier() {
        return Carrier.OBJECT;
    }

    @Override
    public int storedWidth() {
        return -1;
    }

    private static RecordValue value(Vector values, int row) {
        return (RecordValue) ((ObjectVector) values).values[row];
    }

    private TypeCodec codec(RecordValue value, int index, TypeContext context) {
        return index < fields.size() ? fields.get(index).codec() : context.codec(value.fieldTypes().get(index));
    }

    private TypeCodec codec(RecordValue value, int index) {
        return index < fields.size() ? fields.get(index).codec() : codecs.apply(value.fieldTypes().get(index));
    }

    private RecordValue make(Object[] values) {
        return new RecordValue(typeOid, fields.stream().map(Field::typeOid).toList(),
                fields.stream().map(Field::name).toList(), values);
    }

    private void requireColumns() {
        if (typeOid == Oids.RECORD) {
            throw SqlError.notSupported("input of anonymous composite types is not implemented");
        }
    }

    private static SqlError malformed(Slice text, String detail) {
        return new SqlError(SqlState.INVALID_TEXT_REPRESENTATION, "malformed record literal: \"" + text + "\"").detail(detail);
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        requireColumns();
        Slice t = IntegerText.trim(text);
        if (t.isEmpty() || t.at(0) != '(') {
            throw malformed(text, "Missing left parenthesis.");
        }
        Object[] values = new Object[fields.size()];
        int at = 1;
        boolean first = true;
        for (int i = 0; i < values.length; i++) {
            if (fields.get(i).dropped()) {
                continue;
            }
            if (!first) {
                if (at >= t.length() || t.at(at) != ',') {
                    throw malformed(text, "Too few columns.");
                }
                at++;
            }
            first = false;
            ByteSink word = new ByteSink();
            int end = field(t, at, text, word);
            if (end > at) {
                Field f = fields.get(i);
                values[i] = Datum.parse(f.codec(), Slice.of(word.toBytes()), f.typmod(), context);
            } else {
                fields.get(i).codec().parseNull(context);
            }
            at = end;
        }
        if (at >= t.length() || t.at(at) != ')') {
            throw malformed(text, at < t.length() && t.at(at) == ',' ? "Too many columns." : "Unexpected end of input.");
        }
        if (at + 1 != t.length()) {
            throw malformed(text, "Junk after right parenthesis.");
        }
        ((ObjectVector) out).put(row, make(values));
    }

    /** Reads one field into {@code word}; returns where it ends. */
    private static int field(Slice t, int from, Slice text, ByteSink word) {
        boolean quoted = false;
        int i = from;
        for (; i < t.length() && (quoted || t.at(i) != ',' && t.at(i) != ')'); i++) {
            int c = t.at(i);
            if (c == '\\') {
                i++;
                if (i >= t.length()) {
                    throw malformed(text, "Unexpected end of input.");
                }
                word.putByte(t.at(i));
            } else if (c == '"') {
                if (quoted && i + 1 < t.length() && t.at(i + 1) == '"') {
                    word.putByte('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else {
                word.putByte(c);
            }
        }
        if (i >= t.length()) {
            throw malformed(text, "Unexpected end of input.");
        }
        return i;
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        RecordValue value = value(values, row);
        out.putByte('(');
        ByteSink one = new ByteSink();
        boolean first = true;
        for (int i = 0; i < value.fields().length; i++) {
            if (value.isDropped(i)) {
                continue;
            }
            if (!first) {
                out.putByte(',');
            }
            first = false;
            if (value.fields()[i] != null) {
                one.clear();
                Datum.format(codec(value, i, context), value.fields()[i], context, one);
                quote(one, out);
            }
        }
        out.putByte(')');
    }

    private static void quote(ByteSink value, ByteSink out) {
        byte[] a = value.array();
        int n = value.size();
        boolean needed = n == 0;
        for (int i = 0; i < n && !needed; i++) {
            int c = a[i];
            needed = c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || IntegerText.isSpace(c);
        }
        if (!needed) {
            out.put(a, 0, n);
            return;
        }
        out.putByte('"');
        for (int i = 0; i < n; i++) {
            if (a[i] == '"' || a[i] == '\\') {
                out.putByte(a[i]);
            }
            out.putByte(a[i]);
        }
        out.putByte('"');
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        requireColumns();
        try {
            ByteSource source = new ByteSource(bytes);
            int count = source.getInt();
            long expected = fields.stream().filter(f -> !f.dropped()).count();
            if (count != expected) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "wrong number of columns: " + count + ", expected " + expected);
            }
            Object[] values = new Object[fields.size()];
            for (int i = 0; i < values.length; i++) {
                Field f = fields.get(i);
                if (f.dropped()) {
                    continue;
                }
                int type = source.getInt();
                if (type != f.typeOid()) {
                    throw new SqlError(SqlState.DATATYPE_MISMATCH, "binary data has type " + type + " ("
                            + context.names().typeName(type, -1) + ") instead of expected " + f.typeOid() + " ("
                            + context.names().typeName(f.typeOid(), -1) + ") in record column " + (i + 1));
                }
                int length = source.getInt();
                if (length >= 0) {
                    values[i] = receive(f, source.getSlice(length), context, i + 1);
                } else {
                    f.codec().parseNull(context);
                }
            }
            if (source.remaining() > 0) {
                throw Errors.leftover();
            }
            ((ObjectVector) out).put(row, make(values));
        } catch (ByteSource.Underflow e) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "insufficient data left in message", e);
        }
    }

    private static Object receive(Field f, Slice bytes, TypeContext context, int number) {
        Vector one = Vector.of(f.codec().carrier(), 1);
        try {
            f.codec().receive(bytes, f.typmod(), context, one, 0);
        } catch (SqlError e) {
            throw Errors.isLeftover(e) ? Errors.leftover(e, "improper binary format in record column " + number) : e;
        }
        return Datum.at(one, 0);
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        RecordValue value = value(values, row);
        int at0 = out.size();
        out.putInt(0);
        int count = 0;
        for (int i = 0; i < value.fields().length; i++) {
            if (value.isDropped(i)) {
                continue;
            }
            count++;
            out.putInt(value.fieldTypes().get(i));
            if (value.fields()[i] == null) {
                out.putInt(-1);
                continue;
            }
            int at = out.size();
            out.putInt(0);
            TypeCodec codec = codec(value, i, context);
            codec.send(Datum.vector(codec, value.fields()[i]), 0, context, out);
            out.setInt(at, out.size() - at - 4);
        }
        out.setInt(at0, count);
    }

    @Override
    public void store(Object value, ByteSink out) {
        RecordValue record = (RecordValue) value;
        out.putInt(record.fields().length);
        for (int i = 0; i < record.fields().length; i++) {
            if (record.fields()[i] == null) {
                out.putInt(-1);
                continue;
            }
            int at = out.size();
            out.putInt(0);
            TypeCodec codec = codec(record, i);
            Stored.write(codec, Datum.vector(codec, record.fields()[i]), 0, out);
            out.setInt(at, out.size() - at - 4);
        }
    }

    /** A row stored before columns were added has fewer: the rest is null. */
    @Override
    public Object load(Slice stored) {
        requireColumns();
        ByteSource source = new ByteSource(stored);
        int count = source.getInt();
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < count; i++) {
            int length = source.getInt();
            if (length >= 0 && fields.get(i).dropped()) {
                source.getSlice(length);
            } else if (length >= 0) {
                Slice bytes = source.getSlice(length);
                Vector one = Vector.of(fields.get(i).codec().carrier(), 1);
                Stored.read(fields.get(i).codec(), bytes, one, 0);
                values[i] = one.get(0);
            }
        }
        return make(values);
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return compare(value(a, rowA), value(b, rowB));
    }

    /** PostgreSQL's order of records: column by column, nulls last. */
    public int compare(RecordValue x, RecordValue y) {
        int[] left = live(x);
        int[] right = live(y);
        int common = Math.min(left.length, right.length);
        for (int k = 0; k < common; k++) {
            int i = left[k];
            Object p = x.fields()[i];
            Object q = y.fields()[right[k]];
            if (!x.fieldTypes().get(i).equals(y.fieldTypes().get(right[k]))) {
                throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot compare dissimilar column types "
                        + names.apply(x.fieldTypes().get(i)) + " and " + names.apply(y.fieldTypes().get(right[k])) + " at record column " + (k + 1));
            }
            if (p == null || q == null) {
                if (p != q) {
                    return p == null ? 1 : -1;
                }
                continue;
            }
            int c = Datum.compare(codec(x, i), p, q);
            if (c != 0) {
                return c;
            }
        }
        if (left.length != right.length) {
            throw new SqlError(SqlState.DATATYPE_MISMATCH, "cannot compare record types with different numbers of columns");
        }
        return 0;
    }

    private static int[] live(RecordValue value) {
        return IntStream.range(0, value.fields().length).filter(i -> !value.isDropped(i)).toArray();
    }

    @Override
    public long hash(Vector values, int row) {
        RecordValue record = value(values, row);
        long h = 1;
        for (int i = 0; i < record.fields().length; i++) {
            if (record.isDropped(i)) {
                continue;
            }
            Object field = record.fields()[i];
            TypeCodec codec = codec(record, i);
            h = Hash.combine(h, field == null ? 0 : ((Ordered) codec).hash(Datum.vector(codec, field), 0));
        }
        return h;
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        RecordValue record = value(values, row);
        for (int i = 0; i < record.fields().length; i++) {
            if (record.isDropped(i)) {
                continue;
            }
            if (record.fields()[i] == null) {
                out.putByte(2);
            } else {
                out.putByte(1);
                TypeCodec codec = codec(record, i);
                ((Ordered) codec).key(Datum.vector(codec, record.fields()[i]), 0, out);
            }
        }
        out.putByte(0);
    }
}
