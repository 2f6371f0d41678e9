package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arguments to try a function with: for each type what is common and what databases differ in. */
final class SampleValues {
    private static final int MOST = 300;
    private static final double GOLDEN = 0.618034;

    private SampleValues() {
    }

    /** Combinations of values for arguments of these types, evenly out of all if there are many. {@code more} are tried for each argument. */
    static List<List<Optional<String>>> tuples(List<String> types, List<String> more) {
        List<List<Optional<String>>> choices = new ArrayList<>();
        long all = 1;
        for (String type : types) {
            List<Optional<String>> values = new ArrayList<>(of(type).stream().map(Optional::of).toList());
            more.forEach(m -> values.add(Optional.of(m)));
            values.add(Optional.empty());
            choices.add(values);
            all = Math.multiplyExact(all, values.size());
        }
        List<List<Optional<String>>> tuples = new ArrayList<>();
        long count = Math.min(all, MOST);
        long step = all <= MOST ? 1 : coprime((long) (all * GOLDEN), all);
        for (long i = 0; i < count; i++) {
            long place = Math.floorMod(i * step, all);
            List<Optional<String>> tuple = new ArrayList<>();
            for (List<Optional<String>> values : choices) {
                tuple.add(values.get((int) (place % values.size())));
                place /= values.size();
            }
            tuples.add(tuple);
        }
        return tuples;
    }

    /** The first number from here on that shares no divisor with another: multiples of it meet every remainder. */
    private static long coprime(long from, long other) {
        long step = from;
        while (java.math.BigInteger.valueOf(step).gcd(java.math.BigInteger.valueOf(other)).longValue() != 1) {
            step++;
        }
        return step;
    }

    private static List<String> of(String type) {
        return switch (type) {
            case "int2" -> List.of("0", "1", "-1", "2", "3", "7", "100", "32767", "-32768");
            case "int4" -> List.of("0", "1", "-1", "2", "3", "7", "100", "2147483647", "-2147483648");
            case "int8" -> List.of("0", "1", "-1", "2", "3", "7", "100", "9223372036854775807", "-9223372036854775808");
            case "numeric" -> List.of("0", "1", "-1", "2", "0.5", "-2.50", "0.001", "123456789.123456789", "100000000000000000000");
            case "float4", "float8" -> List.of("0", "1", "-1", "0.5", "-2.25", "0.1", "123456.75", "1e10");
            case "text", "varchar", "name" -> List.of("abc", "", " ", "  a b ", "ABC", "xabcx", "x", "b", "\u00e9t\u00e9 \u00c9", "Stra\u00dfe", "\u20ac", "it's", "%_\\", "12", "-3.5",
                    "2024-02-29", "YYYY-MM-DD", "99.9");
            case "bpchar" -> List.of("ab", "ab  ", "", " x", "\u00e9");
            case "bool" -> List.of("true", "false");
            case "date" -> List.of("2024-02-29", "1999-12-31", "1582-10-10", "0001-01-01", "9999-12-31");
            case "timestamp" -> List.of("2024-02-29 12:34:56.5", "1999-12-31 00:00:00", "2024-07-01 23:59:59.999999", "1900-01-01 01:02:03");
            case "timestamptz" -> List.of("2024-02-29 12:34:56.5+00", "1999-12-31 23:59:59+02", "2024-03-31 01:30:00+00");
            case "time" -> List.of("00:00:00", "12:34:56.789", "23:59:59");
            case "interval" -> List.of("1 day", "-1 day", "1 year 2 months", "00:00:01.5", "0");
            case "bytea" -> List.of("\\x", "\\x00ff", "\\x616263");
            case "uuid" -> List.of("00112233-4455-6677-8899-aabbccddeeff", "00000000-0000-0000-0000-000000000000");
            default -> List.of();
        };
    }
}
