package org.gajah.func;

import java.util.HashSet;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Errors;
import org.gajah.type.JsonText;
import org.gajah.type.JsonbBuilder;
import org.gajah.type.RecordValue;

/** json and jsonb made from SQL values, one or many. */
public final class JsonBuild {
    private JsonBuild() {
    }

    public static Slice to_json(CallContext context, Object value) {
        ByteSink out = new ByteSink();
        new JsonMaker(context).json(context.argumentType(0), value, false, out);
        return out.view();
    }

    public static Slice to_jsonb(CallContext context, Object value) {
        JsonbBuilder out = new JsonbBuilder();
        new JsonMaker(context).jsonb(context.argumentType(0), value, out);
        return out.build().bytes();
    }

    private static Slice made(CallContext context, Object value, boolean pretty) {
        ByteSink out = new ByteSink();
        new JsonMaker(context).json(context.argumentType(0), value, pretty, out);
        return out.view();
    }

    public static Slice array_to_json(CallContext context, ArrayValue value) {
        return made(context, value, false);
    }

    public static Slice array_to_json_pretty(CallContext context, ArrayValue value, boolean pretty) {
        return made(context, value, pretty);
    }

    public static Slice row_to_json(CallContext context, RecordValue value) {
        return made(context, value, false);
    }

    public static Slice row_to_json_pretty(CallContext context, RecordValue value, boolean pretty) {
        return made(context, value, pretty);
    }

    public static Slice json_build_array(CallContext context, Object[] values) {
        JsonMaker maker = new JsonMaker(context);
        ByteSink out = new ByteSink().putByte('[');
        for (int i = 0; i < values.length; i++) {
            out.putAscii(i > 0 ? ", " : "");
            maker.json(MiscFunctions.argumentType(context, i, values[i]), values[i], false, out);
        }
        return out.putByte(']').view();
    }

    public static Slice json_build_array_noargs() {
        return Slice.of("[]");
    }

    public static Slice jsonb_build_array(CallContext context, Object[] values) {
        JsonMaker maker = new JsonMaker(context);
        JsonbBuilder out = new JsonbBuilder();
        out.beginArray();
        for (int i = 0; i < values.length; i++) {
            maker.jsonb(MiscFunctions.argumentType(context, i, values[i]), values[i], out);
        }
        out.endArray();
        return out.build().bytes();
    }

    public static Slice jsonb_build_array_noargs() {
        JsonbBuilder out = new JsonbBuilder();
        out.beginArray();
        out.endArray();
        return out.build().bytes();
    }

    private static void even(Object[] values, String function) {
        if (values.length % 2 != 0) {
            throw Errors.invalidParameter("argument list must have even number of elements")
                    .hint("The arguments of " + function + "() must consist of alternating keys and values.");
        }
    }

    private static SqlError nullKey() {
        return new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "null value not allowed for object key");
    }

    public static Slice json_build_object(CallContext context, Object[] values) {
        even(values, "json_build_object");
        JsonMaker maker = new JsonMaker(context);
        ByteSink out = new ByteSink().putByte('{');
        for (int i = 0; i < values.length; i += 2) {
            out.putAscii(i > 0 ? ", " : "");
            if (values[i] == null) {
                throw nullKey();
            }
            JsonText.quote(maker.key(MiscFunctions.argumentType(context, i, values[i]), values[i]), out);
            out.putAscii(" : ");
            maker.json(MiscFunctions.argumentType(context, i + 1, values[i + 1]), values[i + 1], false, out);
        }
        return out.putByte('}').view();
    }

    public static Slice json_build_object_noargs() {
        return Slice.of("{}");
    }

    public static Slice jsonb_build_object(CallContext context, Object[] values) {
        even(values, "jsonb_build_object");
        JsonMaker maker = new JsonMaker(context);
        JsonbBuilder out = new JsonbBuilder();
        out.beginObject();
        for (int i = 0; i < values.length; i += 2) {
            if (values[i] == null) {
                throw Errors.invalidParameter("argument " + (i + 1) + ": key must not be null");
            }
            out.key(maker.key(MiscFunctions.argumentType(context, i, values[i]), values[i]));
            maker.jsonb(MiscFunctions.argumentType(context, i + 1, values[i + 1]), values[i + 1], out);
        }
        out.endObject();
        return out.build().bytes();
    }

    public static Slice jsonb_build_object_noargs() {
        JsonbBuilder out = new JsonbBuilder();
        out.beginObject();
        out.endObject();
        return out.build().bytes();
    }

    private static Slice[][] pairs(ArrayValue a) {
        boolean wrong = switch (a.dimensions()) {
            case 0 -> false;
            case 1 -> {
                if (a.count() % 2 != 0) {
                    throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "array must have even number of elements");
                }
                yield false;
            }
            case 2 -> {
                if (a.lengths()[1] != 2) {
                    throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "array must have two columns");
                }
                yield false;
            }
            default -> true;
        };
        if (wrong) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
        }
        Slice[][] pairs = new Slice[a.count() / 2][2];
        for (int i = 0; i < a.count(); i++) {
            pairs[i / 2][i % 2] = ArrayFunctions.text(a, i);
        }
        return keyed(pairs);
    }

    private static Slice[][] pairs(ArrayValue keys, ArrayValue values) {
        if (keys.dimensions() > 1 || keys.dimensions() != values.dimensions()) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
        }
        if (keys.count() != values.count()) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "mismatched array dimensions");
        }
        Slice[][] pairs = new Slice[keys.count()][2];
        for (int i = 0; i < keys.count(); i++) {
            pairs[i][0] = ArrayFunctions.text(keys, i);
            pairs[i][1] = ArrayFunctions.text(values, i);
        }
        return keyed(pairs);
    }

    private static Slice[][] keyed(Slice[][] pairs) {
        for (Slice[] pair : pairs) {
            if (pair[0] == null) {
                throw nullKey();
            }
        }
        return pairs;
    }

    private static Slice json(Slice[][] pairs) {
        ByteSink out = new ByteSink().putByte('{');
        for (int i = 0; i < pairs.length; i++) {
            out.putAscii(i > 0 ? ", " : "");
            JsonText.quote(pairs[i][0], out);
            out.putAscii(" : ");
            if (pairs[i][1] == null) {
                out.putAscii("null");
            } else {
                JsonText.quote(pairs[i][1], out);
            }
        }
        return out.putByte('}').view();
    }

    private static Slice jsonb(Slice[][] pairs) {
        JsonbBuilder out = new JsonbBuilder();
        out.beginObject();
        for (Slice[] pair : pairs) {
            out.key(pair[0]);
            if (pair[1] == null) {
                out.nothing();
            } else {
                out.string(pair[1]);
            }
        }
        out.endObject();
        return out.build().bytes();
    }

    public static Slice json_object(ArrayValue pairs) {
        return json(pairs(pairs));
    }

    public static Slice json_object_two_arg(ArrayValue keys, ArrayValue values) {
        return json(pairs(keys, values));
    }

    public static Slice jsonb_object(ArrayValue pairs) {
        return jsonb(pairs(pairs));
    }

    public static Slice jsonb_object_two_arg(ArrayValue keys, ArrayValue values) {
        return jsonb(pairs(keys, values));
    }

    /** The state of the json aggregates. */
    private static final class Text {
        final ByteSink out = new ByteSink(64);
        final Set<Slice> keys = new HashSet<>();
        int count;
    }

    private static Object jsonItem(CallContext context, Object state, Object value, boolean strict) {
        Text text = state == null ? new Text() : (Text) state;
        if (value == null && strict) {
            return text;
        }
        int type = context.argumentType(1);
        text.out.putAscii(text.count++ == 0 ? "[" : value instanceof RecordValue || value instanceof ArrayValue ? ", \n " : ", ");
        new JsonMaker(context).json(type, value, false, text.out);
        TextFunctions.checkedSize(text.out.size());
        return text;
    }

    public static Object json_agg_transfn(CallContext context, Object state, Object value) {
        return jsonItem(context, state, value, false);
    }

    public static Object json_agg_strict_transfn(CallContext context, Object state, Object value) {
        return jsonItem(context, state, value, true);
    }

    public static Slice json_agg_finalfn(Object state) {
        if (state == null) {
            return null;
        }
        Text text = (Text) state;
        return text.count == 0 ? Slice.of("[]") : new ByteSink(text.out.size() + 1).put(text.out.view()).putByte(']').view();
    }

    private static Object jsonPair(CallContext context, Object state, Object[] pair, boolean strict, boolean unique) {
        Text text = state == null ? new Text() : (Text) state;
        if (pair[0] == null) {
            throw nullKey();
        }
        if (pair[1] == null && strict) {
            return text;
        }
        JsonMaker maker = new JsonMaker(context);
        Slice key = maker.key(context.argumentType(1), pair[0]);
        if (unique && !text.keys.add(key.copy())) {
            throw new SqlError(SqlState.DUPLICATE_JSON_OBJECT_KEY_VALUE, "duplicate JSON object key value: \"" + key + "\"");
        }
        text.out.putAscii(text.count++ == 0 ? "{ " : ", ");
        JsonText.quote(key, text.out);
        text.out.putAscii(" : ");
        maker.json(context.argumentType(2), pair[1], false, text.out);
        TextFunctions.checkedSize(text.out.size());
        return text;
    }

    public static Object json_object_agg_transfn(CallContext context, Object state, Object key, Object value) {
        return jsonPair(context, state, new Object[] {key, value}, false, false);
    }

    public static Object json_object_agg_strict_transfn(CallContext context, Object state, Object key, Object value) {
        return jsonPair(context, state, new Object[] {key, value}, true, false);
    }

    public static Object json_object_agg_unique_transfn(CallContext context, Object state, Object key, Object value) {
        return jsonPair(context, state, new Object[] {key, value}, false, true);
    }

    public static Object json_object_agg_unique_strict_transfn(CallContext context, Object state, Object key, Object value) {
        return jsonPair(context, state, new Object[] {key, value}, true, true);
    }

    public static Slice json_object_agg_finalfn(Object state) {
        if (state == null) {
            return null;
        }
        Text text = (Text) state;
        return text.count == 0 ? Slice.of("{  }") : new ByteSink(text.out.size() + 2).put(text.out.view()).putAscii(" }").view();
    }

    private static JsonbBuilder started(Object state, boolean object) {
        if (state != null) {
            return (JsonbBuilder) state;
        }
        JsonbBuilder builder = new JsonbBuilder();
        return object ? builder.beginObject() : builder.beginArray();
    }

    public static Object jsonb_agg_transfn(CallContext context, Object state, Object value) {
        JsonbBuilder out = started(state, false);
        new JsonMaker(context).jsonb(context.argumentType(1), value, out);
        return out;
    }

    public static Object jsonb_agg_strict_transfn(CallContext context, Object state, Object value) {
        return value == null ? started(state, false) : jsonb_agg_transfn(context, state, value);
    }

    public static Slice jsonb_agg_finalfn(Object state) {
        if (state == null) {
            return null;
        }
        return ((JsonbBuilder) state).snapshot().bytes();
    }

    private static Object jsonbPair(CallContext context, Object state, Object key, Object value, boolean strict) {
        JsonbBuilder out = started(state, true);
        if (key == null) {
            throw Errors.invalidParameter("field name must not be null");
        }
        if (value == null && strict) {
            return out;
        }
        JsonMaker maker = new JsonMaker(context);
        out.key(maker.key(context.argumentType(1), key));
        maker.jsonb(context.argumentType(2), value, out);
        return out;
    }

    public static Object jsonb_object_agg_transfn(CallContext context, Object state, Object key, Object value) {
        return jsonbPair(context, state, key, value, false);
    }

    public static Object jsonb_object_agg_strict_transfn(CallContext context, Object state, Object key, Object value) {
        return jsonbPair(context, state, key, value, true);
    }

    public static Slice jsonb_object_agg_finalfn(Object state) {
        if (state == null) {
            return null;
        }
        return ((JsonbBuilder) state).snapshot().bytes();
    }
}
