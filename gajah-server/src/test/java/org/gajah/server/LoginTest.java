package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaParser;
import org.gajah.settings.ServerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles, passwords and rules of a real cluster: who gets in, and what the others are told. */
class LoginTest {
    private static final String RULES = """
            host all postgres 127.0.0.0/8 trust
            host all banned all reject
            host all plain all password
            host vault all 10.0.0.0/8 scram-sha-256
            host postgres all 127.0.0.1/32 scram-sha-256
            """;
    private static final String WRONG = "28P01 FATAL: password authentication failed for user \"%s\"";

    private static Cluster cluster;
    private static Server server;

    @BeforeAll
    static void start() throws IOException, HbaError, SQLException {
        cluster = Instance.open(SystemEnv.inMemory(), new ServerSettings());
        ServerConfig config = new ServerConfig(List.of("127.0.0.1"), 0, new ServerConfig.Places(50, 3, 0), 60_000,
                HbaParser.parse("pg_hba.conf", RULES), Optional.empty(), ServerConfig.DEFAULT_THREADS_FOR_IDLE);
        server = Server.start(cluster, config, new ServerLog(new PrintStream(OutputStream.nullOutputStream())));
        run("CREATE DATABASE vault", "CREATE ROLE joe LOGIN PASSWORD 'secret'", "CREATE ROLE plain LOGIN PASSWORD 'simple'",
                "CREATE ROLE banned LOGIN PASSWORD 'secret'", "CREATE ROLE former LOGIN PASSWORD 'secret' VALID UNTIL '2020-01-01'",
                "CREATE ROLE bare LOGIN", "CREATE ROLE team PASSWORD 'secret'");
    }

    @AfterAll
    static void stop() {
        server.close();
        cluster.close();
    }

    private static Connection connect(String user, String password, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.addresses().getFirst().getPort() + "/" + database, user, password);
    }

    private static void run(String... statements) throws SQLException {
        try (Connection c = connect("postgres", "", "postgres"); Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }

    private static void getsIn(String user, String password) throws SQLException {
        connect(user, password, "postgres").close();
    }

    private static String refusal(String user, String password, String database) {
        SQLException refused = assertThrows(SQLException.class, () -> connect(user, password, database).close());
        return refused.getSQLState() + " " + refused.getMessage();
    }

    @Test
    void passwordsAreCheckedBothWays() throws SQLException {
        getsIn("joe", "secret");
        getsIn("plain", "simple");
        assertEquals(WRONG.formatted("joe"), refusal("joe", "Secret", "postgres"));
        assertEquals(WRONG.formatted("plain"), refusal("plain", "secret", "postgres"));
        assertEquals(WRONG.formatted("bare"), refusal("bare", "secret", "postgres"));
        assertEquals(WRONG.formatted("nobody"), refusal("nobody", "secret", "postgres"));
    }

    @Test
    void passwordsEndWhenTheirTimeIsOver() throws SQLException {
        assertEquals(WRONG.formatted("former"), refusal("former", "secret", "postgres"));
        run("ALTER ROLE former VALID UNTIL '2999-01-01'");
        getsIn("former", "secret");
        run("ALTER ROLE former VALID UNTIL 'infinity'");
        getsIn("former", "secret");
        run("ALTER ROLE former VALID UNTIL '-infinity'");
        assertEquals(WRONG.formatted("former"), refusal("former", "secret", "postgres"));
    }

    @Test
    void changesOfPasswordsCountAtOnce() throws SQLException {
        run("CREATE ROLE ann LOGIN PASSWORD 'one'");
        getsIn("ann", "one");
        run("ALTER ROLE ann PASSWORD 'two'");
        assertEquals(WRONG.formatted("ann"), refusal("ann", "one", "postgres"));
        getsIn("ann", "two");
        run("ALTER ROLE ann PASSWORD NULL");
        assertEquals(WRONG.formatted("ann"), refusal("ann", "two", "postgres"));
        run("ALTER ROLE ann PASSWORD 'two' NOLOGIN");
        assertEquals("28000 FATAL: role \"ann\" is not permitted to log in", refusal("ann", "two", "postgres"));
    }

    @Test
    void rulesDecideByUserDatabaseAndAddress() {
        assertEquals("28000 FATAL: pg_hba.conf rejects connection for host \"127.0.0.1\", user \"banned\", database \"postgres\", no encryption",
                refusal("banned", "secret", "postgres"));
        assertEquals("28000 FATAL: no pg_hba.conf entry for host \"127.0.0.1\", user \"joe\", database \"vault\", no encryption",
                refusal("joe", "secret", "vault"));
        assertEquals("28000 FATAL: role \"team\" is not permitted to log in", refusal("team", "secret", "postgres"));
    }
}
