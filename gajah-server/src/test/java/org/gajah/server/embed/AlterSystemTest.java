package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ALTER SYSTEM and reading the files again. */
class AlterSystemTest {
    @TempDir
    Path directory;

    private static String ask(Statement s, String sql) throws SQLException {
        try (ResultSet r = s.executeQuery(sql)) {
            r.next();
            return r.getString(1);
        }
    }

    private static String pending(Statement s, String name) throws SQLException {
        return ask(s, "SELECT pending_restart FROM pg_settings WHERE name = '" + name + "'");
    }

    @Test
    void whatItSaysCountsAfterAReloadOrARestart() throws SQLException, IOException {
        Path data = directory.resolve("data");
        try (Gajah gajah = Gajah.open(data); Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            s.execute("ALTER SYSTEM SET work_mem = '9MB'");
            s.execute("ALTER SYSTEM SET max_connections = 77");
            s.execute("ALTER SYSTEM SET application_name = 'it''s a \\ name'");
            assertEquals("4MB", ask(s, "SHOW work_mem"));
            assertEquals("t", ask(s, "SELECT pg_reload_conf()"));
            assertEquals("9MB", ask(s, "SHOW work_mem"), "the same session follows");
            assertEquals("100", ask(s, "SHOW max_connections"));
            assertEquals("t", pending(s, "max_connections"));
            assertEquals("f", pending(s, "work_mem"));
        }
        try (Gajah gajah = Gajah.open(data); Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            assertEquals("9MB", ask(s, "SHOW work_mem"));
            assertEquals("77", ask(s, "SHOW max_connections"));
            s.execute("ALTER SYSTEM RESET work_mem");
            s.execute("SELECT pg_reload_conf()");
            assertEquals("4MB", ask(s, "SHOW work_mem"));
            s.execute("ALTER SYSTEM RESET ALL");
            assertEquals(2, Files.readAllLines(data.resolve("postgresql.auto.conf")).size());
        }
    }

    private static String refused(Statement s, String sql) {
        return assertThrows(SQLException.class, () -> s.execute(sql)).getSQLState();
    }

    @Test
    void itRefusesWhatAFileMayNotSay() throws SQLException {
        try (Gajah gajah = Gajah.open(directory.resolve("data")); Connection c = gajah.dataSource().getConnection();
                Statement s = c.createStatement()) {
            assertEquals("42704", refused(s, "ALTER SYSTEM SET nope = 1"));
            assertEquals("22023", refused(s, "ALTER SYSTEM SET work_mem = 'much'"));
            assertEquals("55P02", refused(s, "ALTER SYSTEM SET block_size = 1"));
            assertEquals("55P02", refused(s, "ALTER SYSTEM SET data_directory = '/'"));
            assertEquals("22023", refused(s, "ALTER SYSTEM SET application_name = E'a\\nb'"));
            c.setAutoCommit(false);
            assertEquals("25001", refused(s, "ALTER SYSTEM SET work_mem = '1MB'"));
            c.rollback();
            c.setAutoCommit(true);
            s.execute("CREATE ROLE somebody");
            s.execute("SET ROLE somebody");
            assertEquals("42501", refused(s, "ALTER SYSTEM SET work_mem = '1MB'"));
            assertEquals("42501", refused(s, "SELECT pg_reload_conf()"));
            s.execute("RESET ROLE");
            s.execute("GRANT ALTER SYSTEM ON PARAMETER work_mem TO somebody");
            s.execute("SET ROLE somebody");
            s.execute("ALTER SYSTEM SET work_mem = '1MB'");
        }
    }
}
