package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jdbc_fdw with H2 and SQLite, oracle_fdw with H2 in Oracle's mode: what is sent there, and that the answers are right. */
class JdbcForeignTest {
    private static final String H2 = "jdbc:h2:mem:foreign;DB_CLOSE_DELAY=-1";
    private static final String ORACLE = "jdbc:h2:mem:oracle;MODE=Oracle;DB_CLOSE_DELAY=-1";

    @TempDir
    private static Path directory;
    private static Gajah gajah;
    private static Connection h2;
    private static Connection oracle;
    private static Connection sqlite;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        gajah = Gajah.inMemory();
        local = gajah.dataSource().getConnection();
        h2 = DriverManager.getConnection(H2, "sa", "");
        oracle = DriverManager.getConnection(ORACLE, "sa", "");
        String file = directory.resolve("f.db").toString();
        sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Lines.run(h2, "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), price DECIMAL(10,2), made DATE, seen TIMESTAMP, ok BOOLEAN, raw VARBINARY(20))",
                "INSERT INTO item VALUES (1, 'one', 1.50, DATE '2024-02-29', TIMESTAMP '2024-02-29 12:30:15.5', TRUE, X'00ff')",
                "INSERT INTO item VALUES (2, 'Two', 20, NULL, NULL, FALSE, NULL)", "INSERT INTO item VALUES (3, 'three', NULL, NULL, NULL, NULL, NULL)",
                "CREATE TABLE part (item INT, n BIGINT)", "INSERT INTO part VALUES (1, 10), (1, 11), (3, 30)");
        Lines.run(oracle, "CREATE TABLE account (id NUMBER(10) PRIMARY KEY, filler VARCHAR2(20))", "INSERT INTO account VALUES (1, 'xabc')",
                "INSERT INTO account VALUES (2, '')", "INSERT INTO account VALUES (3, 'other')");
        Lines.run(sqlite, "CREATE TABLE word (id INTEGER PRIMARY KEY, w TEXT)", "INSERT INTO word VALUES (1, 'a'), (2, 'B'), (3, NULL)");
        Lines.run(local, "CREATE EXTENSION jdbc_fdw", "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS ("
                + "ADD h2 'url=jdbc:h2:mem:{dbname} dialect=h2', ADD sqlite 'url=jdbc:sqlite:{dbname} dialect=sqlite')",
                "CREATE SERVER h2 FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'h2', dbname 'foreign')",
                "CREATE USER MAPPING FOR PUBLIC SERVER h2 OPTIONS (user 'sa', password '')",
                "CREATE FOREIGN TABLE item (id int OPTIONS (key 'true'), name text, price numeric(10,2), made date, seen timestamp, ok bool, raw bytea) SERVER h2",
                "CREATE FOREIGN TABLE part (item int, n bigint) SERVER h2",
                "CREATE SERVER lite FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'sqlite', dbname '" + file + "', isolation_level 'default')",
                "CREATE FOREIGN TABLE word (id int OPTIONS (key 'true'), w text) SERVER lite",
                "CREATE EXTENSION oracle_fdw", "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD mode 'url=jdbc:h2:mem:{dbname}')",
                "CREATE SERVER ora FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'mode/oracle', isolation_level 'read_committed')",
                "CREATE USER MAPPING FOR PUBLIC SERVER ora OPTIONS (user 'sa', password '')",
                "CREATE FOREIGN TABLE account (id int OPTIONS (key 'true'), filler varchar(20)) SERVER ora OPTIONS (\"table\" 'ACCOUNT')");
    }

    @AfterAll
    static void stop() throws SQLException {
        local.close();
        gajah.close();
        h2.close();
        oracle.close();
        sqlite.close();
    }

    @Test
    void valuesOfAllTypesComeOver() throws SQLException {
        assertEquals(List.of("1|one|1.50|2024-02-29|2024-02-29 12:30:15.5|t|\\x00ff", "2|Two|20.00|null|null|f|null", "3|three|null|null|null|null|null"),
                Lines.of(local, "SELECT * FROM item ORDER BY id"));
    }

    @Test
    void whatMeansTheSameIsSent() throws SQLException {
        assertEquals("SELECT \"NAME\" FROM \"ITEM\" WHERE ((\"ID\" > 1)) AND ((\"NAME\" = 'Two'))",
                Lines.remote(local, "SELECT name FROM item WHERE id > 1 AND name = 'Two'"));
        assertEquals(List.of("Two"), Lines.of(local, "SELECT name FROM item WHERE id > 1 AND name = 'Two'"));
        assertEquals("SELECT \"ID\" FROM \"ITEM\" WHERE ((\"MADE\" >= DATE '2024-01-01')) AND ((\"PRICE\" IS NOT NULL))",
                Lines.remote(local, "SELECT id FROM item WHERE made >= '2024-01-01' AND price IS NOT NULL"));
    }

    @Test
    void whatMayDifferStaysHere() throws SQLException {
        assertEquals("SELECT \"NAME\" FROM \"ITEM\"", Lines.remote(local, "SELECT name FROM item WHERE name < 'b'"));
        assertEquals(List.of("Two"), Lines.of(local, "SELECT name FROM item WHERE name < 'b'"));
        assertEquals("SELECT \"ID\", \"NAME\" FROM \"ITEM\" WHERE ((\"ID\" > 1))",
                Lines.remote(local, "SELECT id FROM item WHERE id > 1 AND upper(name) = 'TWO'"));
        assertEquals(List.of("2"), Lines.of(local, "SELECT id FROM item WHERE id > 1 AND upper(name) = 'TWO'"));
    }

    @Test
    void ofAConditionThatIsHalfKnownTheKnownHalfIsSentAndTheWholeCheckedAgain() throws SQLException {
        String query = "SELECT id FROM item WHERE (id < 3 AND name < 'b') OR id = 3";
        assertTrue(Lines.remote(local, query).contains("((\"ID\" < 3) OR (\"ID\" = 3))"), Lines.remote(local, query));
        assertEquals(List.of("2", "3"), Lines.of(local, query + " ORDER BY id"));
    }

    @Test
    void orderLimitCountsAndJoinsAreDoneThere() throws SQLException {
        assertEquals("SELECT \"NAME\", \"PRICE\" FROM \"ITEM\" ORDER BY \"PRICE\" DESC NULLS FIRST LIMIT 2",
                Lines.remote(local, "SELECT name FROM item ORDER BY price DESC LIMIT 2"));
        assertEquals(List.of("three", "Two"), Lines.of(local, "SELECT name FROM item ORDER BY price DESC LIMIT 2"));
        assertEquals("SELECT count(*) FROM \"ITEM\"", Lines.remote(local, "SELECT count(*) FROM item"));
        assertEquals(List.of("3|1"), Lines.of(local, "SELECT count(*), min(id) FROM item"));
        String join = "SELECT name, n FROM item JOIN part ON item = id WHERE id = 1";
        assertTrue(Lines.remote(local, join).contains("INNER JOIN"), Lines.remote(local, join));
        assertEquals(List.of("one|10", "one|11"), Lines.of(local, join + " ORDER BY n"));
    }

    @Test
    void rowsAreChangedByTheirKeys() throws SQLException {
        local.setAutoCommit(false);
        try {
            Lines.run(local, "INSERT INTO item (id, name, price) SELECT n, 'new', n FROM generate_series(100, 1200) n", "UPDATE item SET name = 'even' WHERE id >= 100 AND id % 2 = 0",
                    "DELETE FROM item WHERE id >= 100 AND id % 2 = 1");
            assertEquals(List.of("551|even"), Lines.of(local, "SELECT count(*), min(name) FROM item WHERE id >= 100"));
            assertEquals(List.of("0"), Lines.of(h2, "SELECT count(*) FROM item WHERE id >= 100"));
        } finally {
            local.rollback();
            local.setAutoCommit(true);
        }
        assertEquals(List.of("0"), Lines.of(h2, "SELECT count(*) FROM item WHERE id >= 100"));
        assertEquals("55000", assertThrows(SQLException.class, () -> {
            Lines.run(local, "ALTER FOREIGN TABLE part OPTIONS (ADD updatable 'false')");
            Lines.run(local, "INSERT INTO part VALUES (1, 2)");
        }).getSQLState());
        assertTrue(assertThrows(SQLException.class, () -> Lines.run(local, "DELETE FROM part")).getMessage().contains("no primary key column"));
    }

    @Test
    void rowsThatAreFoundThereAreChangedByOneStatement() throws SQLException {
        assertEquals("UPDATE \"ITEM\" SET \"NAME\" = 'it''s', \"PRICE\" = NULL WHERE ((\"ID\" > 1))", Lines.remote(local, "UPDATE item SET name = 'it''s', price = NULL WHERE id > 1"));
        assertEquals("DELETE FROM \"ITEM\" WHERE ((\"NAME\" = 'Two'))", Lines.remote(local, "DELETE FROM item WHERE name = 'Two'"));
        for (String each : List.of("UPDATE item SET price = price + 1 WHERE id > 1", "UPDATE item SET name = upper(name)", "UPDATE item SET made = 'infinity'", "UPDATE item SET name = 'x' WHERE name < 'b'",
                "UPDATE item SET name = 'x' WHERE id > 1 RETURNING id", "UPDATE item SET name = 'x' FROM part WHERE item = id")) {
            assertTrue(Lines.remote(local, each).contains(" WHERE \"ID\" = "), each + " goes row by row: " + Lines.remote(local, each));
        }
    }

    @Test
    void rowsThatAreToBeChangedAreLockedThere() throws SQLException {
        assertEquals("SELECT \"ID\", \"NAME\" FROM \"ITEM\" WHERE ((\"ID\" = 1)) FOR UPDATE", Lines.remote(local, "SELECT id, name FROM item WHERE id = 1 FOR UPDATE"));
        assertTrue(Lines.remote(local, "UPDATE item SET name = name || id WHERE id = 1").contains("FROM \"ITEM\" WHERE ((\"ID\" = 1)) FOR UPDATE"));
        assertTrue(Lines.remote(local, "UPDATE account SET filler = filler || id WHERE id = 1").contains(" FOR UPDATE"));
        assertEquals("SELECT \"id\" FROM \"word\" WHERE ((\"id\" = 1))", Lines.remote(local, "SELECT id FROM word WHERE id = 1 FOR UPDATE"), "SQLite locks the whole file");
        local.setAutoCommit(false);
        try (Connection other = DriverManager.getConnection(H2, "sa", "")) {
            Lines.run(other, "SET LOCK_TIMEOUT 100");
            assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM item WHERE id = 1 ORDER BY id FOR UPDATE"));
            assertEquals("HYT00", assertThrows(SQLException.class, () -> Lines.run(other, "UPDATE item SET name = 'other' WHERE id = 1")).getSQLState());
            Lines.run(other, "UPDATE item SET name = name WHERE id = 2");
        } finally {
            local.rollback();
            local.setAutoCommit(true);
        }
    }

    @Test
    void anOracleKeepsUuidsAsBytes() throws SQLException {
        Lines.run(oracle, "CREATE TABLE keyed (id NUMBER(5) PRIMARY KEY, u RAW(16))");
        Lines.run(local, "CREATE FOREIGN TABLE keyed (id int OPTIONS (key 'true'), u uuid) SERVER ora OPTIONS (\"table\" 'KEYED')",
                "INSERT INTO keyed VALUES (1, '055e26fa-f1d8-771f-e053-1645990add93'), (2, NULL)", "UPDATE keyed SET u = '00000000-0000-0000-0000-0000000000ff' WHERE id = 2");
        assertEquals(List.of("055e26faf1d8771fe0531645990add93", "000000000000000000000000000000ff"), Lines.of(oracle, "SELECT LOWER(RAWTOHEX(u)) FROM keyed ORDER BY id"));
        assertEquals(List.of("1|055e26fa-f1d8-771f-e053-1645990add93"), Lines.of(local, "SELECT * FROM keyed WHERE u > '01000000-0000-0000-0000-000000000000'"));
    }

    @Test
    void rowsThatComeFromThereAreInsertedByOneStatement() throws SQLException {
        assertEquals("INSERT INTO \"ITEM\" (\"ID\", \"NAME\", \"PRICE\", \"MADE\", \"SEEN\", \"OK\", \"RAW\") SELECT \"ID\", \"NAME\", NULL, \"MADE\", NULL, NULL, NULL FROM \"ITEM\" WHERE ((\"ID\" > 1))"
                + " ORDER BY \"ID\" ASC NULLS LAST LIMIT 1", Lines.remote(local, "INSERT INTO item (id, name, made) SELECT id, name, made FROM item WHERE id > 1 ORDER BY id LIMIT 1"));
        for (String each : List.of("INSERT INTO item (id, name) SELECT id + 10, name FROM item", "INSERT INTO item (id, name) SELECT id, upper(name) FROM item", "INSERT INTO item (id, name) SELECT id, name FROM item WHERE name < 'b'",
                "INSERT INTO item (id, name) SELECT id, name FROM item RETURNING id", "INSERT INTO item (id, name) VALUES (1, 'x')")) {
            assertTrue(Lines.remote(local, each).contains(" VALUES ($1"), each + " goes row by row: " + Lines.remote(local, each));
        }
    }

    @Test
    void sqliteIsAskedInItsOwnWords() throws SQLException {
        assertEquals("SELECT \"id\" FROM \"word\" WHERE ((\"w\" = 'a' COLLATE BINARY)) LIMIT 1", Lines.remote(local, "SELECT id FROM word WHERE w = 'a' LIMIT 1"));
        assertEquals(List.of("1|a", "2|B", "3|null"), Lines.of(local, "SELECT * FROM word ORDER BY id"));
        assertEquals(List.of("2|B", "1|a"), Lines.of(local, "SELECT * FROM word WHERE w IS NOT NULL ORDER BY w"));
    }

    @Test
    void oracleHasNoEmptyStrings() throws SQLException {
        assertEquals("SELECT \"ID\" FROM \"ACCOUNT\" WHERE ((\"FILLER\" = 'xabc'))", Lines.remote(local, "SELECT id FROM account WHERE filler = 'xabc'"));
        assertEquals("SELECT \"ID\", \"FILLER\" FROM \"ACCOUNT\"", Lines.remote(local, "SELECT id FROM account WHERE filler <> ''"));
        assertEquals(List.of("1", "3"), Lines.of(local, "SELECT id FROM account WHERE filler <> '' ORDER BY id"));
        assertEquals(List.of("2"), Lines.of(local, "SELECT id FROM account WHERE filler IS NULL"));
        assertEquals("SELECT \"ID\" FROM \"ACCOUNT\" ORDER BY \"ID\" ASC NULLS LAST FETCH FIRST 2 ROWS ONLY",
                Lines.remote(local, "SELECT id FROM account ORDER BY id LIMIT 2"));
    }

    @Test
    void aMappedFunctionIsSentAsItsFormatSays() throws SQLException {
        String query = "SELECT id FROM account WHERE mod(id, 2) = 1";
        assertEquals("SELECT \"ID\" FROM \"ACCOUNT\"", Lines.remote(local, query));
        Lines.run(local, "INSERT INTO oracle_fdw.pg_routine_mapping SELECT 'mod(integer,integer)', oid, '{\"format=MOD(%s,%s)\"}' FROM pg_foreign_server"
                + " WHERE srvname = 'ora'");
        try {
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\" WHERE ((MOD(\"ID\",2) = 1))", Lines.remote(local, query + " "));
            assertEquals(List.of("1", "3"), Lines.of(local, query + " ORDER BY id"));
        } finally {
            Lines.run(local, "DELETE FROM oracle_fdw.pg_routine_mapping WHERE rmproc = 'mod(integer,integer)'::regprocedure");
        }
    }

    @Test
    void theTemplatesMappingsCopiedKeepRowsAwayAndNeverChangeTheAnswer() throws SQLException {
        Lines.run(local, """
                INSERT INTO oracle_fdw.pg_routine_mapping SELECT t.rmproc, s.oid, t.rmoptions FROM pg_foreign_server s, (SELECT * FROM
                oracle_fdw.pg_routine_mapping r, pg_foreign_server s WHERE srvname = 'oracle_fdw_template_server' AND r.rmserver = s.oid) t
                WHERE s.srvname = 'ora'""");
        String query = "SELECT id FROM account WHERE substr(filler, 2, 3) = 'abc'";
        assertEquals(List.of("1"), Lines.of(local, query));
        String sent = Lines.remote(local, query);
        assertTrue(sent.contains("SUBSTR(\"FILLER\",2,3)") && sent.contains(" IS NULL)"), sent);
        assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM account WHERE upper(filler) = 'XABC'"));
        String fenced = "WITH f AS (SELECT filler FROM account WHERE substr(filler, 2, 3) = 'abc') SELECT count(*) FROM f WHERE translate(filler, 'xabc', '') = ''";
        assertEquals(List.of("1"), Lines.of(local, fenced));
        assertTrue(!Lines.remote(local, fenced).contains("TRANSLATE"), Lines.remote(local, fenced));
    }

    @Test
    void aMappingNeedsAFormat() {
        assertEquals("HV00J", assertThrows(SQLException.class, () -> Lines.run(local,
                "INSERT INTO oracle_fdw.pg_routine_mapping VALUES ('abs(integer)', 1, '{nargs=2}')")).getSQLState());
    }

    @Test
    void optionsAreThoseOfOracleFdw() {
        SQLException unknown = assertThrows(SQLException.class, () -> Lines.run(local,
                "CREATE SERVER bad FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'x', nonsense '1')"));
        assertEquals("HV00D", unknown.getSQLState());
        assertTrue(unknown.getMessage().contains("Valid options in this context are: dbserver, isolation_level, nchar, set_timezone"), unknown.getMessage());
        assertEquals("HV024", assertThrows(SQLException.class, () -> Lines.run(local,
                "CREATE SERVER bad FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'x', isolation_level 'none')")).getSQLState());
    }

    @Test
    void noPropertyOfAUrlGetsThroughThatTheOperatorHasNotAllowed() throws SQLException {
        Lines.run(local, "CREATE SERVER evil FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'h2', dbname 'foreign', \"INIT\" 'RUNSCRIPT FROM ''x''')",
                "CREATE FOREIGN TABLE evil (a int) SERVER evil",
                "CREATE SERVER evil2 FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'h2', dbname 'foreign;INIT=RUNSCRIPT FROM x')",
                "CREATE FOREIGN TABLE evil2 (a int) SERVER evil2");
        assertEquals("HV00D", assertThrows(SQLException.class, () -> Lines.of(local, "SELECT * FROM evil")).getSQLState());
        assertEquals("22023", assertThrows(SQLException.class, () -> Lines.of(local, "SELECT * FROM evil2")).getSQLState());
    }

    @Test
    void theRemotesErrorSaysWhatWasSent() {
        SQLException e = assertThrows(SQLException.class, () -> {
            Lines.run(local, "CREATE FOREIGN TABLE missing (a int) SERVER h2");
            Lines.of(local, "SELECT * FROM missing");
        });
        assertTrue(e.getMessage().contains("remote SQL command: SELECT * FROM \"MISSING\" WHERE 1 = 0"), e.getMessage());
    }

    @Test
    void f23AnyQueryGivesItsRows() throws SQLException {
        assertEquals(List.of("1|one|t|\\x00ff", "2|Two|f|null"), Lines.of(local,
                "SELECT * FROM jdbc_exec('h2', 'SELECT id, name, ok, raw FROM item WHERE id < 3 ORDER BY id') AS r (id int, name text, ok bool, raw bytea)"));
        assertEquals(List.of("3|2.5"), Lines.of(local, "SELECT count(*), max(x) FROM jdbc_exec('h2', 'SELECT x / 2.0 FROM SYSTEM_RANGE(3, 5)') AS r (x float8)"));
        assertEquals("42704", assertThrows(SQLException.class, () -> Lines.of(local, "SELECT * FROM jdbc_exec('none', 'SELECT 1') AS r (x int)")).getSQLState());
    }
}
