package org.gajah.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.MemoryBudget;
import org.junit.jupiter.api.Test;

/** Whether a query that has too little memory answers as one that has enough. */
final class SpillTest {
    private static final String[] COLUMNS = {"id", "a", "b", "s", "n", "d", "f"};
    private static final String[] FROM = {"t", "t", "u", "(SELECT * FROM t UNION ALL SELECT * FROM u) q", "(SELECT * FROM u WHERE a IS NOT NULL) q"};

    private static void fill(Session session) {
        for (String table : new String[] {"t", "u"}) {
            int factor = table.equals("t") ? 7919 : 104729;
            TestCluster.rows(session, "CREATE TABLE " + table + " AS SELECT g AS id, CASE WHEN g % 13 <> 0 THEN (g * " + factor
                    + "::bigint % 3001)::int END AS a, g % 17 AS b, CASE WHEN g % 19 <> 0 THEN 'key ' || g * " + factor
                    + "::bigint % 2003 || repeat('x', g % 50) END AS s, (g * " + factor + "::bigint % 5003)::numeric / 7 AS n, "
                    + "CASE WHEN g % 7 > 0 THEN date '2020-01-01' + g % 400 END AS d, g::float8 / 3 AS f FROM generate_series(1, 4000) g");
        }
    }

    private static String column(Random random) {
        return COLUMNS[random.nextInt(COLUMNS.length)];
    }

    private static String query(Random random) {
        String from = FROM[random.nextInt(FROM.length)];
        String c1 = column(random);
        String c2 = column(random);
        String direction = random.nextBoolean() ? " DESC" : random.nextBoolean() ? " NULLS FIRST" : "";
        String join = new String[] {"JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"}[random.nextInt(4)];
        String key = new String[] {"id", "a", "s", "d"}[random.nextInt(4)];
        String small = key.equals("d") ? " AND x.b = y.b AND x.a = y.a" : key.equals("id") ? "" : " AND x.b = y.b";
        String set = new String[] {"UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"}[random.nextInt(5)];
        return switch (random.nextInt(14)) {
            case 0 -> "SELECT * FROM " + from + " ORDER BY " + c1 + direction + ", " + c2 + ", id, n, f";
            case 1 -> "SELECT " + c1 + ", " + c2 + " FROM " + from + " ORDER BY " + c1 + direction + ", " + c2 + " LIMIT " + random.nextInt(3000)
                    + " OFFSET " + random.nextInt(2000);
            case 2 -> "SELECT " + c1 + ", count(*), sum(n), min(s), max(d), avg(f) FROM " + from + " GROUP BY 1";
            case 3 -> "SELECT a, b, count(" + c1 + "), array_agg(id ORDER BY id), string_agg(DISTINCT s, ',' ORDER BY s) FROM " + from + " GROUP BY a, b";
            case 4 -> "SELECT a, b, d, count(*), sum(id) FROM t GROUP BY GROUPING SETS ((a, b), (b, d), (s), ())";
            case 5 -> "SELECT DISTINCT " + c1 + ", " + c2 + " FROM " + from;
            case 6 -> "SELECT x.id, x.s, y.id, y.n FROM t x " + join + " u y ON x." + key + " = y." + key + small;
            case 7 -> "SELECT x.id FROM t x WHERE " + (random.nextBoolean() ? "" : "NOT ") + "EXISTS (SELECT FROM u y WHERE x." + key + " = y." + key + small + ")";
            case 8 -> "SELECT id FROM t WHERE " + key + (random.nextBoolean() ? " IN" : " NOT IN") + " (SELECT " + key + " FROM u WHERE b < 9)";
            case 9 -> "SELECT " + c1 + ", b FROM t " + set + " SELECT " + c1 + ", b FROM u";
            case 10 -> "SELECT id, row_number() OVER w, sum(n) OVER w, lag(s, 2) OVER w, first_value(d) OVER w FROM " + from
                    + " WINDOW w AS (PARTITION BY b ORDER BY " + c1 + direction + ", id, n, f)";
            case 11 -> "WITH c AS MATERIALIZED (SELECT * FROM " + from + ") SELECT count(*), sum(x.n), max(y.s) FROM c x JOIN c y ON x.id = y.id + 1";
            case 12 -> "WITH RECURSIVE r AS (SELECT id, s FROM t WHERE id < 2000 UNION " + (random.nextBoolean() ? "ALL " : "")
                    + "SELECT id + 2000, s FROM r WHERE id < 4000) SELECT count(*), max(s), sum(id) FROM r";
            default -> "SELECT count(DISTINCT " + c1 + "), count(DISTINCT s), percentile_disc(0.3) WITHIN GROUP (ORDER BY n) FROM " + from;
        };
    }

    @Test
    void answersAreTheSame() {
        long seed = Long.getLong("gajah.seed", System.nanoTime());
        System.out.println("SpillTest seed " + seed);
        Random random = new Random(seed);
        long before = MemoryBudget.ofHeap().reservedBytes();
        try (TestCluster cluster = new TestCluster(); Session session = cluster.connect()) {
            fill(session);
            for (int i = 0; i < Integer.getInteger("gajah.spillQueries", 30); i++) {
                String query = query(random);
                TestCluster.rows(session, "SET work_mem = '1GB'");
                List<String> expected = sorted(query, TestCluster.rows(session, query));
                TestCluster.rows(session, "SET work_mem = '64kB'");
                assertEquals(expected, sorted(query, TestCluster.rows(session, query)), () -> "seed " + seed + ": " + query);
                assertEquals(List.of(), temporary(cluster), query);
            }
        }
        assertEquals(before, MemoryBudget.ofHeap().reservedBytes());
    }

    /** Rows in a fixed order, unless the query has one. */
    private static List<String> sorted(String query, List<String> rows) {
        if (query.startsWith("SELECT *") || query.contains(" LIMIT ")) {
            return rows;
        }
        List<String> sorted = new ArrayList<>(rows);
        Collections.sort(sorted);
        return sorted;
    }

    private static List<String> temporary(TestCluster cluster) {
        return cluster.env.disk().list().stream().filter(name -> name.startsWith("temp-")).toList();
    }

    @Test
    void filesGoWhenAStatementFails() {
        try (TestCluster cluster = new TestCluster(); Session session = cluster.connect()) {
            fill(session);
            TestCluster.rows(session, "SET work_mem = '64kB'");
            for (String query : List.of("SELECT 1 / (id - 3000) FROM (SELECT * FROM t ORDER BY s) q", "SELECT id / (sum(id) - sum(id)) FROM t GROUP BY id",
                    "SELECT x.id / (y.id - y.id) FROM t x JOIN u y USING (s)", "SELECT 1 / (id - 3999) FROM (SELECT DISTINCT id, s FROM t) q")) {
                assertEquals(SqlState.DIVISION_BY_ZERO, assertThrows(SqlError.class, () -> TestCluster.rows(session, query)).state());
                assertEquals(List.of(), temporary(cluster), query);
            }
        }
    }

    @Test
    void filesHaveALimit() {
        try (TestCluster cluster = new TestCluster(); Session session = cluster.connect()) {
            fill(session);
            TestCluster.rows(session, "SET work_mem = '64kB'; SET temp_file_limit = '100kB'");
            SqlError error = assertThrows(SqlError.class, () -> TestCluster.rows(session, "SELECT * FROM t ORDER BY s"));
            assertEquals(SqlState.CONFIGURATION_LIMIT_EXCEEDED, error.state());
            assertEquals("temporary file size exceeds \"temp_file_limit\" (100kB)", error.getMessage());
            assertEquals(List.of(), temporary(cluster));
        }
    }
}
