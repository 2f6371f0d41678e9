package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Errors;
import org.gajah.type.Jsonb;
import org.gajah.type.JsonbBuilder;

/** New jsonb values made from old ones: concatenation, deletion, replacement. */
public final class JsonbEdit {
    private JsonbEdit() {
    }

    public static Slice jsonb_concat(Slice a, Slice b) {
        Jsonb x = JsonbFunctions.of(a);
        Jsonb y = JsonbFunctions.of(b);
        JsonbBuilder out = new JsonbBuilder();
        if (x.isObject() && y.isObject()) {
            out.beginObject();
            members(x, out);
            members(y, out);
            out.endObject();
        } else {
            out.beginArray();
            elements(x, out);
            elements(y, out);
            out.endArray();
        }
        return out.build().bytes();
    }

    private static void members(Jsonb object, JsonbBuilder out) {
        for (int i = 0; i < object.count(); i++) {
            out.key(object.key(i));
            out.value(object.value(i));
        }
    }

    private static void elements(Jsonb j, JsonbBuilder out) {
        if (!j.isArray()) {
            out.value(j);
            return;
        }
        for (int i = 0; i < j.count(); i++) {
            out.value(j.element(i));
        }
    }

    private interface Keep {
        boolean test(Slice keyOrString);
    }

    /** A copy with those keys, or without those string elements, that the test does not keep. */
    private static Slice filtered(Slice json, Keep keep) {
        Jsonb j = JsonbFunctions.of(json);
        if (j.isScalar()) {
            throw Errors.invalidParameter("cannot delete from scalar");
        }
        JsonbBuilder out = new JsonbBuilder();
        if (j.isObject()) {
            out.beginObject();
            for (int i = 0; i < j.count(); i++) {
                if (keep.test(j.key(i))) {
                    out.key(j.key(i));
                    out.value(j.value(i));
                }
            }
            out.endObject();
        } else {
            out.beginArray();
            for (int i = 0; i < j.count(); i++) {
                Jsonb e = j.element(i);
                if (e.kind() != Jsonb.Kind.STRING || keep.test(e.string())) {
                    out.value(e);
                }
            }
            out.endArray();
        }
        return out.build().bytes();
    }

    public static Slice jsonb_delete(Slice json, Slice key) {
        return filtered(json, k -> !k.equals(key));
    }

    public static Slice jsonb_delete_array(Slice json, ArrayValue keys) {
        if (keys.dimensions() > 1) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
        }
        return filtered(json, k -> {
            for (int i = 0; i < keys.count(); i++) {
                if (k.equals(ArrayFunctions.text(keys, i))) {
                    return false;
                }
            }
            return true;
        });
    }

    public static Slice jsonb_delete_idx(Slice json, int index) {
        Jsonb j = JsonbFunctions.of(json);
        if (j.isObject()) {
            throw Errors.invalidParameter("cannot delete from object using integer index");
        }
        if (j.isScalar()) {
            throw Errors.invalidParameter("cannot delete from scalar");
        }
        long at = index < 0 ? (long) j.count() + index : index;
        if (at < 0 || at >= j.count()) {
            return json;
        }
        JsonbBuilder out = new JsonbBuilder();
        out.beginArray();
        for (int i = 0; i < j.count(); i++) {
            if (i != at) {
                out.value(j.element(i));
            }
        }
        out.endArray();
        return out.build().bytes();
    }

    private enum Change { REPLACE, CREATE, DELETE, INSERT_BEFORE, INSERT_AFTER }

    private static void path(ArrayValue path) {
        if (path.dimensions() > 1) {
            throw new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
        }
    }

    private static Slice change(Slice json, ArrayValue path, Change change, Slice value) {
        path(path);
        Jsonb j = JsonbFunctions.of(json);
        if (j.isScalar()) {
            throw Errors.invalidParameter(change == Change.DELETE ? "cannot delete path in scalar" : "cannot set path in scalar");
        }
        if (path.count() == 0 || j.count() == 0 && (change == Change.REPLACE || change == Change.DELETE)) {
            return json;
        }
        JsonbBuilder out = new JsonbBuilder();
        change(j, path, 0, change, value, out);
        return out.build().bytes();
    }

    private static void change(Jsonb j, ArrayValue path, int level, Change change, Slice value, JsonbBuilder out) {
        Slice step = ArrayFunctions.text(path, level);
        if (step == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "path element at position " + (level + 1) + " is null");
        }
        if (j.isObject()) {
            changeObject(j, step, path, level, change, value, out);
        } else if (j.isArray()) {
            changeArray(j, step, path, level, change, value, out);
        } else {
            out.value(j);
        }
    }

    private static void changeObject(Jsonb j, Slice step, ArrayValue path, int level, Change change, Slice value,
            JsonbBuilder out) {
        boolean last = level == path.count() - 1;
        int found = j.find(step);
        out.beginObject();
        for (int i = 0; i < j.count(); i++) {
            if (i != found) {
                out.key(j.key(i));
                out.value(j.value(i));
            } else if (!last) {
                out.key(j.key(i));
                change(j.value(i), path, level + 1, change, value, out);
            } else if (change == Change.INSERT_BEFORE || change == Change.INSERT_AFTER) {
                throw Errors.invalidParameter("cannot replace existing key")
                        .hint("Try using the function jsonb_set to replace key value.");
            } else if (change != Change.DELETE) {
                out.key(j.key(i));
                out.value(JsonbFunctions.of(value));
            }
        }
        if (found < 0 && last && change != Change.REPLACE && change != Change.DELETE) {
            out.key(step);
            out.value(JsonbFunctions.of(value));
        }
        out.endObject();
    }

    private static void changeArray(Jsonb j, Slice step, ArrayValue path, int level, Change change, Slice value,
            JsonbBuilder out) {
        Integer parsed = JsonFunctions.index(step);
        if (parsed == null) {
            throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION,
                    "path element at position " + (level + 1) + " is not an integer: \"" + step + "\"");
        }
        boolean last = level == path.count() - 1;
        boolean create = change != Change.REPLACE && change != Change.DELETE;
        long index = parsed < 0 ? (long) j.count() + parsed : Math.min(parsed, j.count());
        out.beginArray();
        if (last && create && (index < 0 || j.count() == 0)) {
            out.value(JsonbFunctions.of(value));
        }
        for (int i = 0; i < j.count(); i++) {
            Jsonb e = j.element(i);
            if (i != index) {
                out.value(e);
            } else if (!last) {
                change(e, path, level + 1, change, value, out);
            } else {
                switch (change) {
                    case REPLACE, CREATE -> out.value(JsonbFunctions.of(value));
                    case INSERT_BEFORE -> {
                        out.value(JsonbFunctions.of(value));
                        out.value(e);
                    }
                    case INSERT_AFTER -> {
                        out.value(e);
                        out.value(JsonbFunctions.of(value));
                    }
                    case DELETE -> {
                    }
                }
            }
        }
        if (last && create && index == j.count() && j.count() > 0) {
            out.value(JsonbFunctions.of(value));
        }
        out.endArray();
    }

    public static Slice jsonb_set(Slice json, ArrayValue path, Slice value, boolean create) {
        return change(json, path, create ? Change.CREATE : Change.REPLACE, value);
    }

    public static Slice jsonb_insert(Slice json, ArrayValue path, Slice value, boolean after) {
        return change(json, path, after ? Change.INSERT_AFTER : Change.INSERT_BEFORE, value);
    }

    public static Slice jsonb_delete_path(Slice json, ArrayValue path) {
        return change(json, path, Change.DELETE, json);
    }

    public static Slice jsonb_set_lax(Slice json, ArrayValue path, Slice value, Boolean create, Slice treatment) {
        if (json == null || path == null || create == null) {
            return null;
        }
        if (treatment == null) {
            throw Errors.invalidParameter("null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", "
                    + "or \"raise_exception\"");
        }
        if (value != null) {
            return jsonb_set(json, path, value, create);
        }
        return switch (treatment.toString()) {
            case "raise_exception" -> throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "JSON value must not be null")
                    .detail("Exception was raised because null_value_treatment is \"raise_exception\".")
                    .hint("To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed.");
            case "use_json_null" -> jsonb_set(json, path, Jsonb.parse(Slice.of("null")).bytes(), create);
            case "delete_key" -> jsonb_delete_path(json, path);
            case "return_target" -> json;
            default -> throw Errors.invalidParameter("null_value_treatment must be \"delete_key\", \"return_target\", "
                    + "\"use_json_null\", or \"raise_exception\"");
        };
    }

    public static Slice jsonb_strip_nulls(Slice json, boolean inArrays) {
        JsonbBuilder out = new JsonbBuilder();
        strip(JsonbFunctions.of(json), inArrays, out);
        return out.build().bytes();
    }

    private static void strip(Jsonb j, boolean inArrays, JsonbBuilder out) {
        if (j.isObject()) {
            out.beginObject();
            for (int i = 0; i < j.count(); i++) {
                if (!j.value(i).isNull()) {
                    out.key(j.key(i));
                    strip(j.value(i), inArrays, out);
                }
            }
            out.endObject();
        } else if (j.isArray()) {
            out.beginArray();
            for (int i = 0; i < j.count(); i++) {
                if (!inArrays || !j.element(i).isNull()) {
                    strip(j.element(i), inArrays, out);
                }
            }
            out.endArray();
        } else {
            out.value(j);
        }
    }
}
