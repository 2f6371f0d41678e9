package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.junit.jupiter.api.Test;

/** Half a million rows of four columns in and out: what a well-known client did with PostgreSQL on a loaded machine of two cores is far below. */
class CopyPressureTest {
    private static final int ROWS = 500_000;
    private static final int PIECE_ROWS = 5_000;
    private static final long SECOND = 1_000_000_000L;
    /** Rows a second. The machine may be doing much else. */
    private static final long LEAST_IN = 160_000 / 4;
    private static final long LEAST_OUT = 331_000 / 4;

    @Test
    void c19ManyRowsInAndOutUnderBackpressure() throws IOException {
        try (Target gajah = Targets.gajah(); CopyClient client = new CopyClient(gajah.port(), "postgres")) {
            client.query("CREATE TABLE many (a int, b text, c float8, d timestamp)").ask();
            long start = System.nanoTime();
            client.query("COPY many FROM STDIN").send();
            StringBuilder piece = new StringBuilder();
            for (int i = 1; i <= ROWS; i++) {
                piece.append(i).append("\trow ").append(i).append('\t').append(i / 8.0).append("\t2024-01-01 00:00:00\n");
                if (i % PIECE_ROWS == 0) {
                    client.data(piece.toString()).send();
                    piece.setLength(0);
                }
            }
            assertEquals("G text 4, COPY " + ROWS + ", Z I", client.done().ask());
            fast("in", LEAST_IN, start);
            for (String options : List.of("", " (FORMAT binary)")) {
                start = System.nanoTime();
                assertEquals(ROWS + (options.isEmpty() ? 0 : 1), client.query("COPY many TO STDOUT" + options).send().rows().size());
                assertEquals("Z I", client.answer(1).getLast());
                fast("out" + options, LEAST_OUT, start);
            }
            assertEquals("T, D " + ROWS + "|" + (ROWS + 1L) * ROWS / 2 + "|row 99999, SELECT 1, Z I",
                    client.query("SELECT count(*), sum(a), max(b) FROM many").ask());
        }
    }

    private static void fast(String way, long least, long start) {
        long rate = ROWS * SECOND / (System.nanoTime() - start);
        System.out.println("COPY " + way + ": " + rate + " rows/s");
        assertTrue(rate >= least, () -> way + ": " + rate + " rows/s, at least " + least + " were expected");
    }
}
