package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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
        Lines.run(oracle, "CREATE TABLE word (id NUMBER(10), s VARCHAR2(40), c CHAR(8), l CLOB, d DATE, n NUMBER(8, 2))",
                "INSERT INTO word VALUES (1, '  xabcx ', 'ab', 'abc', DATE '2024-02-29', 1.5), (2, '', 'cd', '', NULL, 0), (3, 'xx', NULL, NULL, DATE '2024-03-01', NULL)",
                "INSERT INTO word VALUES (4, NULL, 'x', '\u00e9\u00e9', NULL, -2), (5, 'ABC', 'ABC', 'abcdef', NULL, 5), (6, '\u00e9t\u00e9', 'zz', '\ud83d\ude00', NULL, 6)",
                "INSERT INTO word VALUES (7, '\u20ac', '\u00e9', 'a\u20acb', NULL, 7), (8, 'a long string of letters', 'eightall', 'a long string of letters', NULL, 8)");
        Lines.run(local, "CREATE FOREIGN TABLE word (id int, s text, c character(8), l text, d timestamp(0), n numeric(8, 2)) SERVER ora OPTIONS (\"table\" 'WORD')",
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
        stays("replace(s, '', 'y') = ''");
    }

    @Test
    void resultsThatAreEmpty() throws SQLException {
        goes("ltrim(s) = 'xabcx '", "LTRIM(");
        goes("rtrim(s, 'x ') = '  xabc'", "RTRIM(");
        stays("btrim(s, 'x') = ''");
        stays("ltrim(s, 'x') = ''");
        stays("rtrim(s, 'x') = ''");
        stays("replace(s, 'x', '') = ''");
        stays("substr(s, 2) = ''");
        stays("translate(s, 'x', '') = ''");
        stays("concat(s, s) = ''");
        stays("upper(s) <> 'ABC'");
    }

    @Test
    void bytesOfLargeObjects() throws SQLException {
        goes("octet_length(l) = 5", "LENGTH(");
        goes("octet_length(l) > 16", "LENGTH(");
        goes("octet_length(l) <= 4", "LENGTH(");
        goes("bit_length(l) = 32", "LENGTH(");
    }

    @Test
    void bytesOfStringsOfFixedLength() throws SQLException {
        stays("octet_length(c) = 9");
        stays("octet_length(c) = 8");
        goes("bit_length(c::text) = 16", "LENGTH(RTRIM(");
    }

    @Test
    void replacingNull() throws SQLException {
        goes("replace(s, 'x', 'y') = 'yy'", "REPLACE(");
        stays("replace(s, 'x', NULL) = 'yy'");
        stays("replace(s, NULL, 'y') = 'xx'");
    }

    @Test
    void concatenatingWhatIsNoString() throws SQLException {
        goes("concat(id, 'x') = '3x'", "CONCAT(");
        stays("concat(d, '') = '2024-02-29 00:00:00'");
        stays("concat(n, 'x') = '1.50x'");
    }

    @Test
    void picturesOfFormats() throws SQLException {
        goes("to_char(id, '99') = '  3'", "TO_CHAR(");
        stays("to_char(id, 'RN') <> ''");
        stays("to_char(d, 'FMDay') = 'Thursday'");
    }

    @Test
    void encodingsThatDiffer() throws SQLException {
        goes("octet_length(s) = 5", "LENGTH(");
        goes("octet_length(s) >= 20", "LENGTH(");
        goes("5 > octet_length(s)", "LENGTH(");
        goes("bit_length(s) > 190", "LENGTH(");
        stays("octet_length(s) <> 5");
        stays("octet_length(s) = id");
        stays("octet_length(s) >= 0");
    }

    @Test
    void substringsThatBeginBeforeTheString() throws SQLException {
        goes("substr(s, 0) = 'xx'", "SUBSTR(");
        goes("substr(s, -1, 3) = 'x'", "SUBSTR(");
        goes("substring(s, -1, 3) = 'x'", "SUBSTR(");
    }

    @Test
    void trimmingSeveralCharacters() throws SQLException {
        goes("btrim(s, ' x') = 'abc'", "LTRIM(RTRIM(");
        goes("trim(leading 'x ' from s) = 'abcx '", "LTRIM(");
    }

    @Test
    void blanksAtTheEndOfStringsOfFixedLength() throws SQLException {
        goes("length(c) = 2", "LENGTH(RTRIM(");
        goes("btrim(c) = 'ab'", "TRIM(");
        goes("ltrim(c) = 'ab'", "LTRIM(");
        goes("upper(c) = 'AB'", "UPPER(");
        goes("lower(c) = 'abc'", "LOWER(");
        goes("replace(c, 'b', 'y') = 'ay'", "REPLACE(");
    }

    @Test
    void lettersBeyondAsciiHaveCasesOfTheirOwn() throws SQLException {
        stays("upper(s) = '\u00e9T\u00e9'");
        assertEquals(List.of("6"), Lines.of(local, "SELECT id FROM word WHERE s = '\u00e9t\u00e9'"));
    }
}
