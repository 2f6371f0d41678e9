package org.gajah.func;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.ArrayValue;
import org.gajah.type.MultirangeCodec;
import org.gajah.type.MultirangeValue;
import org.gajah.type.RangeValue;

/** Multiranges: making, comparing and combining them, alone and with ranges. */
public final class MultirangeFunctions {
    private MultirangeFunctions() {
    }

    private static MultirangeValue of(MultirangeValue like, RangeValue range) {
        return like.type().make(List.of(range));
    }

    private static MultirangeValue of(RangeValue range, MultirangeValue like) {
        return like.type().make(List.of(range));
    }

    private static boolean both(MultirangeValue a, MultirangeValue b) {
        return !a.isEmpty() && !b.isEmpty();
    }

    private static boolean before(MultirangeValue a, MultirangeValue b) {
        return both(a, b) && a.ranges().getLast().before(b.ranges().getFirst());
    }

    private static boolean overlaps(MultirangeValue a, MultirangeValue b) {
        int i = 0;
        int k = 0;
        while (i < a.ranges().size() && k < b.ranges().size()) {
            RangeValue x = a.ranges().get(i);
            RangeValue y = b.ranges().get(k);
            if (x.overlaps(y)) {
                return true;
            }
            if (x.before(y)) {
                i++;
            } else {
                k++;
            }
        }
        return false;
    }

    private static boolean contains(MultirangeValue a, MultirangeValue b) {
        int i = 0;
        for (RangeValue inner : b.ranges()) {
            while (i < a.ranges().size() && a.ranges().get(i).before(inner)) {
                i++;
            }
            if (i == a.ranges().size() || !a.ranges().get(i).contains(inner)) {
                return false;
            }
        }
        return true;
    }

    private static boolean adjacent(MultirangeValue a, MultirangeValue b) {
        return both(a, b) && (a.ranges().getLast().before(b.ranges().getFirst()) && a.ranges().getLast().adjacent(b.ranges().getFirst())
                || b.ranges().getLast().before(a.ranges().getFirst()) && b.ranges().getLast().adjacent(a.ranges().getFirst()));
    }

    private static boolean overleft(MultirangeValue a, MultirangeValue b) {
        return both(a, b) && a.ranges().getLast().compareUpper(b.ranges().getLast()) <= 0;
    }

    private static boolean overright(MultirangeValue a, MultirangeValue b) {
        return both(a, b) && a.ranges().getFirst().compareLower(b.ranges().getFirst()) >= 0;
    }

    /** What is left of a range without another: nothing, one range or two. */
    static List<RangeValue> difference(RangeValue a, RangeValue b) {
        if (a.empty()) {
            return List.of();
        }
        if (!a.overlaps(b)) {
            return List.of(a);
        }
        List<RangeValue> rest = new ArrayList<>(2);
        if (a.compareLower(b) < 0) {
            rest.add(a.type().make(a.lower(), a.lowerInclusive(), b.lower(), !b.lowerInclusive()));
        }
        if (a.compareUpper(b) > 0) {
            rest.add(a.type().make(b.upper(), !b.upperInclusive(), a.upper(), a.upperInclusive()));
        }
        rest.removeIf(RangeValue::empty);
        return rest;
    }

    public static boolean multirange_eq(MultirangeValue a, MultirangeValue b) {
        return a.compareTo(b) == 0;
    }

    public static boolean multirange_ne(MultirangeValue a, MultirangeValue b) {
        return a.compareTo(b) != 0;
    }

    public static boolean multirange_lt(MultirangeValue a, MultirangeValue b) {
        return a.compareTo(b) < 0;
    }

    public static boolean multirange_le(MultirangeValue a, MultirangeValue b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean multirange_gt(MultirangeValue a, MultirangeValue b) {
        return a.compareTo(b) > 0;
    }

    public static boolean multirange_ge(MultirangeValue a, MultirangeValue b) {
        return a.compareTo(b) >= 0;
    }

    public static int multirange_cmp(MultirangeValue a, MultirangeValue b) {
        return a.compareTo(b);
    }

    public static boolean multirange_overlaps_multirange(MultirangeValue a, MultirangeValue b) {
        return overlaps(a, b);
    }

    public static boolean multirange_overlaps_range(MultirangeValue a, RangeValue b) {
        return overlaps(a, of(a, b));
    }

    public static boolean range_overlaps_multirange(RangeValue a, MultirangeValue b) {
        return overlaps(of(a, b), b);
    }

    public static boolean multirange_before_multirange(MultirangeValue a, MultirangeValue b) {
        return before(a, b);
    }

    public static boolean multirange_before_range(MultirangeValue a, RangeValue b) {
        return before(a, of(a, b));
    }

    public static boolean range_before_multirange(RangeValue a, MultirangeValue b) {
        return before(of(a, b), b);
    }

    public static boolean multirange_overleft_multirange(MultirangeValue a, MultirangeValue b) {
        return overleft(a, b);
    }

    public static boolean multirange_overleft_range(MultirangeValue a, RangeValue b) {
        return overleft(a, of(a, b));
    }

    public static boolean range_overleft_multirange(RangeValue a, MultirangeValue b) {
        return overleft(of(a, b), b);
    }

    public static boolean multirange_overright_multirange(MultirangeValue a, MultirangeValue b) {
        return overright(a, b);
    }

    public static boolean multirange_overright_range(MultirangeValue a, RangeValue b) {
        return overright(a, of(a, b));
    }

    public static boolean range_overright_multirange(RangeValue a, MultirangeValue b) {
        return overright(of(a, b), b);
    }

    public static boolean multirange_adjacent_multirange(MultirangeValue a, MultirangeValue b) {
        return adjacent(a, b);
    }

    public static boolean multirange_adjacent_range(MultirangeValue a, RangeValue b) {
        return adjacent(a, of(a, b));
    }

    public static boolean range_adjacent_multirange(RangeValue a, MultirangeValue b) {
        return adjacent(of(a, b), b);
    }

    public static boolean multirange_contains_multirange(MultirangeValue a, MultirangeValue b) {
        return contains(a, b);
    }

    public static boolean multirange_contains_range(MultirangeValue a, RangeValue b) {
        return b.empty() || contains(a, of(a, b));
    }

    public static boolean range_contains_multirange(RangeValue a, MultirangeValue b) {
        return b.isEmpty() || contains(of(a, b), b);
    }

    public static boolean multirange_after_multirange(MultirangeValue a, MultirangeValue b) {
        return before(b, a);
    }

    public static boolean multirange_after_range(MultirangeValue a, RangeValue b) {
        return before(of(a, b), a);
    }

    public static boolean range_after_multirange(RangeValue a, MultirangeValue b) {
        return before(b, of(a, b));
    }

    public static boolean multirange_contained_by_multirange(MultirangeValue a, MultirangeValue b) {
        return contains(b, a);
    }

    public static boolean multirange_contained_by_range(MultirangeValue a, RangeValue b) {
        return range_contains_multirange(b, a);
    }

    public static boolean range_contained_by_multirange(RangeValue a, MultirangeValue b) {
        return multirange_contains_range(b, a);
    }

    public static boolean multirange_contains_elem(MultirangeValue a, Object element) {
        return a.ranges().stream().anyMatch(r -> r.contains(element));
    }

    public static boolean elem_contained_by_multirange(Object element, MultirangeValue a) {
        return multirange_contains_elem(a, element);
    }

    public static boolean multirange_empty(MultirangeValue a) {
        return a.isEmpty();
    }

    public static Object multirange_lower(MultirangeValue a) {
        return a.isEmpty() ? null : a.ranges().getFirst().lower();
    }

    public static Object multirange_upper(MultirangeValue a) {
        return a.isEmpty() ? null : a.ranges().getLast().upper();
    }

    public static boolean multirange_lower_inc(MultirangeValue a) {
        return !a.isEmpty() && a.ranges().getFirst().lowerInclusive();
    }

    public static boolean multirange_upper_inc(MultirangeValue a) {
        return !a.isEmpty() && a.ranges().getLast().upperInclusive();
    }

    public static boolean multirange_lower_inf(MultirangeValue a) {
        return !a.isEmpty() && a.ranges().getFirst().lower() == null;
    }

    public static boolean multirange_upper_inf(MultirangeValue a) {
        return !a.isEmpty() && a.ranges().getLast().upper() == null;
    }

    public static MultirangeValue multirange_union(MultirangeValue a, MultirangeValue b) {
        List<RangeValue> all = new ArrayList<>(a.ranges());
        all.addAll(b.ranges());
        return a.type().make(all);
    }

    public static MultirangeValue multirange_intersect(MultirangeValue a, MultirangeValue b) {
        List<RangeValue> common = new ArrayList<>();
        int i = 0;
        int k = 0;
        while (i < a.ranges().size() && k < b.ranges().size()) {
            RangeValue x = a.ranges().get(i);
            RangeValue y = b.ranges().get(k);
            common.add(x.intersect(y));
            if (x.compareUpper(y) < 0) {
                i++;
            } else {
                k++;
            }
        }
        return a.type().make(common);
    }

    public static MultirangeValue multirange_intersect_agg_transfn(MultirangeValue a, MultirangeValue b) {
        return multirange_intersect(a, b);
    }

    public static MultirangeValue multirange_minus(MultirangeValue a, MultirangeValue b) {
        List<RangeValue> rest = new ArrayList<>();
        int k = 0;
        for (RangeValue range : a.ranges()) {
            RangeValue left = range;
            while (k < b.ranges().size() && b.ranges().get(k).before(left)) {
                k++;
            }
            for (int i = k; i < b.ranges().size() && left.overlaps(b.ranges().get(i)); i++) {
                List<RangeValue> parts = difference(left, b.ranges().get(i));
                boolean tail = !parts.isEmpty() && parts.getLast().compareUpper(left) == 0;
                rest.addAll(tail ? parts.subList(0, parts.size() - 1) : parts);
                left = tail ? parts.getLast() : left.type().emptyRange();
            }
            rest.add(left);
        }
        return a.type().make(rest);
    }

    public static RangeValue range_merge_from_multirange(MultirangeValue a) {
        return a.isEmpty() ? a.type().range().emptyRange() : a.ranges().getFirst().span(a.ranges().getLast());
    }

    public static Iterator<Object> multirange_unnest(MultirangeValue a) {
        return List.<Object>copyOf(a.ranges()).iterator();
    }

    private static MultirangeCodec codec(CallContext context) {
        return (MultirangeCodec) context.types().codec(context.resultType());
    }

    public static MultirangeValue multirange_constructor0(CallContext context) {
        return codec(context).make(List.of());
    }

    public static MultirangeValue multirange_constructor1(CallContext context, RangeValue range) {
        return codec(context).make(List.of(range));
    }

    public static MultirangeValue multirange_constructor2(CallContext context, ArrayValue ranges) {
        if (ranges.dimensions() > 1) {
            throw new SqlError(SqlState.CARDINALITY_VIOLATION, "multiranges cannot be constructed from multidimensional arrays");
        }
        List<RangeValue> all = new ArrayList<>();
        for (int i = 0; i < ranges.count(); i++) {
            if (ranges.elements().isNull(i)) {
                throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "multirange values cannot contain null members");
            }
            all.add((RangeValue) ranges.elements().get(i));
        }
        return codec(context).make(all);
    }

    /** The ranges that an aggregate has seen. */
    private static final class Ranges {
        private final List<RangeValue> all = new ArrayList<>();
    }

    public static Object range_agg_transfn(Object state, RangeValue range) {
        Ranges ranges = state == null ? new Ranges() : (Ranges) state;
        if (range != null) {
            ranges.all.add(range);
        }
        return ranges;
    }

    public static Object multirange_agg_transfn(Object state, MultirangeValue multirange) {
        Ranges ranges = state == null ? new Ranges() : (Ranges) state;
        if (multirange != null) {
            ranges.all.addAll(multirange.isEmpty() ? List.of(multirange.type().range().emptyRange()) : multirange.ranges());
        }
        return ranges;
    }

    public static MultirangeValue range_agg_finalfn(CallContext context, Object state, Object unused) {
        return state == null || ((Ranges) state).all.isEmpty() ? null : codec(context).make(((Ranges) state).all);
    }
}
