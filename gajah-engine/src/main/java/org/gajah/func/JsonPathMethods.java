package org.gajah.func;

import java.util.ArrayList;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.BoolCodec;
import org.gajah.type.FloatText;
import org.gajah.type.JsonPath;
import org.gajah.type.Jsonb;
import org.gajah.type.JsonbBuilder;
import org.gajah.type.Numeric;
import org.gajah.type.NumericText;

/** The arithmetic and the item methods of paths. */
final class JsonPathMethods {
    private static final String STRING_OR_NUMBER = "a string or numeric value";

    private final JsonPathRun run;

    JsonPathMethods(JsonPathRun run) {
        this.run = run;
    }

    private static SqlError cannotApply(JsonPath.Item item, SqlState state, String what) {
        return new SqlError(state, "jsonpath item method ." + item.kind().text() + "() can only be applied to " + what);
    }

    private static JsonPathRun.Failure wrongType(JsonPath.Item item, String what) {
        return new JsonPathRun.Failure(cannotApply(item, SqlState.NON_NUMERIC_SQL_JSON_ITEM, what));
    }

    private static JsonPathRun.Failure invalid(JsonPath.Item item, Object argument, String type) {
        return JsonPathRun.failure(SqlState.NON_NUMERIC_SQL_JSON_ITEM,
                "argument \"" + argument + "\" of jsonpath item method ." + item.kind().text() + "() is invalid for type " + type);
    }

    private Numeric operand(JsonPath.Item item, int index, JsonPathValue value) {
        List<JsonPathValue> found = run.operand(item.argument(index), value, true);
        if (found.size() != 1 || !found.getFirst().is(Jsonb.Kind.NUMBER)) {
            throw JsonPathRun.failure(SqlState.SINGLETON_SQL_JSON_ITEM_REQUIRED, (index == 0 ? "left" : "right")
                    + " operand of jsonpath operator " + item.kind().text() + " is not a single numeric value");
        }
        return ((JsonPathValue.Json) found.getFirst()).json().number();
    }

    JsonPathValue arithmetic(JsonPath.Item item, JsonPathValue value) {
        Numeric left = operand(item, 0, value);
        Numeric right = operand(item, 1, value);
        try {
            return JsonPathValue.of(switch (item.kind()) {
                case ADD -> left.add(right);
                case SUBTRACT -> left.subtract(right);
                case MULTIPLY -> left.multiply(right);
                case DIVIDE -> left.divide(right);
                default -> left.remainder(right);
            });
        } catch (SqlError e) {
            throw new JsonPathRun.Failure(e);
        }
    }

    JsonPathValue shape(JsonPath.Item item, JsonPathValue value) {
        if (item.kind() == JsonPath.Kind.TYPE) {
            return JsonPathValue.of(Slice.of(switch (value) {
                case JsonPathValue.Moment m -> JsonPathDates.typeName(m.type());
                case JsonPathValue.Json j -> j.json().kind().name().toLowerCase(java.util.Locale.ROOT);
            }));
        }
        if (value instanceof JsonPathValue.Json j && j.json().isArray()) {
            return JsonPathValue.of(Numeric.of(j.json().count()));
        }
        if (!run.lax()) {
            throw new JsonPathRun.Failure(cannotApply(item, SqlState.SQL_JSON_ARRAY_NOT_FOUND, "an array"));
        }
        return JsonPathValue.of(Numeric.ONE);
    }

    JsonPathValue call(JsonPath.Item item, JsonPathValue value) {
        return switch (item.kind()) {
            case ABS -> JsonPathValue.of(number(item, value).abs());
            case FLOOR -> JsonPathValue.of(NumericFunctions.numeric_floor(number(item, value)));
            case CEILING -> JsonPathValue.of(NumericFunctions.numeric_ceil(number(item, value)));
            case DOUBLE -> real(item, value);
            case BIGINT -> integer(item, value, "bigint", Long.MIN_VALUE, Long.MAX_VALUE);
            case INTEGER -> integer(item, value, "integer", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case NUMBER_METHOD, DECIMAL -> decimal(item, value);
            case BOOLEAN_METHOD -> truth(item, value);
            case STRING_METHOD -> string(item, value);
            case DATETIME, DATE, TIME, TIME_TZ, TIMESTAMP, TIMESTAMP_TZ -> JsonPathDates.read(run, item, value);
            default -> throw new IllegalStateException(item.kind().name());
        };
    }

    private static Numeric number(JsonPath.Item item, JsonPathValue value) {
        if (!value.is(Jsonb.Kind.NUMBER)) {
            throw wrongType(item, "a numeric value");
        }
        return ((JsonPathValue.Json) value).json().number();
    }

    /** A number, or the text of a string. */
    private static Slice digits(JsonPath.Item item, JsonPathValue value, String wanted) {
        if (value.is(Jsonb.Kind.NUMBER)) {
            return Slice.of(((JsonPathValue.Json) value).json().number().toString());
        }
        if (!value.is(Jsonb.Kind.STRING)) {
            throw wrongType(item, wanted);
        }
        return ((JsonPathValue.Json) value).json().string();
    }

    private static JsonPathRun.Failure notFinite(JsonPath.Item item) {
        return JsonPathRun.failure(SqlState.NON_NUMERIC_SQL_JSON_ITEM,
                "NaN or Infinity is not allowed for jsonpath item method ." + item.kind().text() + "()");
    }

    private static JsonPathValue real(JsonPath.Item item, JsonPathValue value) {
        Slice text = digits(item, value, STRING_OR_NUMBER);
        double d;
        try {
            d = FloatText.parseDouble(text);
        } catch (SqlError e) {
            throw invalid(item, text, "double precision");
        }
        if (Double.isNaN(d) || Double.isInfinite(d)) {
            throw notFinite(item);
        }
        return value.is(Jsonb.Kind.NUMBER) ? value : JsonPathValue.of(Numeric.of(d));
    }

    private static JsonPathValue integer(JsonPath.Item item, JsonPathValue value, String type, long min, long max) {
        Slice text = digits(item, value, STRING_OR_NUMBER);
        try {
            long n = value.is(Jsonb.Kind.NUMBER) ? ((JsonPathValue.Json) value).json().number().round(0).toLong(min, max, type)
                    : org.gajah.type.IntegerText.parse(text, min, max, type);
            return JsonPathValue.of(Numeric.of(n));
        } catch (SqlError e) {
            throw invalid(item, text, type);
        }
    }

    private static long parameter(JsonPath.Item item, int index, String what) {
        try {
            return item.argument(index).items().getFirst().number().toLong(Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
        } catch (SqlError e) {
            throw JsonPathRun.failure(SqlState.NON_NUMERIC_SQL_JSON_ITEM,
                    what + " of jsonpath item method ." + item.kind().text() + "() is out of range for type integer");
        }
    }

    private static JsonPathValue decimal(JsonPath.Item item, JsonPathValue value) {
        Slice text = digits(item, value, STRING_OR_NUMBER);
        Numeric n;
        try {
            n = NumericText.parse(text);
        } catch (SqlError e) {
            throw invalid(item, text, "numeric");
        }
        if (!n.isFinite()) {
            throw notFinite(item);
        }
        if (item.arguments().isEmpty()) {
            return JsonPathValue.of(n);
        }
        long precision = parameter(item, 0, "precision");
        long scale = item.arguments().size() > 1 ? parameter(item, 1, "scale") : 0;
        if (precision < 1 || precision > 1000) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "NUMERIC precision " + precision + " must be between 1 and 1000");
        }
        if (scale < -1000 || scale > 1000) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "NUMERIC scale " + scale + " must be between -1000 and 1000");
        }
        try {
            return JsonPathValue.of(n.withTypmod(NumericText.typmod((int) precision, (int) scale)));
        } catch (SqlError e) {
            throw invalid(item, text, "numeric");
        }
    }

    private static JsonPathValue truth(JsonPath.Item item, JsonPathValue value) {
        if (value.is(Jsonb.Kind.BOOLEAN)) {
            return value;
        }
        Slice text = digits(item, value, "a boolean, string, or numeric value");
        try {
            boolean truth = value.is(Jsonb.Kind.NUMBER)
                    ? org.gajah.type.IntegerText.parse(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer") != 0 : BoolCodec.parse(text);
            return truth ? JsonPathValue.TRUE : JsonPathValue.FALSE;
        } catch (SqlError e) {
            throw invalid(item, text, "boolean");
        }
    }

    private JsonPathValue string(JsonPath.Item item, JsonPathValue value) {
        return switch (value) {
            case JsonPathValue.Moment m -> JsonPathValue.of(JsonPathDates.text(m));
            case JsonPathValue.Json j -> switch (j.json().kind()) {
                case STRING -> value;
                case NUMBER, BOOLEAN -> JsonPathValue.of(Slice.of(j.json().toString()));
                case NULL, ARRAY, OBJECT -> throw wrongType(item, "a boolean, string, numeric, or datetime value");
            };
        };
    }

    /** The members of an object as objects of key, value and id; the id tells objects of one document apart. */
    List<JsonPathValue> keyValues(JsonPathValue value, Jsonb root) {
        if (!(value instanceof JsonPathValue.Json j) || !j.json().isObject()) {
            throw JsonPathRun.failure(SqlState.SQL_JSON_OBJECT_NOT_FOUND,
                    "jsonpath item method .keyvalue() can only be applied to an object");
        }
        Jsonb object = j.json();
        int id = object.bytes().array() == root.bytes().array() ? object.bytes().offset() - root.bytes().offset() : 0;
        List<JsonPathValue> pairs = new ArrayList<>();
        for (int i = 0; i < object.count(); i++) {
            JsonbBuilder b = new JsonbBuilder();
            b.beginObject();
            b.key(Slice.of("key"));
            b.string(object.key(i));
            b.key(Slice.of("value"));
            b.value(object.value(i));
            b.key(Slice.of("id"));
            b.number(Numeric.of(id));
            b.endObject();
            pairs.add(new JsonPathValue.Json(b.build()));
        }
        return pairs;
    }
}
