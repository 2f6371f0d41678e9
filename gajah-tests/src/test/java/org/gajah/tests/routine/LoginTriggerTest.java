package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.function.IntConsumer;

import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Login event triggers, as clients meet them: both servers do the same. */
class LoginTriggerTest {
    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    private static Connection connect(int port, String database, String options) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&options=" + options);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement s = connection.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }

    @FunctionalInterface
    private interface Story {
        void run(int port) throws SQLException;
    }

    /** In a database of its own, whose login trigger runs a body. */
    private static void inDatabase(String body, Story story) {
        IntConsumer both = port -> {
            try (Connection admin = connect(port, "postgres", "")) {
                run(admin, "CREATE DATABASE entry");
                try (Connection inside = connect(port, "entry", "")) {
                    run(inside, "CREATE TABLE seen (who text)", "CREATE FUNCTION entered() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$",
                            "CREATE EVENT TRIGGER entering ON login EXECUTE FUNCTION entered()");
                }
                story.run(port);
                run(admin, "DROP DATABASE entry WITH (FORCE)");
            } catch (SQLException e) {
                throw new AssertionError("on port " + port, e);
            }
        };
        both.accept(SERVERS.postgresPort());
        both.accept(SERVERS.gajahPort());
    }

    @Test
    void whatTheTriggerDoesIsCommittedBeforeTheClientBegins() {
        inDatabase("INSERT INTO seen VALUES (session_user);", port -> {
            for (int i = 1; i <= 3; i++) {
                try (Connection c = connect(port, "entry", ""); Statement s = c.createStatement()) {
                    ResultSet rows = s.executeQuery("SELECT count(*) FROM seen");
                    rows.next();
                    assertEquals(i, rows.getInt(1));
                }
            }
        });
    }

    @Test
    void whatTheTriggerSaysReachesTheClient() {
        inDatabase("RAISE WARNING 'welcome, %', session_user;", port -> {
            try (Connection c = connect(port, "entry", "")) {
                SQLWarning first = c.getWarnings();
                assertEquals("welcome, postgres", first.getMessage());
            }
        });
    }

    @Test
    void anErrorKeepsTheClientOutUnlessEventTriggersAreOff() {
        inDatabase("INSERT INTO seen VALUES (session_user); RAISE 'closed' USING ERRCODE = '28000';", port -> {
            SQLException refused = assertThrows(SQLException.class, () -> connect(port, "entry", "").close());
            assertEquals("28000", refused.getSQLState());
            assertTrue(refused.getMessage().startsWith("FATAL: closed"), refused.getMessage());
            try (Connection c = connect(port, "entry", "-c%20event_triggers=off"); Statement s = c.createStatement()) {
                ResultSet rows = s.executeQuery("SELECT count(*) FROM seen");
                rows.next();
                assertEquals(0, rows.getInt(1));
                s.execute("DROP EVENT TRIGGER entering");
            }
            connect(port, "entry", "").close();
        });
    }
}
