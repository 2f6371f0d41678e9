package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.gajah.api.Gajah;

/** What scripts written for oracle_fdw rely on, with H2 in Oracle's mode behind it. */
class OracleForeignTest {
    private static final String ORACLE = "jdbc:h2:mem:oracle_fdw;MODE=Oracle;DB_CLOSE_DELAY=-1";

    private static Gajah gajah;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        gajah = Gajah.inMemory();
        local = gajah.dataSource().getConnection();
        oracle = DriverManager.getConnection(ORACLE, "sa", "");
        Lines.run(oracle, "CREATE TABLE account (id NUMBER(10) PRIMARY KEY, filler VARCHAR2(20), amount NUMBER(12, 2))",
                "INSERT INTO account VALUES (1, 'xabc', 10), (2, '', 20.5), (3, 'other', 30)");
        Lines.run(local, "CREATE EXTENSION oracle_fdw", "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD mode 'url=jdbc:h2:mem:{dbname}')",
                "CREATE SERVER ora FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'mode/oracle_fdw', isolation_level 'read_committed')",
                "CREATE USER MAPPING FOR PUBLIC SERVER ora OPTIONS (user 'sa', password '')",
                "CREATE FOREIGN TABLE account (id int OPTIONS (key 'true'), filler varchar(20), amount numeric(12, 2)) SERVER ora OPTIONS (\"table\" 'ACCOUNT')");
    }

    @AfterAll
    static void stop() throws SQLException {
        local.close();
        gajah.close();
        oracle.close();
    }

    private static SQLException fails(String sql) {
        return assertThrows(SQLException.class, () -> Lines.run(local, sql));
    }

    private static void map(String function, String options) throws SQLException {
        Lines.run(local, "INSERT INTO oracle_fdw.pg_routine_mapping SELECT '" + function + "', oid, '" + options + "' FROM pg_foreign_server WHERE srvname = 'ora'");
    }

    private static void unmap(String function) throws SQLException {
        Lines.run(local, "DELETE FROM oracle_fdw.pg_routine_mapping WHERE rmproc = '" + function + "'::regprocedure AND rmserver = (SELECT oid FROM"
                + " pg_foreign_server WHERE srvname = 'ora')");
    }

    @Test
    void f2ColumnsAreThoseAtTheirPlacesWhateverTheirNames() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE renamed (n int, s text) SERVER ora OPTIONS (\"table\" 'ACCOUNT')");
        assertEquals("SELECT \"FILLER\" FROM \"ACCOUNT\" WHERE ((\"ID\" = 1))", Lines.remote(local, "SELECT s FROM renamed WHERE n = 1"));
        assertEquals(List.of("xabc"), Lines.of(local, "SELECT s FROM renamed WHERE n = 1"));
    }

    @Test
    void f2MoreColumnsThanThereGiveAWarningAndNull() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE wide (id int OPTIONS (key 'true'), s text, a numeric, extra int) SERVER ora OPTIONS (\"table\" 'ACCOUNT')");
        try (Statement s = local.createStatement(); ResultSet r = s.executeQuery("SELECT extra FROM wide WHERE id = 1")) {
            assertTrue(r.next() && r.getObject(1) == null);
            SQLWarning w = s.getWarnings();
            assertEquals("column number 4 of foreign table \"wide\" does not exist in foreign Oracle table, will be replaced by NULL", w.getMessage());
        }
        Lines.run(local, "INSERT INTO wide VALUES (50, 'fifty', 5, 5)");
        assertEquals(List.of("50|fifty|5"), Lines.of(oracle, "SELECT * FROM account WHERE id = 50"));
        Lines.run(local, "DELETE FROM wide WHERE id = 50");
    }

    @Test
    void f2AQueryMayStandForTheTable() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE total (n bigint, s numeric) SERVER ora OPTIONS (\"table\" '(SELECT COUNT(*), SUM(id) FROM account WHERE id < 10)')");
        assertEquals(List.of("3|6"), Lines.of(local, "SELECT * FROM total"));
    }

    @Test
    void f22DiagnosisTellsWhatIsThereWithoutThePassword() throws SQLException {
        String text = Lines.of(local, "SELECT oracle_diag('ora')").getFirst();
        assertTrue(text.contains("server H2 ") && text.contains("read committed") && text.contains("jdbc:h2:mem:oracle_fdw"), text);
        assertTrue(Lines.of(local, "SELECT oracle_diag()").getFirst().startsWith("oracle_fdw 1.2 "), "without a server");
    }

    @Test
    void f23ExecuteRunsAnythingThereInTheTransaction() throws SQLException {
        Lines.run(local, "SELECT oracle_execute('ora', 'CREATE TABLE made (a NUMBER(5))')");
        local.setAutoCommit(false);
        Lines.run(local, "SELECT oracle_execute('ora', 'INSERT INTO made VALUES (7)')");
        local.rollback();
        local.setAutoCommit(true);
        assertEquals(List.of("0"), Lines.of(oracle, "SELECT COUNT(*) FROM made"));
        Lines.run(local, "CREATE ROLE nobody_there", "SET ROLE nobody_there");
        try {
            assertEquals("42501", fails("SELECT oracle_execute('ora', 'DROP TABLE made')").getSQLState());
        } finally {
            Lines.run(local, "RESET ROLE", "SELECT oracle_execute('ora', 'DROP TABLE made')");
        }
        assertEquals("42704", fails("SELECT oracle_execute('nowhere', 'SELECT 1')").getSQLState());
    }

    @Test
    void f21ConnectionsCanBeClosedOutsideATransactionThatUsesThem() throws SQLException {
        local.setAutoCommit(false);
        Lines.of(local, "SELECT count(*) FROM account");
        assertEquals("HV010", fails("SELECT oracle_close_connections()").getSQLState());
        local.rollback();
        local.setAutoCommit(true);
        Lines.run(local, "SELECT oracle_close_connections()");
        assertEquals(List.of("3"), Lines.of(local, "SELECT count(*) FROM account"));
    }

    @Test
    void f1ADatabaseLinkStandsBehindTheName() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE linked (a int) SERVER ora OPTIONS (\"table\" 'T', dblink 'OTHER.WORLD')");
        assertTrue(fails("SELECT * FROM linked").getMessage().contains("\"T\"@OTHER.WORLD"), "the link is asked for");
        assertEquals("HV024", fails("CREATE FOREIGN TABLE linked2 (a int) SERVER ora OPTIONS (\"table\" 'T', dblink 'a b')").getSQLState());
    }

    @Test
    void r2AFormatIsCheckedWhenTheMappingIsMade() {
        String insert = "INSERT INTO oracle_fdw.pg_routine_mapping VALUES ('mod(integer,integer)', 1, '{%s}')";
        for (String wrong : List.of("format=MOD(%s,%s,%s)", "format=MOD(%3$s,%1$s)", "format=MOD(%I,%s)", "format=MOD(%d)", "format=x%", "format=%0$s")) {
            SQLException e = fails(insert.replace("%s}", '"' + wrong + "\"}"));
            assertEquals("HV024", e.getSQLState(), wrong + ": " + e.getMessage());
        }
        assertEquals("HV00J", fails(insert.replace("%s}", "nargs=2}")).getSQLState());
        assertEquals("HV00J", fails("INSERT INTO oracle_fdw.pg_routine_mapping VALUES ('mod(integer,integer)', 1, NULL)").getSQLState());
        assertEquals("HV00D", fails(insert.replace("%s}", "format=x,nonsense=1}")).getSQLState());
        assertEquals("22023", fails(insert.replace("%s}", "format=x,nonsense}")).getSQLState());
        assertEquals("42601", fails(insert.replace("%s}", "format=x,exact=perhaps}")).getSQLState());
    }

    @Test
    void r2AVariadicFunctionNeedsItsNumberOfArguments() throws SQLException {
        assertEquals("HV00J", assertThrows(SQLException.class, () -> map("concat(\"any\")", "{\"format=CONCAT(%s,%s)\"}")).getSQLState());
        assertEquals("HV024", assertThrows(SQLException.class, () -> map("concat(\"any\")", "{\"format=CONCAT(%s,%s)\",nargs=two}")).getSQLState());
        assertEquals("HV024", assertThrows(SQLException.class, () -> map("concat(\"any\")", "{\"format=CONCAT(%s,%s)\",nargs=1}")).getSQLState());
        map("concat(\"any\")", "{\"format=CONCAT(%s,%s)\",nargs=2}");
        try {
            String two = "SELECT id FROM account WHERE concat(filler, 'd') = 'xabcd'";
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\" WHERE ((CONCAT(\"FILLER\",'d') = 'xabcd'))", Lines.remote(local, two));
            assertEquals(List.of("1"), Lines.of(local, two));
            assertEquals("SELECT \"ID\", \"FILLER\" FROM \"ACCOUNT\"", Lines.remote(local, "SELECT id FROM account WHERE concat(filler, 'd', 'e') = 'xabcde'"));
        } finally {
            unmap("concat(\"any\")");
        }
    }

    @Test
    void r2ArgumentsMayChangeOrderAndRepeat() throws SQLException {
        map("strpos(text,text)", "{\"format=INSTR(%1$s,%2$s) + 0 * LENGTH(%1$s)\"}");
        try {
            String query = "SELECT id FROM account WHERE strpos(filler, 'abc') = 2";
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\" WHERE ((INSTR(\"FILLER\",'abc') + 0 * LENGTH(\"FILLER\") = 2))", Lines.remote(local, query));
            assertEquals(List.of("1"), Lines.of(local, query));
        } finally {
            unmap("strpos(text,text)");
        }
    }

    @Test
    void r4AMappingCanBeSwitchedOff() throws SQLException {
        map("mod(integer,integer)", "{\"format=MOD(%s,%s)\",disabled=true}");
        try {
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\"", Lines.remote(local, "SELECT id FROM account WHERE mod(id, 2) = 1"));
        } finally {
            unmap("mod(integer,integer)");
        }
    }

    @Test
    void r10APlanThatIsKeptNoticesAMappingThatComesAndGoes() throws SQLException {
        Lines.run(local, "PREPARE odd AS SELECT id FROM account WHERE mod(id, 2) = 1");
        List<String> without = List.of("1", "3");
        try (PreparedStatement kept = local.prepareStatement("SELECT id FROM account WHERE mod(id, 2) = 1 ORDER BY 1")) {
            for (int i = 0; i < 7; i++) {
                assertEquals(without, Lines.of(local, "EXECUTE odd").stream().sorted().toList());
            }
            map("mod(integer,integer)", "{\"format=1 + 0 * MOD(%s,%s)\"}");
            try {
                assertEquals(List.of("1", "2", "3"), Lines.of(local, "EXECUTE odd").stream().sorted().toList());
                local.setAutoCommit(false);
                unmap("mod(integer,integer)");
                assertEquals(without, Lines.of(local, "EXECUTE odd").stream().sorted().toList(), "within the transaction");
                local.rollback();
                local.setAutoCommit(true);
                assertEquals(List.of("1", "2", "3"), Lines.of(local, "EXECUTE odd").stream().sorted().toList(), "rolled back");
            } finally {
                unmap("mod(integer,integer)");
            }
            assertEquals(without, Lines.of(local, "EXECUTE odd").stream().sorted().toList());
            try (ResultSet r = kept.executeQuery()) {
                assertTrue(r.next() && r.getInt(1) == 1);
            }
        }
    }
}
