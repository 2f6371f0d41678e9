package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What clients rely on around COPY, one by one: Gajah says the same as a PostgreSQL, message by message. */
class CopyBehavioursTest {
    private static Optional<Target> gajah = Optional.empty();
    private static Optional<PostgresOracle> oracle = Optional.empty();

    /** A conversation; gives what was said. */
    @FunctionalInterface
    interface Conversation {
        List<String> with(CopyClient client) throws IOException;
    }

    @BeforeAll
    static void start() throws IOException {
        gajah = Optional.of(Targets.gajah());
        oracle = Optional.of(PostgresOracle.start());
    }

    @AfterAll
    static void stop() {
        gajah.ifPresent(Target::close);
        oracle.ifPresent(PostgresOracle::close);
    }

    @TestFactory
    Stream<DynamicTest> copy() {
        Map<String, Conversation> all = new LinkedHashMap<>(CopyConversations.protocol());
        all.putAll(CopyConversations.options());
        all.putAll(CopyLargeConversations.all());
        return all.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
            String expected = String.join("\n", hold(oracle.orElseThrow().port(), e.getValue()));
            assertEquals(expected, String.join("\n", hold(gajah.orElseThrow().port(), e.getValue())));
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
