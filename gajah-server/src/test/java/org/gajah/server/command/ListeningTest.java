package org.gajah.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gajah listen} with a server of its own. */
class ListeningTest {
    @TempDir
    private Path directory;

    /** One that runs, and what it prints. */
    private static final class Run implements AutoCloseable {
        final Listening listening;
        final BufferedReader out;
        final BufferedReader err;
        private final Thread thread;

        Run(String... words) throws Exception {
            PipedOutputStream outEnd = new PipedOutputStream();
            PipedOutputStream errEnd = new PipedOutputStream();
            out = new BufferedReader(new InputStreamReader(new PipedInputStream(outEnd, 1 << 16), StandardCharsets.UTF_8));
            err = new BufferedReader(new InputStreamReader(new PipedInputStream(errEnd, 1 << 16), StandardCharsets.UTF_8));
            listening = new Listening(ListenArguments.parse(List.of(words), Map.of("PGUSER", "postgres")),
                    new PrintStream(outEnd, true, StandardCharsets.UTF_8), new PrintStream(errEnd, true, StandardCharsets.UTF_8));
            thread = Thread.ofPlatform().start(() -> {
                try (outEnd; errEnd) {
                    listening.print();
                } catch (SQLException | IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        /** Reads standard error up to a line that begins so. */
        String said(String beginning) throws IOException {
            String line = err.readLine();
            while (!line.startsWith(beginning)) {
                line = err.readLine();
            }
            return line;
        }

        @Override
        public void close() {
            listening.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void run(Gajah gajah, String sql) throws SQLException {
        try (Connection connection = gajah.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void printsWhatComesAndReconnects() throws Exception {
        Gajah gajah = Gajah.open(directory, 0);
        int port = gajah.port().orElseThrow();
        try (Run text = new Run("a", "B c", "-p", "" + port); Run json = new Run("--json", "a", "--port=" + port)) {
            assertEquals("gajah: listening on a, B c at localhost:" + port, text.said("gajah: listening"));
            json.said("gajah: listening");
            run(gajah, "NOTIFY a, 'say \"hi\"\n\u2220( \uff9f\u0434\uff9f)/'; NOTIFY \"B c\"");
            assertTrue(text.out.readLine().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z \\d+ a say \"hi\""));
            assertEquals("\u2220( \uff9f\u0434\uff9f)/", text.out.readLine());
            assertTrue(text.out.readLine().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z \\d+ B c "));
            String object = json.out.readLine();
            assertTrue(object.matches("\\{\"time\":\"[\\dT:.-]+Z\",\"pid\":\\d+,\"channel\":\"a\",\"payload\":\".*\"}"), object);
            assertTrue(object.endsWith("\"payload\":\"say \\\"hi\\\"\\u000a\u2220( \uff9f\u0434\uff9f)/\"}"), object);
            gajah.close();
            gajah = Gajah.open(directory, port);
            text.said("gajah: messages since ");
            assertTrue(json.out.readLine().contains("\"gap\":\"RECONNECTED\""));
            run(gajah, "NOTIFY a, 'after'");
            assertTrue(text.out.readLine().endsWith(" a after"));
            assertTrue(json.out.readLine().endsWith("\"payload\":\"after\"}"));
        } finally {
            gajah.close();
        }
    }

    @Test
    void aRetainedChannelIsFollowedByNumber() throws Exception {
        try (Gajah gajah = Gajah.open(directory, 0)) {
            run(gajah, "SELECT gajah.retain_channel('kept', interval '1 day')");
            run(gajah, "NOTIFY kept, 'one'; NOTIFY kept, 'two'; NOTIFY kept, 'three'");
            try (Run json = new Run("kept", "--json", "--after", "1", "-p", "" + gajah.port().orElseThrow())) {
                assertTrue(json.out.readLine().endsWith("\"payload\":\"two\",\"number\":2}"));
                assertTrue(json.out.readLine().endsWith("\"payload\":\"three\",\"number\":3}"));
            }
        }
    }

    @Test
    void argumentsAreThoseOfPsql() throws Exception {
        ListenArguments plain = ListenArguments.parse(List.of("c"), Map.of("PGHOST", "h", "PGPORT", "1", "PGUSER", "u", "PGPASSWORD", "p"));
        assertEquals("h 1 u u p", String.join(" ", plain.server().host(), plain.server().port(), plain.server().database(), plain.server().user(), plain.server().password()));
        ListenArguments given = ListenArguments.parse(List.of("-h", "x", "c", "--dbname=d", "-U", "v", "e"), Map.of("PGHOST", "h"));
        assertEquals("x d v [c, e]", String.join(" ", given.server().host(), given.server().database(), given.server().user(), given.channels().toString()));
        for (List<String> wrong : List.of(List.<String>of(), List.of("c", "--bogus"), List.of("c", "-p"), List.of("a", "b", "--after", "1"),
                List.of("a", "--after", "x"))) {
            assertThrows(Arguments.Misunderstood.class, () -> ListenArguments.parse(wrong, Map.of()));
        }
    }
}
