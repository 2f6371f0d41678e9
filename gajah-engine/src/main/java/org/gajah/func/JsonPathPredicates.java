package org.gajah.func;

import java.util.List;
import java.util.Optional;

import org.gajah.base.Slice;
import org.gajah.type.JsonPath;
import org.gajah.type.Jsonb;

/** The predicates of paths: true, false, or empty for unknown. Errors within them are unknown. */
final class JsonPathPredicates {
    private static final Optional<Boolean> TRUE = Optional.of(true);
    private static final Optional<Boolean> FALSE = Optional.of(false);

    /** A test of one pair of values. */
    private interface Test {
        Optional<Boolean> of(JsonPathValue left, JsonPathValue right);
    }

    private final JsonPathRun run;

    JsonPathPredicates(JsonPathRun run) {
        this.run = run;
    }

    private Optional<Boolean> test(JsonPath.Chain chain, JsonPathValue value) {
        return test(chain.items().getFirst(), value);
    }

    Optional<Boolean> test(JsonPath.Item item, JsonPathValue value) {
        return switch (item.kind()) {
            case AND -> {
                Optional<Boolean> left = test(item.argument(0), value);
                if (left.equals(FALSE)) {
                    yield left;
                }
                Optional<Boolean> right = test(item.argument(1), value);
                yield right.equals(TRUE) ? left : right;
            }
            case OR -> {
                Optional<Boolean> left = test(item.argument(0), value);
                if (left.equals(TRUE)) {
                    yield left;
                }
                Optional<Boolean> right = test(item.argument(1), value);
                yield right.equals(FALSE) ? left : right;
            }
            case NOT -> test(item.argument(0), value).map(b -> !b);
            case IS_UNKNOWN -> Optional.of(test(item.argument(0), value).isEmpty());
            case EXISTS -> exists(item, value);
            case EQUAL, NOT_EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL ->
                pairs(item, value, true, (a, b) -> compare(item.kind(), a, b));
            case STARTS_WITH -> pairs(item, value, false, JsonPathPredicates::startsWith);
            case LIKE_REGEX -> pairs(item, value, false, (a, b) -> matches(item, a));
            case NULL, STRING, NUMBER, BOOLEAN, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, PLUS, MINUS, ANY_ARRAY, ANY_KEY, INDEX, ANY, KEY,
                    CURRENT, ROOT, VARIABLE, FILTER, TYPE, SIZE, ABS, FLOOR, CEILING, DOUBLE, DATETIME, KEYVALUE, LAST, BIGINT,
                    BOOLEAN_METHOD, DATE, DECIMAL, INTEGER, NUMBER_METHOD, STRING_METHOD, TIME, TIME_TZ, TIMESTAMP, TIMESTAMP_TZ ->
                throw new IllegalStateException("not a predicate: " + item.kind());
        };
    }

    private Optional<Boolean> exists(JsonPath.Item item, JsonPathValue value) {
        try {
            return Optional.of(run.lax() ? run.exists(item.argument(0), value) : !run.operand(item.argument(0), value, false).isEmpty());
        } catch (JsonPathRun.Failure e) {
            return Optional.empty();
        }
    }

    /** Tests all pairs: in lax mode the first that is true decides, in strict mode the first that is unknown. */
    private Optional<Boolean> pairs(JsonPath.Item item, JsonPathValue value, boolean unwrapRight, Test test) {
        List<JsonPathValue> lefts;
        List<JsonPathValue> rights;
        try {
            lefts = run.operand(item.argument(0), value, true);
            rights = item.arguments().size() > 1 ? run.operand(item.argument(1), value, unwrapRight) : List.of(JsonPathValue.NULL);
        } catch (JsonPathRun.Failure e) {
            return Optional.empty();
        }
        boolean unknown = false;
        boolean found = false;
        for (JsonPathValue left : lefts) {
            for (JsonPathValue right : rights) {
                Optional<Boolean> answer = test.of(left, right);
                if (answer.isEmpty() && !run.lax() || answer.equals(TRUE) && run.lax()) {
                    return answer;
                }
                unknown |= answer.isEmpty();
                found |= answer.equals(TRUE);
            }
        }
        return found ? TRUE : unknown ? Optional.empty() : FALSE;
    }

    private static Optional<Boolean> startsWith(JsonPathValue left, JsonPathValue right) {
        if (!left.is(Jsonb.Kind.STRING) || !right.is(Jsonb.Kind.STRING)) {
            return Optional.empty();
        }
        Slice whole = ((JsonPathValue.Json) left).json().string();
        Slice start = ((JsonPathValue.Json) right).json().string();
        return Optional.of(whole.length() >= start.length() && whole.slice(0, start.length()).equals(start));
    }

    private Optional<Boolean> matches(JsonPath.Item item, JsonPathValue value) {
        if (!value.is(Jsonb.Kind.STRING)) {
            return Optional.empty();
        }
        return Optional.of(RegexFunctions.test(run.context, ((JsonPathValue.Json) value).json().string(), item.text(),
                flags(item.flags().toString())));
    }

    /** XQuery's flags as ours; without s a dot does not match a newline. */
    static RegexFlags flags(String xquery) {
        boolean literal = xquery.contains("q");
        boolean dotAll = xquery.contains("s");
        boolean lines = xquery.contains("m");
        return new RegexFlags(xquery.contains("i"), !literal && !dotAll, !literal && lines, false, literal, true, false);
    }

    private Optional<Boolean> compare(JsonPath.Kind kind, JsonPathValue a, JsonPathValue b) {
        if (a instanceof JsonPathValue.Moment x && b instanceof JsonPathValue.Moment y) {
            return JsonPathDates.compare(run, x, y).map(order -> holds(kind, order));
        }
        boolean nullA = a.is(Jsonb.Kind.NULL);
        boolean nullB = b.is(Jsonb.Kind.NULL);
        if (nullA != nullB) {
            return Optional.of(kind == JsonPath.Kind.NOT_EQUAL);
        }
        if (!(a instanceof JsonPathValue.Json x) || !(b instanceof JsonPathValue.Json y) || x.json().kind() != y.json().kind()
                || !x.json().isScalar()) {
            return Optional.empty();
        }
        return Optional.of(holds(kind, x.json().compareTop(y.json())));
    }

    private static boolean holds(JsonPath.Kind kind, int order) {
        return switch (kind) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case GREATER -> order > 0;
            case LESS_OR_EQUAL -> order <= 0;
            default -> order >= 0;
        };
    }
}
