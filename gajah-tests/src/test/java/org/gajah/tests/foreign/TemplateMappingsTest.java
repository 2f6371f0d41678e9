package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each mapping that CREATE EXTENSION oracle_fdw makes: a condition with it, what of that goes to an Oracle, that fewer rows come from there,
 * that they are those that PostgreSQL gives, and how the call is written once somebody trusts it. H2 in Oracle's mode is behind it; it has
 * no LENGTHB and no TO_NUMBER, for which aliases stand in that read UTF-8 and plain numbers.
 */
class TemplateMappingsTest {
    private static final String ROWS = "VALUES (1, '  ab  ', 'ab', '2024-02-29', '12,345', TIMESTAMP '2024-02-29 13:45:00', 5, 1.50, 1.5), (2, 'xxabxx', 'AB', '2023-12-31', '7', TIMESTAMP '2023-12-31 23:59:59', 12,"
            + " -2.25, -2.25), (3, 'ABC', 'abc', '2024-03-01', '12', TIMESTAMP '2024-03-01 00:00:00', 123, 1234.56, 0), (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
            + " (5, '\u00e9', '\u00e9', '2024-02-28', '99', TIMESTAMP '2024-02-28 12:00:00', 77, 0, 1e6), (6, 'hello world', 'hello', '1999-01-01', '0', TIMESTAMP '1999-01-01 00:00:00', -3, 1.49, 1.45)";
    private static final int COUNT = 6;

    /**
     * @param condition the mapped function in it
     * @param answer    the rows that it holds for
     * @param sent      what is sent for it
     * @param trusted   how the call is written once the mapping is exact
     */
    private record Use(String condition, String answer, String sent, String trusted) {
        Use(String condition, String answer, String sent) {
            this(condition, answer, sent, sent);
        }
    }

    private static final Map<String, Use> USES = new TreeMap<>();

    static {
        USES.put("btrim(text)", new Use("trim(both from s) = 'ab'", "1", "TRIM(\"S\") = 'ab'"));
        USES.put("btrim(text,text)", new Use("trim(both 'x' from s) = 'ab'", "2", "LTRIM(RTRIM(\"S\",'x'),'x') = 'ab'"));
        USES.put("ltrim(text)", new Use("trim(leading from s) = 'ab  '", "1", "LTRIM(\"S\") = 'ab  '"));
        USES.put("ltrim(text,text)", new Use("ltrim(s, 'yx') = 'abxx'", "2", "LTRIM(\"S\",'yx') = 'abxx'"));
        USES.put("rtrim(text)", new Use("rtrim(s) = '  ab'", "1", "RTRIM(\"S\") = '  ab'"));
        USES.put("rtrim(text,text)", new Use("trim(trailing 'x' from s) = 'xxab'", "2", "RTRIM(\"S\",'x') = 'xxab'"));
        USES.put("length(text)", new Use("length(s) = 3", "3", "LENGTH(\"S\") = 3"));
        USES.put("length(character)", new Use("length(c) = 2", "1,2", "LENGTH(RTRIM(\"C\")) = 2"));
        USES.put("char_length(text)", new Use("char_length(s) = 1", "5", "LENGTH(\"S\") = 1"));
        USES.put("char_length(character)", new Use("char_length(c) = 3", "3", "LENGTH(RTRIM(\"C\")) = 3"));
        USES.put("character_length(text)", new Use("character_length(s) > 6", "6", "LENGTH(\"S\") > 6"));
        USES.put("character_length(character)", new Use("character_length(c) = 1", "5", "LENGTH(RTRIM(\"C\")) = 1"));
        USES.put("octet_length(text)", new Use("octet_length(s) = 2", "5", "(LENGTH(\"S\") <= 2)", "LENGTHB(\"S\") = 2"));
        USES.put("bit_length(text)", new Use("bit_length(s) = 16", "5", "(LENGTH(\"S\") <= 2)", "LENGTHB(\"S\") * 8 = 16"));
        USES.put("lower(text)", new Use("lower(s) = 'abc'", "3", "LOWER(\"S\") = 'abc'"));
        USES.put("upper(text)", new Use("upper(s) = 'HELLO WORLD'", "6", "UPPER(\"S\") = 'HELLO WORLD'"));
        USES.put("replace(text,text,text)", new Use("replace(s, 'x', '') = 'ab'", "2", "REPLACE(\"S\",'x','') = 'ab'"));
        USES.put("\"substring\"(text,integer)", new Use("substring(s from 2) = 'BC'", "3", "CASE WHEN 2 < 1 THEN \"S\" ELSE SUBSTR(\"S\",2) END = 'BC'"));
        USES.put("\"substring\"(text,integer,integer)", new Use("substring(s from -1 for 4) = 'AB'", "3",
                "CASE WHEN (-1) < 1 THEN SUBSTR(\"S\",1,GREATEST((-1) + 4 - 1, 0)) ELSE SUBSTR(\"S\",(-1),4) END = 'AB'"));
        USES.put("substr(text,integer)", new Use("substr(s, 0) = 'ABC'", "3", "CASE WHEN 0 < 1 THEN \"S\" ELSE SUBSTR(\"S\",0) END = 'ABC'"));
        USES.put("substr(text,integer,integer)", new Use("substr(s, 3, 2) = 'ab'", "1,2", "CASE WHEN 3 < 1 THEN SUBSTR(\"S\",1,GREATEST(3 + 2 - 1, 0)) ELSE SUBSTR(\"S\",3,2) END = 'ab'"));
        USES.put("translate(text,text,text)", new Use("translate(s, 'ABC', 'abc') = 'abc'", "3", "TRANSLATE(\"S\",'ABC','abc') = 'abc'"));
        USES.put("concat(\"any\")", new Use("concat(s, '!') = 'ABC!'", "3", "CONCAT(\"S\",'!') = 'ABC!'"));
        USES.put("to_number(text,text)", new Use("to_number(u, '99,999') = 12345", "1", "\"U\" LIKE '%1%2%3%4%5%'", "TO_NUMBER(\"U\",'99,999') = 12345"));
        USES.put("to_date(text,text)", new Use("to_date(t, 'YYYY-MM-DD') = DATE '2024-02-29'", "1", "\"T\" LIKE '%2024%2%29%'", "TO_DATE(\"T\",'YYYY-MM-DD') = DATE '2024-02-29'"));
        USES.put("to_timestamp(text,text)", new Use("to_timestamp(t, 'YYYY-MM-DD') = TIMESTAMPTZ '2024-02-29 00:00+00'", "1", "\"T\" LIKE '%2024%'", ""));
        USES.put("to_char(timestamp without time zone,text)", new Use("to_char(d, 'DD.MM.YYYY') = '29.02.2024'", "1", "\"D\" >= TIMESTAMP '2024-02-29 00:00:00'", "TO_CHAR(\"D\",'DD.MM.YYYY') = '29.02.2024'"));
        USES.put("to_char(integer,text)", new Use("to_char(i, 'FM999') = '12'", "2", "\"I\" >= 11.5", "TO_CHAR(\"I\",'FM999') = '12'"));
        USES.put("to_char(double precision,text)", new Use("to_char(f, 'FM990.0') = '1.5'", "1", "\"F\" >= 1.449998549", "TO_CHAR(\"F\",'FM990.0') = '1.5'"));
        USES.put("to_char(numeric,text)", new Use("to_char(n, 'FM9990.0') = '1.5'", "1,6", "\"N\" >= 1.45", "TO_CHAR(\"N\",'FM9990.0') = '1.5'"));
        USES.put("text(character)", new Use("c::text = 'ab'", "1", "RTRIM(\"C\") = 'ab'"));
    }

    private static OracleStandIn standIn;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        standIn = OracleStandIn.start("template", "PUBLIC");
        oracle = standIn.oracle();
        local = standIn.local();
        standIn.server("trusting", "", "PUBLIC");
        Lines.run(oracle, "CREATE TABLE t (id NUMBER(9), s VARCHAR2(40), c CHAR(8), t VARCHAR2(20), u VARCHAR2(20), d TIMESTAMP(0), i NUMBER(9), n NUMBER(8, 2), f DOUBLE PRECISION)", "INSERT INTO t " + ROWS,
                "CREATE ALIAS LENGTHB AS 'Integer lengthb(String s) { return s == null ? null : s.getBytes(java.nio.charset.StandardCharsets.UTF_8).length; }'",
                "CREATE ALIAS TO_NUMBER AS 'java.math.BigDecimal number(String s, String p) { return s == null ? null : new java.math.BigDecimal(s.replace(\",\", \"\")); }'");
        Lines.run(local, columns("CREATE FOREIGN TABLE t") + " SERVER ora OPTIONS (\"table\" 'T')", columns("CREATE FOREIGN TABLE trusted") + " SERVER trusting OPTIONS (\"table\" 'T')");
        for (String server : List.of("ora", "trusting")) {
            Lines.run(local, "INSERT INTO oracle_fdw.pg_routine_mapping SELECT t.rmproc, s.oid, " + (server.equals("ora") ? "t.rmoptions" : "array_remove(t.rmoptions, 'exact=false')")
                    + " FROM pg_foreign_server s, (SELECT * FROM oracle_fdw.pg_routine_mapping r, pg_foreign_server s WHERE srvname = 'oracle_fdw_template_server' AND r.rmserver = s.oid) t"
                    + " WHERE s.srvname = '" + server + "'");
        }
    }

    private static String columns(String create) {
        return create + " (id int, s text, c character(8), t text, u text, d timestamp(0), i int, n numeric(8, 2), f float8)";
    }

    @AfterAll
    static void stop() throws SQLException {
        standIn.stop();
    }

    @Test
    void theListIsTheOneThatIsDocumented() throws SQLException {
        List<String> there = Lines.of(local, "SELECT rmproc FROM oracle_fdw.pg_routine_mapping WHERE rmserver = (SELECT oid FROM pg_foreign_server WHERE srvname = 'oracle_fdw_template_server')");
        assertEquals(List.copyOf(USES.keySet()), there.stream().sorted().toList());
        assertEquals(List.of("concat(\"any\")|{\"format=CONCAT(%s,%s)\",nargs=2,exact=false}"), Lines.of(local, "SELECT rmproc, rmoptions FROM oracle_fdw.pg_routine_mapping"
                + " WHERE rmoptions::text LIKE '%nargs%' AND rmserver = (SELECT oid FROM pg_foreign_server WHERE srvname = 'oracle_fdw_template_server')"));
    }

    @Test
    void eachSavesRowsAndGivesWhatPostgresGives() throws IOException, SQLException {
        List<String> wrong = new ArrayList<>();
        try (PostgresOracle server = PostgresOracle.start();
                Connection postgres = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "")) {
            Lines.run(postgres, columns("CREATE TABLE t"), "INSERT INTO t " + ROWS, "SET TimeZone = 'UTC'");
            Lines.run(local, "SET TimeZone = 'UTC'");
            for (Map.Entry<String, Use> e : USES.entrySet()) {
                assertEquals(List.of(e.getKey()), Lines.of(postgres, "SELECT '" + e.getKey() + "'::regprocedure"));
                Use use = e.getValue();
                String query = "SELECT id FROM t WHERE " + use.condition + " ORDER BY id";
                List<String> theirs = Lines.of(postgres, query);
                List<String> ours = Lines.of(local, query);
                String sent = Lines.remote(local, "SELECT id FROM t WHERE " + use.condition);
                int fetched = Lines.of(oracle, sent).size();
                boolean right = theirs.equals(List.of(use.answer.split(","))) && ours.equals(theirs) && sent.contains(use.sent) && fetched < COUNT;
                if (!right) {
                    wrong.add(e.getKey() + ": " + ours + ", PostgreSQL " + theirs + ", " + fetched + " fetched by " + sent);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Of to_timestamp the result cannot be compared there, even if somebody trusts it: it is a moment with a zone here, and one without there. */
    @Test
    void eachIsWrittenAsItsFormatSaysOnceItIsTrusted() throws SQLException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, Use> e : USES.entrySet()) {
            String sent = Lines.remote(local, "SELECT id FROM trusted WHERE " + e.getValue().condition);
            boolean written = e.getValue().trusted.isEmpty() ? !sent.contains(" WHERE ") : sent.endsWith(" WHERE ((" + e.getValue().trusted + "))");
            if (!written) {
                wrong.add(e.getKey() + ": " + sent);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(List.of("5"), Lines.of(local, "SELECT id FROM trusted WHERE octet_length(s) = 2"));
        assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM trusted WHERE to_date(t, 'YYYY-MM-DD') = DATE '2024-02-29'"));
        assertEquals(List.of("1", "3"), Lines.of(local, "SELECT id FROM trusted WHERE to_date(t, 'YYYY-MM-DD') > DATE '2024-02-28' ORDER BY id"));
        assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM trusted WHERE to_number(u, '99,999') = 12345"));
    }

    /**
     * The check of each finds no difference that a condition can meet unnoticed, but for those of functions that are not sent as they are: pictures, lengths in
     * bytes (the alias agrees), letters beyond ASCII; and H2's own, which is no Oracle: integers that overflow, and translate that keeps letters.
     */
    @Test
    void eachIsCheckedByTheCheckOfMappings() throws SQLException {
        List<String> unnoticed = new ArrayList<>();
        for (String name : Lines.of(local, "SELECT routine_mapping_name FROM information_schema.routine_mappings WHERE foreign_server_name = 'oracle_fdw_template_server' ORDER BY 1")) {
            String letters = name.matches("(lower|upper).*") ? " AND octet_length(arguments) = length(arguments)" : "";
            List<String> differences = Lines.of(local, "SELECT * FROM gajah.check_routine_mapping('" + name.replace("'", "''") + "', server => 'ora') WHERE NOT rechecked AND there NOT LIKE 'error 22003%'" + letters);
            if (!differences.isEmpty()) {
                unnoticed.add(name.substring(0, name.indexOf('(')));
            }
        }
        assertTrue(unnoticed.stream().allMatch(n -> n.startsWith("to_") || n.equals("translate")), unnoticed.toString());
    }
}
