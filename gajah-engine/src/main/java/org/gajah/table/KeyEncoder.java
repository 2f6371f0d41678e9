package org.gajah.table;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.type.Ordered;
import org.gajah.vector.Vector;

/**
 * Makes index keys: the columns' memcmp-ordered forms one after the other, each behind a byte that puts nulls in their place.
 * Equal rows have equal keys; the unsigned order of keys is the index's order. Immutable.
 */
public final class KeyEncoder {
    private static final int NULL_FIRST = 0;
    private static final int VALUE = 1;
    private static final int NULL_LAST = 2;

    /** How one key column is ordered. */
    public record Part(Ordered order, boolean descending, boolean nullsFirst) {
    }

    private final List<Part> parts;

    public KeyEncoder(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Key columns. */
    public int size() {
        return parts.size();
    }

    /** Appends the whole key of a row; {@code columns} are the key columns' values in order. */
    public void encode(Vector[] columns, int row, ByteSink out) {
        for (int i = 0; i < parts.size(); i++) {
            encodePart(i, columns[i], row, out);
        }
    }

    /** Appends the part of one key column. */
    public void encodePart(int part, Vector values, int row, ByteSink out) {
        Part p = parts.get(part);
        if (values.isNull(row)) {
            encodeNull(part, out);
            return;
        }
        out.putByte(VALUE);
        int start = out.size();
        p.order.key(values, row, out);
        if (p.descending) {
            byte[] bytes = out.array();
            for (int i = start; i < out.size(); i++) {
                bytes[i] = (byte) ~bytes[i];
            }
        }
    }

    /** Appends a null for one key column. */
    public void encodeNull(int part, ByteSink out) {
        out.putByte(parts.get(part).nullsFirst ? NULL_FIRST : NULL_LAST);
    }

    /** Appends what all values of a key column that are not null begin with: a bound between them and the nulls. */
    public void encodeNotNull(ByteSink out) {
        out.putByte(VALUE);
    }
}
