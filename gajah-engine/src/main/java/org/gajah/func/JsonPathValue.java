package org.gajah.func;

import org.gajah.base.Slice;
import org.gajah.type.Jsonb;
import org.gajah.type.JsonbBuilder;
import org.gajah.type.Numeric;

/** An item that a path yields: jsonb, or a date or time, which jsonb itself does not know. */
sealed interface JsonPathValue {
    JsonPathValue NULL = new Json(Jsonb.parse(Slice.of("null")));
    JsonPathValue TRUE = new Json(Jsonb.parse(Slice.of("true")));
    JsonPathValue FALSE = new Json(Jsonb.parse(Slice.of("false")));

    record Json(Jsonb json) implements JsonPathValue {
    }

    /**
     * A date or time.
     *
     * @param value boxed as its type travels
     * @param offsetSeconds the zone that a timestamp with time zone was written with
     */
    record Moment(int type, Object value, int offsetSeconds) implements JsonPathValue {
    }

    static JsonPathValue of(Numeric number) {
        JsonbBuilder b = new JsonbBuilder();
        b.number(number);
        return new Json(b.build());
    }

    static JsonPathValue of(Slice string) {
        JsonbBuilder b = new JsonbBuilder();
        b.string(string);
        return new Json(b.build());
    }

    default boolean is(Jsonb.Kind kind) {
        return this instanceof Json j && j.json().kind() == kind;
    }

    /** The jsonb that stands for the value. */
    default Jsonb json(CallContext context) {
        return switch (this) {
            case Json j -> j.json();
            case Moment m -> ((Json) of(JsonPathDates.text(m))).json();
        };
    }
}
