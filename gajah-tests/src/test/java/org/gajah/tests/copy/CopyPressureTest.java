package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;

import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.junit.jupiter.api.Test;

/** Half a million rows of four columns in and out, as fast as the other side takes them; how fast that is, {@code ./bench --only copy} says. */
class CopyPressureTest {
    private static final int ROWS = 500_000;
    private static final int PIECE_ROWS = 5_000;

    @Test
    void c19ManyRowsInAndOutUnderBackpressure() throws IOException {
        try (Target gajah = Targets.gajah(); CopyClient client = new CopyClient(gajah.port(), "postgres")) {
            client.query("CREATE TABLE many (a int, b text, c float8, d timestamp)").ask();
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
            for (String options : List.of("", " (FORMAT binary)")) {
                assertEquals(ROWS + (options.isEmpty() ? 0 : 1), client.query("COPY many TO STDOUT" + options).send().rows().size());
                assertEquals("Z I", client.answer(1).getLast());
            }
            assertEquals("T, D " + ROWS + "|" + (ROWS + 1L) * ROWS / 2 + "|row 99999, SELECT 1, Z I",
                    client.query("SELECT count(*), sum(a), max(b) FROM many").ask());
        }
    }
}
