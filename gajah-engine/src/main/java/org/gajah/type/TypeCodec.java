package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/**
 * How the values of one SQL type are read and written: as text, in PostgreSQL's binary form, and on a page. Rows handed in are
 * never null. A codec is immutable and shared by all sessions. One that can be sorted or hashed is also {@link Ordered}.
 */
public interface TypeCodec {
    Carrier carrier();

    /** Reads the text form (typinput). {@code typmod} is -1 where the type has no modifier. */
    void parse(Slice text, int typmod, TypeContext context, Vector out, int row);

    /** Says no to a null that is read where the type is a domain that has none. */
    default void parseNull(TypeContext context) {
        // Other types have nothing against nulls.
    }

    /** Writes the text form (typoutput) in the session's style. */
    void format(Vector values, int row, TypeContext context, ByteSink out);

    /** Reads PostgreSQL's binary form (typreceive); the slice is exactly the value. */
    void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row);

    /** Writes PostgreSQL's binary form (typsend), without a length. */
    void send(Vector values, int row, TypeContext context, ByteSink out);

    /** Whether the binary form is the text itself, and so is in the client's encoding. */
    default boolean isTextInBinary() {
        return false;
    }

    /** Whether the text form has nothing but letters, digits, spaces and {@code + - . : /} in it, in any style. */
    default boolean isPlainText() {
        return false;
    }

    /**
     * Bytes that a value takes on a page: 1, 2, 4 or 8 for a fixed width, -1 for a varying one. A BYTES value is stored as it
     * is, an OBJECT value as {@link #store} writes it, the others as little-endian numbers of this width.
     */
    int storedWidth();

    /** Writes an OBJECT value for a page; other carriers have no use for it. */
    default void store(Object value, ByteSink out) {
        throw new IllegalStateException(getClass() + " has carrier " + carrier());
    }

    /** Reads back what {@link #store} wrote; the result does not share the slice's array. */
    default Object load(Slice stored) {
        throw new IllegalStateException(getClass() + " has carrier " + carrier());
    }
}
