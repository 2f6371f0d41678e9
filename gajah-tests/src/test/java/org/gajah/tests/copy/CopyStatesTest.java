package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.Test;

/** The table of states and messages in docs/copy.md is what Gajah does, and, with the differences below it, what PostgreSQL does. */
class CopyStatesTest {
    private static List<List<String>> lines(String head) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/copy.md"))) {
            if (line.startsWith(head)) {
                lines.add(cells(line));
            } else if (!lines.isEmpty() && !line.startsWith("|")) {
                break;
            } else if (!lines.isEmpty() && !line.startsWith("|---")) {
                lines.add(cells(line));
            }
        }
        return lines;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
    }

    private static Map<String, Map<String, String>> documented() throws IOException {
        List<List<String>> lines = lines("| message | `ready`");
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 1; i < line.size(); i++) {
                cells.put(lines.getFirst().get(i), line.get(i));
            }
            table.put(line.getFirst(), cells);
        }
        return table;
    }

    @Test
    void gajahDoesWhatTheTableSays() throws IOException {
        try (Target gajah = Targets.gajah()) {
            assertEquals(text(documented()), text(new CopyStates(gajah.port(), "postgres", false).table()));
        }
    }

    @Test
    void postgresDoesWhatTheTableAndItsDifferencesSay() throws IOException {
        Map<String, Map<String, String>> expected = documented();
        List<List<String>> differences = lines("| message | state | PostgreSQL");
        for (List<String> difference : differences.subList(1, differences.size())) {
            for (String state : difference.get(1).split(", ")) {
                expected.get(difference.get(0)).put(state, difference.get(2));
            }
        }
        try (PostgresOracle oracle = PostgresOracle.start()) {
            assertEquals(text(expected), text(new CopyStates(oracle.port(), "postgres", true).table()));
        }
    }

    /** The table as the page has it. */
    static String text(Map<String, Map<String, String>> table) {
        StringBuilder text = new StringBuilder();
        table.forEach((message, cells) -> text.append("| ").append(message).append(" | ").append(String.join(" | ", cells.values()))
                .append(" |\n"));
        return text.toString();
    }
}
