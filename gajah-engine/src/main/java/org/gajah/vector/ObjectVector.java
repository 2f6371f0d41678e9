package org.gajah.vector;

/** A column of immutable Java values (or of aggregate states, which only their aggregate touches). */
public final class ObjectVector extends Vector {
    /** The values, by row; undefined where null. */
    public final Object[] values;

    public ObjectVector(int capacity) {
        super(capacity);
        values = new Object[capacity];
    }

    @Override
    public Carrier carrier() {
        return Carrier.OBJECT;
    }

    /** Sets a value that is not null. */
    public void put(int row, Object value) {
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
            put(row, value);
        }
    }

    @Override
    public void copyFrom(Vector source, int sourceRow, int row) {
        if (source.isNull(sourceRow)) {
            setNull(row);
        } else {
            put(row, ((ObjectVector) source).values[sourceRow]);
        }
    }
}
