package org.gajah.func;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.Datum;
import org.gajah.type.DatumForm;
import org.gajah.type.FloatText;
import org.gajah.type.Interval;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/**
 * Aggregates that collect: string_agg, array_agg and the ordered-set ones, whose values arrive in the order that WITHIN GROUP asks
 * for.
 */
public final class CollectAggregates {
    private CollectAggregates() {
    }

    private static Object append(Object state, Slice value, Slice delimiter) {
        if (value == null) {
            return state;
        }
        ByteSink sink = (ByteSink) state;
        if (sink == null) {
            sink = new ByteSink(64);
        } else if (delimiter != null) {
            sink.put(delimiter);
        }
        TextFunctions.checkedSize((long) sink.size() + value.length());
        return sink.put(value);
    }

    private static Slice collected(Object state) {
        return state == null ? null : ((ByteSink) state).view();
    }

    public static Object string_agg_transfn(Object state, Slice value, Slice delimiter) {
        return append(state, value, delimiter);
    }

    public static Slice string_agg_finalfn(Object state) {
        return collected(state);
    }

    public static Object bytea_string_agg_transfn(Object state, Slice value, Slice delimiter) {
        return append(state, value, delimiter);
    }

    public static Slice bytea_string_agg_finalfn(Object state) {
        return collected(state);
    }

    /** A growing array. */
    private static final class Growing implements DatumForm.Weighted {
        private final int elementType;
        private Vector elements;
        private int count;
        private long bytes;
        /** Of arrays collected: their shape, and how many there were. */
        private int[] shape = new int[0];
        private int[] lower = new int[0];
        private int rows;

        Growing(CallContext context, int elementType) {
            this.elementType = elementType;
            this.elements = ArrayFunctions.elements(context, elementType, 8);
        }

        void reserve(int more) {
            long needed = (long) count + more;
            if (needed > ArrayCodec.MAX_ELEMENTS) {
                throw ArrayCodec.tooLarge();
            }
            if (needed > elements.capacity()) {
                Vector larger = Vector.of(elements.carrier(),
                        (int) Math.min(ArrayCodec.MAX_ELEMENTS, Math.max(needed, elements.capacity() * 2L)));
                for (int i = 0; i < count; i++) {
                    if (elements.isNull(i)) {
                        larger.setNull(i);
                    } else {
                        larger.copyFrom(elements, i, i);
                    }
                }
                elements = larger;
            }
        }

        @Override
        public long weight() {
            return 17L * elements.capacity() + bytes;
        }

        void add(Object value) {
            reserve(1);
            bytes += value instanceof Slice s ? s.length() : elements.carrier() == Carrier.OBJECT ? DatumForm.weight(value) : 0;
            elements.set(count++, value);
        }
    }

    public static Object array_agg_transfn(CallContext context, Object state, Object value) {
        Growing growing = state == null ? new Growing(context, context.argumentType(1)) : (Growing) state;
        growing.add(value);
        return growing;
    }

    public static ArrayValue array_agg_finalfn(Object state, Object ignored) {
        if (state == null) {
            return null;
        }
        Growing growing = (Growing) state;
        return ArrayValue.of(growing.elementType, growing.elements, growing.count);
    }

    public static Object array_agg_array_transfn(CallContext context, Object state, ArrayValue value) {
        if (value == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
        }
        if (value.dimensions() == 0) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate empty arrays");
        }
        Growing growing = (Growing) state;
        if (growing == null) {
            if (value.dimensions() == ArrayCodec.MAX_DIMENSIONS) {
                throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "number of array dimensions (" + (value.dimensions() + 1)
                        + ") exceeds the maximum allowed (" + ArrayCodec.MAX_DIMENSIONS + ")");
            }
            growing = new Growing(context, value.elementType());
            growing.shape = value.lengths();
            growing.lower = value.lowerBounds();
        } else if (!Arrays.equals(growing.shape, value.lengths()) || !Arrays.equals(growing.lower, value.lowerBounds())) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate arrays of different dimensionality");
        }
        growing.reserve(value.count());
        for (int i = 0; i < value.count(); i++) {
            growing.elements.copyFrom(value.elements(), i, growing.count++);
        }
        growing.rows++;
        return growing;
    }

    public static ArrayValue array_agg_array_finalfn(Object state, ArrayValue ignored) {
        if (state == null) {
            return null;
        }
        Growing g = (Growing) state;
        int[] lengths = new int[g.shape.length + 1];
        int[] lower = new int[lengths.length];
        lengths[0] = g.rows;
        lower[0] = 1;
        System.arraycopy(g.shape, 0, lengths, 1, g.shape.length);
        System.arraycopy(g.lower, 0, lower, 1, g.lower.length);
        return new ArrayValue(g.elementType, lengths, lower, g.elements);
    }

    /** Values of an ordered-set aggregate, sorted. */
    private static final class Sorted {
        private final int type;
        private final List<Object> values = new ArrayList<>();

        Sorted(int type) {
            this.type = type;
        }
    }

    public static Object ordered_set_transition(CallContext context, Object state, Object value) {
        Sorted sorted = state == null ? new Sorted(context.argumentType(1)) : (Sorted) state;
        if (value != null) {
            sorted.values.add(value);
        }
        return sorted;
    }

    private static void checkFraction(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            ByteSink shown = new ByteSink();
            FloatText.formatDouble(fraction, -9, shown);
            throw new SqlError(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "percentile value " + shown + " is not between 0 and 1");
        }
    }

    private static boolean isEmpty(Object state) {
        return state == null || ((Sorted) state).values.isEmpty();
    }

    private static Object discrete(Sorted s, double fraction) {
        checkFraction(fraction);
        int row = (int) Math.ceil(fraction * s.values.size());
        return s.values.get(Math.max(0, row - 1));
    }

    public static Object percentile_disc_final(Object state, Double fraction, Object ignored) {
        if (fraction == null) {
            return null;
        }
        checkFraction(fraction);
        return isEmpty(state) ? null : discrete((Sorted) state, fraction);
    }

    private interface Between {
        Object at(Object low, Object high, double part);
    }

    private static Object continuous(Sorted s, double fraction, Between between) {
        checkFraction(fraction);
        double position = fraction * (s.values.size() - 1);
        int low = (int) Math.floor(position);
        int high = (int) Math.ceil(position);
        return low == high ? s.values.get(low) : between.at(s.values.get(low), s.values.get(high), position - low);
    }

    private static Object between(Object low, Object high, double part) {
        return (Double) low + part * ((Double) high - (Double) low);
    }

    private static Object betweenIntervals(Object low, Object high, double part) {
        Interval difference = IntervalFunctions.interval_mi((Interval) high, (Interval) low);
        return IntervalFunctions.interval_pl(IntervalFunctions.interval_mul(difference, part), (Interval) low);
    }

    public static Double percentile_cont_float8_final(Object state, Double fraction) {
        if (fraction == null) {
            return null;
        }
        checkFraction(fraction);
        return isEmpty(state) ? null : (Double) continuous((Sorted) state, fraction, CollectAggregates::between);
    }

    public static Interval percentile_cont_interval_final(Object state, Double fraction) {
        if (fraction == null) {
            return null;
        }
        checkFraction(fraction);
        return isEmpty(state) ? null : (Interval) continuous((Sorted) state, fraction, CollectAggregates::betweenIntervals);
    }

    private interface Percentile {
        Object at(double fraction);
    }

    private static ArrayValue each(CallContext context, ArrayValue fractions, int type, Percentile percentile) {
        Vector v = ArrayFunctions.elements(context, type, fractions.count());
        for (int i = 0; i < fractions.count(); i++) {
            if (fractions.elements().isNull(i)) {
                v.setNull(i);
            } else {
                v.set(i, percentile.at((Double) fractions.elements().get(i)));
            }
        }
        return new ArrayValue(type, fractions.lengths(), fractions.lowerBounds(), v);
    }

    public static ArrayValue percentile_cont_float8_multi_final(CallContext context, Object state, ArrayValue fractions) {
        return fractions == null || isEmpty(state) ? null : each(context, fractions, Oids.FLOAT8,
                f -> continuous((Sorted) state, f, CollectAggregates::between));
    }

    public static ArrayValue percentile_cont_interval_multi_final(CallContext context, Object state, ArrayValue fractions) {
        return fractions == null || isEmpty(state) ? null : each(context, fractions, Oids.INTERVAL,
                f -> continuous((Sorted) state, f, CollectAggregates::betweenIntervals));
    }

    public static ArrayValue percentile_disc_multi_final(CallContext context, Object state, ArrayValue fractions,
            Object ignored) {
        return fractions == null || isEmpty(state) ? null
                : each(context, fractions, ((Sorted) state).type, f -> discrete((Sorted) state, f));
    }

    public static Object mode_final(CallContext context, Object state, Object ignored) {
        if (isEmpty(state)) {
            return null;
        }
        Sorted s = (Sorted) state;
        TypeCodec codec = context.types().codec(s.type);
        Object best = s.values.get(0);
        int bestCount = 0;
        int from = 0;
        for (int i = 1; i <= s.values.size(); i++) {
            if (i == s.values.size() || Datum.compare(codec, s.values.get(from), s.values.get(i)) != 0) {
                if (i - from > bestCount) {
                    bestCount = i - from;
                    best = s.values.get(from);
                }
                from = i;
            }
        }
        return best;
    }
}
