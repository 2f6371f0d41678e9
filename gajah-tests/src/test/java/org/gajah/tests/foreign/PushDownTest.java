package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.gajah.api.Gajah;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole queries that one server does, of PostgreSQL and of H2: the answers are PostgreSQL's over the same rows, and the SQL says where the work is done. */
class PushDownTest {
    private static final String H2 = "jdbc:h2:mem:push;DB_CLOSE_DELAY=-1";
    private static Optional<PostgresOracle> server = Optional.empty();
    private static Gajah gajah;
    private static Connection there;
    private static Connection h2;
    private static Connection here;

    @BeforeAll
    static void start() throws IOException, SQLException {
        PostgresOracle oracle = PostgresOracle.start();
        server = Optional.of(oracle);
        there = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + oracle.port() + "/postgres", "postgres", "");
        h2 = DriverManager.getConnection(H2, "sa", "");
        gajah = Gajah.inMemory();
        here = gajah.dataSource().getConnection();
        for (Connection c : List.of(there, h2)) {
            Lines.run(c, "CREATE TABLE a (id int PRIMARY KEY, g int, s varchar(20), n numeric(10,2))", "CREATE TABLE b (id int, v varchar(20))",
                    "CREATE TABLE c (id int, w int)");
            StringBuilder rows = new StringBuilder();
            for (int i = 1; i <= 300; i++) {
                rows.append(i == 1 ? "" : ", ").append("(" + i + ", " + (i % 7 == 0 ? "NULL" : i % 5) + ", 's" + i % 13 + "', " + i / 4.0 + ")");
            }
            Lines.run(c, "INSERT INTO a VALUES " + rows, "INSERT INTO b SELECT id * 2, CASE WHEN g = 3 THEN NULL ELSE s END FROM a WHERE id % 3 = 0",
                    "INSERT INTO b VALUES (NULL, 'none'), (6, 'again'), (7, 's7')", "INSERT INTO c SELECT id * 3, g FROM a WHERE id < 150");
        }
        Lines.run(here, "CREATE EXTENSION postgres_fdw", "CREATE EXTENSION jdbc_fdw",
                "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname} dialect=h2')",
                "CREATE SERVER pg FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + oracle.port() + "', dbname 'postgres')",
                "CREATE USER MAPPING FOR CURRENT_USER SERVER pg OPTIONS (user 'postgres')",
                "CREATE SERVER h2 FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'h2', dbname 'push')", "CREATE USER MAPPING FOR PUBLIC SERVER h2 OPTIONS (user 'sa', password '')");
        for (String schema : List.of("pg", "h2")) {
            String options = schema.equals("pg") ? "SERVER pg OPTIONS (schema_name 'public')" : "SERVER h2";
            Lines.run(here, "CREATE SCHEMA " + schema, "CREATE FOREIGN TABLE " + schema + ".a (id int OPTIONS (" + (schema.equals("pg") ? "column_name 'id'" : "key 'true'")
                    + "), g int, s varchar(20), n numeric(10,2)) " + options,
                    "CREATE FOREIGN TABLE " + schema + ".b (id int, v varchar(20)) " + options, "CREATE FOREIGN TABLE " + schema + ".c (id int, w int) " + options);
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        here.close();
        gajah.close();
        h2.close();
        there.close();
        server.ifPresent(PostgresOracle::close);
    }

    private static String remote(String schema, String query) throws SQLException {
        Lines.run(here, "SET search_path = " + schema);
        return Lines.remote(here, query);
    }

    /** The answer is the server's own, and the same over H2, with and without joins and groups by hashing. */
    private static void same(String query) throws SQLException {
        List<String> expected = Lines.of(there, query);
        for (String schema : List.of("pg", "h2")) {
            Lines.run(here, "SET search_path = " + schema);
            assertEquals(expected, Lines.of(here, query), schema + ": " + query + "\n" + Lines.of(here, "EXPLAIN VERBOSE " + query));
        }
    }

    @Test
    void outerJoinsAreDoneThere() throws SQLException {
        assertEquals("SELECT r1.id, r2.v FROM (public.a r1 LEFT JOIN public.b r2 ON (((r1.id = r2.id)) AND ((r2.v <> 's1')))) WHERE ((r1.g = 3))",
                remote("pg", "SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id AND v <> 's1' WHERE g = 3"));
        assertEquals("SELECT r1.id, r3.w FROM ((public.a r1 INNER JOIN public.b r2 ON (((r1.id = r2.id)) AND ((r1.g = 1)))) FULL JOIN public.c r3 ON (((r1.id = r3.id))))",
                remote("pg", "SELECT a.id, w FROM (a JOIN b ON a.id = b.id AND g = 1) FULL JOIN c ON a.id = c.id"));
        assertTrue(remote("h2", "SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id WHERE g = 3").contains("LEFT JOIN"));
        assertTrue(!remote("h2", "SELECT a.id, w FROM a FULL JOIN c ON a.id = c.id").contains("JOIN"));
        for (String query : List.of("SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id AND v <> 's1' WHERE g = 3 ORDER BY 1, 2",
                "SELECT a.id, w, v FROM a LEFT JOIN (b JOIN c ON b.id = c.id) ON a.id = b.id WHERE a.id < 40 ORDER BY 1, 2, 3",
                "SELECT a.id, w FROM a LEFT JOIN c ON a.id = c.id WHERE w IS NULL AND g = 2 ORDER BY 1",
                "SELECT v, a.id FROM a RIGHT JOIN b ON a.id = b.id AND g > 2 WHERE v > 's3' ORDER BY 1, 2",
                "SELECT x.id, y.id, w FROM (SELECT * FROM a WHERE g = 1) x FULL JOIN (SELECT * FROM c WHERE w = 2) y ON x.id = y.id ORDER BY 1, 2",
                "SELECT a.id, w FROM (a JOIN b ON a.id = b.id AND g = 1) FULL JOIN c ON a.id = c.id ORDER BY 1, 2", "SELECT count(*), count(v), count(w) FROM a LEFT JOIN b USING (id) LEFT JOIN c ON c.id = b.id",
                "SELECT a.id FROM (a LEFT JOIN b ON a.id = b.id) FULL JOIN c ON c.id = a.id WHERE a.g IS NULL AND w IS NULL ORDER BY 1")) {
            same(query);
        }
    }

    @Test
    void semiAndAntiJoinsAreDoneThere() throws SQLException {
        assertEquals("SELECT r1.id FROM public.a r1 WHERE ((r1.g = 3)) AND EXISTS (SELECT NULL FROM public.b r2 WHERE ((r2.id = r1.id)))",
                remote("pg", "SELECT id FROM a WHERE g = 3 AND EXISTS (SELECT 1 FROM b WHERE b.id = a.id)"));
        assertEquals("SELECT r1.id FROM public.a r1 WHERE NOT EXISTS (SELECT NULL FROM public.c r2 WHERE ((r2.id = r1.id)) AND ((r2.w > 1)))",
                remote("pg", "SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM c WHERE c.id = a.id AND w > 1)"));
        assertTrue(remote("h2", "SELECT id FROM a WHERE id IN (SELECT id FROM b)").contains("WHERE EXISTS (SELECT NULL FROM \"B\" r2"));
        for (String query : List.of("SELECT id FROM a WHERE g = 3 AND EXISTS (SELECT 1 FROM b WHERE b.id = a.id) ORDER BY 1",
                "SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM c WHERE c.id = a.id AND w > 1) ORDER BY 1",
                "SELECT g, count(*) FROM a WHERE id IN (SELECT b.id FROM b JOIN c ON b.id = c.id) GROUP BY g ORDER BY 1",
                "SELECT a.id, v FROM a JOIN b ON a.id = b.id WHERE NOT EXISTS (SELECT 1 FROM c WHERE c.id = b.id) AND a.id < 60 ORDER BY 1, 2",
                "SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND EXISTS (SELECT 1 FROM c WHERE c.id = b.id AND w = a.g)) ORDER BY 1",
                "SELECT id FROM a WHERE id NOT IN (SELECT id FROM b WHERE id IS NOT NULL) AND g = 1 ORDER BY 1",
                "SELECT b.v, x.id FROM b LEFT JOIN (SELECT * FROM a WHERE id IN (SELECT id FROM c)) x ON x.id = b.id ORDER BY 1, 2")) {
            same(query);
        }
    }

    @Test
    void distinctIsDoneThere() throws SQLException {
        assertEquals("SELECT DISTINCT g FROM public.a WHERE ((id > 10)) ORDER BY g DESC NULLS FIRST LIMIT 3::bigint OFFSET 1::bigint",
                remote("pg", "SELECT DISTINCT g FROM a WHERE id > 10 ORDER BY g DESC LIMIT 3 OFFSET 1"));
        assertEquals("SELECT DISTINCT \"G\", \"S\" FROM \"A\"", remote("h2", "SELECT DISTINCT g, s FROM a"));
        assertEquals("SELECT DISTINCT (g % 2) FROM public.a", remote("pg", "SELECT DISTINCT g % 2 FROM a"));
        assertEquals("SELECT \"G\" FROM \"A\"", remote("h2", "SELECT DISTINCT g % 2 FROM a"));
        for (String query : List.of("SELECT DISTINCT g FROM a WHERE id > 10 ORDER BY g DESC LIMIT 3 OFFSET 1", "SELECT DISTINCT g % 2 AS h FROM a ORDER BY 1",
                "SELECT DISTINCT s FROM a ORDER BY s DESC LIMIT 4", "SELECT DISTINCT g, s FROM a WHERE n < 20 ORDER BY 1, 2", "SELECT count(*) FROM (SELECT DISTINCT g, s FROM a) x",
                "SELECT DISTINCT count(*) FROM a GROUP BY g ORDER BY 1", "SELECT DISTINCT a.g FROM a JOIN b ON a.id = b.id ORDER BY 1", "SELECT DISTINCT ON (g) g, id FROM a ORDER BY g, id")) {
            same(query);
        }
    }

    @Test
    void theFirstOfRowsThatAgreeAreFoundThere() throws SQLException {
        assertEquals("SELECT DISTINCT ON (g) g, id FROM public.a WHERE ((id > 9)) ORDER BY g ASC NULLS LAST, n DESC NULLS FIRST LIMIT 3::bigint",
                remote("pg", "SELECT DISTINCT ON (g) g, id FROM a WHERE id > 9 ORDER BY g, n DESC LIMIT 3").replace(", n FROM", " FROM"));
        assertTrue(remote("pg", "SELECT DISTINCT ON (s) s, id FROM a ORDER BY s, id").startsWith("SELECT DISTINCT ON ((s COLLATE \"C\")) s, id FROM public.a ORDER BY (s COLLATE \"C\") ASC"));
        assertEquals("SELECT \"ID\", \"G\" FROM \"A\"", remote("h2", "SELECT DISTINCT ON (g) g, id FROM a ORDER BY g, id"));
        for (String query : List.of("SELECT DISTINCT ON (g) g, id FROM a WHERE id > 9 ORDER BY g, n DESC LIMIT 3", "SELECT DISTINCT ON (s) s, id FROM a ORDER BY s, id", "SELECT DISTINCT ON (s, g) id FROM a ORDER BY s DESC, g, id",
                "SELECT DISTINCT ON (g % 2) g % 2 AS h, id + 1 FROM a ORDER BY g % 2, id DESC", "SELECT DISTINCT ON (a.g) a.g, v FROM a JOIN b ON a.id = b.id ORDER BY a.g, v, a.id OFFSET 1",
                "SELECT DISTINCT ON (g) g, count(*) FROM a GROUP BY g, s ORDER BY g, count(*) DESC", "SELECT * FROM (SELECT DISTINCT ON (g) g, id FROM a ORDER BY g, id) x WHERE id > 2 ORDER BY 1",
                "(SELECT DISTINCT ON (g) g FROM a) UNION SELECT w FROM c ORDER BY 1", "SELECT count(*) FROM (SELECT DISTINCT ON (g, s) id FROM a) x", "SELECT DISTINCT ON (g) g, s FROM (SELECT DISTINCT g, s FROM a) x ORDER BY g, s DESC", "SELECT DISTINCT ON (g) g, id FROM (SELECT DISTINCT ON (id) * FROM a ORDER BY id, s) x ORDER BY g, id DESC", "SELECT DISTINCT ON (g) g, row_number() OVER (ORDER BY g, id) FROM a ORDER BY g, 2")) {
            same(query);
        }
    }

    @Test
    void setOperationsAreDoneThere() throws SQLException {
        assertEquals("SELECT c1 FROM (SELECT id AS c1 FROM public.a WHERE ((g = 1)) UNION ALL SELECT id FROM public.b) r1 ORDER BY c1 DESC NULLS FIRST LIMIT 5::bigint",
                remote("pg", "SELECT id FROM a WHERE g = 1 UNION ALL SELECT id FROM b ORDER BY id DESC LIMIT 5"));
        assertEquals("SELECT \"c1\" FROM (SELECT \"ID\" AS \"c1\" FROM \"A\" INTERSECT SELECT \"ID\" FROM \"C\") r1", remote("h2", "SELECT id FROM a INTERSECT SELECT id FROM c"));
        assertTrue(!remote("h2", "SELECT id FROM a EXCEPT ALL SELECT id FROM c").contains("EXCEPT"));
        for (String query : List.of("SELECT id FROM a WHERE g = 1 UNION ALL SELECT id FROM b ORDER BY id DESC LIMIT 5", "SELECT id FROM a INTERSECT SELECT id FROM c ORDER BY 1",
                "SELECT id FROM a EXCEPT ALL SELECT id FROM c ORDER BY 1 OFFSET 100 LIMIT 10", "SELECT id, s FROM a UNION SELECT id, v FROM b UNION SELECT w, 's1' FROM c ORDER BY 1, 2",
                "SELECT s FROM a UNION SELECT v FROM b ORDER BY 1 LIMIT 7", "SELECT g FROM a EXCEPT SELECT w FROM c WHERE w < 4 ORDER BY 1",
                "(SELECT id FROM a EXCEPT SELECT id FROM b) INTERSECT SELECT id FROM c ORDER BY 1 LIMIT 8", "SELECT g, count(*) FROM a GROUP BY g UNION ALL SELECT w, max(id) FROM c GROUP BY w ORDER BY 1, 2",
                "(SELECT id FROM a ORDER BY id LIMIT 3) UNION ALL (SELECT id FROM c ORDER BY id LIMIT 2) ORDER BY 1", "SELECT count(*) FROM (SELECT g FROM a UNION SELECT w FROM c) x",
                "SELECT x.id, v FROM (SELECT id FROM a UNION SELECT id FROM c) x JOIN b ON b.id = x.id ORDER BY 1, 2")) {
            same(query);
        }
    }

    @Test
    void subqueriesInFromArePartsOfWhatIsAsked() throws SQLException {
        assertEquals("SELECT c2, count(*) FROM (SELECT r1.id AS c1, count(r2.id) AS c2 FROM (public.a r1 LEFT JOIN public.b r2 ON (((r1.id = r2.id)))) GROUP BY r1.id) r1"
                + " GROUP BY c2 ORDER BY count(*) DESC NULLS FIRST, c2 ASC NULLS LAST",
                remote("pg", "SELECT k, count(*) FROM (SELECT a.id, count(b.id) AS k FROM a LEFT JOIN b ON a.id = b.id GROUP BY a.id) x GROUP BY k ORDER BY 2 DESC, 1"));
        assertEquals("SELECT r1.c1, r1.c2, r2.w FROM ((SELECT r1.g AS c1, count(*) AS c2 FROM public.a r1 GROUP BY r1.g) r1 INNER JOIN public.c r2 ON (((r2.id = r1.c2))))",
                remote("pg", "SELECT x.g, x.k, c.w FROM (SELECT g, count(*) AS k FROM a GROUP BY g) x JOIN c ON c.id = x.k"));
        assertEquals("SELECT \"c1\", \"c2\" FROM (SELECT r1.\"G\" AS \"c1\", count(*) AS \"c2\" FROM \"A\" r1 GROUP BY r1.\"G\" HAVING ((count(*) > 40))) r1 ORDER BY \"c2\" ASC NULLS LAST LIMIT 2",
                remote("h2", "SELECT * FROM (SELECT g, count(*) AS k FROM a GROUP BY g) x WHERE k > 40 ORDER BY k LIMIT 2"));
        assertEquals("SELECT r1.\"ID\" FROM \"A\" r1 WHERE EXISTS (SELECT NULL FROM (SELECT r1.\"G\" AS \"c1\" FROM \"A\" r1 GROUP BY r1.\"G\" HAVING ((count(*) > 50))) r2 WHERE ((r1.\"G\" = r2.\"c1\")))",
                remote("h2", "SELECT id FROM a WHERE g IN (SELECT g FROM a GROUP BY g HAVING count(*) > 50)"));
        assertEquals("SELECT c1 FROM (SELECT r1.id AS c1, r1.g AS c2, r1.s AS c3, r1.n AS c4 FROM public.a r1 ORDER BY r1.id ASC NULLS LAST LIMIT 10::bigint) r1 WHERE ((c2 = 2))",
                remote("pg", "SELECT id FROM (SELECT * FROM a ORDER BY id LIMIT 10) x WHERE g = 2"));
        assertTrue(remote("h2", "SELECT id FROM (SELECT * FROM a ORDER BY id LIMIT 10) x WHERE g = 2").endsWith("LIMIT 10"), "rows come in the order of the subquery");
        assertTrue(remote("h2", "SELECT id FROM (SELECT * FROM a ORDER BY id LIMIT 10) x WHERE g = 2 ORDER BY 1").contains("WHERE ((\"c2\" = 2))"));
        assertTrue(remote("h2", "SELECT x.id, y FROM a x LEFT JOIN (SELECT id, w / 2 AS y FROM c) z ON z.id = x.id").contains(" ; "), "H2 is not asked to divide");
        for (String query : List.of("SELECT count(*), max(k) FROM (SELECT g, count(*) AS k FROM a GROUP BY g) x",
                "SELECT k, count(*) FROM (SELECT a.id, count(b.id) AS k FROM a LEFT JOIN b ON a.id = b.id GROUP BY a.id) x GROUP BY k ORDER BY 2 DESC, 1",
                "SELECT x.g, x.k, c.w FROM (SELECT g, count(*) AS k FROM a GROUP BY g) x JOIN c ON c.id = x.k ORDER BY 1, 2, 3",
                "SELECT x.g, k, w FROM c LEFT JOIN (SELECT g, max(id) AS k FROM a GROUP BY g) x ON c.id = x.k WHERE c.id > 100 ORDER BY 1, 2, 3",
                "SELECT id, s FROM (SELECT * FROM a ORDER BY id LIMIT 10) x WHERE g = 2 ORDER BY 1", "SELECT * FROM (SELECT g, count(*) AS k FROM a GROUP BY g) x WHERE k > 40 ORDER BY k DESC, g LIMIT 2",
                "SELECT DISTINCT k FROM (SELECT g, s, count(*) AS k FROM a GROUP BY g, s) x ORDER BY 1", "SELECT id FROM a WHERE g IN (SELECT g FROM a GROUP BY g HAVING count(*) > 50) AND id < 20 ORDER BY 1",
                "SELECT id FROM a WHERE id IN (SELECT max(id) FROM b GROUP BY v) ORDER BY 1", "SELECT count(*), sum(id) FROM (SELECT id FROM a UNION ALL SELECT id FROM c) x WHERE id > 20",
                "SELECT x.g, y.w, x.k, y.k FROM (SELECT g, count(*) k FROM a GROUP BY g) x JOIN (SELECT w, count(*) k FROM c GROUP BY w) y ON x.g = y.w ORDER BY 1",
                "SELECT x.id, y FROM a x LEFT JOIN (SELECT id, w + 1 AS y FROM c) z ON z.id = x.id WHERE x.id < 20 ORDER BY 1",
                "WITH r AS (SELECT g, sum(n) AS total FROM a GROUP BY g) SELECT g, total FROM r WHERE total = (SELECT max(total) FROM r)",
                "SELECT g, avg_id FROM (SELECT g, avg(id) AS avg_id FROM a GROUP BY g) x JOIN c ON c.w = x.g AND c.id < 10 ORDER BY 1, 2",
                "SELECT sum(k) FROM (SELECT DISTINCT g, s, 1 AS k FROM a) x", "SELECT count(*) FROM (SELECT 1 FROM a LIMIT 7) x", "SELECT * FROM (SELECT id FROM a ORDER BY n DESC LIMIT 5) x LIMIT 2",
                "SELECT string_agg(s, ',') FROM (SELECT s FROM a WHERE id < 10 ORDER BY id DESC) x", "SELECT sum(l.id) FROM a l WHERE l.n < (SELECT avg(n) FROM a)",
                "SELECT p, q FROM (SELECT id AS p, g AS id, s AS q FROM a ORDER BY id, p LIMIT 9) x JOIN c ON c.id = x.p ORDER BY 1, 2",
                "SELECT t, count(*) FROM (SELECT DISTINCT s || '!' AS t, g FROM a) x GROUP BY t HAVING count(*) > 4 ORDER BY 1", "SELECT x.id FROM (SELECT id FROM a WHERE random() < 2 ORDER BY id LIMIT 3) x JOIN b ON b.id > x.id + 590 ORDER BY 1",
                "SELECT b.v, x.id FROM b LEFT JOIN (SELECT id FROM a WHERE EXISTS (SELECT 1 FROM c WHERE c.id = a.id) LIMIT 400) x ON x.id = b.id ORDER BY 1, 2")) {
            same(query);
        }
    }

    @Test
    void branchesOfASetOperationMayHaveAnOrderAndALimit() throws SQLException {
        assertEquals("SELECT c1 FROM (SELECT r1.c1 AS c1 FROM (SELECT r1.id AS c1 FROM public.a r1 ORDER BY r1.id ASC NULLS LAST LIMIT 3::bigint) r1"
                + " UNION ALL SELECT c1 FROM (SELECT r1.id AS c1 FROM public.c r1 ORDER BY r1.id DESC NULLS FIRST LIMIT 2::bigint) r1) r1 ORDER BY c1 ASC NULLS LAST",
                remote("pg", "(SELECT id FROM a ORDER BY id LIMIT 3) UNION ALL (SELECT id FROM c ORDER BY id DESC LIMIT 2) ORDER BY 1"));
        assertTrue(remote("h2", "(SELECT id FROM a ORDER BY id LIMIT 3) UNION ALL (SELECT id FROM c ORDER BY id DESC LIMIT 2)").contains(" UNION ALL "));
        for (String query : List.of("(SELECT id FROM a ORDER BY id LIMIT 3) UNION ALL (SELECT id FROM c ORDER BY id DESC LIMIT 2) ORDER BY 1",
                "(SELECT g, id FROM a ORDER BY g, id LIMIT 3) EXCEPT (SELECT w, id FROM c ORDER BY id OFFSET 2) ORDER BY 1, 2", "(SELECT DISTINCT ON (g) g, id FROM a ORDER BY g, id) UNION (SELECT w, id FROM c ORDER BY id LIMIT 1) ORDER BY 1, 2",
                "SELECT id, s FROM a WHERE id < 5 UNION SELECT 0, 'none' FROM c ORDER BY 1", "((SELECT id FROM a ORDER BY n DESC LIMIT 9) INTERSECT (SELECT id FROM c)) UNION ALL (SELECT id FROM b ORDER BY v, id LIMIT 1) ORDER BY 1")) {
            same(query);
        }
    }

    @Test
    void joinsOfManyTablesAreDoneThere() throws SQLException {
        StringBuilder chain = new StringBuilder("SELECT t0.id, t11.s FROM a t0");
        StringBuilder star = new StringBuilder("SELECT count(*), sum(t3.g) FROM a t0");
        for (int i = 1; i < 12; i++) {
            chain.append(" JOIN a t" + i + " ON t" + i + ".id = t" + (i - 1) + ".id + 1");
            star.append(" JOIN a t" + i + " ON t" + i + ".id = t0.id");
        }
        for (String query : List.of(chain + " WHERE t0.id < 20 ORDER BY 1", star + " WHERE t0.g = 2")) {
            for (String schema : List.of("pg", "h2")) {
                assertEquals(11, remote(schema, query).split(" INNER JOIN ").length - 1, remote(schema, query));
            }
            same(query);
        }
    }

    @Test
    void parametersOfAllPartsOfASetOperationArriveWhereTheyBelong() throws SQLException {
        for (String schema : List.of("pg", "h2")) {
            Lines.run(here, "SET search_path = " + schema, "PREPARE p (int, int, int) AS SELECT id FROM a WHERE id = $1 UNION ALL SELECT id FROM c WHERE id = $2 ORDER BY 1 LIMIT $3");
            assertEquals(List.of("6", "7"), Lines.of(here, "EXECUTE p(7, 6, 10)"));
            assertEquals(List.of("6"), Lines.of(here, "EXECUTE p(7, 6, 1)"));
            Lines.run(here, "DEALLOCATE p");
        }
    }

    @Test
    void changesThatJoinTablesOfTheServerAreOneStatementThere() throws SQLException {
        Lines.run(here, "SET search_path = pg");
        String update = "UPDATE a SET s = v, n = n + 1 FROM b WHERE a.id = b.id AND g = 2 AND v IS NOT NULL";
        String delete = "DELETE FROM a USING b, c WHERE a.id = b.id AND c.id = b.id AND w < 3";
        String exists = "DELETE FROM a WHERE g = 4 AND EXISTS (SELECT 1 FROM b WHERE b.id = a.id)";
        assertEquals("UPDATE public.a r1 SET s = r2.v, n = ((r1.n + 1::numeric))::numeric(10,2) FROM public.b r2 WHERE ((r1.g = 2)) AND ((r2.v IS NOT NULL)) AND ((r1.id = r2.id))",
                Lines.remote(here, update));
        assertTrue(Lines.remote(here, delete).startsWith("DELETE FROM public.a r"), Lines.remote(here, delete));
        assertTrue(Lines.remote(here, exists).startsWith("DELETE FROM public.a r1 WHERE ((r1.g = 4)) AND EXISTS (SELECT NULL FROM public.b r2"), Lines.remote(here, exists));
        for (String change : List.of(update, delete, exists)) {
            there.setAutoCommit(false);
            Lines.run(there, change);
            List<String> expected = Lines.of(there, "SELECT * FROM a ORDER BY id");
            there.rollback();
            there.setAutoCommit(true);
            here.setAutoCommit(false);
            Lines.run(here, change);
            assertEquals(expected, Lines.of(here, "SELECT * FROM a ORDER BY id"), change);
            here.rollback();
            here.setAutoCommit(true);
        }
    }

    @Test
    void aChangeThatLooksAtLocalRowsGoesRowByRow() throws SQLException {
        Lines.run(here, "SET search_path = pg", "CREATE TEMP TABLE mine AS SELECT id FROM a WHERE id < 20");
        String update = "UPDATE a SET s = 'x' FROM mine, b WHERE a.id = mine.id AND b.id = a.id";
        assertTrue(Lines.remote(here, update).startsWith("UPDATE public.a SET s = $1 WHERE ctid = $2"), Lines.remote(here, update));
        here.setAutoCommit(false);
        Lines.run(here, update);
        assertEquals(List.of("4"), Lines.of(here, "SELECT count(*) FROM a WHERE s = 'x'"));
        here.rollback();
        here.setAutoCommit(true);
    }

    @Test
    void fewRowsAskForTheirsOneByOne() throws SQLException {
        Lines.run(here, "CREATE TEMP TABLE span (low int, high int, v text)", "INSERT INTO span VALUES (3, 5, 's4'), (290, 400, 's3'), (10, 2, NULL), (NULL, 7, 's1')", "ANALYZE span");
        Lines.run(there, "CREATE TEMP TABLE span (low int, high int, v text)", "INSERT INTO span VALUES (3, 5, 's4'), (290, 400, 's3'), (10, 2, NULL), (NULL, 7, 's1')");
        String join = "SELECT low, a.id FROM span JOIN a ON a.id BETWEEN low AND high ORDER BY 1, 2";
        assertEquals("SELECT id FROM public.a WHERE ((id >= $1::integer)) AND ((id <= $2::integer))", remote("pg", join));
        assertTrue(remote("h2", join).contains("WHERE ((\"ID\" >= :1)) AND ((\"ID\" <= :2))"), remote("h2", join));
        for (String query : List.of(join, "SELECT low, a.id FROM span LEFT JOIN a ON a.id BETWEEN low AND high ORDER BY 1, 2",
                "SELECT low FROM span WHERE EXISTS (SELECT 1 FROM a WHERE a.id > low AND a.id < high AND s <> v) ORDER BY 1",
                "SELECT low FROM span WHERE NOT EXISTS (SELECT 1 FROM a WHERE a.id > low AND a.id < high) ORDER BY 1",
                "SELECT low, (SELECT max(a.n) FROM a WHERE a.id < span.high AND a.s = span.v) FROM span ORDER BY 1, 2",
                "SELECT low, x.id FROM span, LATERAL (SELECT id FROM a WHERE a.id > low ORDER BY id LIMIT 2) x ORDER BY 1, 2")) {
            same(query);
        }
    }

    @Test
    void joinsAreDoneThereThoughSomeConditionsAreCheckedHere() throws SQLException {
        assertEquals("SELECT r1.\"ID\", r1.\"S\", r2.\"V\" FROM (\"A\" r1 INNER JOIN \"B\" r2 ON (((r1.\"ID\" = r2.\"ID\")))) WHERE ((r1.\"G\" = 3))",
                remote("h2", "SELECT a.id, v FROM a JOIN b ON a.id = b.id WHERE g = 3 AND s < 's5'"));
        assertTrue(remote("h2", "SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id WHERE g = 3 AND s < 's5'").contains("LEFT JOIN"));
        assertTrue(!remote("h2", "SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id AND v < 's5' WHERE g = 3").contains("LEFT JOIN"));
        for (String query : List.of("SELECT a.id, v FROM a JOIN b ON a.id = b.id WHERE g = 3 AND s < 's5' ORDER BY 1, 2",
                "SELECT a.id, v FROM a JOIN b ON a.id = b.id AND s < v ORDER BY 1, 2", "SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id WHERE g = 3 AND s < 's5' ORDER BY 1, 2",
                "SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id AND v < 's5' WHERE g = 3 ORDER BY 1, 2", "SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id WHERE v < 's5' OR v IS NULL ORDER BY 1, 2",
                "SELECT id FROM a WHERE s < 's5' AND EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND v <> 's2') ORDER BY 1",
                "SELECT id FROM a WHERE s < 's5' AND NOT EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND v < 's5') ORDER BY 1",
                "SELECT count(*), sum(a.id) FROM a JOIN b ON a.id = b.id JOIN c ON c.id = a.id WHERE s < 's5'", "SELECT a.id, w FROM (a JOIN b ON a.id = b.id AND s < 's5') FULL JOIN c ON a.id = c.id ORDER BY 1, 2",
                "SELECT a.id FROM a JOIN b ON a.id = b.id WHERE s < 's5' ORDER BY 1 LIMIT 3")) {
            same(query);
        }
    }

    @Test
    void explainSaysWhatStaysHereAndWhy() throws SQLException {
        assertEquals("local: what is made of groups may differ there", notes("h2", "SELECT g, stddev(n) FROM a GROUP BY g"));
        assertEquals("local: strings may sort otherwise there, local: what is made of groups waits for conditions that are checked here",
                notes("h2", "SELECT g, count(*) FROM a WHERE s < 's3' GROUP BY g"));
        assertEquals("local: ORDER BY may differ there", notes("h2", "SELECT id FROM a ORDER BY s"));
        assertEquals("local: DISTINCT may differ there", notes("h2", "SELECT DISTINCT g + 1 FROM a"));
        assertEquals("local: the join, since the server has no FULL JOIN", notes("h2", "SELECT a.id, w FROM a FULL JOIN c ON a.id = c.id"));
        assertEquals("local: the join, since strings may sort otherwise there", notes("h2", "SELECT a.id, v FROM a LEFT JOIN b ON a.id = b.id AND v < 's5'"));
        assertEquals("local: the join, since strings may sort otherwise there", notes("h2", "SELECT a.id FROM a JOIN b ON s < v"));
        assertEquals("local: the join, since the tables are of different servers", notes("h2", "SELECT a.id FROM a JOIN pg.b ON a.id = b.id"));
        assertEquals("local: the join, since it is estimated to be cheaper here", notes("pg", "SELECT a.id FROM a, b"));
        assertEquals("local: strings may sort otherwise there, local: LIMIT waits for conditions that are checked here", notes("h2", "SELECT id FROM a WHERE s < 's3' LIMIT 3"));
        assertEquals("local: ORDER BY may differ there, local: LIMIT waits for the order, which is made here", notes("h2", "SELECT id FROM a ORDER BY s LIMIT 3"));
        assertEquals("local: WITH TIES is done here", notes("pg", "SELECT id FROM a ORDER BY g FETCH FIRST 3 ROWS WITH TIES"));
        assertEquals("", notes("pg", "SELECT a.id FROM a JOIN b ON a.id = b.id ORDER BY 1 LIMIT 2"));
        assertEquals("", notes("pg", "SELECT g, stddev(n) FROM a WHERE s < 's3' GROUP BY g ORDER BY 2"));
    }

    private static String notes(String schema, String query) throws SQLException {
        Lines.run(here, "SET search_path = " + schema);
        return Lines.of(here, "EXPLAIN (VERBOSE, COSTS OFF) " + query).stream().map(String::strip).filter(l -> l.startsWith("Not pushed down: "))
                .map(l -> l.substring("Not pushed down: ".length())).findFirst().orElse("");
    }
}
