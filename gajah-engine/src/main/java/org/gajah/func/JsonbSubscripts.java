package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Errors;
import org.gajah.type.Jsonb;
import org.gajah.type.JsonbBuilder;

/** {@code jsonb[key]...}, read and assigned. PostgreSQL manual, section 8.14.5. Keys are text, integers as digits. */
public final class JsonbSubscripts {
    private final Slice[] keys;
    private final Jsonb value;
    private final JsonbBuilder out = new JsonbBuilder();

    private JsonbSubscripts(Slice[] keys, Jsonb value) {
        this.keys = keys;
        this.value = value;
    }

    /** What is at the end of the path, or null if it does not lead so far. */
    public static Slice get(Slice json, Slice[] keys) {
        Jsonb at = JsonbFunctions.of(json);
        for (Slice key : keys) {
            at = key == null ? null : JsonbFunctions.step(at, key);
            if (at == null) {
                return null;
            }
        }
        return at.bytes();
    }

    /** The subscript, which an assignment must have. */
    public static Object requireSubscript(Object subscript) {
        if (subscript == null) {
            throw new SqlError(SqlState.NULL_VALUE_NOT_ALLOWED, "jsonb subscript in assignment must not be null");
        }
        return subscript;
    }

    /**
     * The value with another put at the end of the path; what is missing on the way there is made.
     *
     * @param keys  none of them null
     * @param json  null for one that has to be made too: an array if {@code numbered}, else an object
     * @param value null for JSON's null
     */
    public static Slice put(Slice json, Slice[] keys, boolean numbered, Slice value) {
        Jsonb whole = json == null ? Jsonb.parse(Slice.of(numbered ? "[]" : "{}")) : JsonbFunctions.of(json);
        JsonbSubscripts made = new JsonbSubscripts(keys, value == null ? Jsonb.parse(Slice.of("null")) : JsonbFunctions.of(value));
        made.change(whole, 0);
        return made.out.build().bytes();
    }

    private boolean isLast(int level) {
        return level == keys.length - 1;
    }

    private void change(Jsonb j, int level) {
        if (j.isScalar()) {
            throw Errors.invalidParameter("cannot replace existing key")
                    .detail("The path assumes key is a composite object, but it is a scalar value.");
        }
        if (j.isObject()) {
            changeObject(j, level);
        } else {
            changeArray(j, level);
        }
    }

    private void changeObject(Jsonb j, int level) {
        int found = j.find(keys[level]);
        out.beginObject();
        for (int i = 0; i < j.count(); i++) {
            out.key(j.key(i));
            if (i == found) {
                replace(j.value(i), level);
            } else {
                out.value(j.value(i));
            }
        }
        if (found < 0) {
            out.key(keys[level]);
            add(level);
        }
        out.endObject();
    }

    private void changeArray(Jsonb j, int level) {
        Integer given = JsonFunctions.index(keys[level]);
        if (given == null) {
            throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION,
                    "path element at position " + (level + 1) + " is not an integer: \"" + keys[level] + "\"");
        }
        int count = j.count();
        if (given < 0 && -(long) given > count) {
            throw Errors.invalidParameter("path element at position " + (level + 1) + " is out of range: " + given);
        }
        int index = given < 0 ? given + count : given;
        out.beginArray();
        for (int i = 0; i < count; i++) {
            if (i == index) {
                replace(j.element(i), level);
            } else {
                out.value(j.element(i));
            }
        }
        if (index >= count) {
            addBehind(index - count, level);
        }
        out.endArray();
    }

    private void replace(Jsonb old, int level) {
        if (isLast(level)) {
            out.value(value);
        } else {
            change(old, level + 1);
        }
    }

    private void addBehind(int gap, int level) {
        for (int i = 0; i < gap; i++) {
            out.nothing();
        }
        add(level);
    }

    /** What stands for a key that was not there: the value, or what the next key needs around it. */
    private void add(int level) {
        if (isLast(level)) {
            out.value(value);
            return;
        }
        Integer index = JsonFunctions.index(keys[level + 1]);
        if (index == null) {
            out.beginObject();
            out.key(keys[level + 1]);
            add(level + 1);
            out.endObject();
        } else {
            out.beginArray();
            addBehind(Math.max(0, index), level + 1);
            out.endArray();
        }
    }
}
