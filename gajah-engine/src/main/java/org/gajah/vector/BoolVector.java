package org.gajah.vector;

/** A column of {@code boolean}. */
public final class BoolVector extends Vector {
    /** The values, by row; for inner loops. Whoever writes here directly also sees to the null flags. */
    public final boolean[] values;

    public BoolVector(int capacity) {
        super(capacity);
        values = new boolean[capacity];
    }

    @Override
    public Carrier carrier() {
        return Carrier.BOOL;
    }

    /** Sets a value that is not null. */
    public void put(int row, boolean value) {
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
            put(row, (Boolean) value);
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int row) {
        if (source.isNull(sourceRow)) {
            setNull(row);
        } else {
            put(row, ((BoolVector) source).values[sourceRow]);
        }
    }
}
