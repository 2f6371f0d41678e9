package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Oracle's functions do otherwise never shows, a test for each difference: with all default mappings at work the answers are those of a
 * table here, and rows that cannot be among them are not fetched where that can be said in Oracle's words. H2 in Oracle's mode is behind it.
 */
class OracleDifferencesTest {
    private static OracleStandIn standIn;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        standIn = OracleStandIn.start("differences", "PUBLIC");
        oracle = standIn.oracle();
        local = standIn.local();
        Lines.run(oracle, "CREATE TABLE word (id NUMBER(10), s VARCHAR2(40), c CHAR(8), l CLOB, d TIMESTAMP(0), n NUMBER(8, 2), e DATE, f DOUBLE PRECISION, p CHAR(8))",
                "INSERT INTO word (id, s, c, l, d, n, e, f) VALUES (1, '  xabcx ', 'ab', 'abc', TIMESTAMP '2024-02-29 13:45:00', 1.5, DATE '2024-02-29', 1.5), (2, '', 'cd', '', NULL, 0, NULL, NULL), (3, 'xx', NULL, NULL, TIMESTAMP '2024-03-01 00:00:00', NULL, DATE '2024-03-01', NULL)",
                "INSERT INTO word (id, s, c, l, d, n, e, f) VALUES (4, NULL, 'x', '\u00e9\u00e9', NULL, -2, NULL, 2), (5, 'ABC', 'ABC', 'abcdef', NULL, 5, NULL, 5), (6, '\u00e9t\u00e9', 'zz', '\ud83d\ude00', NULL, 6, NULL, 6)",
                "INSERT INTO word (id, s, c, l, d, n, e, f) VALUES (7, '\u20ac', '\u00e9', 'a\u20acb', NULL, 7, NULL, 7), (8, 'a long string of letters', 'eightall', 'a long string of letters', NULL, 8, NULL, 8)", "UPDATE word SET p = c");
        Lines.run(local, "CREATE FOREIGN TABLE word (id int, s text, c character(8), l text, d timestamp(0), n numeric(8, 2), e date, f float8, p text)"
                        + " SERVER ora OPTIONS (\"table\" 'WORD')",
                "CREATE TABLE word_here AS SELECT * FROM word",
                "INSERT INTO oracle_fdw.pg_routine_mapping SELECT t.rmproc, s.oid, t.rmoptions FROM pg_foreign_server s, (SELECT r.* FROM oracle_fdw.pg_routine_mapping r,"
                        + " pg_foreign_server s WHERE srvname = 'oracle_fdw_template_server' AND r.rmserver = s.oid) t WHERE s.srvname = 'ora'");
    }

    @AfterAll
    static void stop() throws SQLException {
        standIn.stop();
    }

    private static String asked(String condition) throws SQLException {
        String query = "SELECT id FROM word WHERE " + condition;
        assertEquals(Lines.of(local, query.replace("word", "word_here") + " ORDER BY 1"), Lines.of(local, query + " ORDER BY 1"), condition);
        return Lines.remote(local, query);
    }

    /** Answers as here, and fewer rows than all are fetched for it, by words that are sent. */
    private static void goes(String condition, String words) throws SQLException {
        String sent = asked(condition);
        assertTrue(sent.contains(" WHERE ") && sent.contains(words), condition + ": " + sent);
        int fetched = Lines.of(oracle, sent).size();
        assertTrue(fetched < 8, condition + " fetches all rows by " + sent);
        assertTrue(Lines.of(local, "SELECT id FROM word_here WHERE " + condition).size() <= fetched, condition);
    }

    private static String explained(String condition) throws SQLException {
        return String.join("\n", Lines.explained(local, "SELECT id FROM word WHERE " + condition));
    }

    /** Answers as here, and nothing of it is sent. */
    private static void stays(String condition) throws SQLException {
        String sent = asked(condition);
        assertFalse(sent.contains(" WHERE "), condition + ": " + sent);
    }

    @Test
    void argumentsThatAreEmpty() throws SQLException {
        goes("btrim(s) = 'xabcx'", "TRIM(");
        goes("length(s) = 2", "LENGTH(");
        goes("length(s) = 0", "LENGTH(");
        goes("char_length(s) = 3", "LENGTH(");
        goes("character_length(s) = 3", "LENGTH(");
        goes("upper(s) = 'ABC'", "UPPER(");
        goes("lower(s) = 'abc'", "LOWER(");
        goes("substring(s from 1 for 1) = 'A'", "SUBSTR(");
        goes("translate(s, 'x', 'y') = 'yy'", "TRANSLATE(");
        goes("concat(s, 'd') = 'xxd'", "CONCAT(");
        goes("octet_length(s) = 3", "LENGTH(");
        goes("bit_length(s) < 24", "LENGTH(");
        goes("replace(s, '', 'y') = ''", "REPLACE(");
        goes("c::text = 'ab'", "RTRIM(");
        goes("btrim(btrim(s, 'x '), 'abc') = ''", "IS NULL");
        goes("length(btrim(s, 'x')) = 0", "LENGTH(LTRIM(RTRIM(");
        goes("btrim(s, '') = 'xx'", "(\"S\" IS NOT NULL)");
    }

    @Test
    void resultsThatAreEmpty() throws SQLException {
        goes("ltrim(s) = 'xabcx '", "LTRIM(");
        goes("rtrim(s, 'x ') = '  xabc'", "RTRIM(");
        goes("btrim(s, 'x') = ''", "(LTRIM(RTRIM(\"S\",'x'),'x') IS NULL)");
        goes("ltrim(s, 'x') = ''", "(LTRIM(\"S\",'x') IS NULL)");
        goes("rtrim(s, 'x') = ''", "(RTRIM(\"S\",'x') IS NULL)");
        goes("replace(s, 'x', '') = ''", "(REPLACE(\"S\",'x','') IS NULL)");
        goes("substr(s, 2) = ''", " IS NULL)");
        goes("substring(s, 2) = ''", " IS NULL)");
        goes("translate(s, 'x', '') = ''", "(TRANSLATE(\"S\",'x','') IS NULL)");
        goes("concat(s, s) = ''", "(CONCAT(\"S\",\"S\") IS NULL)");
        goes("lower(s) = ''", "(LOWER(\"S\") IS NULL)");
        goes("upper(s) <> ''", "(UPPER(\"S\") IS NOT NULL)");
        goes("c::text <> ''", "(RTRIM(\"C\") IS NOT NULL)");
        goes("btrim(s, 'x') <> ''", "(LTRIM(RTRIM(\"S\",'x'),'x') IS NOT NULL)");
        goes("btrim(s, 'x') <> 'ABC'", "<> 'ABC')");
        goes("upper(s) <> 'ABC'", "(\"S\" IS NOT NULL)");
        String translated = asked("translate(s, 'x', '') <> ''");
        assertFalse(translated.contains("TRANSLATE"), translated);
    }

    @Test
    void bytesOfLargeObjects() throws SQLException {
        goes("octet_length(l) = 5", "LENGTH(");
        goes("octet_length(l) > 16", "LENGTH(");
        goes("octet_length(l) <= 4", "LENGTH(");
        goes("bit_length(l) = 32", "LENGTH(");
        goes("octet_length(l) <> 3", "(\"L\" IS NOT NULL)");
        goes("length(btrim(l)) = 3", "LENGTH(TRIM(\"L\"))");
    }

    @Test
    void largeObjectsAreNotCompared() throws SQLException {
        for (String condition : List.of("upper(l) = 'ABC'", "upper(l) LIKE 'ABC%'", "l = 'abc'", "replace(l, 'b', 'x') = 'axc'", "length(translate(l, 'b', 'x')) = 3")) {
            String sent = asked(condition);
            assertTrue(sent.endsWith("FROM \"WORD\"") || sent.endsWith("WHERE ((\"L\" IS NOT NULL))"), condition + ": " + sent);
        }
        stays("l IS NULL");
        goes("l IS NOT NULL", "(\"L\" IS NOT NULL)");
        assertTrue(explained("l IS NOT NULL").contains("a large object may be empty there, which is NULL here"), "checked again");
    }

    @Test
    void bytesOfStringsOfFixedLength() throws SQLException {
        goes("octet_length(p) = 9", "LENGTH(\"P\")");
        goes("octet_length(p) = 8", "LENGTH(\"P\")");
        goes("bit_length(p) > 64", "LENGTH(\"P\")");
        goes("bit_length(c::text) = 16", "LENGTH(RTRIM(");
        goes("octet_length(c::text) > 4", "LENGTH(RTRIM(");
    }

    @Test
    void replacingNull() throws SQLException {
        goes("replace(s, 'x', 'y') = 'yy'", "REPLACE(");
        goes("replace(s, c, 'y') = 'xx'", "\"C\" IS NOT NULL");
        goes("replace(s, 'x', c) = ''", "(REPLACE(\"S\",'x',");
        goes("replace(s, 'x', c) <> 'ab'", "\"C\" IS NOT NULL");
        stays("replace(s, 'x', NULL) = 'yy'");
        stays("replace(s, NULL, 'y') = 'xx'");
    }

    @Test
    void concatenatingWhatIsNoString() throws SQLException {
        goes("concat(id, 'x') = '3x'", "CONCAT(");
        goes("concat(n, 'x') = '1.50x'", "(\"N\" = 1.50)");
        goes("concat('n', n) = 'n-2.00'", "(\"N\" = (-2.00))");
        goes("concat(n, 'x') = 'x'", "(\"N\" IS NULL)");
        goes("concat(concat('<', n), '>') = '<7.00>'", "(\"N\" = 7.00)");
        goes("concat(e, f) = '2024-02-291.5'", "((\"E\" IS NOT NULL) OR (\"F\" IS NOT NULL))");
        goes("concat(d, '') = ''", "(\"D\" IS NULL)");
        goes("concat(d, 'x') = 'no dayx'", "(\"D\" IS NOT NULL)");
        goes("concat(d, 'x') = 'x'", "(\"D\" IS NULL)");
        stays("concat(d, 'x') = 'y'");
    }

    @Test
    void momentsInAllStyles() throws SQLException {
        Lines.run(local, "CREATE FUNCTION styled(style text, query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('DateStyle', style, true);"
                + " RETURN QUERY EXECUTE query; END $$");
        for (String style : List.of("ISO, MDY", "SQL, MDY", "SQL, DMY", "German", "Postgres, MDY", "Postgres, DMY")) {
            for (String column : List.of("d", "e")) {
                for (int id : List.of(1, 3)) {
                    String text = styled(style, "SELECT concat(" + column + ", '') FROM word_here WHERE id = " + id).getFirst();
                    String condition = "concat(" + column + ", '.') = '" + text + ".'";
                    assertEquals(List.of(Integer.toString(id)), styled(style, "SELECT id::text FROM word WHERE " + condition), style);
                    goes(condition, "(\"" + column.toUpperCase(Locale.ROOT) + "\" >= ");
                }
            }
        }
    }

    private static List<String> styled(String style, String query) throws SQLException {
        return Lines.of(local, "SELECT * FROM styled('" + style + "', $q$" + query + "$q$)");
    }

    @Test
    void picturesOfMoments() throws SQLException {
        goes("to_char(d, 'YYYY') = '2024'", "(\"D\" < TIMESTAMP '2025-01-01 00:00:00')");
        goes("to_char(d, 'YYYY-MM') = '2024-02'", "(\"D\" < TIMESTAMP '2024-03-01 00:00:00')");
        goes("to_char(d, 'DD-MON-YYYY') = '29-FEB-2024'", "(\"D\" >= TIMESTAMP '2024-02-29 00:00:00')");
        goes("to_char(d, 'Month DD, yyyy') = 'February  29, 2024'", "(\"D\" < TIMESTAMP '2024-03-01 00:00:00')");
        goes("to_char(d, 'YYYYMMDDHH24MISS') = '20240229134500'", "(\"D\" < TIMESTAMP '2024-02-29 13:45:01')");
        goes("to_char(d, 'YYYY Q') = '2024 1'", "(\"D\" >= TIMESTAMP '2024-01-01 00:00:00')");
        goes("to_char(d, 'dd mon') = '29 feb'", "TO_CHAR(\"D\",'MM-DD') = '02-29'");
        goes("to_char(d, 'MM') = '02'", "TO_CHAR(\"D\",'MM') = '02'");
        goes("to_char(d, 'YYYY-MM') IN ('2023-01', '2024-03')", " OR ");
        for (String odd : List.of("to_char(d, 'FMDay') = 'Thursday'", "to_char(d, 'FMDD.FMMM.YYYY') = '29.2.2024'", "to_char(d, 'YYYY-MM Day') > '2'", "to_char(d, 'SSSS') = '49500'",
                "to_char(d, 'DDth') = '29th'", "to_char(d, 'IYYY-IW') = '2024-09'", "to_char(d, 'YYYY-MM') = '2024-2'", "to_char(d, 'MM-YYYY') = '13-2024'", "to_char(d, 'J') = '2460370'")) {
            String sent = asked(odd);
            assertTrue(sent.contains(" WHERE ((\"D\" IS NOT NULL))") || sent.contains("TO_CHAR"), odd + ": " + sent);
        }
        String[] pictures = {"YYYY", "MON YYYY", "DD.MM.YYYY HH24:MI", "HH24:MI:SS", "DY DD Mon YYYY", "YYYY-WW", "month", "HH12 AM YYYY", "DDD YYYY", "YYYYMMDD", "MS US YYYY/MM"};
        for (String picture : pictures) {
            String text = Lines.of(local, "SELECT to_char(d, '" + picture + "') FROM word_here WHERE id = 1").getFirst();
            goes("to_char(d, '" + picture + "') = '" + text + "'", " WHERE ");
            assertTrue(Lines.of(local, "SELECT id FROM word WHERE to_char(d, '" + picture + "') = '" + text + "'").contains("1"), picture);
        }
    }

    @Test
    void picturesOfNumbers() throws SQLException {
        goes("to_char(id, '99') = '  3'", "(\"ID\" <= 3.5)");
        goes("to_char(n, 'FM990.00') = '1.50'", "(\"N\" >= 1.495)");
        goes("to_char(n, '9') = ' 2'", "(\"N\" <= 2.5)");
        goes("to_char(n, '9,990.9') = '    -2.0'", "(\"N\" <= (-1.95))");
        goes("to_char(n, 'FM9.9') = '7.'", "(\"N\" >= 6.95)");
        for (String odd : List.of("to_char(n, 'RN') <> ''", "to_char(n, '9') = ' #'", "to_char(n, '9MI') = '2-'", "to_char(n, 'S9') = '-2'", "to_char(f, '9') = ' 2'", "to_char(n, '9') < ' 2'")) {
            goes(odd, " IS NOT NULL)");
        }
    }

    @Test
    void picturesThatAreRead() throws SQLException {
        Lines.run(oracle, "CREATE TABLE written (id NUMBER(10), s VARCHAR2(40), t VARCHAR2(40), n VARCHAR2(40))", "INSERT INTO written VALUES (1, '2024-02-29', '20240229', '20,24.0')",
                "INSERT INTO written VALUES (2, '24/2/29', '19991231', '-1.999'), (3, '2024', '2024', '2024'), (4, NULL, NULL, NULL), (5, '02024-02-29', '202402', '1 9 9 9'),"
                        + " (6, '2024 2 29', '20240101', '7'), (7, '1999-12-31', '0099', '0001.999'), (8, '2024-01-01', NULL, '0')");
        Lines.run(local, "CREATE FOREIGN TABLE written (id int, s text, t text, n text) SERVER ora OPTIONS (\"table\" 'WRITTEN')", "CREATE TABLE written_here AS SELECT * FROM written");
        for (String[] asked : new String[][] {{"to_date(s, 'YYYY-MM-DD') = DATE '2024-02-29'", "LIKE '%2024%2%29%'"}, {"to_date(s, 'YYYY-MM-DD') = DATE '2024-01-01'", "LIKE '%2024%'"},
            {"to_date(t, 'yyyymmdd') = DATE '1999-12-31'", "LIKE '%1999%12%31%'"}, {"to_date(t, 'YYYYMMDD') = DATE '2024-02-01'", "LIKE '%2024%2%'"},
            {"to_timestamp(s, 'YYYY-MM-DD') = TIMESTAMPTZ '2024-02-29 00:00+00'", "LIKE '%2024%'"}, {"to_timestamp(s, 'YYYY-MM-DD') = TIMESTAMPTZ '1999-12-31 00:00 UTC'", "(\"S\" IS NOT NULL)"},
            {"to_date(s, 'YYYY-MM-DD') > DATE '2024-01-01'", "(\"S\" IS NOT NULL)"}, {"to_date(t, 'YYYYDDD') = DATE '2024-01-01'", "(\"T\" IS NOT NULL)"},
            {"to_date(t, 'YYYYYYYY') = DATE '2024-01-01'", "(\"T\" IS NOT NULL)"}, {"to_number(t, '99999999') = 20240229", "LIKE '%2%0%2%4%0%2%2%9%'"},
            {"to_number(n, '9999G99D99') = 2024", "LIKE '%2%0%2%4%'"}, {"to_number(n, 'FM9999.999') = 1.999", "LIKE '%1%9%9%9%'"}, {"to_number(n, '9 9 9 9') = 1999", "LIKE '%1%9%9%9%'"},
            {"to_number(n, '9') = 0", "(\"N\" IS NOT NULL)"}, {"to_number(n, '999V9') = 1", "(\"N\" IS NOT NULL)"}}) {
            String query = "SELECT id FROM written WHERE " + asked[0];
            assertEquals(answer(query.replace("written", "written_here") + " ORDER BY 1"), answer(query + " ORDER BY 1"), asked[0]);
            String sent = Lines.remote(local, query);
            assertTrue(sent.contains(asked[1]) && Lines.of(oracle, sent).size() < 8, asked[0] + ": " + sent);
        }
        assertEquals(List.of("1", "5", "6"), Lines.of(local, "SELECT id FROM written WHERE to_date(s, 'YYYY-MM-DD') = DATE '2024-02-29' ORDER BY 1"));
        Lines.run(local, "DROP FOREIGN TABLE written", "DROP TABLE written_here");
    }

    private static List<String> answer(String query) throws SQLException {
        try {
            return Lines.of(local, query);
        } catch (SQLException e) {
            return List.of(e.getSQLState());
        }
    }

    @Test
    void encodingsThatDiffer() throws SQLException {
        goes("octet_length(s) = 5", "LENGTH(");
        goes("octet_length(s) >= 20", "LENGTH(");
        goes("5 > octet_length(s)", "LENGTH(");
        goes("bit_length(s) > 190", "LENGTH(");
        goes("octet_length(s) <> 5", "(\"S\" IS NOT NULL)");
        goes("octet_length(s) = id", "(\"S\" IS NOT NULL)");
        goes("octet_length(s) >= 0", "(\"S\" IS NOT NULL)");
    }

    @Test
    void substringsThatBeginBeforeTheString() throws SQLException {
        goes("substr(s, 0) = 'xx'", "SUBSTR(");
        goes("substr(s, -1, 3) = 'x'", "SUBSTR(");
        goes("substring(s, -1, 3) = 'x'", "SUBSTR(");
        goes("substring(s, 0, 1) = ''", " IS NULL)");
    }

    /** To an Oracle in AL32UTF8 a character is a character; to H2 one beyond U+FFFF is two, and so it is in Oracle's national strings. */
    @Test
    void charactersThatCountAsTwo() throws SQLException {
        Lines.run(oracle, "INSERT INTO word (id, s, l) VALUES (20, '\ud83d\ude00abc', '\ud83d\ude00abc'), (21, 'x\ud83d\ude00', NULL)");
        Lines.run(local, "INSERT INTO word_here (id, s, l) VALUES (20, '\ud83d\ude00abc', '\ud83d\ude00abc'), (21, 'x\ud83d\ude00', NULL)");
        try {
            for (String condition : List.of("length(s) = 4", "length(s) = 2", "char_length(s) > 3", "length(l) <= 4", "length(s) <> 5", "substr(s, 2) = 'abc'", "substring(s, 2, 2) = 'ab'", "substr(s, 1, 2) = 'x\ud83d\ude00'",
                    "substr(s, 3) = ''", "substr(s, 2) <> '\ude00abc'".replace("\ude00", ""), "ltrim(s, '\ud83d\ude01') LIKE '%abc'", "translate(s, '\ud83d\ude00', 'y') = 'yabc'", "upper(substr(s, 2)) = 'ABC'",
                    "substr(s, 2) LIKE 'a%'", "substr(s, 2) IN ('abc', 'q')", "length(s) IN (4, 9)", "octet_length(s) = 7")) {
                String sent = asked(condition);
                assertTrue(sent.contains(condition.startsWith("octet") ? "LENGTH(\"S\") >= 2" : "REGEXP_LIKE("), condition + ": " + sent);
            }
            assertEquals(List.of("20"), Lines.of(local, "SELECT id FROM word WHERE substr(s, 2) = 'abc'"));
            assertEquals(List.of("20"), Lines.of(local, "SELECT id FROM word WHERE upper(substr(s, 2)) = 'ABC'"));
        } finally {
            Lines.run(oracle, "DELETE FROM word WHERE id >= 20");
            Lines.run(local, "DELETE FROM word_here WHERE id >= 20");
        }
    }

    /** A picture does not tell the years before the first from those behind it. */
    @Test
    void yearsBeforeTheFirst() throws SQLException {
        Lines.run(oracle, "INSERT INTO word (id, d) VALUES (40, TIMESTAMP '-2023-02-11 10:30:00')");
        Lines.run(local, "INSERT INTO word_here (id, d) VALUES (40, '2024-02-11 10:30:00 BC')");
        try {
            goes("to_char(d, 'YYYY') = '2024'", "(\"D\" < TIMESTAMP '0001-01-01 00:00:00')");
            goes("to_char(d, 'YYYY-MM') = '2024-02'", "(\"D\" < TIMESTAMP '0001-01-01 00:00:00')");
            assertEquals(List.of("1", "3", "40"), Lines.of(local, "SELECT id FROM word WHERE to_char(d, 'YYYY') = '2024' ORDER BY id"));
        } finally {
            Lines.run(oracle, "DELETE FROM word WHERE id = 40");
            Lines.run(local, "DELETE FROM word_here WHERE id = 40");
        }
    }

    /** A date has a time there, which a function may give back. */
    @Test
    void datesThatHaveATimeAreNoArguments() throws SQLException {
        Lines.run(oracle, "INSERT INTO word (id, e) VALUES (30, TIMESTAMP '2024-02-28 10:30:00')");
        Lines.run(local, "INSERT INTO word_here (id, e) VALUES (30, '2024-02-28')", "CREATE FUNCTION unchanged(date) RETURNS date IMMUTABLE STRICT LANGUAGE plpgsql AS $$ BEGIN RETURN $1; END $$",
                "CREATE ROUTINE MAPPING unchanged FOR FUNCTION unchanged(date) SERVER ora OPTIONS (format '(%s)')");
        try {
            stays("unchanged(e) = DATE '2024-02-28'");
            Lines.run(local, "ALTER ROUTINE MAPPING unchanged OPTIONS (ADD exact 'false')");
            goes("unchanged(e) = DATE '2024-02-28'", " WHERE ((\"E\" IS NOT NULL))");
            assertEquals(List.of("30"), Lines.of(local, "SELECT id FROM word WHERE unchanged(e) = DATE '2024-02-28'"));
        } finally {
            Lines.run(oracle, "DELETE FROM word WHERE id = 30");
            Lines.run(local, "DELETE FROM word_here WHERE id = 30", "DROP FUNCTION unchanged(date) CASCADE");
        }
    }

    @Test
    void trimmingSeveralCharacters() throws SQLException {
        goes("btrim(s, ' x') = 'abc'", "LTRIM(RTRIM(");
        goes("trim(leading 'x ' from s) = 'abcx '", "LTRIM(");
        goes("trim(both from s) = 'xabcx'", "TRIM(");
    }

    @Test
    void blanksAtTheEndOfStringsOfFixedLength() throws SQLException {
        goes("length(c) = 2", "LENGTH(RTRIM(");
        goes("btrim(c) = 'ab'", "TRIM(");
        goes("ltrim(c) = 'ab'", "LTRIM(");
        goes("upper(c) = 'AB'", "UPPER(");
        goes("lower(c) = 'abc'", "LOWER(");
        goes("replace(c, 'b', 'y') = 'ay'", "REPLACE(");
        goes("lower(p) = 'ab      '", "LOWER(\"P\")");
        goes("lower(p) = 'ab'", "LOWER(\"P\")");
        goes("btrim(p, 'a') <> 'b'", "(\"P\" IS NOT NULL)");
    }

    @Test
    void lettersBeyondAsciiHaveCasesOfTheirOwn() throws SQLException {
        goes("upper(s) = '\u00e9T\u00e9'", "(\"S\" IS NOT NULL)");
        assertEquals(List.of("6"), Lines.of(local, "SELECT id FROM word WHERE s = '\u00e9t\u00e9'"));
        goes("upper(s) LIKE 'A%'", "(UPPER(\"S\") LIKE 'A%' ESCAPE '\\')");
        goes("upper(s) LIKE '\u00c9%'", "(\"S\" IS NOT NULL)");
        goes("lower(s) IN ('abc', 'xx')", "((LOWER(\"S\") = 'abc') OR (LOWER(\"S\") IS NULL))");
        goes("btrim(s) NOT IN ('ABC', 'xx')", "<> 'ABC')");
        stays("upper(s) = ANY (ARRAY['ABC', NULL])");
    }

    @Test
    void parametersAreComparedWithCalls() throws SQLException {
        Lines.run(local, "SET my.sought = 'xabcx'");
        assertTrue(asked("btrim(s) = current_setting('my.sought')").contains("(TRIM(\"S\") = :1)"), "sent");
        assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM word WHERE btrim(s) = current_setting('my.sought')"));
        Lines.run(local, "SET my.sought = ''");
        asked("btrim(s, 'x') = current_setting('my.sought')");
        assertEquals(List.of("3"), Lines.of(local, "SELECT id FROM word WHERE btrim(s, 'x') = current_setting('my.sought')"));
    }
}
