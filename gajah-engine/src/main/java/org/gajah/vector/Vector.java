package org.gajah.vector;

import java.util.Arrays;

import org.gajah.base.MemoryBudget;

/**
 * One column of up to {@link Batch#MAX_ROWS} rows. Which rows are defined is said by the batch's selection.
 *
 * <p>The boxed view ({@link #get}, {@link #set}) uses Boolean, Integer, Long, Double, {@link org.gajah.base.Slice} or the
 * object itself, and null for SQL NULL; it is for constants, row-at-a-time code and tests, not for inner loops.
 */
public abstract sealed class Vector permits BoolVector, IntVector, LongVector, DoubleVector, BytesVector, ObjectVector {
    /** One flag a row; only meaningful while {@link #mayHaveNulls}. */
    protected boolean[] nulls;
    private boolean mayHaveNulls;

    protected Vector(int capacity) {
        nulls = new boolean[capacity];
    }

    /** A vector of {@code carrier} with room for {@code capacity} rows; 53200 if there is no memory for so many. */
    public static Vector of(Carrier carrier, int capacity) {
        if (capacity > Batch.MAX_ROWS) {
            MemoryBudget.claim(capacity * (carrier == Carrier.BYTES ? 17L : 9L));
        }
        return switch (carrier) {
            case BOOL -> new BoolVector(capacity);
            case INT -> new IntVector(capacity);
            case LONG -> new LongVector(capacity);
            case DOUBLE -> new DoubleVector(capacity);
            case BYTES -> new BytesVector(capacity);
            case OBJECT -> new ObjectVector(capacity);
        };
    }

    public abstract Carrier carrier();

    /** Rows there is room for. */
    public final int capacity() {
        return nulls.length;
    }

    /** False only if no row is null: inner loops then skip the null flags. */
    public final boolean mayHaveNulls() {
        return mayHaveNulls;
    }

    public final boolean isNull(int row) {
        return mayHaveNulls && nulls[row];
    }

    public final void setNull(int row) {
        if (!mayHaveNulls) {
            Arrays.fill(nulls, false);
            mayHaveNulls = true;
        }
        nulls[row] = true;
    }

    /** Marks a row as not null; its value is then set by the subclass's setter, which does this itself. */
    protected final void setNotNull(int row) {
        if (mayHaveNulls) {
            nulls[row] = false;
        }
    }

    /** Forgets all rows, keeping the memory. */
    public void reset() {
        mayHaveNulls = false;
    }

    /** The boxed value, or null. */
    public abstract Object get(int row);

    /** Sets a boxed value, or null. */
    public abstract void set(int row, Object value);

    /** Copies one row, null or not, from a vector of the same carrier. */
    public abstract void copyFrom(Vector source, int sourceRow, int row);
}
