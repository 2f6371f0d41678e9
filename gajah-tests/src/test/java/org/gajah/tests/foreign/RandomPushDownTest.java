package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.gajah.api.Gajah;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.Test;

/** Random queries over tables of a PostgreSQL, of an H2 and of our own: each answer is the one that PostgreSQL gives. */
class RandomPushDownTest {
    private static final int QUERIES = Integer.getInteger("pushdown.queries", 200);
    private static final long SEED = Long.getLong("pushdown.seed", 20251122);
    private static final int LONGEST = 30;

    private int whole;
    private int asked;

    @Test
    void answersArePostgresWhereverTheWorkIsDone() throws IOException, SQLException {
        try (PostgresOracle oracle = PostgresOracle.start(); Gajah gajah = Gajah.inMemory();
                Connection there = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + oracle.port() + "/postgres", "postgres", "");
                Connection h2 = DriverManager.getConnection("jdbc:h2:mem:randompush", "sa", ""); Connection here = gajah.dataSource().getConnection()) {
            List<String> filling = new ArrayList<>(ForeignQueryMaker.TABLES);
            filling.addAll(ForeignQueryMaker.rows());
            Lines.run(here, "CREATE SCHEMA own", "SET search_path = own");
            for (Connection c : List.of(there, h2, here)) {
                Lines.run(c, filling.toArray(String[]::new));
            }
            Lines.run(here, "CREATE EXTENSION postgres_fdw", "CREATE EXTENSION jdbc_fdw",
                    "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname} dialect=h2')",
                    "CREATE SERVER pg FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + oracle.port() + "', dbname 'postgres')",
                    "CREATE USER MAPPING FOR CURRENT_USER SERVER pg OPTIONS (user 'postgres')",
                    "CREATE SERVER h2 FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'h2', dbname 'randompush')",
                    "CREATE USER MAPPING FOR PUBLIC SERVER h2 OPTIONS (user 'sa', password '')");
            for (String schema : List.of("pg", "h2")) {
                Lines.run(here, "CREATE SCHEMA " + schema, "SET search_path = " + schema);
                for (String table : ForeignQueryMaker.TABLES) {
                    Lines.run(here, table.replace("CREATE TABLE", "CREATE FOREIGN TABLE").replace(" PRIMARY KEY", "") + " SERVER " + schema
                            + (schema.equals("pg") ? " OPTIONS (schema_name 'public')" : ""));
                }
            }
            Lines.run(here, "SET statement_timeout = '" + LONGEST + "s'");
            Lines.run(there, "SET statement_timeout = '" + LONGEST + "s'");
            compare(there, here);
        }
        System.out.println("random push-down from seed " + SEED + ": " + whole + " of " + asked + " queries of " + QUERIES + " whole there");
        assertTrue(asked > QUERIES * 4 / 5, asked + " queries were queries");
        assertTrue(whole > asked / 3, whole + " of " + asked + " were done there whole");
    }

    private void compare(Connection there, Connection here) throws SQLException {
        ForeignQueryMaker maker = new ForeignQueryMaker(SEED);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            String query = maker.query();
            List<String> expected;
            try {
                expected = Lines.of(there, query);
            } catch (SQLException e) {
                continue;
            }
            asked++;
            for (String schema : List.of("pg", "h2", "own")) {
                Lines.run(here, "SET search_path = " + schema);
                String found = answer(here, query);
                if (!found.equals(String.join("\n", expected))) {
                    wrong.add("-- " + schema + ", seed " + SEED + ", query " + i + "\n" + query + ";\n" + difference(expected, found.lines().toList()) + "\n" + explained(here, query));
                }
                whole += schema.equals("pg") && explained(here, query).stripLeading().startsWith("Foreign Scan") ? 1 : 0;
            }
        }
        assertEquals(List.of(), wrong, () -> wrong.size() + " wrong:\n" + String.join("\n\n", wrong));
    }

    /** How many rows there are, and the first that differ. */
    private static String difference(List<String> expected, List<String> found) {
        int same = 0;
        while (same < Math.min(expected.size(), found.size()) && expected.get(same).equals(found.get(same))) {
            same++;
        }
        return expected.size() + " rows, found " + found.size() + ", from row " + same + " " + expected.stream().skip(same).limit(3).toList() + ", found "
                + found.stream().skip(same).limit(3).toList();
    }

    private static String answer(Connection c, String query) {
        try {
            return String.join("\n", Lines.of(c, query));
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    private static String explained(Connection c, String query) {
        try {
            return String.join("\n", Lines.of(c, "EXPLAIN (VERBOSE, COSTS OFF) " + query));
        } catch (SQLException e) {
            return e.getMessage();
        }
    }
}
