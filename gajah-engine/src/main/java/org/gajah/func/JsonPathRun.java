package org.gajah.func;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;
import org.gajah.type.JsonPath;
import org.gajah.type.Jsonb;
import org.gajah.type.Numeric;

/**
 * Evaluates a path over a jsonb value. In lax mode arrays unwrap and wrap themselves and structural errors are empty results. An
 * error is thrown as {@link Failure} so that predicates can turn it into unknown; the entry points decide what becomes of it. One use.
 */
final class JsonPathRun {
    /** What evaluation met and a predicate, or a silent call, swallows. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient SqlError error;

        Failure(SqlError error) {
            super(error.getMessage(), error, false, false);
            this.error = error;
        }

        SqlError error() {
            return error;
        }
    }

    /** Takes results; false: no more are wanted. */
    interface Output {
        boolean add(JsonPathValue value);
    }

    final CallContext context;
    final boolean zones;
    private final JsonPath path;
    private final Jsonb root;
    private final Jsonb variables;
    private final JsonPathMethods methods = new JsonPathMethods(this);
    private final JsonPathPredicates predicates = new JsonPathPredicates(this);
    private final StackGuard guard = new StackGuard();
    private boolean ignoreStructure;
    private JsonPathValue current;
    private int arraySize = -1;

    JsonPathRun(CallContext context, JsonPath path, Jsonb root, Jsonb variables, boolean zones) {
        this.context = context;
        this.path = path;
        this.root = root;
        this.variables = variables;
        this.zones = zones;
        this.ignoreStructure = path.lax();
        this.current = new JsonPathValue.Json(root);
        if (!variables.isObject()) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "\"vars\" argument is not an object")
                    .detail("Jsonpath parameters should be encoded as key-value pairs of \"vars\" object.");
        }
    }

    static Failure failure(SqlState state, String message) {
        return new Failure(new SqlError(state, message));
    }

    boolean lax() {
        return path.lax();
    }

    /** Adds all results, as far as they come before an error. */
    void all(List<JsonPathValue> found) {
        chain(path.root(), 0, new JsonPathValue.Json(root), path.lax(), found::add);
    }

    /** Whether there is a result. Strict mode looks at all of them, so that no error is missed. */
    boolean any() {
        if (!path.lax()) {
            List<JsonPathValue> found = new ArrayList<>();
            all(found);
            return !found.isEmpty();
        }
        return exists(path.root(), new JsonPathValue.Json(root));
    }

    boolean exists(JsonPath.Chain chain, JsonPathValue value) {
        boolean[] found = new boolean[1];
        chain(chain, 0, value, path.lax(), v -> {
            found[0] = true;
            return false;
        });
        return found[0];
    }

    /** The results for an operand; in lax mode, if asked, with arrays unwrapped. */
    List<JsonPathValue> operand(JsonPath.Chain chain, JsonPathValue value, boolean unwrap) {
        List<JsonPathValue> found = new ArrayList<>();
        chain(chain, 0, value, path.lax(), v -> {
            if (unwrap && path.lax() && v instanceof JsonPathValue.Json j && j.json().isArray()) {
                for (int i = 0; i < j.json().count(); i++) {
                    found.add(new JsonPathValue.Json(j.json().element(i)));
                }
            } else {
                found.add(v);
            }
            return true;
        });
        return found;
    }

    /** Hands a value on to the step after {@code index}, or out. */
    boolean next(JsonPath.Chain chain, int index, JsonPathValue value, Output out) {
        return index + 1 < chain.items().size() ? chain(chain, index + 1, value, path.lax(), out) : out.add(value);
    }

    /** Runs the steps from {@code index} on for one value; false as soon as the output wants no more. */
    boolean chain(JsonPath.Chain chain, int index, JsonPathValue value, boolean unwrap, Output out) {
        context.checkCancelled();
        guard.enter();
        boolean more = step(chain, index, value, unwrap, out);
        guard.leave();
        return more;
    }

    private boolean step(JsonPath.Chain chain, int index, JsonPathValue value, boolean unwrap, Output out) {
        JsonPath.Item item = chain.items().get(index);
        return switch (item.kind()) {
            case NULL -> next(chain, index, JsonPathValue.NULL, out);
            case BOOLEAN -> next(chain, index, item.first() != 0 ? JsonPathValue.TRUE : JsonPathValue.FALSE, out);
            case STRING -> next(chain, index, JsonPathValue.of(item.text()), out);
            case NUMBER -> next(chain, index, JsonPathValue.of(item.number()), out);
            case VARIABLE -> next(chain, index, variable(item.text()), out);
            case ROOT -> next(chain, index, new JsonPathValue.Json(root), out);
            case CURRENT -> next(chain, index, current, out);
            case LAST -> next(chain, index, JsonPathValue.of(Numeric.of(arraySize - 1)), out);
            case AND, OR, NOT, IS_UNKNOWN, EQUAL, NOT_EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, EXISTS, STARTS_WITH,
                    LIKE_REGEX -> next(chain, index, predicates.test(item, value).map(t -> t ? JsonPathValue.TRUE : JsonPathValue.FALSE)
                            .orElse(JsonPathValue.NULL), out);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> next(chain, index, methods.arithmetic(item, value), out);
            case PLUS, MINUS -> sign(chain, index, value, out);
            case KEY -> key(chain, index, value, unwrap, out);
            case ANY_KEY -> anyKey(chain, index, value, unwrap, out);
            case ANY_ARRAY -> anyArray(chain, index, value, out);
            case INDEX -> index(chain, index, value, out);
            case ANY -> any(chain, index, value, out);
            case FILTER -> filter(chain, index, value, unwrap, out);
            case TYPE, SIZE -> next(chain, index, methods.shape(item, value), out);
            case ABS, FLOOR, CEILING, DOUBLE, DATETIME, KEYVALUE, BIGINT, BOOLEAN_METHOD, DATE, DECIMAL, INTEGER, NUMBER_METHOD,
                    STRING_METHOD, TIME, TIME_TZ, TIMESTAMP, TIMESTAMP_TZ -> method(chain, index, value, unwrap, out);
        };
    }

    private JsonPathValue variable(Slice name) {
        int at = variables.find(name);
        if (at < 0) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "could not find jsonpath variable \"" + name + "\"");
        }
        return new JsonPathValue.Json(variables.value(at));
    }

    private static boolean isArray(JsonPathValue value) {
        return value.is(Jsonb.Kind.ARRAY);
    }

    /** Runs the step at {@code index} on each element. */
    private boolean unwrapped(JsonPath.Chain chain, int index, JsonPathValue value, Output out) {
        Jsonb array = ((JsonPathValue.Json) value).json();
        for (int i = 0; i < array.count(); i++) {
            if (!chain(chain, index, new JsonPathValue.Json(array.element(i)), false, out)) {
                return false;
            }
        }
        return true;
    }

    private boolean method(JsonPath.Chain chain, int index, JsonPathValue value, boolean unwrap, Output out) {
        if (unwrap && isArray(value)) {
            return unwrapped(chain, index, value, out);
        }
        JsonPath.Item item = chain.items().get(index);
        if (item.kind() != JsonPath.Kind.KEYVALUE) {
            return next(chain, index, methods.call(item, value), out);
        }
        for (JsonPathValue pair : methods.keyValues(value, root)) {
            if (!next(chain, index, pair, out)) {
                return false;
            }
        }
        return true;
    }

    private boolean sign(JsonPath.Chain chain, int index, JsonPathValue value, Output out) {
        JsonPath.Item item = chain.items().get(index);
        for (JsonPathValue v : operand(item.argument(0), value, true)) {
            if (!v.is(Jsonb.Kind.NUMBER)) {
                throw failure(SqlState.SQL_JSON_NUMBER_NOT_FOUND,
                        "operand of unary jsonpath operator " + item.kind().text() + " is not a numeric value");
            }
            Numeric n = ((JsonPathValue.Json) v).json().number();
            if (!next(chain, index, item.kind() == JsonPath.Kind.MINUS ? JsonPathValue.of(n.negate()) : v, out)) {
                return false;
            }
        }
        return true;
    }

    private boolean key(JsonPath.Chain chain, int index, JsonPathValue value, boolean unwrap, Output out) {
        Slice name = chain.items().get(index).text();
        if (value instanceof JsonPathValue.Json j && j.json().isObject()) {
            int at = j.json().find(name);
            if (at >= 0) {
                return next(chain, index, new JsonPathValue.Json(j.json().value(at)), out);
            }
            if (!ignoreStructure) {
                throw failure(SqlState.SQL_JSON_MEMBER_NOT_FOUND, "JSON object does not contain key \"" + name + "\"");
            }
            return true;
        }
        if (unwrap && isArray(value)) {
            return unwrapped(chain, index, value, out);
        }
        if (!ignoreStructure) {
            throw failure(SqlState.SQL_JSON_MEMBER_NOT_FOUND, "jsonpath member accessor can only be applied to an object");
        }
        return true;
    }

    private boolean anyKey(JsonPath.Chain chain, int index, JsonPathValue value, boolean unwrap, Output out) {
        if (value instanceof JsonPathValue.Json j && j.json().isObject()) {
            for (int i = 0; i < j.json().count(); i++) {
                if (!next(chain, index, new JsonPathValue.Json(j.json().value(i)), out)) {
                    return false;
                }
            }
            return true;
        }
        if (unwrap && isArray(value)) {
            return unwrapped(chain, index, value, out);
        }
        if (!ignoreStructure) {
            throw failure(SqlState.SQL_JSON_OBJECT_NOT_FOUND, "jsonpath wildcard member accessor can only be applied to an object");
        }
        return true;
    }

    private boolean anyArray(JsonPath.Chain chain, int index, JsonPathValue value, Output out) {
        if (value instanceof JsonPathValue.Json j && j.json().isArray()) {
            for (int i = 0; i < j.json().count(); i++) {
                if (!next(chain, index, new JsonPathValue.Json(j.json().element(i)), out)) {
                    return false;
                }
            }
            return true;
        }
        if (path.lax()) {
            return next(chain, index, value, out);
        }
        if (!ignoreStructure) {
            throw failure(SqlState.SQL_JSON_ARRAY_NOT_FOUND, "jsonpath wildcard array accessor can only be applied to an array");
        }
        return true;
    }

    private boolean index(JsonPath.Chain chain, int index, JsonPathValue value, Output out) {
        JsonPath.Item item = chain.items().get(index);
        boolean array = isArray(value);
        if (!array && !path.lax()) {
            if (!ignoreStructure) {
                throw failure(SqlState.SQL_JSON_ARRAY_NOT_FOUND, "jsonpath array accessor can only be applied to an array");
            }
            return true;
        }
        int outerSize = arraySize;
        int size = array ? ((JsonPathValue.Json) value).json().count() : 1;
        arraySize = size;
        for (int i = 0; i < item.arguments().size(); i += 2) {
            long from = subscript(item.argument(i), value);
            long to = item.argument(i + 1).isEmpty() ? from : subscript(item.argument(i + 1), value);
            if (!ignoreStructure && (from < 0 || from > to || to >= size)) {
                throw failure(SqlState.INVALID_SQL_JSON_SUBSCRIPT, "jsonpath array subscript is out of bounds");
            }
            for (long k = Math.max(0, from); k <= Math.min(to, size - 1); k++) {
                JsonPathValue element = array ? new JsonPathValue.Json(((JsonPathValue.Json) value).json().element((int) k)) : value;
                if (!next(chain, index, element, out)) {
                    arraySize = outerSize;
                    return false;
                }
                arraySize = size;
            }
        }
        arraySize = outerSize;
        return true;
    }

    private long subscript(JsonPath.Chain chain, JsonPathValue value) {
        List<JsonPathValue> found = operand(chain, value, false);
        if (found.size() != 1 || !found.getFirst().is(Jsonb.Kind.NUMBER)) {
            throw failure(SqlState.INVALID_SQL_JSON_SUBSCRIPT, "jsonpath array subscript is not a single numeric value");
        }
        Numeric n = NumericFunctions.numeric_trunc(((JsonPathValue.Json) found.getFirst()).json().number(), 0);
        if (!n.isFinite() || n.abs().compareTo(Numeric.of(Integer.MAX_VALUE)) > 0) {
            throw failure(SqlState.INVALID_SQL_JSON_SUBSCRIPT, "jsonpath array subscript is out of integer range");
        }
        return n.toLong(Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
    }

    private boolean any(JsonPath.Chain chain, int index, JsonPathValue value, Output out) {
        JsonPath.Item item = chain.items().get(index);
        boolean saved = ignoreStructure;
        ignoreStructure = true;
        boolean more = item.first() != 0 || next(chain, index, value, out);
        more = more && descend(chain, index, value, 1, out);
        ignoreStructure = saved;
        return more;
    }

    private boolean descend(JsonPath.Chain chain, int index, JsonPathValue value, int level, Output out) {
        JsonPath.Item item = chain.items().get(index);
        if (!(value instanceof JsonPathValue.Json j) || j.json().isScalar() || item.last() >= 0 && level > item.last()) {
            return true;
        }
        guard.enter();
        for (int i = 0; i < j.json().count(); i++) {
            Jsonb child = j.json().isArray() ? j.json().element(i) : j.json().value(i);
            JsonPathValue v = new JsonPathValue.Json(child);
            boolean wanted = item.first() >= 0 ? level >= item.first() : item.last() < 0 && child.isScalar();
            if (wanted && !next(chain, index, v, out) || !descend(chain, index, v, level + 1, out)) {
                return false;
            }
        }
        guard.leave();
        return true;
    }

    private boolean filter(JsonPath.Chain chain, int index, JsonPathValue value, boolean unwrap, Output out) {
        if (unwrap && isArray(value)) {
            return unwrapped(chain, index, value, out);
        }
        JsonPathValue outer = current;
        current = value;
        Optional<Boolean> answer = predicates.test(chain.items().get(index).argument(0).items().getFirst(), value);
        current = outer;
        return answer.isEmpty() || !answer.get() || next(chain, index, value, out);
    }
}
