package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.gajah.api.foreign.ForeignChange;

/**
 * What is known of a kind of database: in what it is exactly as PostgreSQL, and how its SQL is written. What this class says holds of a
 * database that nothing is known of.
 */
class Dialect {
    /** The clauses for a part of the rows. */
    enum Limit { NONE, LIMIT, FETCH_FIRST, OFFSET_FETCH }

    /** How NULLs are put first or last: not at all, by NULLS FIRST, by a key of their own. */
    enum Nulls { NONE, CLAUSE, KEY }

    /** How LIKE with an ESCAPE matches: unknown, as here, or what it matches here and more. */
    enum Like { UNKNOWN, EXACT, WIDER }

    static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");
    static final Set<String> NUMBERS_AND_MOMENTS = Set.of("int2", "int4", "int8", "numeric", "date", "timestamp");
    static final Set<String> NUMBERS_MOMENTS_AND_FLAGS = Set.of("int2", "int4", "int8", "numeric", "date", "timestamp", "bool");
    /** With floating point whose zeros are equal, and whose NaN is greater than all others. */
    static final Set<String> ALL_BUT_TEXT = Set.of("int2", "int4", "int8", "numeric", "float8", "date", "timestamp", "bool");
    /** Functions of decimals that are everywhere the same. */
    static final Map<String, String> DECIMAL_FUNCTIONS = Map.of("abs(numeric)", "ABS(%s)", "floor(numeric)", "FLOOR(%s)", "ceil(numeric)", "CEILING(%s)",
            "ceiling(numeric)", "CEILING(%s)", "sign(numeric)", "SIGN(%s)");

    private static final int DECIMAL_DIGITS = 38;
    private static final long MOST_ROWS = 4_000_000_000_000_000_000L;
    private static final Dialect OTHER = new Dialect("other");
    private static final Map<String, Dialect> KNOWN = List.of(new OracleDialect(), new H2Dialect(), new HsqlDialect(), new DerbyDialect(), new SqliteDialect(),
            new DuckDialect(), new MariaDialect("mysql"), new MariaDialect("mariadb"), new SqlServerDialect(), new TrinoDialect(),
            new IgniteDialect())
            .stream().collect(Collectors.toMap(Dialect::name, Function.identity()));

    private final String name;

    Dialect(String name) {
        this.name = name;
    }

    static Dialect of(String name) {
        return KNOWN.getOrDefault(name, OTHER);
    }

    /** The one of a product that says it is called so; nothing if there is none, or it is not said. */
    static Optional<Dialect> ofProduct(String product) {
        return Optional.ofNullable(product).map(p -> of(p.startsWith("Oracle") ? "oracle" : p.equals("H2") ? "h2" : p.startsWith("HSQL") ? "hsqldb" : "other"));
    }

    /** Whether there is one of this name. */
    static boolean isKnown(String name) {
        return name.equals(OTHER.name) || KNOWN.containsKey(name);
    }

    /** What all of them are called. */
    static List<String> names() {
        return KNOWN.keySet().stream().sorted().toList();
    }

    final String name() {
        return name;
    }

    // ---- in what it is as PostgreSQL ----

    /** The local types whose comparisons with each other give the same there. */
    Set<String> exactTypes() {
        return INTEGERS;
    }

    /** Whether strings are equal there only if all their characters are; where not, what is equal here is equal there. */
    boolean textEquality() {
        return false;
    }

    /** Whether strings sort there by their bytes. */
    boolean textOrder() {
        return false;
    }

    Like like() {
        return Like.UNKNOWN;
    }

    /** Whether a character is a code point there, for {@code _} of a pattern. */
    boolean codePoints() {
        return false;
    }

    /** Whether the empty string is NULL there. */
    boolean emptyIsNull() {
        return false;
    }

    /** Whether documents have a type of their own there, XMLTYPE. */
    boolean documents() {
        return false;
    }

    /** Whether moments without a zone are in UTC there, which {@link #setup} sees to. */
    boolean utc() {
        return false;
    }

    /** How many digits before the point a decimal has at most. */
    int decimalDigits() {
        return DECIMAL_DIGITS;
    }

    /** Whether years of more than four digits, and those before Christ, are there too. */
    boolean farYears() {
        return false;
    }

    /** Whether the driver takes dates and timestamps as java.sql has them, in a calendar that was Julian before 1582. */
    boolean hybridCalendar() {
        return false;
    }

    /** Whether a value of a type that is an infinity, or no number, is there too. */
    boolean keeps(String type, String value) {
        return false;
    }

    /** Whether numbers compare there with those of type float8 as here, but for what is rounded on the way. */
    boolean nearNumbers() {
        return false;
    }

    /** Whether dates have a time there, and timestamps more digits. */
    boolean finerMoments() {
        return false;
    }

    /** Whether sums and products of decimals have all their digits there, and as many behind the point as here. */
    boolean exactDecimals() {
        return false;
    }

    /** Whether the sum of integers may be greater than they. */
    boolean widensSums() {
        return true;
    }

    /** Functions that give the very values, by name and types, each with its format as a routine mapping has one. */
    Map<String, String> functions() {
        return Map.of();
    }

    // ---- what its SQL has ----

    Limit limit() {
        return Limit.NONE;
    }

    /** A number of rows that LIMIT and OFFSET take, and no table has more. */
    long mostRows() {
        return MOST_ROWS;
    }

    /** What stands for no limit where OFFSET needs one. */
    Optional<String> unlimited() {
        return Optional.empty();
    }

    Nulls nulls() {
        return Nulls.NONE;
    }

    /** Whether it has FULL JOIN. */
    boolean fullJoins() {
        return false;
    }

    /** Whether it has UNION. */
    boolean unions() {
        return true;
    }

    /** Whether it has INTERSECT and EXCEPT. */
    boolean setOperations() {
        return false;
    }

    /** How changed rows come back, where their table has a key or not. */
    Returning.Way returning(ForeignChange.Kind kind, boolean keyed) {
        return Returning.Way.READ;
    }

    /** What behind a query keeps others from changing its rows until the transaction ends; nothing if there are no such words. */
    Optional<String> keeping() {
        return Optional.empty();
    }

    /** What behind a table's name has a query give so many percent of its rows, which are this part of them; nothing if there are no such words. */
    Optional<String> sampled(String percent, String part) {
        return Optional.empty();
    }

    /** How it is asked for a plan. */
    RemotePlan plan() {
        return RemotePlan.NONE;
    }

    // ---- how it is written ----

    /** Whether names without quotes are upper case there. */
    boolean foldsUpper() {
        return false;
    }

    /** What stands around a quoted name. */
    String quote() {
        return "\"";
    }

    /** A name as it is there if nobody says otherwise: lower-case local names are taken for ones written without quotes. */
    final String folded(String local) {
        return foldsUpper() && local.equals(local.toLowerCase(Locale.ROOT)) ? local.toUpperCase(Locale.ROOT) : local;
    }

    final String quoted(String identifier) {
        return quote() + identifier.replace(quote(), quote() + quote()) + quote();
    }

    /** What stands behind the values of a query without a table. */
    String dual() {
        return "";
    }

    /** What a query gives of which nothing is wanted. */
    String nothing() {
        return "NULL";
    }

    /** What stands between a query in FROM and its name. */
    String as() {
        return " AS ";
    }

    /** Whether it has TRUE and FALSE. */
    boolean booleans() {
        return false;
    }

    /** What follows a column of type boolean that is asked whether it is true. */
    final String isTrue() {
        return booleans() ? " = TRUE" : " <> 0";
    }

    /** How an integer that comes with the run stands in arithmetic and comparisons, where its type would be that of what is beside it. */
    String computedParameter() {
        return "?";
    }

    /** How a value of a type that comes with the run stands in a list, and a decimal in a comparison. */
    String listedParameter(String type) {
        return "?";
    }

    /** Whether a list may have NULL in it. */
    boolean listsNulls() {
        return true;
    }

    /** What float8 is called. */
    String doubleType() {
        return "DOUBLE PRECISION";
    }

    /** What follows one side of a comparison of strings. */
    String collation() {
        return "";
    }

    /** A value that is not NULL, as text of PostgreSQL. */
    String literal(String type, String value) {
        return switch (type) {
            case "int2", "int4", "int8", "numeric" -> value.startsWith("-") ? "(" + value + ")" : value;
            case "float8" -> "CAST('" + value + "' AS " + doubleType() + ")";
            case "bool" -> value.equals("t") ? booleans() ? "TRUE" : "1" : booleans() ? "FALSE" : "0";
            case "date" -> "DATE '" + value + "'";
            case "timestamp" -> "TIMESTAMP '" + value + "'";
            default -> "'" + value.replace("'", "''") + "'";
        };
    }

    /** SQL that each new connection runs, separated by semicolons. */
    String setup() {
        return "";
    }
}
