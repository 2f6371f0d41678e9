package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.Gajah;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** postgres_fdw with a real PostgreSQL behind it: each query gives what the PostgreSQL itself gives, and the work is done there. */
class PostgresForeignTest {
    private static Optional<PostgresOracle> server = Optional.empty();
    private static Gajah gajah;
    private static Connection there;
    private static Connection here;

    @BeforeAll
    static void start() throws IOException, SQLException {
        PostgresOracle oracle = PostgresOracle.start();
        server = Optional.of(oracle);
        there = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + oracle.port() + "/postgres", "postgres", "");
        gajah = Gajah.inMemory();
        here = gajah.dataSource().getConnection();
        Lines.run(there, "CREATE TABLE t (id int PRIMARY KEY, g int, s text, n numeric, d date, f float8)",
                "INSERT INTO t SELECT i, i % 10, 's' || i, i / 4.0, date '2024-01-01' + i, i / 3.0 FROM generate_series(1, 5000) i",
                "CREATE TABLE u (id int, v text)", "INSERT INTO u SELECT i * 100, 'v' || i FROM generate_series(1, 50) i", "ANALYZE");
        Lines.run(here, "CREATE EXTENSION postgres_fdw",
                "CREATE SERVER pg FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + oracle.port() + "', dbname 'postgres')",
                "CREATE USER MAPPING FOR CURRENT_USER SERVER pg OPTIONS (user 'postgres')",
                "CREATE FOREIGN TABLE t (id int, g int, s text, n numeric, d date, f float8) SERVER pg", "CREATE FOREIGN TABLE u (id int, v text) SERVER pg",
                "CREATE TABLE mine (k int)", "INSERT INTO mine SELECT i FROM generate_series(1, 20) i");
    }

    @AfterAll
    static void stop() throws SQLException {
        here.close();
        gajah.close();
        there.close();
        server.ifPresent(PostgresOracle::close);
    }

    private static void same(String query) throws SQLException {
        assertEquals(Lines.of(there, query), Lines.of(here, query), query);
    }

    @Test
    void answersAreThoseOfTheServerItself() throws SQLException {
        for (String query : List.of("SELECT * FROM t WHERE id < 20 ORDER BY id", "SELECT g, count(*), sum(n), min(s), max(d) FROM t GROUP BY g ORDER BY g",
                "SELECT count(*) FROM t", "SELECT s FROM t WHERE s < 's12' ORDER BY s COLLATE \"C\" LIMIT 5", "SELECT id FROM t ORDER BY f DESC LIMIT 3 OFFSET 2",
                "SELECT g FROM t GROUP BY g HAVING count(*) > 3 ORDER BY 1", "SELECT DISTINCT g FROM t ORDER BY g",
                "SELECT t.id, v FROM t JOIN u ON t.id = u.id WHERE g = 0 ORDER BY 1", "SELECT t.id, v FROM t LEFT JOIN u USING (id) WHERE id BETWEEN 95 AND 105 ORDER BY 1",
                "SELECT sum(id) FROM t WHERE d BETWEEN '2024-02-01' AND '2024-03-01'", "SELECT count(*) FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id)",
                "SELECT id FROM t WHERE (id, g) = (11, 1)", "SELECT max(id) FILTER (WHERE g = 3), avg(f)::numeric(10, 3) FROM t",
                "SELECT id FROM t WHERE s LIKE 's49_' AND n % 1 = 0.5 ORDER BY id", "SELECT CASE WHEN g < 5 THEN 'low' ELSE 'high' END c, count(*) FROM t GROUP BY 1 ORDER BY 1",
                "(SELECT id FROM t WHERE id < 3) UNION ALL (SELECT id FROM u WHERE id < 300) ORDER BY 1")) {
            same(query);
        }
    }

    @Test
    void joinsOfTheServersTablesAreDoneThere() throws SQLException {
        assertEquals("SELECT r1.id, r2.v FROM (public.t r1 INNER JOIN public.u r2 ON (((r1.id = r2.id)))) WHERE ((r1.g = 3))",
                Lines.remote(here, "SELECT t.id, v FROM t JOIN u ON t.id = u.id WHERE g = 3"));
    }

    @Test
    void groupsOrderAndLimitAreDoneThere() throws SQLException {
        assertEquals("SELECT g, count(*) FROM public.t WHERE ((id > 10)) GROUP BY g HAVING ((count(*) > 3)) ORDER BY g ASC NULLS LAST LIMIT 2::bigint",
                Lines.remote(here, "SELECT g, count(*) FROM t WHERE id > 10 GROUP BY g HAVING count(*) > 3 ORDER BY g LIMIT 2"));
    }

    @Test
    void f25AnalyzeKnowsHowManyRowsThereAre() throws SQLException {
        Lines.run(here, "CREATE FOREIGN TABLE counted (id int, g int, s text, n numeric, d date, f float8) SERVER pg OPTIONS (table_name 't')");
        assertEquals(List.of("-1"), Lines.of(here, "SELECT reltuples FROM pg_class WHERE relname = 'counted'"));
        Lines.run(here, "ANALYZE counted");
        assertEquals(List.of("5000"), Lines.of(here, "SELECT reltuples FROM pg_class WHERE relname = 'counted'"));
        assertEquals(List.of("id|-1", "g|10"), Lines.of(here, "SELECT attname, n_distinct FROM pg_stats WHERE tablename = 'counted' AND attname IN ('id', 'g') ORDER BY 1 DESC"));
        assertTrue(Lines.of(here, "EXPLAIN SELECT * FROM counted WHERE g = 3").getFirst().contains("rows=500 "), Lines.of(here, "EXPLAIN SELECT * FROM counted WHERE g = 3").toString());
    }

    /** The last statement of the connection that a transaction's ANALYZE has used is the one that fetched. */
    private static String fetchedBy(String option) throws SQLException {
        Lines.run(here, "ALTER FOREIGN TABLE large OPTIONS (SET analyze_sampling '" + option + "')", "BEGIN", "ANALYZE large");
        List<String> asked = Lines.of(there, "SELECT query FROM pg_stat_activity WHERE query LIKE 'SELECT id, g FROM public.large%'");
        Lines.run(here, "COMMIT");
        assertEquals(List.of("20000"), Lines.of(here, "SELECT reltuples FROM pg_class WHERE relname = 'large'"), option);
        assertEquals(List.of("10"), Lines.of(here, "SELECT n_distinct FROM pg_stats WHERE tablename = 'large' AND attname = 'g'"), option);
        assertEquals(1, asked.size(), option + " " + asked);
        return asked.getFirst();
    }

    @Test
    void f25AnalyzeSamplingFetchesAPartOfALargeTable() throws SQLException {
        Lines.run(there, "CREATE TABLE large AS SELECT i AS id, i % 10 AS g FROM generate_series(1, 20000) i", "ANALYZE large");
        Lines.run(here, "CREATE FOREIGN TABLE large (id int, g int) SERVER pg OPTIONS (analyze_sampling 'off')", "SET default_statistics_target = 10");
        try {
            assertEquals("SELECT id, g FROM public.large", fetchedBy("off"));
            assertEquals("SELECT id, g FROM public.large TABLESAMPLE BERNOULLI(15.000000000)", fetchedBy("auto"));
            assertEquals("SELECT id, g FROM public.large TABLESAMPLE BERNOULLI(15.000000000)", fetchedBy("bernoulli"));
            assertEquals("SELECT id, g FROM public.large TABLESAMPLE SYSTEM(15.000000000)", fetchedBy("system"));
            assertEquals("SELECT id, g FROM public.large WHERE pg_catalog.random() < 0.150000000", fetchedBy("random"));
            Lines.run(here, "SET default_statistics_target = 100");
            assertEquals("SELECT id, g FROM public.large", fetchedBy("auto"));
        } finally {
            Lines.run(here, "RESET default_statistics_target");
        }
    }

    @Test
    void aLimitStopsPlansThatFetchTooMuch() throws SQLException {
        Lines.run(here, "SET gajah.foreign_row_limit = 100");
        try {
            assertEquals("54000", assertThrows(SQLException.class, () -> Lines.of(here, "SELECT s FROM t")).getSQLState());
            assertEquals(List.of("5000"), Lines.of(here, "SELECT count(*) FROM t"));
            assertEquals(99, Lines.of(here, "SELECT s FROM t WHERE id < 100").size());
            Lines.run(here, "CREATE FOREIGN TABLE known (id int, g int) SERVER pg OPTIONS (table_name 't')", "RESET gajah.foreign_row_limit", "ANALYZE known",
                    "SET gajah.foreign_row_limit = 100");
            SQLException e = assertThrows(SQLException.class, () -> Lines.of(here, "SELECT * FROM known WHERE g = 1"));
            assertTrue(e.getMessage().contains("is estimated to fetch 500 rows"), e.getMessage());
        } finally {
            Lines.run(here, "RESET gajah.foreign_row_limit");
        }
    }

    @Test
    void aJoinWithALocalTableAsksForTheRowsOfItsKeysOnly() throws SQLException {
        String join = "SELECT k, s FROM mine JOIN t ON id = k * 100 ORDER BY 1";
        String sent = Lines.remote(here, "SELECT k, s FROM mine JOIN t ON id = k");
        assertEquals("SELECT id, s FROM public.t WHERE ((id = ANY ($1::integer[])))", sent);
        assertEquals(20, Lines.of(here, join).size());
        assertEquals("7|s7", Lines.of(here, "SELECT k, s FROM mine JOIN t ON t.id = mine.k ORDER BY 1").get(6));
        Lines.run(here, "CREATE TABLE wide (k bigint, w text)", "INSERT INTO wide SELECT i, 's' || i FROM generate_series(1, 12000) i", "INSERT INTO wide VALUES (NULL, NULL), (5, 's1')",
                "ANALYZE wide");
        assertEquals(List.of("5001|12502500"), Lines.of(here, "SELECT count(*), sum(id) - 5 FROM wide JOIN t ON id = k"));
        assertEquals(List.of("5001"), Lines.of(here, "SELECT count(*) FROM wide JOIN t ON s = w"));
        assertEquals(List.of("12002|5001"), Lines.of(here, "SELECT count(*), count(id) FROM wide LEFT JOIN t ON id = k"));
        assertEquals(List.of("0"), Lines.of(here, "SELECT count(*) FROM (SELECT * FROM wide WHERE k < 0) w JOIN t ON id = k"));
    }

    @Test
    void stringsSortThereAsTheySortHere() throws SQLException {
        assertEquals("SELECT s FROM public.t WHERE (((s COLLATE \"C\") < 's2')) ORDER BY (s COLLATE \"C\") ASC NULLS LAST",
                Lines.remote(here, "SELECT s FROM t WHERE s < 's2' ORDER BY s"));
    }

    @Test
    void volatileFunctionsStayAndStableOnesAreSentAsValues() throws SQLException {
        assertEquals("SELECT id FROM public.t", Lines.remote(here, "SELECT id FROM t WHERE id < random() * 10"));
        assertEquals("SELECT id FROM public.t WHERE ((d < $1::date))", Lines.remote(here, "SELECT id FROM t WHERE d < current_date"));
    }

    @Test
    void aLimitWaitsForConditionsThatAreCheckedHere() throws SQLException {
        assertEquals("SELECT id FROM public.t ORDER BY id ASC NULLS LAST", Lines.remote(here, "SELECT id FROM t ORDER BY id").replace(" LIMIT", " LIMIT"));
        assertTrue(!Lines.remote(here, "SELECT id FROM t WHERE id + random() > 3 ORDER BY id LIMIT 2").contains("LIMIT"));
        assertEquals(List.of("3", "4"), Lines.of(here, "SELECT id FROM t WHERE id + random() * 0.1 > 3 ORDER BY id LIMIT 2"));
    }

    @Test
    void explainDoesNotConnect() throws SQLException {
        Lines.run(here, "CREATE SERVER nowhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '1')",
                "CREATE USER MAPPING FOR CURRENT_USER SERVER nowhere", "CREATE FOREIGN TABLE far (a int) SERVER nowhere");
        assertEquals("SELECT a FROM public.far", Lines.remote(here, "SELECT * FROM far"));
        assertEquals("08001", assertThrows(SQLException.class, () -> Lines.of(here, "SELECT * FROM far")).getSQLState());
    }

    @Test
    void timeoutsReachTheServer() throws SQLException {
        Lines.run(there, "CREATE VIEW slow AS SELECT 1 AS a FROM pg_sleep(60)");
        Lines.run(here, "CREATE FOREIGN TABLE slow (a int) SERVER pg", "SET statement_timeout = '300ms'");
        try {
            assertEquals("57014", assertThrows(SQLException.class, () -> Lines.of(here, "SELECT * FROM slow")).getSQLState());
        } finally {
            Lines.run(here, "SET statement_timeout = 0");
        }
        assertEquals(List.of("0"), Lines.of(there, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow%' AND pid <> pg_backend_pid()"));
        assertEquals(List.of("5000"), Lines.of(here, "SELECT count(*) FROM t"));
    }

    @Test
    void aConnectionThatWasLostIsReplaced() throws SQLException {
        assertEquals(List.of("5000"), Lines.of(here, "SELECT count(*) FROM t"));
        Lines.run(there, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'postgres_fdw'");
        List<String> after = new ArrayList<>();
        for (int i = 0; i < 3 && after.isEmpty(); i++) {
            after.addAll(Lines.of(here, "SELECT count(*) FROM t"));
        }
        assertEquals(List.of("5000"), after);
    }

    @Test
    void aRollbackHereIsOneThere() throws SQLException {
        here.setAutoCommit(false);
        Lines.run(here, "UPDATE t SET s = 'gone' WHERE id = 1", "DELETE FROM u");
        assertEquals(List.of("gone|0"), Lines.of(here, "SELECT s, (SELECT count(*) FROM u) FROM t WHERE id = 1"));
        here.rollback();
        here.setAutoCommit(true);
        assertEquals(List.of("s1|50"), Lines.of(there, "SELECT s, (SELECT count(*) FROM u) FROM t WHERE id = 1"));
    }

    @Test
    void f18ARemoteSerializationFailureIsOneHere() throws SQLException {
        Lines.run(there, "CREATE TABLE fought (id int PRIMARY KEY, n int)", "INSERT INTO fought VALUES (1, 1)");
        Lines.run(here, "CREATE FOREIGN TABLE fought (id int, n int) SERVER pg");
        here.setAutoCommit(false);
        try {
            Lines.run(here, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            assertEquals(List.of("1"), Lines.of(here, "SELECT n FROM fought"));
            Lines.run(there, "UPDATE fought SET n = 2");
            assertEquals("40001", assertThrows(SQLException.class, () -> Lines.run(here, "UPDATE fought SET n = n + 10")).getSQLState());
        } finally {
            here.rollback();
            here.setAutoCommit(true);
        }
        Lines.run(here, "UPDATE fought SET n = n + 10");
        assertEquals(List.of("12"), Lines.of(there, "SELECT n FROM fought"));
    }

    /** A row that is made there is counted there: no more of them are made than are fetched at once, twice for what is under way. */
    @Test
    void f20NoMoreRowsAreAskedForThanAreFetchedAtOnce() throws SQLException {
        Lines.run(there, "CREATE SEQUENCE made", "CREATE VIEW counted AS SELECT nextval('made') AS n FROM generate_series(1, 100000)");
        Lines.run(here, "CREATE FOREIGN TABLE counted_there (n bigint) SERVER pg OPTIONS (table_name 'counted', fetch_size '50')");
        assertEquals(5, Lines.of(here, "SELECT n FROM counted_there WHERE n + random() > 0 LIMIT 5").size());
        long made = Long.parseLong(Lines.of(there, "SELECT last_value FROM made").getFirst());
        assertTrue(made <= 1100, made + " rows were made for five");
        assertEquals(List.of("100000"), Lines.of(here, "SELECT count(*) FROM (SELECT n FROM counted_there WHERE n + random() > 0 OFFSET 0) x"));
    }

    @Test
    void aResultThatIsExpectedToBeSmallComesAsAWhole() throws SQLException {
        Lines.run(there, "CREATE TABLE grows AS SELECT i FROM generate_series(1, 20) i", "ANALYZE grows");
        Lines.run(here, "CREATE FOREIGN TABLE grows (i int) SERVER pg OPTIONS (fetch_size '100')", "ANALYZE grows");
        assertEquals("SELECT i FROM public.grows LIMIT 101", sentFor("SELECT i FROM grows", 20));
        Lines.run(there, "INSERT INTO grows SELECT i FROM generate_series(21, 100) i");
        assertEquals("SELECT i FROM public.grows LIMIT 101", sentFor("SELECT i FROM grows", 100));
        Lines.run(there, "INSERT INTO grows SELECT i FROM generate_series(101, 5000) i");
        assertEquals("SELECT i FROM public.grows", sentFor("SELECT i FROM grows", 5000));
        assertEquals("SELECT i FROM public.grows ORDER BY i ASC NULLS LAST LIMIT 3::bigint", sentFor("SELECT i FROM grows ORDER BY i LIMIT 3", 3));
        Lines.run(here, "ANALYZE grows");
        assertEquals("SELECT i FROM public.grows", sentFor("SELECT i FROM grows", 5000));
        assertEquals("SELECT count(*), sum(i) FROM public.grows LIMIT 101", sentFor("SELECT count(*), sum(i) FROM grows", 1));
        assertTrue(assertThrows(SQLException.class, () -> Lines.of(here, "SELECT 1 / (i - 7) FROM grows WHERE i < 10")).getMessage().contains("division by zero"));
    }

    /** What the server was asked last for a query that gives so many rows, each one once. */
    private static String sentFor(String query, int rows) throws SQLException {
        here.setAutoCommit(false);
        try {
            assertEquals(rows, Lines.of(here, query).stream().distinct().count(), query);
            return Lines.of(there, "SELECT query FROM pg_stat_activity WHERE application_name = 'postgres_fdw' AND state = 'idle in transaction'").getFirst();
        } finally {
            here.rollback();
            here.setAutoCommit(true);
        }
    }

    @Test
    void f30AnotherUserMappingCountsFromTheNextTransactionOn() throws SQLException {
        Lines.run(there, "CREATE ROLE reader LOGIN", "CREATE VIEW myself AS SELECT session_user::text AS who", "GRANT SELECT ON myself TO reader");
        Lines.run(here, "CREATE SERVER again FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + server.orElseThrow().port() + "', dbname 'postgres')",
                "CREATE USER MAPPING FOR CURRENT_USER SERVER again OPTIONS (user 'postgres')", "CREATE FOREIGN TABLE myself (who text) SERVER again");
        here.setAutoCommit(false);
        assertEquals(List.of("postgres"), Lines.of(here, "SELECT who FROM myself"));
        Lines.run(here, "ALTER USER MAPPING FOR CURRENT_USER SERVER again OPTIONS (SET user 'reader')");
        assertEquals(List.of("postgres"), Lines.of(here, "SELECT who FROM myself"));
        here.commit();
        here.setAutoCommit(true);
        assertEquals(List.of("reader"), Lines.of(here, "SELECT who FROM myself"));
    }

    @Test
    void f30AServerIsNotDroppedUnderAScan() throws SQLException {
        Lines.run(here, "CREATE SERVER passing FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + server.orElseThrow().port() + "', dbname 'postgres')",
                "CREATE USER MAPPING FOR CURRENT_USER SERVER passing OPTIONS (user 'postgres')", "CREATE FOREIGN TABLE passing (id int) SERVER passing OPTIONS (table_name 't')");
        try (Connection other = gajah.dataSource().getConnection()) {
            here.setAutoCommit(false);
            Lines.run(here, "DECLARE c CURSOR FOR SELECT id FROM passing ORDER BY id");
            assertEquals(List.of("1"), Lines.of(here, "FETCH 1 FROM c"));
            Lines.run(other, "SET lock_timeout = '200ms'");
            assertEquals("55P03", assertThrows(SQLException.class, () -> Lines.run(other, "DROP SERVER passing CASCADE")).getSQLState());
            assertEquals(4999, Lines.of(here, "FETCH ALL FROM c").size());
            here.commit();
            here.setAutoCommit(true);
            Lines.run(other, "DROP SERVER passing CASCADE");
        }
        assertEquals("42P01", assertThrows(SQLException.class, () -> Lines.of(here, "SELECT * FROM passing")).getSQLState());
    }

    @Test
    void passwordsAreHiddenFromOthers() throws SQLException {
        Lines.run(here, "CREATE ROLE other", "GRANT USAGE ON FOREIGN SERVER pg TO other", "CREATE USER MAPPING FOR other SERVER pg OPTIONS (user 'o', password 'secret')",
                "CREATE ROLE third", "SET ROLE third");
        try {
            assertEquals(List.of("null"), Lines.of(here, "SELECT umoptions FROM pg_user_mappings WHERE usename = 'other'"));
        } finally {
            Lines.run(here, "RESET ROLE");
        }
    }
}
