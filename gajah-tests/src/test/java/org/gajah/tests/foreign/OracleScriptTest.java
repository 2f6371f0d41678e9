package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;

/** A script of a user of oracle_fdw, statement by statement. What each gives stands behind it in the script. */
class OracleScriptTest {
    private static final String SCRIPT = "/foreign/oracle_user.sql";

    /** A statement, and the lines that say what it gives, each with its mark. */
    private record Step(String sql, List<String> expected) {
    }

    @Test
    void theScriptDoesWhatItSays() throws IOException, SQLException {
        List<String> wrong = new ArrayList<>();
        int done = 0;
        try (Gajah gajah = Gajah.inMemory(); Connection local = gajah.dataSource().getConnection();
                Connection oracle = DriverManager.getConnection("jdbc:h2:mem:scripted;MODE=Oracle;DB_CLOSE_DELAY=-1", "sa", "")) {
            Lines.run(oracle, "CREATE SCHEMA hr", "CREATE TABLE hr.emp (id NUMBER(5) PRIMARY KEY, name VARCHAR2(30), salary NUMBER(7, 2), hired DATE, boss NUMBER(5), active NUMBER(1))",
                    "INSERT INTO hr.emp VALUES (1, 'King', 5000, TIMESTAMP '2001-11-17 08:00:00', NULL, 1), (2, 'Blake', 2850.5, TIMESTAMP '2003-05-01 00:00:00', 1, 1),"
                            + " (3, 'Clark', 2450, TIMESTAMP '2004-06-09 12:30:00', 1, 0), (4, 'Ward', NULL, NULL, 2, NULL)",
                    "CREATE TABLE hr.odd (id NUMBER(3) PRIMARY KEY, place GEOMETRY, took INTERVAL DAY TO SECOND(2), age INTERVAL YEAR TO MONTH, note CLOB)",
                    "INSERT INTO hr.odd VALUES (1, 'POINT (1 2)', INTERVAL '1 02:03:04.5' DAY TO SECOND, INTERVAL '1-2' YEAR TO MONTH, 'a note')", "CREATE VIEW hr.few AS SELECT id FROM hr.emp");
            for (Step step : steps()) {
                String got = difference(local, step);
                if (!got.isEmpty()) {
                    wrong.add(step.sql + "\n   wanted " + step.expected + "\n   got " + got);
                }
                done++;
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(done > 100, done + " statements");
    }

    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        try (InputStream in = OracleScriptTest.class.getResourceAsStream(SCRIPT)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                boolean expected = line.matches("-- [=~!] .*");
                if (expected && !steps.isEmpty()) {
                    steps.getLast().expected.add(line.substring("-- ".length()));
                } else if (!line.startsWith("--")) {
                    sql.append(line).append('\n');
                    if (line.endsWith(";")) {
                        steps.add(new Step(sql.toString().strip(), new ArrayList<>()));
                        sql.setLength(0);
                    }
                }
            }
        }
        return steps;
    }

    /** What came if it is not what was to come. */
    private static String difference(Connection local, Step step) throws SQLException {
        boolean rows = step.expected.stream().anyMatch(l -> l.startsWith("= ") || l.startsWith("~ "));
        List<String> lines = new ArrayList<>();
        try {
            if (rows) {
                Lines.of(local, step.sql).forEach(l -> lines.add("= " + l.strip()));
            } else {
                Lines.run(local, step.sql);
            }
        } catch (SQLException e) {
            lines.add("! " + e.getSQLState() + " " + e.getMessage());
        }
        boolean words = step.expected.stream().allMatch(l -> l.startsWith("~ "));
        boolean error = step.expected.size() == 1 && step.expected.getFirst().startsWith("! ");
        boolean same = error ? isError(lines, step.expected.getFirst()) : rows && words ? step.expected.stream().allMatch(w -> lines.stream().anyMatch(l -> l.contains(w.substring(2))))
                : lines.stream().map(String::strip).toList().equals(step.expected.stream().map(String::strip).toList());
        return same ? "" : String.join("\n       ", lines) + (lines.isEmpty() ? "nothing" : "");
    }

    private static boolean isError(List<String> lines, String expected) {
        String state = expected.substring(0, "! HV000".length());
        return lines.size() == 1 && lines.getFirst().startsWith(state) && lines.getFirst().contains(expected.substring(state.length()).strip());
    }
}
