package org.gajah.vector;

/** A column of {@code int}. */
public final class IntVector extends Vector {
    /** The values, by row; for inner loops. Whoever writes here directly also sees to the null flags. */
    public final int[] values;

    public IntVector(int capacity) {
        super(capacity);
        values = new int[capacity];
    }

    @Override
    public Carrier carrier() {
        return Carrier.INT;
    }

    /** Sets a value that is not null. */
    public void put(int row, int value) {
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
            put(row, (Integer) value);
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int row) {
        if (source.isNull(sourceRow)) {
            setNull(row);
        } else {
            put(row, ((IntVector) source).values[sourceRow]);
        }
    }
}
