package org.gajah.func;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.ArrayValue;
import org.gajah.type.Jsonb;
import org.gajah.type.JsonText;
import org.gajah.type.Numeric;

/** What is inside a jsonb value, and its comparison. */
public final class JsonbFunctions {
    private JsonbFunctions() {
    }

    static Jsonb of(Slice s) {
        return new Jsonb(s);
    }

    private static int compare(Slice a, Slice b) {
        return of(a).compareTop(of(b));
    }

    public static int jsonb_cmp(Slice a, Slice b) {
        return compare(a, b);
    }

    public static boolean jsonb_eq(Slice a, Slice b) {
        return compare(a, b) == 0;
    }

    public static boolean jsonb_ne(Slice a, Slice b) {
        return compare(a, b) != 0;
    }

    public static boolean jsonb_lt(Slice a, Slice b) {
        return compare(a, b) < 0;
    }

    public static boolean jsonb_le(Slice a, Slice b) {
        return compare(a, b) <= 0;
    }

    public static boolean jsonb_gt(Slice a, Slice b) {
        return compare(a, b) > 0;
    }

    public static boolean jsonb_ge(Slice a, Slice b) {
        return compare(a, b) >= 0;
    }

    private static Jsonb field(Jsonb j, Slice key) {
        int at = j.isObject() ? j.find(key) : -1;
        return at < 0 ? null : j.value(at);
    }

    private static Jsonb element(Jsonb j, int index) {
        if (j.isScalar()) {
            return index == 0 || index == -1 ? j : null;
        }
        if (!j.isArray()) {
            return null;
        }
        long at = index < 0 ? (long) j.count() + index : index;
        return at < 0 || at >= j.count() ? null : j.element((int) at);
    }

    private static Slice bytes(Jsonb j) {
        return j == null ? null : j.bytes();
    }

    /** A value as ->> gives it: null for null, strings without quotes, the rest as shown. */
    static Slice asText(Jsonb j) {
        if (j == null || j.isNull()) {
            return null;
        }
        if (j.kind() == Jsonb.Kind.STRING) {
            return j.string();
        }
        ByteSink out = new ByteSink();
        j.format(out);
        return out.view();
    }

    public static Slice jsonb_object_field(Slice json, Slice key) {
        return bytes(field(of(json), key));
    }

    public static Slice jsonb_object_field_text(Slice json, Slice key) {
        return asText(field(of(json), key));
    }

    public static Slice jsonb_array_element(Slice json, int index) {
        return bytes(element(of(json), index));
    }

    public static Slice jsonb_array_element_text(Slice json, int index) {
        return asText(element(of(json), index));
    }

    private static Jsonb follow(Slice json, ArrayValue path) {
        Jsonb at = of(json);
        for (int i = 0; i < path.count() && at != null; i++) {
            Slice step = ArrayFunctions.text(path, i);
            at = step == null ? null : step(at, step);
        }
        return at;
    }

    /** The member of an object or the element of an array that a path's step leads to, or null. */
    static Jsonb step(Jsonb at, Slice step) {
        if (at.isScalar()) {
            return null;
        }
        if (at.isObject()) {
            return field(at, step);
        }
        Integer index = JsonFunctions.index(step);
        return index == null ? null : element(at, index);
    }

    public static Slice jsonb_extract_path(Slice json, ArrayValue path) {
        return bytes(follow(json, path));
    }

    public static Slice jsonb_extract_path_text(Slice json, ArrayValue path) {
        return asText(follow(json, path));
    }

    public static Slice jsonb_typeof(Slice json) {
        return Slice.of(of(json).kind().name().toLowerCase(Locale.ROOT));
    }

    public static int jsonb_array_length(Slice json) {
        Jsonb j = of(json);
        if (!j.isArray()) {
            throw JsonFunctions.wrong("cannot get array length of a " + (j.isScalar() ? "scalar" : "non-array"));
        }
        return j.count();
    }

    private static Jsonb elements(Slice json) {
        Jsonb j = of(json);
        if (!j.isArray()) {
            throw JsonFunctions.wrong("cannot extract elements from " + (j.isScalar() ? "a scalar" : "an object"));
        }
        return j;
    }

    public static Iterator<Object> jsonb_array_elements(Slice json) {
        Jsonb j = elements(json);
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < j.count(); i++) {
            rows.add(j.element(i).bytes());
        }
        return rows.iterator();
    }

    public static Iterator<Object> jsonb_array_elements_text(Slice json) {
        Jsonb j = elements(json);
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < j.count(); i++) {
            rows.add(asText(j.element(i)));
        }
        return rows.iterator();
    }

    private static Jsonb object(Slice json, String function) {
        Jsonb j = of(json);
        if (!j.isObject()) {
            throw JsonFunctions.wrong("cannot call " + function + " on a non-object");
        }
        return j;
    }

    public static Iterator<Object[]> jsonb_each(Slice json) {
        Jsonb j = object(json, "jsonb_each");
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < j.count(); i++) {
            rows.add(new Object[] {j.key(i), j.value(i).bytes()});
        }
        return rows.iterator();
    }

    public static Iterator<Object[]> jsonb_each_text(Slice json) {
        Jsonb j = object(json, "jsonb_each_text");
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < j.count(); i++) {
            rows.add(new Object[] {j.key(i), asText(j.value(i))});
        }
        return rows.iterator();
    }

    public static Iterator<Object> jsonb_object_keys(Slice json) {
        Jsonb j = of(json);
        if (!j.isObject()) {
            throw JsonFunctions.wrong("cannot call jsonb_object_keys on " + (j.isScalar() ? "a scalar" : "an array"));
        }
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < j.count(); i++) {
            rows.add(j.key(i));
        }
        return rows.iterator();
    }

    public static boolean jsonb_exists(Slice json, Slice key) {
        Jsonb j = of(json);
        if (j.isObject()) {
            return j.find(key) >= 0;
        }
        if (j.isArray()) {
            for (int i = 0; i < j.count(); i++) {
                Jsonb e = j.element(i);
                if (e.kind() == Jsonb.Kind.STRING && e.string().equals(key)) {
                    return true;
                }
            }
            return false;
        }
        return j.kind() == Jsonb.Kind.STRING && j.string().equals(key);
    }

    public static boolean jsonb_exists_any(Slice json, ArrayValue keys) {
        for (int i = 0; i < keys.count(); i++) {
            Slice key = ArrayFunctions.text(keys, i);
            if (key != null && jsonb_exists(json, key)) {
                return true;
            }
        }
        return false;
    }

    public static boolean jsonb_exists_all(Slice json, ArrayValue keys) {
        for (int i = 0; i < keys.count(); i++) {
            Slice key = ArrayFunctions.text(keys, i);
            if (key != null && !jsonb_exists(json, key)) {
                return false;
            }
        }
        return true;
    }

    public static boolean jsonb_contains(Slice a, Slice b) {
        Jsonb x = of(a);
        Jsonb y = of(b);
        if (x.isArray() && y.isScalar()) {
            return hasElement(x, y);
        }
        return contains(x, y);
    }

    public static boolean jsonb_contained(Slice a, Slice b) {
        return jsonb_contains(b, a);
    }

    private static boolean hasElement(Jsonb array, Jsonb wanted) {
        for (int i = 0; i < array.count(); i++) {
            Jsonb e = array.element(i);
            if (wanted.isScalar() ? e.isScalar() && e.sameAs(wanted) : contains(e, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(Jsonb a, Jsonb b) {
        if (a.isObject() && b.isObject()) {
            for (int i = 0; i < b.count(); i++) {
                int at = a.find(b.key(i));
                if (at < 0 || !contains(a.value(at), b.value(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a.isArray() && b.isArray()) {
            for (int i = 0; i < b.count(); i++) {
                if (!hasElement(a, b.element(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.isScalar() && b.isScalar() && a.sameAs(b);
    }

    public static Slice jsonb_pretty(Slice json) {
        ByteSink out = new ByteSink();
        pretty(of(json), 0, out);
        return out.view();
    }

    private static void line(int depth, ByteSink out) {
        out.putByte('\n');
        for (int i = 0; i < depth * 4; i++) {
            out.putByte(' ');
        }
    }

    private static void pretty(Jsonb j, int depth, ByteSink out) {
        if (j.isScalar()) {
            j.format(out);
            return;
        }
        out.putByte(j.isObject() ? '{' : '[');
        for (int i = 0; i < j.count(); i++) {
            out.putAscii(i > 0 ? "," : "");
            line(depth + 1, out);
            if (j.isObject()) {
                JsonText.quote(j.key(i), out);
                out.putAscii(": ");
            }
            pretty(j.isObject() ? j.value(i) : j.element(i), depth + 1, out);
        }
        line(depth, out);
        out.putByte(j.isObject() ? '}' : ']');
    }

    private static Numeric number(Slice json, String type) {
        Jsonb j = of(json);
        if (j.isNull()) {
            return null;
        }
        if (j.kind() != Jsonb.Kind.NUMBER) {
            throw cannotCast(j, type);
        }
        return j.number();
    }

    private static SqlError cannotCast(Jsonb j, String type) {
        String kind = j.isScalar() ? j.kind().name().toLowerCase(Locale.ROOT) : j.isArray() ? "array" : "object";
        String shown = kind.equals("number") ? "numeric" : kind;
        return JsonFunctions.wrong("cannot cast jsonb " + shown + " to type " + type);
    }

    public static Boolean jsonb_bool(Slice json) {
        Jsonb j = of(json);
        if (j.isNull()) {
            return null;
        }
        if (j.kind() != Jsonb.Kind.BOOLEAN) {
            throw cannotCast(j, "boolean");
        }
        return j.bool();
    }

    public static Numeric jsonb_numeric(Slice json) {
        return number(json, "numeric");
    }

    public static Integer jsonb_int2(Slice json) {
        Numeric n = number(json, "smallint");
        return n == null ? null : Integer.valueOf(NumericFunctions.numeric_int2(n));
    }

    public static Integer jsonb_int4(Slice json) {
        Numeric n = number(json, "integer");
        return n == null ? null : Integer.valueOf(NumericFunctions.numeric_int4(n));
    }

    public static Long jsonb_int8(Slice json) {
        Numeric n = number(json, "bigint");
        return n == null ? null : Long.valueOf(NumericFunctions.numeric_int8(n));
    }

    public static Double jsonb_float4(Slice json) {
        Numeric n = number(json, "real");
        return n == null ? null : Double.valueOf(NumericFunctions.numeric_float4(n));
    }

    public static Double jsonb_float8(Slice json) {
        Numeric n = number(json, "double precision");
        return n == null ? null : Double.valueOf(NumericFunctions.numeric_float8(n));
    }
}
