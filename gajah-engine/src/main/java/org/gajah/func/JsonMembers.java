package org.gajah.func;

import java.util.ArrayList;
import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.JsonHandler;
import org.gajah.type.JsonReader;

/** The outermost members of a json text, as they are written. */
final class JsonMembers implements JsonHandler {
    enum Kind { OBJECT, ARRAY, STRING, NUMBER, BOOLEAN, NULL }

    private final Slice text;
    private final List<Slice> keys = new ArrayList<>();
    private final List<Slice> values = new ArrayList<>();
    private Kind kind = Kind.NULL;
    private Slice decoded = Slice.EMPTY;
    private int depth;
    private int start;

    private JsonMembers(Slice text) {
        this.text = text;
    }

    static JsonMembers of(Slice json) {
        JsonMembers members = new JsonMembers(json);
        JsonReader.read(json, members);
        return members;
    }

    Kind kind() {
        return kind;
    }

    boolean isScalar() {
        return kind != Kind.OBJECT && kind != Kind.ARRAY;
    }

    int count() {
        return values.size();
    }

    Slice key(int index) {
        return keys.get(index);
    }

    Slice value(int index) {
        return values.get(index);
    }

    /** The last value of that key, or null. */
    Slice find(Slice key) {
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (keys.get(i).equals(key)) {
                return values.get(i);
            }
        }
        return null;
    }

    /** The element at {@code index}, from the end if negative, or null. */
    Slice element(int index) {
        long at = index < 0 ? (long) values.size() + index : index;
        return kind == Kind.ARRAY && at >= 0 && at < values.size() ? values.get((int) at) : null;
    }

    /** A json value as ->> gives it: null for null, strings without quotes, the rest as written. */
    static Slice asText(Slice json) {
        if (json == null) {
            return null;
        }
        JsonMembers value = of(json);
        return switch (value.kind) {
            case NULL -> null;
            case STRING -> value.decoded;
            case OBJECT, ARRAY, NUMBER, BOOLEAN -> json;
        };
    }

    @Override
    public boolean decodes() {
        return depth <= 1;
    }

    private void begin(Kind container, int at) {
        if (depth == 0) {
            kind = container;
        } else if (depth == 1) {
            start = at;
        }
        depth++;
    }

    private void end(int at) {
        depth--;
        if (depth == 1) {
            values.add(text.slice(start, at - start));
        }
    }

    private void scalar(Kind scalar, int from, int to) {
        if (depth == 0) {
            kind = scalar;
        } else if (depth == 1) {
            values.add(text.slice(from, to - from));
        }
    }

    @Override
    public void beginObject(int at) {
        begin(Kind.OBJECT, at);
    }

    @Override
    public void endObject(int at) {
        end(at);
    }

    @Override
    public void beginArray(int at) {
        begin(Kind.ARRAY, at);
    }

    @Override
    public void endArray(int at) {
        end(at);
    }

    @Override
    public void key(Slice name) {
        if (depth == 1) {
            keys.add(name.copy());
        }
    }

    @Override
    public void string(Slice value, int from, int to) {
        if (depth == 0) {
            decoded = value.copy();
        }
        scalar(Kind.STRING, from, to);
    }

    @Override
    public void number(Slice digits, int from, int to) {
        scalar(Kind.NUMBER, from, to);
    }

    @Override
    public void bool(boolean value, int from, int to) {
        scalar(Kind.BOOLEAN, from, to);
    }

    @Override
    public void nothing(int from, int to) {
        scalar(Kind.NULL, from, to);
    }

    /** Writes a json value without members that are null. */
    static void stripNulls(Slice json, boolean inArrays, ByteSink out) {
        JsonMembers m = of(json);
        switch (m.kind) {
            case OBJECT -> {
                out.putByte('{');
                boolean first = true;
                for (int i = 0; i < m.count(); i++) {
                    if (of(m.value(i)).kind != Kind.NULL) {
                        if (!first) {
                            out.putByte(',');
                        }
                        first = false;
                        org.gajah.type.JsonText.quote(m.key(i), out);
                        out.putByte(':');
                        stripNulls(m.value(i), inArrays, out);
                    }
                }
                out.putByte('}');
            }
            case ARRAY -> {
                out.putByte('[');
                boolean first = true;
                for (int i = 0; i < m.count(); i++) {
                    if (!inArrays || of(m.value(i)).kind != Kind.NULL) {
                        if (!first) {
                            out.putByte(',');
                        }
                        first = false;
                        stripNulls(m.value(i), inArrays, out);
                    }
                }
                out.putByte(']');
            }
            case STRING -> org.gajah.type.JsonText.quote(m.decoded, out);
            case NUMBER, BOOLEAN, NULL -> out.put(org.gajah.type.IntegerText.trim(json));
        }
    }
}
