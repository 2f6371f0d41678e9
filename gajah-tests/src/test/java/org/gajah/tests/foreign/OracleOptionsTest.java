package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** F1: each option of oracle_fdw is checked as there and does what it says, with H2 in Oracle's mode as the server. */
class OracleOptionsTest {
    private static OracleStandIn standIn;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        standIn = OracleStandIn.start("ora_options", "CURRENT_USER");
        oracle = standIn.oracle();
        local = standIn.local();
        Lines.run(oracle, "CREATE TABLE t (id NUMBER(10) PRIMARY KEY, s VARCHAR2(20))", "INSERT INTO t VALUES (1, 'one'), (2, 'two')");
        Lines.run(local, table("t", ""));
    }

    @AfterAll
    static void stop() throws SQLException {
        standIn.stop();
    }

    private static String table(String name, String options) {
        return "CREATE FOREIGN TABLE " + name + " (id int OPTIONS (key 'true'), s text) SERVER ora OPTIONS (\"table\" 'T'" + options + ")";
    }

    private static String state(String sql) {
        return assertThrows(SQLException.class, () -> Lines.run(local, sql), sql).getSQLState();
    }

    @Test
    void f1UnknownOptionsAreRefusedWithTheListOfThoseThereAre() {
        for (String[] each : new String[][] {{"CREATE SERVER x FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'x', nonsense '1')", "dbserver, isolation_level, nchar, set_timezone"},
            {"CREATE USER MAPPING FOR PUBLIC SERVER ora OPTIONS (nonsense '1')", "user, password"},
            {"CREATE FOREIGN TABLE x (a int) SERVER ora OPTIONS (\"table\" 'T', nonsense '1')", "table, dblink, schema, max_long, readonly, sample_percent, prefetch, lob_prefetch"},
            {"CREATE FOREIGN TABLE x (a int OPTIONS (nonsense '1')) SERVER ora OPTIONS (\"table\" 'T')", "key, strip_zeros"}}) {
            SQLException e = assertThrows(SQLException.class, () -> Lines.run(local, each[0]));
            assertEquals("HV00D", e.getSQLState(), each[0]);
            assertTrue(e.getMessage().contains("Valid options in this context are: " + each[1]), e.getMessage());
        }
    }

    @Test
    void f1ValuesOfOptionsAreChecked() {
        for (String option : List.of("isolation_level 'none'", "nchar 'perhaps'", "set_timezone 'perhaps'")) {
            assertEquals("HV024", state("CREATE SERVER x FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'x', " + option + ")"), option);
        }
        for (String option : List.of("max_long '0'", "max_long '1073741824'", "readonly 'x'", "sample_percent '0'", "sample_percent '100.1'", "sample_percent 'x'", "prefetch '0'",
                "prefetch '10241'", "lob_prefetch '-1'", "lob_prefetch '536870913'", "dblink ''")) {
            assertEquals("HV024", state(table("x", ", " + option)), option);
        }
        for (String option : List.of("key 'x'", "strip_zeros 'x'")) {
            assertEquals("HV024", state("CREATE FOREIGN TABLE x (a int OPTIONS (" + option + ")) SERVER ora OPTIONS (\"table\" 'T')"), option);
        }
        assertEquals("HV00J", state("CREATE SERVER x FOREIGN DATA WRAPPER oracle_fdw"));
        assertEquals("HV00J", state("CREATE FOREIGN TABLE x (a int) SERVER ora"));
    }

    @Test
    void f1NationalLanguageNationalCharactersAndFetchSizesAreAccepted() throws SQLException {
        Lines.run(local, "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD nls_lang 'AMERICAN_AMERICA.AL32UTF8')", "ALTER SERVER ora OPTIONS (ADD nchar 'on')",
                table("fetched", ", max_long '40000', prefetch '1', lob_prefetch '0', sample_percent '50'"));
        try {
            assertEquals(List.of("1|one", "2|two"), Lines.of(local, "SELECT * FROM fetched ORDER BY id"));
        } finally {
            Lines.run(local, "ALTER SERVER ora OPTIONS (DROP nchar)", "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (DROP nls_lang)", "DROP FOREIGN TABLE fetched");
        }
    }

    @Test
    void f1PasswordsAreHiddenFromOthers() throws SQLException {
        Lines.run(local, "CREATE ROLE curious");
        String options = "SELECT umoptions FROM pg_user_mappings WHERE srvname = 'ora'";
        assertEquals(List.of("{user=sa,password=}"), Lines.of(local, options));
        Lines.run(local, "SET ROLE curious");
        try {
            assertEquals(List.of("null"), Lines.of(local, options));
            assertEquals("42501", state("SELECT umoptions FROM pg_user_mapping"));
        } finally {
            Lines.run(local, "RESET ROLE", "DROP ROLE curious");
        }
    }

    @Test
    void f1AReadonlyTableOrServerTakesNoChanges() throws SQLException {
        Lines.run(local, table("closed", ", readonly 'true'"));
        for (String change : List.of("INSERT INTO closed VALUES (9, 'x')", "UPDATE closed SET s = 'x'", "DELETE FROM closed")) {
            assertEquals("55000", state(change), change);
        }
        Lines.run(local, "CREATE SERVER reading FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'mode/ora_options', isolation_level 'read_only')",
                "CREATE USER MAPPING FOR CURRENT_USER SERVER reading OPTIONS (user 'sa', password '')", table("t_read", "").replace("SERVER ora", "SERVER reading"));
        assertEquals(List.of("2"), Lines.of(local, "SELECT count(*) FROM t_read"));
        assertEquals("25006", state("DELETE FROM t_read"));
    }

    @Test
    void f1EachIsolationLevelIsTheOneOfTheTransactionThere() throws SQLException {
        for (String level : List.of("serializable", "read_committed")) {
            Lines.run(local, "ALTER SERVER ora OPTIONS (SET isolation_level '" + level + "')");
            try {
                String there = Lines.of(local, "SELECT oracle_diag('ora')").getFirst();
                assertTrue(there.contains("isolation " + level.replace('_', ' ')), there);
            } finally {
                Lines.run(local, "ALTER SERVER ora OPTIONS (SET isolation_level 'read_committed')");
            }
        }
        Lines.run(local, "CREATE SERVER unsaid FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'mode/ora_options')",
                "CREATE USER MAPPING FOR CURRENT_USER SERVER unsaid OPTIONS (user 'sa', password '')");
        assertTrue(Lines.of(local, "SELECT oracle_diag('unsaid')").getFirst().contains("isolation serializable"), "as oracle_fdw has it unless told");
    }

    @Test
    void f1SchemaAndTableNameTheTableThere() throws SQLException {
        Lines.run(oracle, "CREATE SCHEMA other", "CREATE TABLE other.\"Mixed\" (id NUMBER(5), s VARCHAR2(9))", "INSERT INTO other.\"Mixed\" VALUES (5, 'five')");
        Lines.run(local, "CREATE FOREIGN TABLE mixed (id int, s text) SERVER ora OPTIONS (schema 'OTHER', \"table\" 'Mixed')");
        assertEquals("SELECT \"ID\", \"S\" FROM \"OTHER\".\"Mixed\"", Lines.remote(local, "SELECT * FROM mixed"));
        assertEquals(List.of("5|five"), Lines.of(local, "SELECT * FROM mixed"));
    }

    @Test
    void f1AKeyIsNeededForChangesAndCannotBeChanged() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE keyless (id int, s text) SERVER ora OPTIONS (\"table\" 'T')");
        assertEquals("HV00L", state("DELETE FROM keyless"));
        assertEquals("HV00L", state("UPDATE t SET id = 7"));
        local.setAutoCommit(false);
        Lines.run(local, "UPDATE t SET s = 'changed' WHERE id = 2");
        assertEquals(List.of("2"), Lines.of(local, "SELECT id FROM t WHERE s = 'changed'"));
        local.rollback();
        local.setAutoCommit(true);
    }

    @Test
    void f1ZerosInStringsAreAnErrorUnlessTheyAreStripped() throws SQLException {
        Lines.run(oracle, "CREATE TABLE zeros (id NUMBER(5), s VARCHAR2(20))");
        try (PreparedStatement s = oracle.prepareStatement("INSERT INTO zeros VALUES (?, ?)")) {
            for (String value : List.of("a\0b", "ab", "\0", "c")) {
                s.setInt(1, value.length() + (value.equals("\0") ? 10 : 0));
                s.setString(2, value);
                s.executeUpdate();
            }
        }
        Lines.run(local, "CREATE FOREIGN TABLE zeros (id int, s text) SERVER ora OPTIONS (\"table\" 'ZEROS')",
                "CREATE FOREIGN TABLE stripped (id int, s text OPTIONS (strip_zeros 'true')) SERVER ora OPTIONS (\"table\" 'ZEROS')");
        assertEquals("22021", state("SELECT * FROM zeros"));
        assertEquals(List.of("1|c", "2|ab", "3|ab", "11|"), Lines.of(local, "SELECT * FROM stripped ORDER BY id"));
        assertEquals(List.of("2", "3"), Lines.of(local, "SELECT id FROM stripped WHERE s = 'ab' ORDER BY id"));
        assertEquals(List.of("2"), Lines.of(local, "SELECT count(*) FROM stripped WHERE s IN ('ab', 'x')"));
        assertEquals(List.of("|1", "ab|2", "c|1"), Lines.of(local, "SELECT s, count(*) FROM stripped GROUP BY s ORDER BY s"));
        assertEquals(List.of("", "ab", "c"), Lines.of(local, "SELECT DISTINCT s FROM stripped ORDER BY s"));
        assertEquals("SELECT \"ID\", \"S\" FROM \"ZEROS\"", Lines.remote(local, "SELECT id FROM stripped WHERE s = 'ab'"));
    }
}
