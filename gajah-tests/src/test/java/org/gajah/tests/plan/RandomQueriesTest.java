package org.gajah.tests.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever plans are allowed, a query's answer is PostgreSQL's. */
class RandomQueriesTest {
    private static final int QUERIES = Integer.getInteger("plan.queries", 250);
    private static final long SEED = Long.getLong("plan.seed", 20_260_725);
    private static final List<String> VARIANTS = List.of("", "enable_hashjoin", "enable_nestloop", "enable_seqscan", "enable_indexscan",
            "enable_bitmapscan", "enable_sort", "enable_seqscan,enable_indexscan", "enable_hashagg,enable_material");
    /** Changes that leave entries in indexes which no longer fit their rows. */
    private static final List<String> CHANGES = List.of("UPDATE r SET a = b, t = 'w' || id % 5 WHERE id % 3 = 0", "DELETE FROM s WHERE id % 4 = 1",
            "UPDATE u SET b = 1 - b WHERE k < 12", "INSERT INTO s SELECT 200 + g, g, g % 6, 'w1' FROM generate_series(1, 20) g");

    /** When queries are asked: before and after ANALYZE, in a transaction that has changed rows, after it was rolled back, and with the changes. */
    private static final List<List<String>> ROUNDS = List.of(List.of(), List.of("ANALYZE"), changed("BEGIN"), List.of("ROLLBACK"), changed());

    private static List<String> changed(String... before) {
        List<String> statements = new ArrayList<>(List.of(before));
        statements.addAll(CHANGES);
        return statements;
    }

    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    @Test
    void everyPlanGivesPostgresAnswer() throws SQLException {
        System.out.println("random queries from seed " + SEED);
        List<String> failures = new ArrayList<>();
        int compared = 0;
        try (Connection expected = connect(SERVERS.postgresPort()); Connection actual = connect(SERVERS.gajahPort())) {
            for (String statement : QueryMaker.SCHEMA) {
                run(expected, statement);
                run(actual, statement);
            }
            for (int round = 0; round < ROUNDS.size(); round++) {
                for (String statement : ROUNDS.get(round)) {
                    run(expected, statement);
                    run(actual, statement);
                }
                boolean open = ROUNDS.get(round).contains("BEGIN");
                for (int i = 0; i < QUERIES / ROUNDS.size(); i++) {
                    compared += compare(new QueryMaker(SEED + round * 100_000L + i).query(), open, expected, actual, failures);
                }
            }
        }
        System.out.println(compared + " of " + QUERIES + " queries compared under " + VARIANTS.size() + " settings");
        assertEquals("", String.join("\n", failures));
    }

    /** Whether PostgreSQL can answer the query; what differs is added to the failures. */
    private static int compare(String query, boolean open, Connection expected, Connection actual, List<String> failures) throws SQLException {
        List<String> right;
        try {
            if (open) {
                run(expected, "SAVEPOINT query");
            }
            right = rows(expected, query);
        } catch (SQLException e) {
            if (open) {
                run(expected, "ROLLBACK TO query");
            }
            return 0;
        }
        for (String variant : VARIANTS) {
            try {
                if (open) {
                    run(actual, "SAVEPOINT query");
                }
                for (String setting : variant.split(",")) {
                    if (!setting.isEmpty()) {
                        run(actual, "SET " + setting + " = off");
                    }
                }
                List<String> got = rows(actual, query);
                if (!right.equals(got)) {
                    failures.add((variant.isEmpty() ? "" : variant + " off: ") + query + "\n  expected " + right + "\n  got      " + got);
                    break;
                }
            } catch (SQLException e) {
                failures.add(variant + ": " + query + "\n  " + e.getMessage());
                if (open) {
                    run(actual, "ROLLBACK TO query");
                }
                break;
            } finally {
                run(actual, "RESET ALL");
            }
        }
        return 1;
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?preferQueryMode=simple", "postgres", "");
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement s = connection.createStatement(); ResultSet r = s.executeQuery(query)) {
            int columns = r.getMetaData().getColumnCount();
            while (r.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i > 1 ? "," : "").append(r.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
