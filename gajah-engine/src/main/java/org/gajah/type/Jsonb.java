package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/**
 * A jsonb value in its binary form: a byte of kind, then a string's bytes, a number's stored form, or for a container the
 * number of its members, the ends of its members, and the members. An object's keys are unique and sorted by length, then
 * by bytes, as PostgreSQL sorts them; all keys stand before all values.
 */
public record Jsonb(Slice bytes) {
    /** What a value is; the order is PostgreSQL's order of values of different kinds. */
    public enum Kind { NULL, STRING, NUMBER, BOOLEAN, ARRAY, OBJECT }

    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int STRING = 3;
    static final int NUMBER = 4;
    static final int ARRAY = 5;
    static final int OBJECT = 6;

    /** Reads JSON text. */
    public static Jsonb parse(Slice text) {
        JsonbBuilder builder = new JsonbBuilder();
        JsonReader.read(text, builder);
        return builder.build();
    }

    public Kind kind() {
        return switch (bytes.at(0)) {
            case NULL -> Kind.NULL;
            case FALSE, TRUE -> Kind.BOOLEAN;
            case STRING -> Kind.STRING;
            case NUMBER -> Kind.NUMBER;
            case ARRAY -> Kind.ARRAY;
            default -> Kind.OBJECT;
        };
    }

    public boolean isObject() {
        return bytes.at(0) == OBJECT;
    }

    public boolean isArray() {
        return bytes.at(0) == ARRAY;
    }

    public boolean isScalar() {
        return bytes.at(0) < ARRAY;
    }

    public boolean isNull() {
        return bytes.at(0) == NULL;
    }

    /** A boolean's value. */
    public boolean bool() {
        return bytes.at(0) == TRUE;
    }

    /** A string's bytes. */
    public Slice string() {
        return bytes.slice(1, bytes.length() - 1);
    }

    /** A number's value. */
    public Numeric number() {
        return NumericCodec.loadNumeric(bytes.slice(1, bytes.length() - 1));
    }

    /** Members of a container. */
    public int count() {
        return Bits.getInt(bytes.array(), bytes.offset() + 1);
    }

    private Slice member(int ends, int data, int index) {
        int from = index == 0 ? 0 : Bits.getInt(bytes.array(), bytes.offset() + ends + index * 4 - 4);
        int to = Bits.getInt(bytes.array(), bytes.offset() + ends + index * 4);
        return bytes.slice(data + from, to - from);
    }

    /** An array's element. */
    public Jsonb element(int index) {
        return new Jsonb(member(5, 5 + 4 * count(), index));
    }

    /** An object's key. */
    public Slice key(int index) {
        return member(5, 5 + 8 * count(), index);
    }

    /** An object's value. */
    public Jsonb value(int index) {
        int count = count();
        return new Jsonb(member(5 + 4 * count, 5 + 8 * count, index, keysLength(count)));
    }

    private int keysLength(int count) {
        return count == 0 ? 0 : Bits.getInt(bytes.array(), bytes.offset() + 1 + 4 * count);
    }

    private Slice member(int ends, int data, int index, int skip) {
        int from = index == 0 ? 0 : Bits.getInt(bytes.array(), bytes.offset() + ends + index * 4 - 4);
        int to = Bits.getInt(bytes.array(), bytes.offset() + ends + index * 4);
        return bytes.slice(data + skip + from, to - from);
    }

    /** The position of a key in an object, or -1. */
    public int find(Slice key) {
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int c = compareKeys(key(middle), key);
            if (c == 0) {
                return middle;
            }
            if (c < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    static int compareKeys(Slice a, Slice b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    /** Writes the value as PostgreSQL shows jsonb. */
    public void format(ByteSink out) {
        switch (kind()) {
            case NULL -> out.putAscii("null");
            case BOOLEAN -> out.putAscii(bool() ? "true" : "false");
            case STRING -> JsonText.quote(string(), out);
            case NUMBER -> NumericText.format(number(), out);
            case ARRAY -> {
                out.putByte('[');
                for (int i = 0; i < count(); i++) {
                    if (i > 0) {
                        out.putAscii(", ");
                    }
                    element(i).format(out);
                }
                out.putByte(']');
            }
            case OBJECT -> {
                out.putByte('{');
                for (int i = 0; i < count(); i++) {
                    if (i > 0) {
                        out.putAscii(", ");
                    }
                    JsonText.quote(key(i), out);
                    out.putAscii(": ");
                    value(i).format(out);
                }
                out.putByte('}');
            }
        }
    }

    /** PostgreSQL's order, including its oddity that at the top an empty array comes before all scalars. */
    public int compareTop(Jsonb other) {
        if (isArray() && other.isScalar()) {
            return count() == 0 ? -1 : 1;
        }
        if (isScalar() && other.isArray()) {
            return other.count() == 0 ? 1 : -1;
        }
        return compare(other);
    }

    private int compare(Jsonb other) {
        Kind kind = kind();
        int order = kind.compareTo(other.kind());
        if (order != 0) {
            return order;
        }
        return switch (kind) {
            case NULL -> 0;
            case BOOLEAN -> Boolean.compare(bool(), other.bool());
            case STRING -> string().compareTo(other.string());
            case NUMBER -> number().compareTo(other.number());
            case ARRAY, OBJECT -> compareMembers(other);
        };
    }

    private int compareMembers(Jsonb other) {
        int count = count();
        if (count != other.count()) {
            return Integer.compare(count, other.count());
        }
        for (int i = 0; i < count; i++) {
            int order = isArray() ? 0 : key(i).compareTo(other.key(i));
            if (order == 0) {
                order = isArray() ? element(i).compare(other.element(i)) : value(i).compare(other.value(i));
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Equal in PostgreSQL's sense: numbers that differ only in scale are equal. */
    public boolean sameAs(Jsonb other) {
        return compareTop(other) == 0;
    }

    long hash() {
        return switch (kind()) {
            case NULL -> Hash.mix(1);
            case BOOLEAN -> Hash.mix(bool() ? 3 : 2);
            case STRING -> Hash.bytes(bytes.array(), bytes.offset() + 1, bytes.length() - 1);
            case NUMBER -> number().hash();
            case ARRAY, OBJECT -> {
                long h = Hash.mix(kind().ordinal());
                for (int i = 0; i < count(); i++) {
                    if (isObject()) {
                        Slice key = key(i);
                        h = Hash.combine(h, Hash.bytes(key.array(), key.offset(), key.length()));
                    }
                    h = Hash.combine(h, (isObject() ? value(i) : element(i)).hash());
                }
                yield h;
            }
        };
    }

    void key(boolean top, ByteSink out) {
        out.putByte(top && isArray() && count() == 0 ? 0 : kind().ordinal() + 1);
        switch (kind()) {
            case NULL -> {
            }
            case BOOLEAN -> out.putByte(bool() ? 1 : 0);
            case STRING -> out.put(string()).putByte(0);
            case NUMBER -> NumericCodec.keyNumeric(number(), out);
            case ARRAY, OBJECT -> {
                out.putInt(count());
                for (int i = 0; i < count(); i++) {
                    if (isObject()) {
                        out.put(key(i)).putByte(0);
                    }
                    (isObject() ? value(i) : element(i)).key(false, out);
                }
            }
        }
    }

    @Override
    public String toString() {
        ByteSink out = new ByteSink();
        format(out);
        return out.toString();
    }
}
