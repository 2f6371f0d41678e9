package org.gajah.tests.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Gajah answers conversations in the simple and the extended protocol as a PostgreSQL does, message by message. */
class ConversationsTest {
    private static final String DATABASE = "conversations";
    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    @TestFactory
    Stream<DynamicTest> conversations() {
        return Conversations.all().entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
            String expected = String.join("\n", hold(SERVERS.postgresPort(), e.getValue()));
            assertEquals(expected, String.join("\n", hold(SERVERS.gajahPort(), e.getValue())));
        }));
    }

    private static List<String> hold(int port, Conversations.Conversation conversation) throws IOException {
        try (Talk admin = new Talk(port, Map.of("user", "postgres", "database", "postgres"), false)) {
            admin.query("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)").query("DROP ROLE IF EXISTS talker").query("CREATE ROLE talker LOGIN")
                    .query("CREATE DATABASE " + DATABASE);
        }
        try (Talk talk = new Talk(port, Map.of("user", "postgres", "database", DATABASE, "client_encoding", "UTF8", "TimeZone", "UTC"), false)) {
            talk.query("CREATE TABLE t (id int PRIMARY KEY, name varchar(20), amount numeric(8,2) DEFAULT 0, at timestamptz)")
                    .query("INSERT INTO t SELECT i, 'n' || i, i * 1.5, '2024-01-01' FROM generate_series(1, 5) i");
            talk.said.clear();
            conversation.with(talk);
            return List.copyOf(talk.said);
        }
    }
}
