package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.Test;

/** What another session sees of a COPY that is under way, with Gajah and with PostgreSQL. */
class CopyProgressTest {
    private static final String SHOWN = "SELECT datname, relid::regclass, command, type, bytes_processed, bytes_total, tuples_processed, tuples_excluded, "
            + "tuples_skipped FROM pg_stat_progress_copy WHERE bytes_processed >= 20";
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @Test
    void c20TheViewShowsBytesAndRowsWhileACopyRuns() throws IOException {
        try (Target gajah = Targets.gajah(); PostgresOracle oracle = PostgresOracle.start()) {
            List<String> expected = watch(oracle.port());
            assertTrue(expected.getFirst().contains("COPY FROM"), expected.toString());
            assertEquals(expected, watch(gajah.port()));
        }
    }

    private static List<String> watch(int port) throws IOException {
        List<String> seen = new ArrayList<>();
        try (CopyClient client = new CopyClient(port, "postgres"); CopyClient other = new CopyClient(port, "postgres")) {
            other.query("CREATE TABLE watched (a int, b text)").ask();
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
