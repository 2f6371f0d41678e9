package org.gajah.javaroutine;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.spi.Row;
import org.gajah.api.spi.TupleDescriptor;
import org.gajah.type.Oids;
import org.gajah.type.RecordValue;

/** A row of boxed values. */
record SpiRow(Columns columns, Object[] values) implements Row {
    @Override
    public TupleDescriptor descriptor() {
        return columns;
    }

    @Override
    public boolean isNull(int column) {
        return values[columns.index(column)] == null;
    }

    @Override
    public Object get(int column) {
        int at = columns.index(column);
        return columns.java().natural(values[at], columns.types().get(at));
    }

    @Override
    public <T> T get(int column, Class<T> type) {
        int at = columns.index(column);
        @SuppressWarnings("unchecked")
        Class<T> boxed = (Class<T>) JavaTypes.boxed(type);
        return boxed.cast(columns.java().toJava(values[at], columns.types().get(at), type));
    }

    @Override
    public String getText(int column) {
        int at = columns.index(column);
        return columns.java().text(values[at], columns.types().get(at));
    }

    private Object present(int column) {
        Object value = values[columns.index(column)];
        if (value == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "column \"" + columns.name(column) + "\" is null");
        }
        return value;
    }

    @Override
    public long getLong(int column) {
        return switch (present(column)) {
            case Integer i -> i;
            case Long l -> l;
            default -> get(column, Long.class);
        };
    }

    @Override
    public int getInt(int column) {
        long value = getLong(column);
        if (value != (int) value) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
        }
        return (int) value;
    }

    @Override
    public double getDouble(int column) {
        return switch (present(column)) {
            case Double d -> d;
            case Integer i -> i;
            case Long l -> l;
            default -> get(column) instanceof Number n ? n.doubleValue() : get(column, Double.class);
        };
    }

    @Override
    public boolean getBoolean(int column) {
        return present(column) instanceof Boolean b ? b : get(column, Boolean.class);
    }

    @Override
    public Row with(int column, Object value) {
        Object[] changed = values.clone();
        int at = columns.index(column);
        changed[at] = columns.java().toDatum(value, columns.types().get(at));
        return new SpiRow(columns, changed);
    }

    RecordValue record() {
        return new RecordValue(Oids.RECORD, columns.types(), columns.names(), values);
    }
}
