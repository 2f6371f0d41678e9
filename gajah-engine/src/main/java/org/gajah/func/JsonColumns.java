package org.gajah.func;

import org.gajah.base.Slice;

/** JSON as the values of columns, for whoever fills tables with it. */
public final class JsonColumns {
    private JsonColumns() {
    }

    /** Whether values of the type are made of JSON part by part: arrays and rows. */
    public static boolean hasParts(CallContext context, int type) {
        return JsonRecords.hasParts(context, type);
    }

    /** A json value as a value of a column's type, boxed, by the rules of {@code json_populate_record}. */
    public static Object value(CallContext context, CallContext.Column column, Slice json) {
        return JsonRecords.value(context, column, json);
    }
}
