package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What another session sees of a COPY that is under way, with Gajah and with PostgreSQL. */
class CopyProgressTest {
    private static final String SHOWN = "SELECT datname, relid::regclass, command, type, bytes_processed, bytes_total, tuples_processed, tuples_excluded, "
            + "tuples_skipped FROM pg_stat_progress_copy WHERE bytes_processed >= 20";
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    @Test
    void c20TheViewShowsBytesAndRowsWhileACopyRuns() throws IOException {
        List<String> expected = watch(SERVERS.postgresPort());
        assertTrue(expected.getFirst().contains("COPY FROM"), expected.toString());
        assertEquals(expected, watch(SERVERS.gajahPort()));
    }

    private static List<String> watch(int port) throws IOException {
        List<String> seen = new ArrayList<>();
        try (CopyClient client = new CopyClient(port, "postgres"); CopyClient other = new CopyClient(port, "postgres")) {
            other.query("DROP TABLE IF EXISTS watched; CREATE TABLE watched (a int, b text)").ask();
            client.query("COPY watched FROM STDIN (ON_ERROR ignore, LOG_VERBOSITY silent)").data("1\tx\n2\ty\nz\tz\n3\txxxxxxxx\n").send().next();
            seen.add(until(other, true));
            seen.add(client.done().ask());
            seen.add(until(other, false));
            client.query("COPY (SELECT i, repeat('x', 1000) FROM generate_series(1, 1000000) i) TO STDOUT").send().next();
            seen.add(until(other, true).replaceAll("\\|[1-9][0-9]*", "|many"));
            client.cancel();
        }
        return seen;
    }

    @Test
    void c20OtherRolesSeeThatACopyRunsButNotWhatItDoes() throws IOException {
        List<String> expected = watchAsOthers(SERVERS.postgresPort());
        assertTrue(expected.getFirst().contains("insufficient privilege"), expected.toString());
        assertEquals(expected, watchAsOthers(SERVERS.gajahPort()));
    }

    private static List<String> watchAsOthers(int port) throws IOException {
        List<String> seen = new ArrayList<>();
        try (CopyClient client = new CopyClient(port, "postgres"); CopyClient other = new CopyClient(port, "postgres")) {
            other.query("DROP TABLE IF EXISTS watched; CREATE TABLE watched (a int, b text); CREATE ROLE copy_watcher; CREATE ROLE copy_reader IN ROLE pg_read_all_stats").ask();
            client.query("COPY watched FROM STDIN").data("1\txxxxxxxxxxxxxxxxxxxx\n").send().next();
            until(other, true);
            String session = "SELECT usename, state, query FROM pg_stat_activity WHERE pid = " + client.processId();
            String progress = "SELECT datname, relid, command, type, bytes_processed > 0, tuples_processed IS NULL FROM pg_stat_progress_copy WHERE pid = "
                    + client.processId();
            for (String role : List.of("copy_watcher", "copy_reader")) {
                seen.add(other.query("SET ROLE " + role + "; " + session).ask());
                seen.add(other.query(progress).ask().replaceAll("\\|[1-9][0-9]+\\|", "|oid|"));
            }
        }
        return seen;
    }

    /** Asks until there is a COPY to be seen, or none any more. */
    private static String until(CopyClient other, boolean running) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        String answer = other.query(SHOWN).ask();
        while (answer.contains("PIPE") != running && System.nanoTime() < end) {
            answer = other.query("SELECT pg_sleep(0.01) IS NULL; " + SHOWN).ask().replace("T, D f, SELECT 1, ", "");
        }
        return answer;
    }
}
