package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.gajah.server.auth.HbaError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of a commit when: behind the force of the log by default, before it with {@code synchronous_commit = off}. */
class SynchronousCommitTest {
    private final HeldForces forces = new HeldForces();
    private LiveServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException, HbaError {
        server = new LiveServer(forces.env(), Map.of());
        client = server.client("postgres");
        client.answer("CREATE TABLE t (a int)");
    }

    @AfterEach
    void stop() {
        forces.letGo();
        client.close();
        server.close();
    }

    @Test
    void aCommitIsAnsweredWhenItIsOnTheDisk() throws Exception {
        forces.hold();
        int before = forces.count();
        client.query("INSERT INTO t VALUES (1)");
        forces.awaitOne();
        assertEquals(0, client.socket.getInputStream().available());
        assertTrue(forces.count() > before);
        forces.letGo();
        assertEquals("INSERT 0 1, ZI", RawClient.brief(client.untilReady()));
    }

    @Test
    void withoutItNobodyWaits() throws IOException, HbaError {
        client.answer("SET synchronous_commit = off");
        forces.hold();
        for (int i = 0; i < 20; i++) {
            assertEquals("INSERT 0 1, ZI", client.answer("INSERT INTO t VALUES (" + i + ")"));
        }
        try (RawClient other = server.client("postgres")) {
            assertEquals("RowDescription, DataRow, SELECT 1, ZI", other.answer("SELECT 1 FROM t HAVING count(*) = 20"));
        }
        forces.letGo();
        server.restart();
        try (RawClient again = server.client("postgres")) {
            assertEquals("RowDescription, DataRow, SELECT 1, ZI", again.answer("SELECT 1 FROM t HAVING count(*) = 20"));
        }
    }

    @Test
    void oneTransactionMayChooseForItself() throws Exception {
        forces.hold();
        assertEquals("BEGIN, SET, INSERT 0 1, COMMIT, ZI", client.answer("BEGIN; SET LOCAL synchronous_commit = off; INSERT INTO t VALUES (1); COMMIT"));
        client.query("INSERT INTO t VALUES (2)");
        forces.awaitOne();
        assertEquals(0, client.socket.getInputStream().available());
        forces.letGo();
        assertEquals("INSERT 0 1, ZI", RawClient.brief(client.untilReady()));
    }
}
