package org.gajah.func;

import org.gajah.type.RecordCodec;
import org.gajah.type.RecordValue;

/** Comparison of rows. */
public final class RecordFunctions {
    private RecordFunctions() {
    }

    private static int compare(CallContext context, RecordValue a, RecordValue b) {
        return new RecordCodec(context.types()::codec, t -> context.types().names().typeName(t, -1)).compare(a, b);
    }

    public static int btrecordcmp(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b);
    }

    public static boolean record_eq(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b) == 0;
    }

    public static boolean record_ne(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b) != 0;
    }

    public static boolean record_lt(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b) < 0;
    }

    public static boolean record_le(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b) <= 0;
    }

    public static boolean record_gt(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b) > 0;
    }

    public static boolean record_ge(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b) >= 0;
    }

    public static RecordValue record_larger(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b) > 0 ? a : b;
    }

    public static RecordValue record_smaller(CallContext context, RecordValue a, RecordValue b) {
        return compare(context, a, b) < 0 ? a : b;
    }
}
