package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients rely on around COPY, one by one: Gajah says the same as a PostgreSQL, message by message. */
class CopyBehavioursTest {
    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    /** A conversation; gives what was said. */
    @FunctionalInterface
    interface Conversation {
        List<String> with(CopyClient client) throws IOException;
    }

    @TestFactory
    Stream<DynamicTest> copy() {
        Map<String, Conversation> all = new LinkedHashMap<>(CopyConversations.protocol());
        all.putAll(CopyConversations.options());
        all.putAll(CopyTriggerConversations.all());
        all.putAll(CopyLargeConversations.all());
        all.putAll(CopyEncodings.all());
        return all.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
            String expected = String.join("\n", hold(SERVERS.postgresPort(), e.getValue()));
            assertEquals(expected, String.join("\n", hold(SERVERS.gajahPort(), e.getValue())));
        }));
    }

    private static List<String> hold(int port, Conversation conversation) throws IOException {
        try (CopyClient client = new CopyClient(port, "postgres")) {
            client.query("DROP TABLE IF EXISTS t, t2, parent CASCADE; DROP ROLE IF EXISTS copy_nobody").ask();
            client.query("CREATE TABLE t (a int, b text)").ask();
            return conversation.with(client);
        }
    }
}
