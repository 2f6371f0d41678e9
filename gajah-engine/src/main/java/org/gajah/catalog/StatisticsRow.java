package org.gajah.catalog;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.DoubleVector;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Vector;

/** Statistics as rows of pg_statistic and back. Values stand there as the text of an array. */
public final class StatisticsRow {
    private static final int COMMON = 1;
    private static final int HISTOGRAM = 2;
    private static final int CORRELATION = 3;
    private static final int SLOTS = 5;
    private static final int FIRST_KIND = 6;
    private static final int FIRST_OPERATOR = 11;
    private static final int FIRST_COLLATION = 16;
    private static final int FIRST_NUMBERS = 21;
    private static final int FIRST_VALUES = 26;

    private StatisticsRow() {
    }

    /** The row for a column; the operators are its type's equality and less-than. */
    public static Object[] of(int relation, int column, ColumnStatistics s, int type, TypeCodec codec, int collation, int equal, int less) {
        Object[] row = new Object[FIRST_VALUES + SLOTS];
        row[0] = relation;
        row[1] = column;
        row[2] = false;
        row[3] = (double) (float) s.nullFraction();
        row[4] = s.width();
        row[5] = (double) (float) s.distinct();
        for (int i = 0; i < SLOTS; i++) {
            row[FIRST_KIND + i] = 0;
            row[FIRST_OPERATOR + i] = 0;
            row[FIRST_COLLATION + i] = 0;
        }
        int slot = 0;
        if (s.frequencies().length > 0) {
            fill(row, slot, COMMON, equal, collation);
            row[FIRST_NUMBERS + slot] = numbers(s.frequencies());
            row[FIRST_VALUES + slot++] = text(s.common(), s.frequencies().length, type, codec);
        }
        if (s.histogramSize() > 0) {
            fill(row, slot, HISTOGRAM, less, collation);
            row[FIRST_VALUES + slot++] = text(s.histogram(), s.histogramSize(), type, codec);
        }
        if (less != 0) {
            fill(row, slot, CORRELATION, less, collation);
            row[FIRST_NUMBERS + slot] = numbers(new double[] {s.correlation()});
        }
        return row;
    }

    private static void fill(Object[] row, int slot, int kind, int operator, int collation) {
        row[FIRST_KIND + slot] = kind;
        row[FIRST_OPERATOR + slot] = operator;
        row[FIRST_COLLATION + slot] = collation;
    }

    private static ArrayValue numbers(double[] values) {
        DoubleVector elements = new DoubleVector(values.length);
        for (int i = 0; i < values.length; i++) {
            elements.set(i, (double) (float) values[i]);
        }
        return ArrayValue.of(Oids.FLOAT4, elements, values.length);
    }

    private static Slice text(Vector values, int count, int type, TypeCodec codec) {
        ObjectVector one = new ObjectVector(1);
        one.put(0, ArrayValue.of(type, values, count));
        ByteSink out = new ByteSink();
        new ArrayCodec(type, codec, ',').format(one, 0, PlainContext.INSTANCE, out);
        return Slice.of(out.view().toBytes());
    }

    /** The statistics that a row holds; {@code codec} is the column's type's. */
    static ColumnStatistics read(CatalogRow row, int type, TypeCodec codec) {
        Vector nothing = Vector.of(codec.carrier(), 1);
        Vector common = nothing;
        Vector histogram = nothing;
        double[] frequencies = new double[0];
        int cuts = 0;
        double correlation = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            Object[] values = row.values();
            switch ((Integer) values[FIRST_KIND + slot]) {
                case COMMON -> {
                    common = values(values[FIRST_VALUES + slot], type, codec).elements();
                    frequencies = doubles(values[FIRST_NUMBERS + slot]);
                }
                case HISTOGRAM -> {
                    ArrayValue array = values(values[FIRST_VALUES + slot], type, codec);
                    histogram = array.elements();
                    cuts = array.count();
                }
                case CORRELATION -> correlation = doubles(values[FIRST_NUMBERS + slot])[0];
                default -> { }
            }
        }
        return new ColumnStatistics(row.real("stanullfrac"), row.number("stawidth"), row.real("stadistinct"), common, frequencies, histogram, cuts,
                correlation);
    }

    private static ArrayValue values(Object text, int type, TypeCodec codec) {
        ObjectVector out = new ObjectVector(1);
        new ArrayCodec(type, codec, ',').parse((Slice) text, -1, PlainContext.INSTANCE, out, 0);
        return (ArrayValue) out.get(0);
    }

    private static double[] doubles(Object array) {
        ArrayValue value = (ArrayValue) array;
        double[] numbers = new double[value.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (Double) value.elements().get(i);
        }
        return numbers;
    }
}
