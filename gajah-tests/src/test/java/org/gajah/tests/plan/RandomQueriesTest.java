package org.gajah.tests.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever plans are allowed, a query's answer is PostgreSQL's. */
class RandomQueriesTest {
    private static final int QUERIES = Integer.getInteger("plan.queries", 250);
    private static final long SEED = Long.getLong("plan.seed", 20_260_725);
    private static final List<String> VARIANTS = List.of("", "enable_hashjoin", "enable_nestloop", "enable_seqscan", "enable_indexscan",
            "enable_bitmapscan", "enable_sort");

    private static Optional<Target> gajah = Optional.empty();
    private static Optional<PostgresOracle> oracle = Optional.empty();

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

    @Test
    void everyPlanGivesPostgresAnswer() throws SQLException {
        System.out.println("random queries from seed " + SEED);
        List<String> failures = new ArrayList<>();
        int compared = 0;
        try (Connection expected = connect(oracle.orElseThrow().port()); Connection actual = connect(gajah.orElseThrow().port())) {
            for (String statement : QueryMaker.SCHEMA) {
                run(expected, statement);
                run(actual, statement);
            }
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < QUERIES / 2; i++) {
                    compared += compare(new QueryMaker(SEED + round * 100_000L + i).query(), expected, actual, failures);
                }
                run(actual, "ANALYZE");
            }
        }
        System.out.println(compared + " of " + QUERIES + " queries compared under " + VARIANTS.size() + " settings");
        assertEquals("", String.join("\n", failures));
    }

    /** Whether PostgreSQL can answer the query; what differs is added to the failures. */
    private static int compare(String query, Connection expected, Connection actual, List<String> failures) throws SQLException {
        List<String> right;
        try {
            right = rows(expected, query);
        } catch (SQLException e) {
            return 0;
        }
        for (String variant : VARIANTS) {
            try {
                if (!variant.isEmpty()) {
                    run(actual, "SET " + variant + " = off");
                }
                List<String> got = rows(actual, query);
                if (!right.equals(got)) {
                    failures.add((variant.isEmpty() ? "" : variant + " off: ") + query + "\n  expected " + right + "\n  got      " + got);
                    break;
                }
            } catch (SQLException e) {
                failures.add(variant + ": " + query + "\n  " + e.getMessage());
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
