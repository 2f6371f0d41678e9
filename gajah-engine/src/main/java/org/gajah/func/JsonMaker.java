package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;
import org.gajah.type.ArrayCodec;
import org.gajah.type.ArrayValue;
import org.gajah.type.Datum;
import org.gajah.type.DateTimeText;
import org.gajah.type.Errors;
import org.gajah.type.JsonReader;
import org.gajah.type.JsonText;
import org.gajah.type.Jsonb;
import org.gajah.type.JsonbBuilder;
import org.gajah.type.Numeric;
import org.gajah.type.NumericText;
import org.gajah.type.Oids;
import org.gajah.type.RecordCodec;
import org.gajah.type.RecordValue;
import org.gajah.type.TextStyle;
import org.gajah.type.TypeCodec;

/** Turns values of any SQL type into json and jsonb. */
final class JsonMaker {
    private final CallContext context;
    private final StackGuard guard = new StackGuard();

    JsonMaker(CallContext context) {
        this.context = context;
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Oids.INT2, Oids.INT4, Oids.INT8, Oids.FLOAT4, Oids.FLOAT8, Oids.NUMERIC -> true;
            default -> false;
        };
    }

    /** Dates and times as ISO 8601 has them; empty for other types. */
    private boolean isoTime(int type, Object value, ByteSink out) {
        switch (type) {
            case Oids.DATE -> DateTimeText.formatDate((Integer) value, TextStyle.DEFAULT, out);
            case Oids.TIMESTAMP -> withT(out, DateTimeTextWriter.timestamp((Long) value));
            case Oids.TIMESTAMPTZ -> withT(out, DateTimeTextWriter.zoned((Long) value, context));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void withT(ByteSink out, String text) {
        int space = text.indexOf(' ');
        boolean clock = space > 0 && Character.isDigit(text.charAt(space + 1));
        out.putAscii(clock ? text.substring(0, space) + "T" + text.substring(space + 1) : text);
    }

    /** Text forms that JSON needs in its own way. */
    private static final class DateTimeTextWriter {
        private DateTimeTextWriter() {
        }

        static String timestamp(long value) {
            ByteSink sink = new ByteSink();
            DateTimeText.formatTimestamp(value, TextStyle.DEFAULT, sink);
            return sink.toString();
        }

        /** The offset always has minutes. */
        static String zoned(long value, CallContext context) {
            ByteSink sink = new ByteSink();
            DateTimeText.formatTimestampTz(value, TextStyle.DEFAULT, context.types().timeZone(), sink);
            String text = sink.toString();
            String era = text.endsWith(" BC") ? " BC" : "";
            String body = text.substring(0, text.length() - era.length());
            int sign = Math.max(body.lastIndexOf('+'), body.lastIndexOf('-'));
            boolean finite = !text.endsWith("infinity");
            return finite && body.length() - sign == 3 ? body + ":00" + era : text;
        }
    }

    /** Appends a value as json; {@code feed} puts the outermost members on lines of their own. */
    void json(int type, Object value, boolean feed, ByteSink out) {
        guard.enter();
        if (value == null) {
            out.putAscii("null");
        } else if (type == Oids.BOOL) {
            out.putAscii((Boolean) value ? "true" : "false");
        } else if (isNumber(type)) {
            number(type, value, out);
        } else if (type == Oids.JSON) {
            out.put((Slice) value);
        } else if (type == Oids.JSONB) {
            new Jsonb((Slice) value).format(out);
        } else if (value instanceof ArrayValue array && context.types().codec(type) instanceof ArrayCodec) {
            array(array, feed, out);
        } else if (value instanceof RecordValue record) {
            record(record, feed, out);
        } else {
            ByteSink text = new ByteSink();
            if (!isoTime(type, value, text)) {
                Datum.format(context.types().codec(type), value, context.types(), text);
            }
            JsonText.quote(text.view(), out);
        }
        guard.leave();
    }

    private void number(int type, Object value, ByteSink out) {
        ByteSink text = new ByteSink();
        Datum.format(context.types().codec(type), value, context.types(), text);
        byte first = text.array()[text.array()[0] == '-' ? 1 : 0];
        if (first >= '0' && first <= '9') {
            out.put(text.view());
        } else {
            JsonText.quote(text.view(), out);
        }
    }

    private void array(ArrayValue array, boolean feed, ByteSink out) {
        if (array.dimensions() == 0) {
            out.putAscii("[]");
        } else {
            dimension(array, 0, 0, array.count(), feed, out);
        }
    }

    private void dimension(ArrayValue array, int depth, int from, int count, boolean feed, ByteSink out) {
        int length = array.lengths()[depth];
        int part = count / length;
        out.putByte('[');
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.putAscii(feed ? ",\n " : ",");
            }
            if (depth + 1 < array.dimensions()) {
                dimension(array, depth + 1, from + i * part, part, false, out);
            } else {
                json(array.elementType(), Datum.at(array.elements(), from + i), false, out);
            }
        }
        out.putByte(']');
    }

    private void record(RecordValue record, boolean feed, ByteSink out) {
        out.putByte('{');
        boolean first = true;
        for (int i = 0; i < record.fields().length; i++) {
            if (record.isDropped(i)) {
                continue;
            }
            if (!first) {
                out.putAscii(feed ? ",\n " : ",");
            }
            first = false;
            JsonText.quote(Slice.of(record.fieldNames().get(i)), out);
            out.putByte(':');
            json(record.fieldTypes().get(i), record.fields()[i], false, out);
        }
        out.putByte('}');
    }

    /** Adds a value to a jsonb. */
    void jsonb(int type, Object value, JsonbBuilder out) {
        guard.enter();
        if (value == null) {
            out.nothing();
        } else if (type == Oids.BOOL) {
            out.bool((Boolean) value);
        } else if (isNumber(type)) {
            jsonbNumber(type, value, out);
        } else if (type == Oids.JSONB) {
            out.value(new Jsonb((Slice) value));
        } else if (type == Oids.JSON) {
            JsonReader.read((Slice) value, out);
        } else if (value instanceof ArrayValue array && context.types().codec(type) instanceof ArrayCodec) {
            if (array.dimensions() == 0) {
                out.beginArray();
                out.endArray();
            } else {
                dimension(array, 0, 0, array.count(), out);
            }
        } else if (value instanceof RecordValue record) {
            out.beginObject();
            for (int i = 0; i < record.fields().length; i++) {
                if (!record.isDropped(i)) {
                    out.key(Slice.of(record.fieldNames().get(i)));
                    jsonb(record.fieldTypes().get(i), record.fields()[i], out);
                }
            }
            out.endObject();
        } else {
            ByteSink text = new ByteSink();
            if (!isoTime(type, value, text)) {
                Datum.format(context.types().codec(type), value, context.types(), text);
            }
            out.string(text.view());
        }
        guard.leave();
    }

    private void jsonbNumber(int type, Object value, JsonbBuilder out) {
        ByteSink text = new ByteSink();
        Datum.format(context.types().codec(type), value, context.types(), text);
        Numeric number = value instanceof Numeric n ? n : NumericText.parse(text.view());
        if (number.isFinite()) {
            out.number(number);
        } else {
            out.string(text.view());
        }
    }

    private void dimension(ArrayValue array, int depth, int from, int count, JsonbBuilder out) {
        int length = array.lengths()[depth];
        int part = count / length;
        out.beginArray();
        for (int i = 0; i < length; i++) {
            if (depth + 1 < array.dimensions()) {
                dimension(array, depth + 1, from + i * part, part, out);
            } else {
                jsonb(array.elementType(), Datum.at(array.elements(), from + i), out);
            }
        }
        out.endArray();
    }

    /** A value as an object's key. */
    Slice key(int type, Object value) {
        TypeCodec codec = context.types().codec(type);
        if (codec instanceof ArrayCodec || codec instanceof RecordCodec || type == Oids.JSON || type == Oids.JSONB) {
            throw notScalar();
        }
        ByteSink text = new ByteSink();
        if (type == Oids.BOOL) {
            text.putAscii((Boolean) value ? "true" : "false");
        } else if (!isoTime(type, value, text)) {
            Datum.format(codec, value, context.types(), text);
        }
        return text.view();
    }

    private static SqlError notScalar() {
        return Errors.invalidParameter("key value must be scalar, not array, composite, or json");
    }
}
