package org.gajah.func;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Errors;

/** What is inside a json value. */
public final class JsonFunctions {
    private JsonFunctions() {
    }

    public static Slice json_object_field(Slice json, Slice key) {
        return JsonMembers.of(json).find(key);
    }

    public static Slice json_object_field_text(Slice json, Slice key) {
        return JsonMembers.asText(JsonMembers.of(json).find(key));
    }

    public static Slice json_array_element(Slice json, int index) {
        return JsonMembers.of(json).element(index);
    }

    public static Slice json_array_element_text(Slice json, int index) {
        return JsonMembers.asText(JsonMembers.of(json).element(index));
    }

    /** A path's step as an array index; null if it is not a number. */
    static Integer index(Slice step) {
        try {
            String s = step.toString().strip();
            return s.isEmpty() ? null : Integer.valueOf(s.startsWith("+") ? s.substring(1) : s);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Slice follow(Slice json, ArrayValue path) {
        Slice at = json;
        for (int i = 0; i < path.count() && at != null; i++) {
            Slice step = ArrayFunctions.text(path, i);
            if (step == null) {
                return null;
            }
            JsonMembers members = JsonMembers.of(at);
            if (members.kind() == JsonMembers.Kind.OBJECT) {
                at = members.find(step);
            } else {
                Integer index = index(step);
                at = index == null ? null : members.element(index);
            }
        }
        return at;
    }

    public static Slice json_extract_path(Slice json, ArrayValue path) {
        return follow(json, path);
    }

    public static Slice json_extract_path_text(Slice json, ArrayValue path) {
        return JsonMembers.asText(follow(json, path));
    }

    public static Slice json_typeof(Slice json) {
        return Slice.of(JsonMembers.of(json).kind().name().toLowerCase(java.util.Locale.ROOT));
    }

    static SqlError wrong(String message) {
        return Errors.invalidParameter(message);
    }

    public static int json_array_length(Slice json) {
        JsonMembers m = JsonMembers.of(json);
        if (m.kind() != JsonMembers.Kind.ARRAY) {
            throw wrong("cannot get array length of a " + (m.isScalar() ? "scalar" : "non-array"));
        }
        return m.count();
    }

    private static JsonMembers elements(Slice json, String function) {
        JsonMembers m = JsonMembers.of(json);
        if (m.kind() != JsonMembers.Kind.ARRAY) {
            throw wrong("cannot call " + function + " on a " + (m.isScalar() ? "scalar" : "non-array"));
        }
        return m;
    }

    public static Iterator<Object> json_array_elements(Slice json) {
        JsonMembers m = elements(json, "json_array_elements");
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < m.count(); i++) {
            rows.add(m.value(i));
        }
        return rows.iterator();
    }

    public static Iterator<Object> json_array_elements_text(Slice json) {
        JsonMembers m = elements(json, "json_array_elements_text");
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < m.count(); i++) {
            rows.add(JsonMembers.asText(m.value(i)));
        }
        return rows.iterator();
    }

    private static JsonMembers fields(Slice json) {
        JsonMembers m = JsonMembers.of(json);
        if (m.kind() != JsonMembers.Kind.OBJECT) {
            throw wrong(m.isScalar() ? "cannot deconstruct a scalar" : "cannot deconstruct an array as an object");
        }
        return m;
    }

    public static Iterator<Object[]> json_each(Slice json) {
        JsonMembers m = fields(json);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < m.count(); i++) {
            rows.add(new Object[] {m.key(i), m.value(i)});
        }
        return rows.iterator();
    }

    public static Iterator<Object[]> json_each_text(Slice json) {
        JsonMembers m = fields(json);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < m.count(); i++) {
            rows.add(new Object[] {m.key(i), JsonMembers.asText(m.value(i))});
        }
        return rows.iterator();
    }

    public static Iterator<Object> json_object_keys(Slice json) {
        JsonMembers m = JsonMembers.of(json);
        if (m.kind() != JsonMembers.Kind.OBJECT) {
            throw wrong("cannot call json_object_keys on " + (m.isScalar() ? "a scalar" : "an array"));
        }
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < m.count(); i++) {
            rows.add(m.key(i));
        }
        return rows.iterator();
    }

    public static Slice json_strip_nulls(Slice json, boolean inArrays) {
        ByteSink out = new ByteSink(json.length());
        JsonMembers.stripNulls(json, inArrays, out);
        return out.view();
    }
}
