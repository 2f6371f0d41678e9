package org.gajah.exec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.RowTarget;
import org.gajah.base.Slice;
import org.gajah.plan.PlanColumn;
import org.gajah.type.Numeric;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.BytesVector;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.IntVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** Puts the rows that a wrapper gives into a batch, each value as its column's type reads it. */
final class ForeignRowTarget implements RowTarget {
    private final Batch batch;
    private final int[] types;
    private final int[] typmods;
    private final TypeCodec[] codecs;
    private final IntFunction<String> places;
    private final TypeContext context;
    private int row;

    /** {@code places} says of a column where it comes from, for errors: {@code column "a" of foreign table "t"}, or nothing. */
    ForeignRowTarget(Batch batch, List<PlanColumn> columns, ExecContext context, IntFunction<String> places) {
        this.places = places;
        this.batch = batch;
        this.context = context.types();
        types = columns.stream().mapToInt(PlanColumn::type).toArray();
        typmods = columns.stream().mapToInt(PlanColumn::typmod).toArray();
        codecs = columns.stream().map(c -> context.catalog().inputCodec(c.type())).toArray(TypeCodec[]::new);
    }

    /** Begins to fill the batch anew. */
    void reset() {
        batch.reset();
        row = 0;
        clear();
    }

    /** Begins with this row. */
    void resetAt(int first) {
        batch.reset();
        row = first;
        clear();
    }

    int rows() {
        return row;
    }

    private void clear() {
        for (int i = 0; i < types.length; i++) {
            batch.column(i).setNull(row);
        }
    }

    @Override
    public void dropRow() {
        clear();
    }

    @Override
    public void endRow() {
        row++;
        if (row < batch.selection().rows.length) {
            clear();
        }
    }

    @Override
    public void setLong(int column, long value) {
        Vector vector = batch.column(column);
        switch (types[column]) {
            case Oids.INT4 -> ((IntVector) vector).put(row, fit(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer"));
            case Oids.INT2 -> ((IntVector) vector).put(row, fit(value, Short.MIN_VALUE, Short.MAX_VALUE, "smallint"));
            case Oids.INT8 -> ((LongVector) vector).put(row, value);
            case Oids.FLOAT8 -> ((DoubleVector) vector).put(row, value);
            case Oids.BOOL -> ((BoolVector) vector).put(row, value != 0);
            case Oids.NUMERIC -> {
                if (typmods[column] < 0) {
                    ((ObjectVector) vector).put(row, Numeric.of(value));
                } else {
                    setText(column, Long.toString(value));
                }
            }
            default -> setText(column, Long.toString(value));
        }
    }

    private static int fit(long value, int least, int most, String type) {
        if (value < least || value > most) {
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value \"" + value + "\" is out of range for type " + type);
        }
        return (int) value;
    }

    @Override
    public void setDouble(int column, double value) {
        if (types[column] == Oids.FLOAT8) {
            ((DoubleVector) batch.column(column)).put(row, value);
        } else {
            setText(column, Double.isInfinite(value) ? value > 0 ? "Infinity" : "-Infinity" : Double.toString(value));
        }
    }

    @Override
    public void setBoolean(int column, boolean value) {
        switch (batch.column(column)) {
            case BoolVector v -> v.put(row, value);
            case BytesVector v -> setText(column, value ? "true" : "false");
            case IntVector v -> setLong(column, value ? 1 : 0);
            case LongVector v -> setLong(column, value ? 1 : 0);
            case DoubleVector v -> setLong(column, value ? 1 : 0);
            case ObjectVector v -> setLong(column, value ? 1 : 0);
        }
    }

    @Override
    public void setText(int column, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        setText(column, utf8, 0, utf8.length);
    }

    @Override
    public void setText(int column, byte[] utf8, int offset, int length) {
        Vector vector = batch.column(column);
        boolean asItIs = types[column] == Oids.TEXT || types[column] == Oids.VARCHAR && typmods[column] < 0;
        if (asItIs) {
            ((BytesVector) vector).put(row, utf8, offset, length);
        } else {
            try {
                codecs[column].parse(new Slice(utf8, offset, length), typmods[column], context, vector, row);
            } catch (SqlError e) {
                String from = places.apply(column);
                throw from.isEmpty() ? e : e.context(from);
            }
        }
    }

    @Override
    public void setBinary(int column, byte[] array, int offset, int length) {
        codecs[column].receive(new Slice(array, offset, length), typmods[column], context, batch.column(column), row);
    }

    @Override
    public void setBytes(int column, byte[] value) {
        if (types[column] == Oids.BYTEA) {
            ((BytesVector) batch.column(column)).put(row, value, 0, value.length);
        } else {
            setText(column, "\\x" + Slice.of(value).toHex());
        }
    }
}
