package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that run in this process could read files and run classes here: SQL of a user's own is for roles that may do so by other means. */
class EmbeddedTest {
    private static final List<String> SERVERS = List.of("h2", "hsql", "derby", "lite", "duck");

    @TempDir
    private static Path directory;
    private static Path secret;
    private static Gajah gajah;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException, IOException {
        secret = Files.writeString(directory.resolve("secret.txt"), "secret\n");
        gajah = Gajah.inMemory();
        local = gajah.dataSource().getConnection();
        Lines.run(local, "CREATE EXTENSION jdbc_fdw", "CREATE EXTENSION oracle_fdw", "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname} dialect=h2',"
                + " ADD hsql 'url=jdbc:hsqldb:mem:{dbname} dialect=hsqldb', ADD derby 'url=jdbc:derby:memory:{dbname};create=true dialect=derby', ADD lite 'url=jdbc:sqlite:{dbname} dialect=sqlite',"
                + " ADD duck 'url=jdbc:duckdb:{dbname} dialect=duckdb', ADD tcp 'url=jdbc:h2:tcp://{host}:{port}/{dbname} dialect=h2')",
                "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname}')", "CREATE ROLE plain", "CREATE ROLE trusted",
                "GRANT pg_execute_server_program TO trusted", "GRANT USAGE ON FOREIGN DATA WRAPPER jdbc_fdw, oracle_fdw TO plain, trusted", "GRANT CREATE ON SCHEMA public TO plain, trusted");
        for (String server : SERVERS) {
            String name = server.equals("lite") || server.equals("duck") ? directory.resolve(server + ".db").toString() : "embedded";
            server(server, "jdbc_fdw", "driver '" + server + "', dbname '" + name + "', isolation_level 'default'");
        }
        server("ora", "oracle_fdw", "dbserver 'h2/embedded', isolation_level 'read_committed'");
        server("tcp", "jdbc_fdw", "driver 'tcp', host '127.0.0.1', port '1', dbname 'x'");
        server("oracle", "oracle_fdw", "dbserver '//127.0.0.1:1/x'");
    }

    private static void server(String name, String wrapper, String options) throws SQLException {
        Lines.run(local, "CREATE SERVER " + name + " FOREIGN DATA WRAPPER " + wrapper + " OPTIONS (" + options + ")", "CREATE USER MAPPING FOR PUBLIC SERVER " + name + " OPTIONS (user 'sa', password '')",
                "GRANT USAGE ON FOREIGN SERVER " + name + " TO plain, trusted");
    }

    @AfterAll
    static void stop() throws SQLException {
        local.close();
        gajah.close();
    }

    private static List<String> as(String role, String query) throws SQLException {
        Lines.run(local, "SET ROLE " + role);
        try {
            return Lines.of(local, query);
        } finally {
            Lines.run(local, "RESET ROLE");
        }
    }

    private static String refused(String role, String query) {
        return assertThrows(SQLException.class, () -> as(role, query), query).getSQLState();
    }

    private static String reading(String server) {
        return switch (server) {
            case "h2" -> "SELECT CAST(FILE_READ('" + secret + "', 'UTF-8') AS VARCHAR)";
            case "duck" -> "SELECT content FROM read_text('" + secret + "')";
            default -> server.equals("derby") ? "VALUES 'x'" : server.equals("hsql") ? "VALUES('x')" : "SELECT 'x'";
        };
    }

    @Test
    void aPlainRoleSendsNoSqlOfItsOwnThere() throws SQLException {
        for (String server : SERVERS) {
            String query = "SELECT * FROM jdbc_exec('" + server + "', $$" + reading(server) + "$$) AS r (x text)";
            assertEquals("42501", refused("plain", query), server);
            assertTrue(as("trusted", query).toString().matches("\\[(x|secret\n)\\]"), server);
            assertTrue(as("postgres", query).toString().matches("\\[(x|secret\n)\\]"), server);
        }
        String alias = "SELECT oracle_execute('ora', 'CREATE ALIAS IF NOT EXISTS p FOR \"java.lang.System.getProperty\"')";
        assertEquals("42501", refused("plain", alias));
        as("trusted", alias);
    }

    @Test
    void aPlainRolesTableIsNoQueryThere() throws SQLException {
        for (String server : List.of("h2", "duck", "lite", "hsql", "derby", "ora")) {
            String option = server.equals("ora") ? "\"table\"" : "table_name";
            String query = "(" + reading(server.equals("ora") ? "h2" : server) + ")";
            String table = "CREATE FOREIGN TABLE q (c text OPTIONS (%s)) SERVER " + server + " OPTIONS (" + option + " '" + query.replace("'", "''") + "')";
            Lines.run(local, "SET ROLE plain", table.replace(" OPTIONS (%s)", ""), "RESET ROLE");
            for (String use : List.of("SELECT * FROM q", "EXPLAIN SELECT * FROM q", "ANALYZE q", "INSERT INTO q VALUES ('x')", "DELETE FROM q")) {
                assertEquals("42501", refused("plain", use), server + " " + use);
                assertEquals("42501", refused("postgres", use), server + " " + use);
            }
            Lines.run(local, "DROP FOREIGN TABLE q");
        }
        Lines.run(local, "SET ROLE trusted", "CREATE FOREIGN TABLE q (c text) SERVER ora OPTIONS (\"table\" '(" + reading("h2").replace("'", "''") + " AS C)')", "GRANT SELECT ON q TO plain", "RESET ROLE");
        assertEquals(List.of("secret\n"), as("plain", "SELECT * FROM q"));
        Lines.run(local, "ALTER FOREIGN TABLE q OWNER TO plain");
        assertEquals("42501", refused("plain", "SELECT * FROM q"));
        Lines.run(local, "DROP FOREIGN TABLE q");
    }

    @Test
    void aDatabaseInAnotherProcessGetsIt() throws SQLException {
        assertEquals("08001", refused("plain", "SELECT * FROM jdbc_exec('tcp', 'SELECT 1') AS r (x int)"), "nobody listens there");
        assertEquals("08001", refused("plain", "SELECT oracle_execute('oracle', 'BEGIN NULL; END;')"));
        Lines.run(local, "SET ROLE plain", "CREATE FOREIGN TABLE q (c text) SERVER oracle OPTIONS (\"table\" '(SELECT ''x'' FROM dual)')", "RESET ROLE");
        assertEquals("08001", refused("plain", "SELECT * FROM q"));
        Lines.run(local, "DROP FOREIGN TABLE q");
    }

    @Test
    void whatASessionLeavesBehindNobodyElseMeets() throws SQLException {
        as("trusted", "SELECT oracle_execute('ora', 'SET @left_behind = 7')");
        Lines.run(local, "CREATE FOREIGN TABLE q (c text) SERVER ora OPTIONS (\"table\" '(SELECT @left_behind AS C)')");
        assertEquals(Arrays.asList("null"), Lines.of(local, "SELECT c FROM q"));
        Lines.run(local, "DROP FOREIGN TABLE q");
    }

    @Test
    void noNameOfATableOrColumnEndsItsQuotes() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE t (a text OPTIONS (column_name 'a\", (SELECT content FROM read_text(''" + secret + "'')) AS \"b')) SERVER duck OPTIONS (schema_name 'information_schema', table_name 'tables')",
                "CREATE FOREIGN TABLE u (a text) SERVER duck OPTIONS (table_name 't\" , read_text(''" + secret + "'') AS \"u')");
        assertTrue(assertThrows(SQLException.class, () -> Lines.of(local, "SELECT a FROM t")).getMessage().contains("not found"));
        assertTrue(assertThrows(SQLException.class, () -> Lines.of(local, "SELECT a FROM u")).getMessage().contains("does not exist"));
        Lines.run(local, "DROP FOREIGN TABLE t, u");
    }
}
