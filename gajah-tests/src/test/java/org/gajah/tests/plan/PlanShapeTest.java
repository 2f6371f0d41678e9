package org.gajah.tests.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each planner rule shows in the plan of a query that is made for it. */
class PlanShapeTest {
    private static Target gajah;
    private static Connection connection;

    @BeforeAll
    static void start() throws IOException, SQLException {
        gajah = Targets.gajah();
        connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + gajah.port() + "/postgres?preferQueryMode=simple", "postgres", "");
        for (String statement : List.of("CREATE TABLE big (id int PRIMARY KEY, x int, y text, flag bool)",
                "CREATE TABLE mid (id int PRIMARY KEY, big int, z int)", "CREATE TABLE small (id int PRIMARY KEY, name text)",
                "INSERT INTO big SELECT g, g % 500, 't' || g, g % 100 = 0 FROM generate_series(1, 20000) g",
                "INSERT INTO mid SELECT g, g, g % 20 FROM generate_series(1, 4000) g", "INSERT INTO small SELECT g, 'n' || g FROM generate_series(1, 20) g",
                "CREATE INDEX big_x ON big (x)", "CREATE INDEX big_y ON big (y)", "CREATE INDEX big_lower ON big (upper(y))",
                "CREATE INDEX big_flag ON big (x, id) WHERE flag", "CREATE INDEX mid_big ON mid (big)",
                "CREATE TABLE parts (id int, part int, PRIMARY KEY (part, id)) PARTITION BY LIST (part)",
                "CREATE TABLE parts1 PARTITION OF parts FOR VALUES IN (1)", "CREATE TABLE parts2 PARTITION OF parts FOR VALUES IN (2)",
                "INSERT INTO parts SELECT g, g % 2 + 1 FROM generate_series(1, 20000) g", "ANALYZE")) {
            run(statement);
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        gajah.close();
    }

    private static void run(String statement) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }

    private static List<String> plan(String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement s = connection.createStatement(); ResultSet r = s.executeQuery("EXPLAIN (COSTS OFF) " + query)) {
            while (r.next()) {
                lines.add(r.getString(1).strip());
            }
        }
        return lines;
    }

    private static void has(String query, String... lines) throws SQLException {
        List<String> plan = plan(query);
        for (String line : lines) {
            assertTrue(plan.stream().anyMatch(l -> l.equals(line) || l.equals("->  " + line)), "no \"" + line + "\" in\n" + String.join("\n", plan));
        }
    }

    private static void hasNot(String query, String part) throws SQLException {
        List<String> plan = plan(query);
        assertTrue(plan.stream().noneMatch(l -> l.contains(part)), part + " in\n" + String.join("\n", plan));
    }

    @Test
    void existsIsASemiJoinAndNotExistsAnAntiJoin() throws SQLException {
        has("SELECT * FROM big WHERE EXISTS (SELECT 1 FROM mid WHERE mid.big = big.id)", "Hash Semi Join");
        has("SELECT * FROM big WHERE NOT EXISTS (SELECT 1 FROM mid WHERE mid.big = big.id)", "Hash Anti Join");
        has("SELECT * FROM big WHERE id IN (SELECT big FROM mid WHERE z = 3 AND id < 50)", "Nested Loop", "Index Cond: (id = mid.big)");
    }

    @Test
    void smallSidesAreHashed() throws SQLException {
        has("SELECT * FROM small JOIN mid ON mid.z = small.id", "Hash Join", "Seq Scan on mid", "Seq Scan on small");
        List<String> plan = plan("SELECT * FROM small JOIN mid ON mid.z = small.id");
        assertEquals("->  Seq Scan on small", plan.getLast());
    }

    @Test
    void fewRowsLookIndexesUp() throws SQLException {
        has("SELECT * FROM small JOIN mid ON mid.id = small.id JOIN big ON big.id = mid.big", "Index Scan using mid_pkey on mid",
                "Index Scan using big_pkey on big");
    }

    @Test
    void fewRowsLookIndexesOfPartitionsUp() throws SQLException {
        has("SELECT * FROM small JOIN parts ON parts.part = 1 + small.id % 2 AND parts.id = small.id", "Nested Loop", "Append",
                "Index Scan using parts1_pkey on parts1 parts_1", "Index Scan using parts2_pkey on parts2 parts_2",
                "Index Cond: ((part = (1 + (small.id % 2))) AND (id = small.id))");
        has("SELECT * FROM big JOIN parts ON parts.part = big.x AND parts.id = big.id", "Hash Join");
    }

    @Test
    void constantsTravelAlongEqualities() throws SQLException {
        has("SELECT * FROM big JOIN mid ON big.id = mid.big WHERE mid.big = 7", "Index Cond: (id = 7)", "Index Cond: (big = 7)");
        has("SELECT * FROM big LEFT JOIN mid ON big.id = mid.big WHERE big.id = 7", "Filter: (big = 7)");
    }

    @Test
    void outerJoinsBecomeInnerAndMove() throws SQLException {
        hasNot("SELECT * FROM big LEFT JOIN mid ON big.id = mid.big WHERE mid.z = 5", "Left");
        has("SELECT * FROM big LEFT JOIN mid ON big.id = mid.big JOIN small ON small.id = big.id", "Index Scan using mid_big on mid");
    }

    @Test
    void joinsThatSayNothingGo() throws SQLException {
        assertEquals(List.of("Seq Scan on mid"), plan("SELECT mid.* FROM mid LEFT JOIN big ON big.id = mid.big"));
    }

    @Test
    void viewsAndSubqueriesDissolve() throws SQLException {
        has("SELECT * FROM (SELECT id, x FROM big WHERE x > 3) s WHERE id = 9", "Index Cond: (id = 9)", "Filter: (x > 3)");
        has("SELECT * FROM (SELECT x, count(*) FROM big GROUP BY x) s WHERE x = 4", "Index Cond: (x = 4)");
        has("SELECT * FROM (SELECT id FROM big UNION ALL SELECT id FROM mid) s WHERE id = 4", "Index Scan using big_pkey on big",
                "Index Scan using mid_pkey on mid");
        has("SELECT * FROM (SELECT x, row_number() OVER (PARTITION BY x ORDER BY id) FROM big) s WHERE x = 4", "Index Cond: (x = 4)");
        has("WITH q AS (SELECT * FROM big) SELECT * FROM q WHERE id = 4", "Index Scan using big_pkey on big");
    }

    @Test
    void indexesAnswerManyKindsOfConditions() throws SQLException {
        has("SELECT * FROM big WHERE y LIKE 't1234%'", "Index Cond: ((y >= 't1234'::text) AND (y < 't1235'::text))", "Filter: (y ~~ 't1234%'::text)");
        has("SELECT * FROM big WHERE upper(y) = 'T7'", "Index Scan using big_lower on big");
        has("SELECT * FROM big WHERE flag AND x = 100", "Index Scan using big_flag on big", "Index Cond: (x = 100)");
        has("SELECT * FROM big WHERE x = 3 OR id = 8", "BitmapOr", "Bitmap Index Scan on big_x", "Bitmap Index Scan on big_pkey");
        has("SELECT * FROM big WHERE id BETWEEN 5 AND 9", "Index Cond: ((id >= 5) AND (id <= 9))");
        has("SELECT * FROM big WHERE (id, x) > (19990, 1)", "Index Scan using big_pkey on big");
        has("SELECT * FROM big WHERE id IN (1, 2, 3)", "Index Scan using big_pkey on big");
    }

    @Test
    void indexesGiveOrder() throws SQLException {
        hasNot("SELECT * FROM big ORDER BY id DESC LIMIT 3", "Sort");
        has("SELECT * FROM big ORDER BY id DESC LIMIT 3", "Index Scan Backward using big_pkey on big");
        hasNot("SELECT * FROM big JOIN mid ON mid.big = big.id ORDER BY big.id LIMIT 3", "Sort");
        has("SELECT min(id), max(x) FROM big", "Index Scan using big_pkey on big", "Index Scan Backward using big_x on big");
    }

    @Test
    void settingsForbidKindsOfNodes() throws SQLException {
        run("SET enable_hashjoin = off");
        hasNot("SELECT * FROM small JOIN mid ON mid.z = small.id", "Hash Join");
        run("RESET ALL");
        run("SET enable_indexscan = off");
        hasNot("SELECT * FROM big WHERE id = 5", "Index Scan");
        run("RESET ALL");
    }

    @Test
    void twentyTablesArePlannedFast() throws SQLException {
        StringBuilder query = new StringBuilder("SELECT count(*) FROM mid t0");
        for (int i = 1; i < 20; i++) {
            query.append(" JOIN mid t").append(i).append(" ON t").append(i).append(".id = t").append(i - 1).append(i % 3 == 0 ? ".big" : ".id");
        }
        plan(query.toString());
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            plan(query.toString());
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println("20 tables planned in " + best / 1_000_000 + " ms");
        assertTrue(best < 2_000_000_000L, "twenty tables took " + best / 1_000_000 + " ms");
    }
}
