package org.gajah.vector;

/** A column of {@code double}. */
public final class DoubleVector extends Vector {
    /** The values, by row; for inner loops. Whoever writes here directly also sees to the null flags. */
    public final double[] values;

    public DoubleVector(int capacity) {
        super(capacity);
        values = new double[capacity];
    }

    @Override
    public Carrier carrier() {
        return Carrier.DOUBLE;
    }

    /** Sets a value that is not null. */
    public void put(int row, double value) {
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
            put(row, (Double) value);
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int row) {
        if (source.isNull(sourceRow)) {
            setNull(row);
        } else {
            put(row, ((DoubleVector) source).values[sourceRow]);
        }
    }
}
