package org.gajah.vector;

/** A column of {@code long}. */
public final class LongVector extends Vector {
    /** The values, by row; for inner loops. Whoever writes here directly also sees to the null flags. */
    public final long[] values;

    public LongVector(int capacity) {
        super(capacity);
        values = new long[capacity];
    }

    @Override
    public Carrier carrier() {
        return Carrier.LONG;
    }

    /** Sets a value that is not null. */
    public void put(int row, long value) {
        setNotNull(row);
        values[row] = value;
    }

    @Override
    public Object get(int row) {
        return isNull(row) ? null : values[row];
    }

    @Override
    public void set(int row, Object value) {
        if (value == null) {
            setNull(row);
        } else {
            put(row, (Long) value);
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int row) {
        if (source.isNull(sourceRow)) {
            setNull(row);
        } else {
            put(row, ((LongVector) source).values[sourceRow]);
        }
    }
}
