package org.gajah.func;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.EnumCodec;

/** Enums: values are the oids of their labels. */
public final class EnumFunctions {
    private EnumFunctions() {
    }

    private static EnumCodec codec(CallContext context) {
        if (context.types().codec(context.argumentType(0)) instanceof EnumCodec codec) {
            return codec;
        }
        throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "could not determine actual enum type");
    }

    private static int compare(CallContext context, Object a, Object b) {
        if (a.equals(b)) {
            return 0;
        }
        EnumCodec codec = codec(context);
        return Integer.compare(codec.rank((Integer) a), codec.rank((Integer) b));
    }

    public static boolean enum_eq(Object a, Object b) {
        return a.equals(b);
    }

    public static boolean enum_ne(Object a, Object b) {
        return !a.equals(b);
    }

    public static boolean enum_lt(CallContext context, Object a, Object b) {
        return compare(context, a, b) < 0;
    }

    public static boolean enum_le(CallContext context, Object a, Object b) {
        return compare(context, a, b) <= 0;
    }

    public static boolean enum_gt(CallContext context, Object a, Object b) {
        return compare(context, a, b) > 0;
    }

    public static boolean enum_ge(CallContext context, Object a, Object b) {
        return compare(context, a, b) >= 0;
    }

    public static int enum_cmp(CallContext context, Object a, Object b) {
        return compare(context, a, b);
    }

    public static Object enum_larger(CallContext context, Object a, Object b) {
        return compare(context, a, b) > 0 ? a : b;
    }

    public static Object enum_smaller(CallContext context, Object a, Object b) {
        return compare(context, a, b) < 0 ? a : b;
    }

    private static Object end(CallContext context, boolean first) {
        EnumCodec codec = codec(context);
        if (codec.labels().isEmpty()) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "enum " + codec.typeName() + " contains no values");
        }
        return codec.usable(first ? codec.labels().getFirst() : codec.labels().getLast()).oid();
    }

    public static Object enum_first(CallContext context, Object ignored) {
        return end(context, true);
    }

    public static Object enum_last(CallContext context, Object ignored) {
        return end(context, false);
    }

    private static ArrayValue range(CallContext context, Object from, Object to) {
        EnumCodec codec = codec(context);
        int low = from == null ? 0 : codec.rank((Integer) from);
        int high = to == null ? codec.labels().size() - 1 : codec.rank((Integer) to);
        List<Integer> oids = new ArrayList<>();
        for (int i = low; i <= high; i++) {
            oids.add(codec.usable(codec.labels().get(i)).oid());
        }
        int element = context.types().codec(context.resultType()) instanceof ArrayCodec c ? c.elementType()
                : context.argumentType(0);
        return ArrayFunctions.of(context, element, oids);
    }

    public static ArrayValue enum_range_all(CallContext context, Object ignored) {
        return range(context, null, null);
    }

    public static ArrayValue enum_range_bounds(CallContext context, Object from, Object to) {
        return range(context, from, to);
    }
}
