package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;

/** What is left of a session when it ends, and who may begin one. */
class SessionLifeTest {
    private static String ask(Gajah gajah, String sql) throws SQLException {
        try (Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement(); ResultSet r = s.executeQuery(sql)) {
            r.next();
            return r.getString(1);
        }
    }

    private static void run(Gajah gajah, String... statements) throws SQLException {
        try (Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }

    @Test
    void temporaryObjectsGoWithTheirSession() throws SQLException {
        try (Gajah gajah = Gajah.inMemory()) {
            run(gajah, "CREATE TEMP TABLE t (a serial PRIMARY KEY, b text)", "INSERT INTO t (b) SELECT 'x' FROM generate_series(1, 1000)",
                    "CREATE TEMP SEQUENCE s", "CREATE TEMP VIEW v AS SELECT * FROM t");
            String left = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname LIKE 'pg_temp%'";
            String count = ask(gajah, left);
            for (int i = 0; i < 1000 && !count.equals("0"); i++) {
                count = ask(gajah, left);
            }
            assertEquals("0", count);
        }
    }

    @Test
    void aTransactionThatIsRolledBackTakesTheTemporarySchemaWithIt() throws SQLException {
        try (Gajah gajah = Gajah.inMemory()) {
            run(gajah, "BEGIN", "CREATE TEMP TABLE t (a int)", "ROLLBACK", "CREATE TEMP TABLE t (a int)", "INSERT INTO t VALUES (1)");
        }
    }

    private static String refused(Gajah gajah, String role) {
        return assertThrows(SQLException.class, () -> gajah.dataSource().getConnection(role, "").close()).getSQLState();
    }

    @Test
    void limitsAndRightsToConnectAreKept() throws SQLException {
        try (Gajah gajah = Gajah.inMemory()) {
            run(gajah, "CREATE ROLE nologin", "CREATE ROLE one LOGIN CONNECTION LIMIT 1", "CREATE ROLE barred LOGIN");
            assertEquals("28000", refused(gajah, "nologin"));
            try (Connection first = gajah.dataSource().getConnection("one", "")) {
                assertEquals("53300", refused(gajah, "one"));
                assertEquals(false, first.isClosed());
            }
            run(gajah, "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC");
            assertEquals("42501", refused(gajah, "barred"));
            run(gajah, "GRANT CONNECT ON DATABASE postgres TO barred");
            gajah.dataSource().getConnection("barred", "").close();
        }
    }

    @Test
    void nobodyBeginsAsARoleThatHeMayNotSet() throws SQLException {
        try (Gajah gajah = Gajah.inMemory()) {
            run(gajah, "CREATE ROLE ordinary LOGIN", "CREATE ROLE team", "GRANT team TO ordinary");
            try (Connection c = gajah.dataSource().getConnection("ordinary", ""); Statement s = c.createStatement()) {
                assertEquals("42501", assertThrows(SQLException.class,
                        () -> s.executeQuery("SELECT set_config('role', 'postgres', false)")).getSQLState());
                assertEquals("42501", assertThrows(SQLException.class, () -> s.execute("SET ROLE postgres")).getSQLState());
                assertEquals("42501", assertThrows(SQLException.class,
                        () -> s.execute("SET SESSION AUTHORIZATION postgres")).getSQLState());
                s.execute("SET ROLE team");
            }
        }
    }
}
