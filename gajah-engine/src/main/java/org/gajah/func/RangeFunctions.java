package org.gajah.func;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Numeric;
import org.gajah.type.RangeCodec;
import org.gajah.type.RangeValue;

/** Ranges: making, comparing and combining them. */
public final class RangeFunctions {
    private RangeFunctions() {
    }

    public static boolean range_eq(RangeValue a, RangeValue b) {
        return a.compareTo(b) == 0;
    }

    public static boolean range_ne(RangeValue a, RangeValue b) {
        return a.compareTo(b) != 0;
    }

    public static boolean range_lt(RangeValue a, RangeValue b) {
        return a.compareTo(b) < 0;
    }

    public static boolean range_le(RangeValue a, RangeValue b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean range_gt(RangeValue a, RangeValue b) {
        return a.compareTo(b) > 0;
    }

    public static boolean range_ge(RangeValue a, RangeValue b) {
        return a.compareTo(b) >= 0;
    }

    public static boolean range_overlaps(RangeValue a, RangeValue b) {
        return a.overlaps(b);
    }

    public static boolean range_contains(RangeValue a, RangeValue b) {
        return a.contains(b);
    }

    public static boolean range_contained_by(RangeValue a, RangeValue b) {
        return b.contains(a);
    }

    public static boolean range_adjacent(RangeValue a, RangeValue b) {
        return a.adjacent(b);
    }

    public static boolean range_before(RangeValue a, RangeValue b) {
        return a.before(b);
    }

    public static boolean range_after(RangeValue a, RangeValue b) {
        return b.before(a);
    }

    public static boolean range_overleft(RangeValue a, RangeValue b) {
        return !a.empty() && !b.empty() && a.compareUpper(b) <= 0;
    }

    public static boolean range_overright(RangeValue a, RangeValue b) {
        return !a.empty() && !b.empty() && a.compareLower(b) >= 0;
    }

    public static int range_cmp(RangeValue a, RangeValue b) {
        return a.compareTo(b);
    }

    public static boolean range_contains_elem(RangeValue a, Object element) {
        return a.contains(element);
    }

    public static boolean elem_contained_by_range(Object element, RangeValue a) {
        return a.contains(element);
    }

    public static boolean range_empty(RangeValue a) {
        return a.empty();
    }

    public static Object range_lower(RangeValue a) {
        return a.lower();
    }

    public static Object range_upper(RangeValue a) {
        return a.upper();
    }

    public static boolean range_lower_inc(RangeValue a) {
        return a.lowerInclusive();
    }

    public static boolean range_upper_inc(RangeValue a) {
        return a.upperInclusive();
    }

    public static boolean range_lower_inf(RangeValue a) {
        return !a.empty() && a.lower() == null;
    }

    public static boolean range_upper_inf(RangeValue a) {
        return !a.empty() && a.upper() == null;
    }

    public static RangeValue range_intersect(RangeValue a, RangeValue b) {
        return a.intersect(b);
    }

    public static RangeValue range_intersect_agg_transfn(RangeValue a, RangeValue b) {
        return a.intersect(b);
    }

    public static RangeValue range_merge(RangeValue a, RangeValue b) {
        return a.span(b);
    }

    public static RangeValue range_union(RangeValue a, RangeValue b) {
        if (!a.empty() && !b.empty() && !a.overlaps(b) && !a.adjacent(b)) {
            throw new SqlError(SqlState.DATA_EXCEPTION, "result of range union would not be contiguous");
        }
        return a.span(b);
    }

    public static RangeValue range_minus(RangeValue a, RangeValue b) {
        List<RangeValue> rest = MultirangeFunctions.difference(a, b);
        if (rest.size() > 1) {
            throw new SqlError(SqlState.DATA_EXCEPTION, "result of range difference would not be contiguous");
        }
        return rest.isEmpty() ? a.type().emptyRange() : rest.getFirst();
    }

    private static RangeCodec codec(CallContext context) {
        return (RangeCodec) context.types().codec(context.resultType());
    }

    public static RangeValue range_constructor2(CallContext context, Object lower, Object upper) {
        return codec(context).make(lower, true, upper, false);
    }

    public static RangeValue range_constructor3(CallContext context, Object lower, Object upper, Slice flags) {
        if (flags == null) {
            throw new SqlError(SqlState.DATA_EXCEPTION, "range constructor flags argument must not be null");
        }
        String f = flags.toString();
        if (!f.equals("[]") && !f.equals("[)") && !f.equals("(]") && !f.equals("()")) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "invalid range bound flags")
                    .hint("Valid values are \"[]\", \"[)\", \"(]\", and \"()\".");
        }
        return codec(context).make(lower, f.charAt(0) == '[', upper, f.charAt(1) == ']');
    }

    public static RangeValue int4range_canonical(RangeValue a) {
        return a;
    }

    public static RangeValue int8range_canonical(RangeValue a) {
        return a;
    }

    public static RangeValue daterange_canonical(RangeValue a) {
        return a;
    }

    public static double int4range_subdiff(int a, int b) {
        return (double) a - b;
    }

    public static double int8range_subdiff(long a, long b) {
        return (double) a - b;
    }

    public static double numrange_subdiff(Numeric a, Numeric b) {
        return a.subtract(b).toDouble();
    }

    public static double daterange_subdiff(int a, int b) {
        return (double) a - b;
    }

    public static double tsrange_subdiff(long a, long b) {
        return ((double) a - b) / 1_000_000;
    }

    public static double tstzrange_subdiff(long a, long b) {
        return ((double) a - b) / 1_000_000;
    }
}
