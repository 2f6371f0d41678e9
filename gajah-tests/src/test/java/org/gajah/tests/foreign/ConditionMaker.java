package org.gajah.tests.foreign;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Random conditions on the columns of a {@link RemoteTable}, with values on the edges. */
final class ConditionMaker {
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final List<String> INTEGERS = List.of("0", "1", "2", "-1", "7", "48", "100", "2147483647", "-2147483648", "4000000000", "10000000000", "9223372036854775807");
    private static final List<String> DECIMALS = List.of("0", "1.50", "1.5", "-1.5", "0.01", "9999999999.99", "'NaN'::numeric", "1.499", "1e3", "0.1", "-0.0", "1e40", "-1e40", "1e-20", "99999999999.5", "12345678901234567890");
    private static final List<String> FLOATS = List.of("0", "0.25", "-0.0", "1e300", "1e-300", "0.1", "-100", "3.5", "'NaN'", "'-Infinity'");
    private static final List<String> STRINGS = List.of("'a'", "'A'", "'a '", "' a'", "''", "'ab'", "'abc'", "'\u00e9'", "'\u00c9t\u00e9'", "'Stra\u00dfe'", "'STRASSE'", "'%'", "'_'", "'a_c'",
            "E'a\\\\c'", "'it''s'", "'\ud83d\ude00'", "'10'", "'9'", "'zz'", "NULL", "'x'", "'x '", "'\u0130'", "'i'", "'\ufb03'", "'\u01c5'");
    private static final List<String> PATTERNS = List.of("'a%'", "'%'", "'_'", "'%a'", "'_b%'", "'a\\_c'", "'%\\%%'", "'A%'", "''", "'%\u00e9%'", "'a '", "'% '", "'__'");
    private static final List<String> DAYS = List.of("'2024-02-28'", "'2024-02-29'", "'2024-03-01'", "'0001-01-01'", "'9999-12-31'", "'infinity'", "'1582-10-10'", "'20000-01-01'", "'0044-03-15 BC'", "'1900-02-28'");
    private static final List<String> TIMES = List.of("'2024-02-29 12:00:00'", "'2024-02-29 12:00:00.5'", "'2024-02-29 12:00:00.499999'", "'2024-02-29 12:00:01'", "'9999-12-31 23:59:59.999999'",
            "'0001-01-01 00:00:00'", "'1970-01-01 00:00:00'", "'2024-03-31 02:30:00'", "'-infinity'", "'infinity'", "'20000-01-01 12:00:00'", "'0044-03-15 12:00:00.25 BC'");
    private static final int DEPTH = 3;
    /** Of so many constants one comes with the run. */
    private static final int SENT = 4;

    private final Random random;

    ConditionMaker(long seed) {
        random = new Random(seed);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    String condition() {
        return condition(DEPTH);
    }

    /** The name of a column. */
    String column() {
        return any(List.of("id", "n", "d", "f", "s", "day", "at", "ok", "c"));
    }

    private String condition(int depth) {
        int kind = random.nextInt(depth > 0 ? 22 : 16);
        return switch (kind) {
            case 0, 1, 2 -> number(2) + " " + any(COMPARISONS) + " " + number(1);
            case 3, 4, 5 -> string(2) + " " + any(COMPARISONS) + " " + string(1);
            case 6 -> string(1) + (random.nextBoolean() ? " LIKE " : " NOT LIKE ") + any(PATTERNS);
            case 7 -> column() + (random.nextBoolean() ? " IS NULL" : " IS NOT NULL");
            case 8 -> day() + " " + any(COMPARISONS) + " " + day();
            case 9 -> time() + " " + any(COMPARISONS) + " " + time();
            case 10 -> list("n", INTEGERS);
            case 11 -> list("s", STRINGS);
            case 12 -> any(List.of("ok", "ok IS TRUE", "ok IS NOT FALSE", "ok IS UNKNOWN", "ok = true", "ok <> (id > 5)"));
            case 13 -> distinct();
            case 14 -> number(1) + " BETWEEN " + number(0) + " AND " + number(0);
            case 15 -> any(List.of(list("c", STRINGS), list("day", DAYS), list("d", DECIMALS), string(1) + " IS NULL", number(1) + " IS NOT NULL"));
            case 16, 17 -> "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
            case 18, 19 -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
            default -> "NOT (" + condition(depth - 1) + ")";
        };
    }

    private String distinct() {
        String word = random.nextBoolean() ? " IS DISTINCT FROM " : " IS NOT DISTINCT FROM ";
        return random.nextBoolean() ? number(1) + word + number(0) : string(1) + word + string(0);
    }

    private String list(String column, List<String> values) {
        String items = String.join(", ", IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> any(values)).toList());
        String written = column + (random.nextBoolean() ? " IN (" : " NOT IN (") + items + ")";
        return random.nextInt(SENT) > 0 ? written : column + " = ANY (ARRAY(SELECT unnest(ARRAY[" + items + "])" + (values == DAYS ? "::date" : "") + "))";
    }

    /** A constant as it is, or as a value that comes with the run. */
    private String sent(String constant) {
        return random.nextInt(SENT) > 0 || constant.startsWith("NULL") ? constant : "(SELECT max(v) FROM (VALUES (" + constant + ")) q (v))";
    }

    private String number(int depth) {
        Supplier<String> inner = () -> number(depth - 1);
        return switch (random.nextInt(depth > 0 ? 20 : 10)) {
            case 0, 1 -> "id";
            case 2, 3 -> "n";
            case 4, 5 -> "d";
            case 6 -> "f";
            case 7 -> sent(any(INTEGERS));
            case 8 -> sent(any(DECIMALS));
            case 9 -> sent(any(FLOATS) + "::float8");
            case 10, 11, 12 -> "(" + inner.get() + " " + any(List.of("+", "-", "*")) + " " + inner.get() + ")";
            case 13 -> any(List.of("abs", "floor", "ceil", "sign")) + "(" + any(List.of("d", "n", "id", "f")) + ")";
            case 14 -> any(List.of("length", "char_length", "octet_length", "bit_length")) + "(" + any(List.of("s", "c", string(0) + "::text")) + ")";
            case 15 -> "coalesce(" + inner.get() + ", " + inner.get() + ")";
            case 16 -> "CASE WHEN " + condition(0) + " THEN " + inner.get() + " ELSE " + inner.get() + " END";
            case 17 -> "nullif(" + inner.get() + ", " + inner.get() + ")";
            case 18 -> "mod(id, " + any(List.of("2", "7", "-3")) + ")";
            default -> "-" + any(List.of("id", "n", "d"));
        };
    }

    private String string(int depth) {
        Supplier<String> inner = () -> string(depth - 1);
        return switch (random.nextInt(depth > 0 ? 20 : 8)) {
            case 0, 1, 2, 3 -> "s";
            case 4 -> "c";
            case 5, 6, 7 -> sent(any(STRINGS) + "::text");
            case 8 -> "upper(" + inner.get() + ")";
            case 9 -> "lower(" + inner.get() + ")";
            case 10 -> any(List.of("btrim", "ltrim", "rtrim")) + "(" + inner.get() + any(List.of("", ", 'a'", ", 'ab '", ", ''")) + ")";
            case 11, 12 -> "substr(" + inner.get() + ", " + any(List.of("1", "2", "0", "-1", "5")) + any(List.of("", ", 1", ", 2", ", 0")) + ")";
            case 13 -> "replace(" + inner.get() + ", " + any(STRINGS) + ", " + any(STRINGS) + ")";
            case 14 -> "translate(" + inner.get() + ", 'abc', " + any(List.of("'x'", "''", "'xyz'")) + ")";
            case 15 -> "concat(" + inner.get() + ", " + any(List.of("s", "'a'", "''", "id", "d", "day", "ok", "f")) + ")";
            case 16 -> "coalesce(" + inner.get() + ", " + inner.get() + ")";
            case 17 -> "to_char(" + any(List.of("at, 'YYYY-MM-DD'", "id, 'FM999'", "at, 'HH24:MI'", "d, 'FM990.00'", "id, '000'", "at, 'Mon'", "n, 'FM9999'")) + ")";
            case 18 -> any(List.of("s", "c")) + "::text";
            default -> "(" + inner.get() + " || " + inner.get() + ")";
        };
    }

    private String day() {
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> "day";
            case 3 -> "(day + " + any(List.of("1", "-1", "365")) + ")";
            case 4 -> "at::date";
            default -> sent(any(DAYS) + "::date");
        };
    }

    private String time() {
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> "at";
            case 3 -> "day::timestamp";
            case 4 -> "date_trunc('day', at)";
            default -> sent(any(TIMES) + "::timestamp");
        };
    }
}
