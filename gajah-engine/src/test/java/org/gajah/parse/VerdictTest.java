package org.gajah.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gajah.api.SqlError;
import org.junit.jupiter.api.Test;

/** The parser accepts and refuses what PostgreSQL 18.6 did, with its SQLSTATE, its message and its position. */
class VerdictTest {
    @Test
    void acceptsWhatPostgresAccepts() throws IOException {
        compare("accepted.tsv", 500);
    }

    @Test
    void refusesWhatPostgresRefusesAndSaysTheSame() throws IOException {
        compare("refused.tsv", 400);
    }

    private static void compare(String resource, int atLeast) throws IOException {
        List<String> differences = new ArrayList<>();
        int count = 0;
        for (String line : lines(resource)) {
            if (line.startsWith("#")) {
                continue;
            }
            count++;
            int tab = line.indexOf('\t');
            String verdict = verdict(line.substring(tab + 1).replace("\\n", "\n"));
            if (!verdict.equals(line.substring(0, tab))) {
                differences.add(line + "\n  but here: " + verdict);
            }
        }
        assertTrue(count >= atLeast, "only " + count + " statements");
        assertEquals(List.of(), differences, () -> String.join("\n", differences));
    }

    private static String verdict(String sql) {
        try {
            Parser.parse(sql);
            return "ok";
        } catch (SqlError e) {
            return e.state().code() + "|" + e.position() + "|" + e.getMessage();
        }
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = VerdictTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
