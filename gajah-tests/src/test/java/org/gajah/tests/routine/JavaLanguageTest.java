package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

/** CREATE FUNCTION ... LANGUAGE java over the program's own classes. */
class JavaLanguageTest {
    private static final String SAMPLES = "org.gajah.tests.routine.Samples.";
    private static Gajah gajah;
    private static Connection connection;
    private static Statement statement;

    @BeforeAll
    static void open() throws SQLException {
        gajah = Gajah.inMemory();
        connection = gajah.dataSource().getConnection();
        statement = connection.createStatement();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
        gajah.close();
    }

    static void run(String... sql) throws SQLException {
        for (String each : sql) {
            statement.execute(each);
        }
    }

    /** The rows, fields joined by "|". */
    static List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet r = statement.executeQuery(sql)) {
            while (r.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(r.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    static String error(String sql) {
        PSQLException e = assertThrows(PSQLException.class, () -> statement.execute(sql));
        return e.getSQLState() + " " + e.getServerErrorMessage().getMessage();
    }

    private static void function(String head, String method) throws SQLException {
        run("CREATE OR REPLACE FUNCTION " + head + " LANGUAGE java AS '" + SAMPLES + method + "'");
    }

    @Test
    void aFunctionOfPrimitivesIsCalledForEachRow() throws SQLException {
        function("add(a int, b int) RETURNS int STRICT IMMUTABLE", "add");
        assertEquals(List.of("3", "5", "null"), rows("SELECT add(a, b) FROM (VALUES (1, 2), (2, 3), (null, 4)) t(a, b)"));
        assertEquals("500000", rows("SELECT count(*) FROM generate_series(1, 1000000) g WHERE add(g, 1) % 2 = 0").getFirst());
        assertEquals("38000 java.lang.ArithmeticException: integer overflow", error("SELECT add(2147483647, 1)"));
        assertEquals(List.of("4"), rows("SELECT add(2, 2)"), "the session is unharmed");
    }

    @Test
    void textsOfManyRowsAreTheirOwn() throws SQLException {
        run("CREATE FUNCTION tail(t text, n int) RETURNS text LANGUAGE java AS $$ static String tail(String t, int n) { "
                + "return t == null ? \"none\" : n > t.length() ? null : n < 0 ? \"a\\0b\" : t.substring(n); } $$",
                "CREATE FUNCTION strict_tail(t varchar, n int) RETURNS varchar STRICT LANGUAGE java AS $$ static String strict_tail(String t, int n) { "
                + "return t.substring(n); } $$");
        String from = " FROM (VALUES ('zwölf', 2), (null, 1), ('x', 2), ('', 0), ('\uD83D\uDC18s', 2)) v(t, n)";
        assertEquals(List.of("ölf", "none", "null", "", "s"), rows("SELECT tail(t, n)" + from));
        assertEquals(List.of("ölf|1", "null|0", "|0", "s|0"), rows("SELECT strict_tail(t, n), position('ö' IN strict_tail(t, n))" + from
                + " WHERE length(t) IS DISTINCT FROM 1").stream().map(r -> r.replace("null|null", "null|0")).toList());
        assertEquals("22021 invalid byte sequence for encoding \"UTF8\": 0x00", error("SELECT tail(t, -1)" + from));
        assertEquals("22004 null cannot be handed over as a Java int", error("SELECT tail(t, nullif(n, 0))" + from));
    }

    @Test
    void nullGoesToBoxesAndNotToPrimitives() throws SQLException {
        function("or_zero(int) RETURNS int", "orZero");
        function("even(int) RETURNS boolean", "isEven");
        assertEquals(List.of("0", "7"), rows("SELECT or_zero(v) FROM (VALUES (null), (7)) t(v)"));
        assertEquals("22004 null cannot be handed over as a Java int", error("SELECT even(null)"));
        assertEquals(List.of("2"), rows("SELECT v FROM (VALUES (1), (2)) t(v) WHERE even(v)"));
    }

    @Test
    void everyTypeGoesInAndOut() throws SQLException {
        String[][] all = {
            {"smallint", "1"}, {"bigint", "9000000000"}, {"real", "1.5"}, {"double precision", "2.5"}, {"boolean", "t"}, {"text", "'é€😀'"},
            {"numeric", "12345678901234567890.123"}, {"bytea", "'\\x00ff'"}, {"uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"},
            {"date", "'2024-02-29'"}, {"date", "'infinity'"}, {"date", "'0044-03-15 BC'"}, {"time", "'23:59:59.999999'"}, {"time", "'24:00:00'"},
            {"timetz", "'12:30:00+05:30'"}, {"timestamp", "'1999-12-31 23:59:59.5'"}, {"timestamp", "'-infinity'"},
            {"timestamptz", "'2024-01-01 00:00:00+00'"}, {"interval", "'1 year 2 mons 3 days 04:05:06.789'"}, {"int[]", "'{1,NULL,3}'"},
            {"int[]", "'{}'"}, {"text[]", "'{{a,b},{c,NULL}}'"}};
        for (String[] one : all) {
            run("DROP FUNCTION IF EXISTS same");
            function("same(" + one[0] + ") RETURNS " + one[0], "same");
            String value = one[1].equals("t") ? "true" : one[1];
            assertEquals(List.of("t"), rows("SELECT same(" + value + "::" + one[0] + ") IS NOT DISTINCT FROM " + value + "::" + one[0]), one[0] + one[1]);
            if (!one[0].matches("smallint|bigint|real|double.*|boolean")) {
                assertEquals(List.of("null"), rows("SELECT same(null::" + one[0] + ")"), one[0]);
            }
        }
        run("DROP FUNCTION IF EXISTS same", "CREATE TYPE pair AS (n int, t text)");
        function("same(pair) RETURNS pair", "same");
        assertEquals(List.of("(1,\"a b\")"), rows("SELECT same((1, 'a b')::pair)"));
        run("CREATE TYPE mood AS ENUM ('sad', 'happy')");
        function("same(mood) RETURNS mood", "same");
        function("same(jsonb) RETURNS jsonb", "same");
        assertEquals(List.of("happy|{\"a\": 1}"), rows("SELECT same('happy'::mood), same('{\"a\":1}'::jsonb)"));
    }

    @Test
    void valuesHaveTheirNaturalClasses() throws SQLException {
        function("shown(anyelement) RETURNS text", "shown");
        assertEquals(List.of("Short 1|Integer 2|Long 3|BigDecimal 1.50|Integer[] [1, null]|LocalDate 2024-01-01"),
                rows("SELECT shown(1::int2), shown(2), shown(3::int8), shown(1.50), shown(array[1, null]), shown('2024-01-01'::date)"));
        assertEquals(List.of("SpiRow [f1=1, f2=x]"), rows("SELECT shown(row(1, 'x'::text))"));
    }

    @Test
    void polymorphicVariadicAndOutParameters() throws SQLException {
        function("whatever(anyelement) RETURNS anyelement", "any");
        assertEquals(List.of("5|x"), rows("SELECT whatever(5), whatever('x'::text)"));
        function("sum_of(VARIADIC v int[]) RETURNS bigint", "sum");
        assertEquals(List.of("6"), rows("SELECT sum_of(1, 2, 3)"));
        function("divided(a int, b int, OUT q int, OUT r int)", "divided");
        assertEquals(List.of("3|2"), rows("SELECT * FROM divided(17, 5)"));
        function("doubled(INOUT a int)", "doubled");
        assertEquals(List.of("14"), rows("SELECT doubled(7)"));
        run("CREATE PROCEDURE doubling(INOUT a int) LANGUAGE java AS '" + SAMPLES + "doubled'");
        assertEquals(List.of("10"), rows("CALL doubling(5)"));
        function("words(text) RETURNS text[]", "words");
        assertEquals(List.of("{a,b}"), rows("SELECT words('a b')"));
        function("factorial(int) RETURNS numeric", "factorial");
        assertEquals(List.of("2432902008176640000"), rows("SELECT factorial(20)"));
    }

    @Test
    void setsComeFromIteratorsStreamsAndRecords() throws SQLException {
        function("up_to(int) RETURNS SETOF int", "upTo");
        assertEquals(List.of("1", "2", "3"), rows("SELECT * FROM up_to(3)"));
        assertEquals(List.of("1", "2"), rows("SELECT up_to(2)"));
        function("lines(int) RETURNS TABLE (n int, name text)", "table");
        assertEquals(List.of("1|no. 1", "2|no. 2"), rows("SELECT * FROM lines(2)"));
        run("CREATE TABLE line_type (n int, name text)");
        function("line(int) RETURNS line_type", "line");
        assertEquals(List.of("4|no. 4"), rows("SELECT * FROM line(4)"));
    }

    @Test
    void savepointsEndWithTheRowOfASet() throws SQLException {
        run("CREATE TABLE marked (i int)", """
                CREATE FUNCTION marks() RETURNS SETOF int LANGUAGE java AS $$
                    import java.util.stream.*;
                    import org.gajah.api.spi.Spi;
                    static Stream<Integer> marks() {
                        return IntStream.range(0, 3).boxed().map(i -> {
                            Spi.current().savepoint();
                            Spi.current().execute("INSERT INTO marked VALUES ($1)", i);
                            return i;
                        });
                    }
                $$""");
        assertEquals(List.of("0", "1", "2"), rows("SELECT marks()"));
        assertEquals(List.of("3"), rows("SELECT count(*) FROM marked"));
    }

    @Test
    void anEarlyEndClosesTheStream() throws SQLException {
        function("counted(int) RETURNS SETOF int", "counted");
        int before = Samples.CLOSED.get();
        assertEquals(List.of("1", "2"), rows("SELECT counted(1000000) LIMIT 2"));
        assertEquals(before + 1, Samples.CLOSED.get());
    }

    @Test
    void onlySuperusersCreateThem() throws SQLException {
        run("CREATE ROLE plain", "GRANT CREATE ON SCHEMA public TO plain", "SET ROLE plain");
        assertEquals("42501 permission denied for language java",
                error("CREATE FUNCTION f(int) RETURNS int LANGUAGE java AS '" + SAMPLES + "orZero'"));
        run("RESET ROLE");
    }

    @Test
    void aFunctionIsLookedUpWhenItIsCreated() throws SQLException {
        assertEquals("42704 Java class \"no.such.Thing\" does not exist", error("CREATE FUNCTION f() RETURNS int LANGUAGE java AS 'no.such.Thing.f'"));
        assertEquals("42883 class \"org.gajah.tests.routine.Samples\" has no public static method add that takes (text)",
                error("CREATE FUNCTION f(text) RETURNS int LANGUAGE java AS '" + SAMPLES + "add'"));
        assertEquals("42P13 Java method add(int, int) returns int, which cannot be the function's result",
                error("CREATE FUNCTION f(int, int) RETURNS date LANGUAGE java AS '" + SAMPLES + "add'"));
        run("SET check_function_bodies = off", "CREATE FUNCTION later() RETURNS int LANGUAGE java AS 'no.such.Thing.f'", "RESET check_function_bodies");
        assertEquals("42704 Java class \"no.such.Thing\" does not exist", error("SELECT later()"));
    }

    @Test
    void aggregatesAreObjects() throws SQLException {
        run("CREATE FUNCTION median_add(internal, float8) RETURNS internal LANGUAGE java AS 'org.gajah.tests.routine.Median.add'",
                "CREATE FUNCTION median_result(internal) RETURNS float8 LANGUAGE java AS 'org.gajah.tests.routine.Median.result'",
                "CREATE AGGREGATE median(float8) (SFUNC = median_add, STYPE = internal, FINALFUNC = median_result)");
        assertEquals(List.of("500"), rows("SELECT median(g) FROM generate_series(1, 1000) g"));
        assertEquals(List.of("0|499", "1|498"), rows("SELECT g % 2, median(g - 1) FROM generate_series(1, 1000) g GROUP BY 1 ORDER BY 1"));
        assertEquals(List.of("null"), rows("SELECT median(g) FROM generate_series(1, 0) g"), "a state that saw nothing");
        assertEquals(List.of("1|5", "2|3", "3|5"), rows("SELECT i, median(v) OVER (ORDER BY i) FROM (VALUES (1, 5), (2, 3), (3, 9)) t (i, v)"));
        assertEquals(List.of("3"), rows("SELECT median(DISTINCT v) FROM (VALUES (5), (3), (3), (3), (1)) t (v)"));
        assertEquals("42P13 unsafe use of pseudo-type \"internal\"", error("CREATE FUNCTION f(int) RETURNS internal LANGUAGE java AS 'org.gajah.tests.routine.Median.add'"));
        run("CREATE FUNCTION longest_add(internal, text) RETURNS internal LANGUAGE java AS $$ import org.gajah.api.spi.Aggregate; "
                + "static StringBuilder longest_add(StringBuilder state, String s) { return (state == null ? new StringBuilder() : state).append(s); } $$",
                "CREATE FUNCTION longest_result(internal) RETURNS text LANGUAGE java AS $$ static String longest_result(StringBuilder state) { return state.toString(); } $$",
                "CREATE AGGREGATE longest(text) (SFUNC = longest_add, STYPE = internal, FINALFUNC = longest_result)");
        assertEquals(List.of("ab"), rows("SELECT longest(v) FROM (VALUES ('a'), ('b')) t (v)"), "static methods of any class do as well");
    }

    @Test
    void s28ACallableStatementGetsWhatGoesOut() throws SQLException {
        run("CREATE OR REPLACE PROCEDURE doubling_it(INOUT a int) LANGUAGE java AS '" + SAMPLES + "doubled'");
        PGSimpleDataSource source = (PGSimpleDataSource) gajah.dataSource();
        source.setEscapeSyntaxCallMode("call");
        try (Connection c = source.getConnection(); CallableStatement call = c.prepareCall("{call doubling_it(?)}")) {
            call.setInt(1, 17);
            call.registerOutParameter(1, Types.INTEGER);
            call.execute();
            assertEquals(34, call.getInt(1));
        }
    }

    @Test
    void s30ItsDefinitionCanBeDumped() throws SQLException {
        function("dumped(a int, b int) RETURNS int STRICT", "add");
        String definition = rows("SELECT pg_get_functiondef('dumped(int, int)'::regprocedure)").getFirst();
        assertTrue(definition.contains(" LANGUAGE java\n") && definition.endsWith("AS $function$" + SAMPLES + "add$function$\n"), definition);
        run("DROP FUNCTION dumped", definition);
        assertEquals(List.of("5"), rows("SELECT dumped(2, 3)"));
    }

    @Test
    void settingsAndDefinersRightsAreTheCommonOnes() throws SQLException {
        run("CREATE TABLE secret (v int)", "INSERT INTO secret VALUES (1), (2)", "CREATE ROLE nosy");
        function("count_of(text) RETURNS bigint", "countOf");
        run("SET ROLE nosy");
        assertEquals("42501 permission denied for table secret", error("SELECT count_of('secret')"));
        run("RESET ROLE", "ALTER FUNCTION count_of SECURITY DEFINER", "ALTER FUNCTION count_of SET work_mem = '1MB'", "SET ROLE nosy");
        assertEquals(List.of("2"), rows("SELECT count_of('secret')"));
        run("RESET ROLE");
        assertTrue(rows("SELECT prosrc, lanname FROM pg_proc p JOIN pg_language l ON l.oid = prolang WHERE proname = 'count_of'").getFirst()
                .endsWith("countOf|java"));
    }
}
