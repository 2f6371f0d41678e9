package org.gajah.func;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.Datum;
import org.gajah.type.Oids;

/** Any value as text. */
final class AnyText {
    private AnyText() {
    }

    /** As the type's output function writes it. */
    static void output(CallContext context, int type, Object value, ByteSink out) {
        Datum.format(context.types().codec(type), value, context.types(), out);
    }

    /** As the type's output function writes it. */
    static Slice output(CallContext context, int type, Object value) {
        if (value instanceof Slice s && (type == Oids.TEXT || type == Oids.VARCHAR || type == Oids.UNKNOWN)) {
            return s;
        }
        return Datum.format(context.types().codec(type), value, context.types());
    }

    /** As a cast to text makes it: bool in full, char(n) without its padding. */
    static Slice cast(CallContext context, int type, Object value) {
        return switch (type) {
            case Oids.BOOL -> TextFunctions.booltext((Boolean) value);
            case Oids.BPCHAR -> TextComparisons.trimmed((Slice) value);
            default -> output(context, type, value);
        };
    }
}
