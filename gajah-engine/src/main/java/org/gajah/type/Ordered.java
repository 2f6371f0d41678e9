package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.vector.Vector;

/**
 * The ability to be sorted, hashed and indexed: a total order over values that are not null, PostgreSQL's default B-tree order
 * of the type (text in the C collation). {@code compare == 0}, equal {@code hash} and equal {@code key} go together.
 */
public interface Ordered {
    /** Negative, zero or positive; neither row is null. */
    int compare(Vector a, int rowA, Vector b, int rowB);

    /** A well-mixed 64-bit hash; the row is not null. Equal values have equal hashes also across int2, int4 and int8, and across float4 and float8. */
    long hash(Vector values, int row);

    /**
     * Appends the value as bytes whose unsigned lexicographic order is {@link #compare}'s, self-delimiting, so that keys of
     * several columns can be concatenated. Descending columns are complemented by the caller.
     */
    void key(Vector values, int row, ByteSink out);
}
