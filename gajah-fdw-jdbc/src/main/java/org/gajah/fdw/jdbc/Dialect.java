package org.gajah.fdw.jdbc;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a kind of database.
 *
 * @param foldsUpper    whether names without quotes are upper case there
 * @param quote         what stands around a quoted name
 * @param limit         how rows are limited
 * @param booleans      whether it has TRUE and FALSE
 * @param emptyIsNull   whether the empty string is NULL there
 * @param exactTypes    the local types whose comparisons with each other give the same there
 * @param textEquality  whether strings are equal there only if all their characters are
 * @param nullsOrder    whether it knows NULLS FIRST and NULLS LAST
 * @param finerMoments  whether dates have a time there, and timestamps more digits
 * @param like          whether LIKE with an ESCAPE matches there what it matches here
 */
record Dialect(String name, boolean foldsUpper, String quote, Limit limit, boolean booleans, boolean emptyIsNull, Set<String> exactTypes,
        boolean textEquality, boolean nullsOrder,
        boolean finerMoments, boolean like) {
    /** The clauses for it. */
    enum Limit { NONE, LIMIT, FETCH_FIRST }

    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");
    private static final Set<String> NUMBERS_AND_DATES = Set.of("int2", "int4", "int8", "numeric", "float8", "date", "timestamp");
    private static final Dialect OTHER = new Dialect("other", false, "\"", Limit.NONE, false, false, Set.of("int2", "int4", "int8"), false, false, true, false);
    private static final Map<String, Dialect> KNOWN = Map.of(
            "h2", new Dialect("h2", true, "\"", Limit.LIMIT, true, false, NUMBERS_AND_DATES, true, true, false, true),
            "oracle", new Dialect("oracle", true, "\"", Limit.FETCH_FIRST, false, true, NUMBERS, true, true, true, true),
            "sqlite", new Dialect("sqlite", false, "\"", Limit.LIMIT, false, false, Set.of("int2", "int4", "int8", "float8"), true, true, false, false),
            "derby", new Dialect("derby", true, "\"", Limit.FETCH_FIRST, true, false, NUMBERS, false, true, false, false),
            "ignite", new Dialect("ignite", true, "\"", Limit.LIMIT, true, false, Set.of("int2", "int4", "int8", "numeric", "date", "timestamp"), true, true, false, true),
            "mysql", new Dialect("mysql", false, "`", Limit.LIMIT, true, false, NUMBERS, false, false, false, false));

    /** Whether sums and products of decimals have all their digits there, and as many behind the point as here. */
    boolean exactDecimals() {
        return name.equals("h2") || name.equals("ignite");
    }

    static Optional<Dialect> known(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    static Dialect of(String name) {
        return KNOWN.getOrDefault(name, OTHER);
    }

    /** A name as it is there if nobody says otherwise: lower-case local names are taken for ones written without quotes. */
    String folded(String local) {
        return foldsUpper && local.equals(local.toLowerCase(Locale.ROOT)) ? local.toUpperCase(Locale.ROOT) : local;
    }

    /** What stands behind the values of a query without a table. */
    String dual() {
        return switch (name) {
            case "oracle", "h2" -> " FROM DUAL";
            case "derby" -> " FROM SYSIBM.SYSDUMMY1";
            default -> "";
        };
    }

    String quoted(String name) {
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
