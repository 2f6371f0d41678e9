package org.gajah.exec;

import java.util.Iterator;
import java.util.stream.IntStream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.func.CallContext;

/** A few built-in functions, so that these tests need no others. */
public final class TestFunctions {
    private TestFunctions() {
    }

    public static int int4pl(int a, int b) {
        return Math.addExact(a, b);
    }

    public static int int4mul(int a, int b) {
        return Math.multiplyExact(a, b);
    }

    public static int int4div(int a, int b) {
        if (b == 0) {
            throw new SqlError(SqlState.DIVISION_BY_ZERO, "division by zero");
        }
        return a / b;
    }

    public static boolean int4eq(int a, int b) {
        return a == b;
    }

    public static boolean int4lt(int a, int b) {
        return a < b;
    }

    public static boolean int4gt(int a, int b) {
        return a > b;
    }

    public static boolean texteq(Slice a, Slice b) {
        return a.equals(b);
    }

    public static Slice textcat(Slice a, Slice b) {
        byte[] all = new byte[a.length() + b.length()];
        System.arraycopy(a.array(), a.offset(), all, 0, a.length());
        System.arraycopy(b.array(), b.offset(), all, a.length(), b.length());
        return Slice.of(all);
    }

    public static long int8inc(long a) {
        return a + 1;
    }

    public static long int8inc_any(long a, Object any) {
        return a + 1;
    }

    public static Long int4_sum(Long state, Integer value) {
        return value == null ? state : state == null ? Long.valueOf(value) : Long.valueOf(state + value);
    }

    public static int int4larger(int a, int b) {
        return Math.max(a, b);
    }

    public static Slice text_larger(Slice a, Slice b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public static Object string_agg_transfn(Object state, Slice value, Slice separator) {
        if (value == null) {
            return state;
        }
        return state == null ? new StringBuilder(value.toString()) : ((StringBuilder) state).append(separator).append(value);
    }

    public static Slice string_agg_finalfn(Object state) {
        return state == null ? null : Slice.of(state.toString());
    }

    public static Iterator<Object> generate_series_int4(int from, int to) {
        return IntStream.rangeClosed(from, to).<Object>mapToObj(i -> i).iterator();
    }

    public static Slice text_concat(CallContext context, Object... values) {
        StringBuilder all = new StringBuilder();
        for (Object value : values) {
            all.append(value == null ? "" : value);
        }
        return Slice.of(all.toString());
    }
}
