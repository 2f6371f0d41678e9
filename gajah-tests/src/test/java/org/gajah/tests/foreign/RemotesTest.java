package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.Gajah;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same rows behind every kind of remote: whatever goes there, the answer is the one that the rows give when they are here, which is
 * the one that a PostgreSQL gives; and enough goes there to save rows.
 */
class RemotesTest {
    private static final List<String> STRINGS = java.util.Arrays.asList("a", "A", "a ", "ab", "abc", "Abc", "b", "B", "\u00e9", "\u00c9t\u00e9", "Stra\u00dfe", "z", "zz", "%", "_", "a_c", "a\\c",
            "it's", "\ud83d\ude00", "\uff21", "10", "9", "", null);
    /** HSQLDB gives values the column's type, unless told by SQL that no Oracle needs. */
    private static final String LONG_LIST = "id = ANY (ARRAY(SELECT unnest(ARRAY[3, 10000000000])))";
    private static final List<String> CONDITIONS = List.of("id = 3", "id <> 3", "id > 20", "id >= 20 AND id < 30", "id BETWEEN 5 AND 9", "id IN (1, 5, 99)", "id NOT IN (1, 5, 99)",
            "n = 10000000000", "n > 3 AND n < 4000000000", "n IS NULL", "n IS NOT NULL", "d = 1.50", "d > 2.5", "d <= -1", "d IN (1.5, 0)", "d IS DISTINCT FROM 1.5", "f > 0.5", "f = 0.25", "f < -1e3",
            "s = 'a'", "s <> 'a'", "s = 'A'", "s = 'a '", "s < 'b'", "s >= 'Z'", "s BETWEEN 'A' AND 'a'", "s IN ('a', 'B', 'zz')", "s NOT IN ('a', 'B')", "s IS NULL", "s = ''", "s <> ''",
            "s LIKE 'a%'", "s LIKE 'A%'", "s NOT LIKE 'a%'", "s LIKE '_'", "s LIKE '%\\%%'", "s LIKE 'a\\_c'", "s = 'it''s'", "s = 'a\\c'", "s = E'\\\\'' OR 1=1 --'", "length(s) = 1", "upper(s) = 'A'",
            "lower(s) = 'abc'", "char_length(s) > 2", "day = '2024-02-29'", "day > '2024-02-28'", "day <> '2024-02-29'", "at = '2024-02-29 12:00:00.5'", "at > '2024-02-29 12:00:00'", "at IS NULL",
            "ok", "NOT ok", "ok IS NULL", "c = 'x'", "c = 'x '", "c IS NOT NULL", "abs(d) = 1.5", "floor(d) = 1", "id + 1 = 5", "id * 2 - n > 0", "coalesce(n, 0) = 0", "coalesce(s, NULL) = 'a'",
            "CASE WHEN id < 5 THEN n ELSE 0 END > 2", "id = 1 OR s = 'b'", "NOT (id = 1 OR id > 5)", "id = 7 AND (s < 'b' OR n > 5)", "(s = 'a' OR s IS NULL) AND id > 2", "id = n", "n <> id",
            "d = 'NaN'", "f = 'Infinity'", "day = 'infinity'", "day < '0044-03-15 BC'",
            "day IN ('2024-02-29', 'infinity')", "d = ANY (ARRAY(SELECT unnest(ARRAY[1.5, 'NaN'::numeric, 1.499])))", "day < (SELECT max(v) FROM (VALUES ('infinity'::date)) q (v))",
            "NOT (d >= (SELECT max(v) FROM (VALUES ('NaN'::numeric)) q (v)))", "at > (SELECT max(v) FROM (VALUES ('0044-03-15 00:00:00 BC'::timestamp)) q (v))",
            "NOT (n = ANY (ARRAY(SELECT unnest(ARRAY[1, NULL]))))", "id + (SELECT max(v) FROM (VALUES (4000000000)) q (v)) > 4000000005",
            "id = (SELECT 10000000000 + count(*) FROM pg_class WHERE false)", "id < (SELECT 10000000000 + count(*) FROM pg_class WHERE false)", LONG_LIST, "d = (SELECT 1.505 + count(*) FROM pg_class WHERE false)",
            "d < (SELECT 1.505 + count(*) FROM pg_class WHERE false)", "d < (SELECT 123456789012345.678 + count(*) FROM pg_class WHERE false)", "id IN (4, 14, NULL)", "id NOT IN (4, 14, NULL)", "NOT id IN (4, NULL)",
            "s = (SELECT repeat('a', 50))", "s < (SELECT repeat('a', 50))");
    private static final List<String> QUERIES = List.of("SELECT id FROM %s ORDER BY n DESC NULLS LAST, id LIMIT 4", "SELECT id FROM %s ORDER BY n NULLS FIRST, id LIMIT 4 OFFSET 2",
            "SELECT id FROM %s ORDER BY id OFFSET 40", "SELECT s FROM %s ORDER BY s LIMIT 6", "SELECT count(*), count(n), count(DISTINCT n), min(n), max(d) FROM %s",
            "SELECT id FROM %s ORDER BY id LIMIT (SELECT 3 + count(*) FROM generate_series(1, 2))", "SELECT id FROM %s ORDER BY id LIMIT (SELECT max(v) FROM (VALUES (NULL::bigint)) q (v))", "SELECT id FROM %s ORDER BY id LIMIT NULL",
            "SELECT id FROM %s ORDER BY id OFFSET (SELECT max(v) FROM (VALUES (NULL::bigint)) q (v))", "SELECT id FROM %s ORDER BY id LIMIT NULL OFFSET 3",
            "SELECT min(s), max(s) FROM %s", "SELECT s, count(*) FROM %s GROUP BY s ORDER BY 1", "SELECT DISTINCT n FROM %s ORDER BY 1", "SELECT DISTINCT s FROM %s ORDER BY 1",
            "SELECT ok, count(*) FROM %s GROUP BY ok ORDER BY 1", "SELECT day, count(*) FROM %s WHERE id > 3 GROUP BY day HAVING count(*) > 1 ORDER BY 1",
            "SELECT a.id, b.id FROM %1$s a JOIN %1$s b ON a.id = b.n ORDER BY 1, 2", "SELECT a.id, b.id FROM %1$s a LEFT JOIN %1$s b ON a.s = b.s AND a.id <> b.id ORDER BY 1, 2",
            "SELECT id FROM %1$s a WHERE EXISTS (SELECT 1 FROM %1$s b WHERE b.n = a.id) ORDER BY 1", "SELECT id FROM %1$s a WHERE NOT EXISTS (SELECT 1 FROM %1$s b WHERE b.s = a.s AND b.id > a.id) ORDER BY 1",
            "SELECT n FROM %1$s WHERE id < 9 UNION SELECT n FROM %1$s WHERE id > 7 ORDER BY 1", "SELECT s FROM %1$s WHERE id < 30 INTERSECT SELECT s FROM %1$s WHERE id > 20 ORDER BY 1",
            "SELECT s FROM %1$s EXCEPT SELECT s FROM %1$s WHERE id > 10 ORDER BY 1", "SELECT sum(n), avg(n), sum(d), avg(d) FROM %s WHERE n < 1000", "SELECT sum(id), avg(id) FROM %s",
            "SELECT id FROM %s WHERE s = ANY (ARRAY(SELECT s FROM %1$s WHERE id < 4)) ORDER BY id",
            "SELECT x.n, x.k, b.s FROM (SELECT n, count(*) AS k FROM %1$s GROUP BY n) x JOIN %1$s b ON b.id = x.n ORDER BY 1, 2, 3",
            "SELECT k, count(*), sum(n) FROM (SELECT n, count(*) AS k FROM %1$s GROUP BY n HAVING count(*) > 1) x GROUP BY k ORDER BY 1",
            "SELECT count(*), max(k) FROM (SELECT s, count(*) AS k FROM %1$s GROUP BY s) x", "SELECT id, s FROM (SELECT * FROM %1$s ORDER BY id DESC LIMIT 12) x WHERE s = 'a' OR n > 3 ORDER BY 1",
            "SELECT id, d FROM (SELECT * FROM %1$s ORDER BY id LIMIT 12) x WHERE n > 3", "SELECT id FROM %1$s WHERE n IN (SELECT n FROM %1$s GROUP BY n HAVING count(*) > 2) ORDER BY 1",
            "SELECT a.id, x.s, k FROM %1$s a LEFT JOIN (SELECT s, min(id) AS m, count(*) AS k FROM %1$s GROUP BY s) x ON x.m = a.id ORDER BY 1", "SELECT sum(v), count(v), max(v) FROM (SELECT sum(d) AS v FROM %1$s GROUP BY n) x",
            "(SELECT id FROM %1$s ORDER BY id LIMIT 3) UNION ALL (SELECT n FROM %1$s ORDER BY n DESC NULLS LAST, id LIMIT 2) ORDER BY 1", "SELECT DISTINCT day FROM (SELECT day, n FROM %1$s WHERE id < 30 UNION SELECT day, id FROM %1$s WHERE n = 3) x ORDER BY 1",
            "SELECT at, count(*) FROM (SELECT DISTINCT at, s FROM %1$s) x WHERE at > '2024-02-29 12:00:00' GROUP BY at ORDER BY 1", "SELECT x.c, y.c, k FROM (SELECT DISTINCT c FROM %1$s) x JOIN (SELECT c, count(*) AS k FROM %1$s GROUP BY c) y ON x.c = y.c ORDER BY 1, 2",
            "SELECT x.id, y.id FROM (SELECT id, ok FROM %1$s WHERE ok ORDER BY id OFFSET 3) x, (SELECT id, ok FROM %1$s WHERE NOT ok ORDER BY id LIMIT 4) y WHERE x.id = y.id + 1 ORDER BY 1, 2");
    /** How many random queries there are besides; what stands in for an Oracle may have no FULL JOIN. */
    private static final int RANDOM = Integer.getInteger("remotes.random", 40);
    private static final long SEED = Long.getLong("remotes.seed", 1);

    @TempDir
    private static Path directory;
    private static Optional<PostgresOracle> oracle = Optional.empty();
    private static Gajah gajah;
    private static Connection here;
    private static Connection postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        PostgresOracle server = PostgresOracle.start();
        oracle = Optional.of(server);
        postgres = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "");
        gajah = Gajah.inMemory();
        here = gajah.dataSource().getConnection();
        Lines.run(here, "CREATE EXTENSION jdbc_fdw", "CREATE EXTENSION oracle_fdw", "CREATE EXTENSION postgres_fdw");
    }

    @AfterAll
    static void stop() throws SQLException {
        here.close();
        gajah.close();
        postgres.close();
        oracle.ifPresent(PostgresOracle::close);
    }

    private static Remote embedded(String name) {
        return Remote.embedded(directory).stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void h2() throws SQLException {
        suite(embedded("h2"));
    }

    @Test
    void h2InOraclesMode() throws SQLException {
        suite(embedded("h2_oracle"));
    }

    @Test
    void hsqldb() throws SQLException {
        suite(embedded("hsqldb"));
    }

    @Test
    void hsqldbWithOraclesSyntax() throws SQLException {
        suite(embedded("hsqldb_oracle"));
    }

    @Test
    void derby() throws SQLException {
        suite(embedded("derby"));
    }

    @Test
    void sqlite() throws SQLException {
        suite(embedded("sqlite"));
    }

    @Test
    void duckdb() throws SQLException {
        suite(embedded("duckdb"));
    }

    @Test
    void postgres() throws SQLException {
        suite(Remote.postgres(oracle.orElseThrow()));
    }

    @Test
    void mariadb() throws IOException, SQLException {
        Optional<Remote> maria = Remote.mariadb(directory);
        Assumptions.assumeTrue(maria.isPresent(), "SKIPPED: no MariaDB here (apt-get install mariadb-server-core mariadb-client-core)");
        try (Remote remote = maria.get()) {
            suite(remote);
            f28MomentsAreInUtc(remote);
        }
    }

    /** F28: what has no zone there is in UTC where a moment is wanted, on both sides of a change of the clocks here. */
    private static void f28MomentsAreInUtc(Remote remote) throws SQLException {
        try (Connection c = remote.connect()) {
            Lines.run(c, "SET time_zone = '+00:00'", "CREATE TABLE moment (id INT PRIMARY KEY, t TIMESTAMP(6) NULL)", "INSERT INTO moment VALUES (1, '2024-03-31 00:30:00'), (2, '2024-03-31 01:30:00')");
        }
        Lines.run(here, "CREATE FOREIGN TABLE maria_moment (id int OPTIONS (key 'true'), t timestamptz) SERVER maria OPTIONS (table_name 'moment')", "SET TimeZone = 'Europe/Vienna'");
        try {
            Lines.run(here, "INSERT INTO maria_moment VALUES (3, '2024-10-27 02:30:00+02'), (4, '2024-10-27 02:30:00+01')");
            assertEquals(List.of("1|2024-03-31 01:30:00+01", "2|2024-03-31 03:30:00+02", "3|2024-10-27 02:30:00+02", "4|2024-10-27 02:30:00+01"),
                    Lines.of(here, "SELECT id, t::text FROM maria_moment ORDER BY id"));
        } finally {
            Lines.run(here, "RESET TimeZone");
        }
    }

    /** The same with a real Oracle, and each mapping of the template against it. */
    @Test
    void oracle() throws SQLException {
        Optional<Remote> given = given();
        Assumptions.assumeTrue(given.isPresent(), "SKIPPED: no Oracle was given (./test --oracle user/password@//host:port/service --oracle-jar ojdbc11.jar)");
        withMappings(given.get(), "(to_|octet_|bit_|concat|lower|upper).*");
    }

    private static Optional<Remote> given() {
        return Remote.oracle(System.getProperty("gajah.oracle", ""), System.getProperty("gajah.oracle.jar", ""));
    }

    /** What is done with an Oracle that is given, done with an H2 whose driver has the name of Oracle's and takes its URLs. */
    @Test
    void aServerThatIsGivenForAnOracle() throws IOException, SQLException {
        Assumptions.assumeTrue(given().isEmpty(), "SKIPPED: an Oracle was given");
        try (OracleSwitch server = OracleSwitch.start(directory)) {
            withMappings(Remote.oracle(server.place(), server.jar().toString()).orElseThrow(), "\"?(to_|octet_|bit_|concat|lower|upper|translate|sub).*");
        }
    }

    /** The suite, and all mappings of the template but those that differ in what is never sent as it is. */
    private static void withMappings(Remote remote, String differing) throws SQLException {
        try (Connection c = remote.connect()) {
            dropSample(c);
        }
        suite(remote);
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (String name : Lines.of(here, "SELECT routine_mapping_name FROM information_schema.routine_mappings WHERE foreign_server_name = 'oracle_fdw_template_server' ORDER BY 1")) {
            List<String> differences = Lines.of(here, "SELECT * FROM gajah.check_routine_mapping('" + name.replace("'", "''") + "', server => 'ora') WHERE NOT rechecked");
            if (!name.matches(differing) && !differences.isEmpty()) {
                wrong.add(name + ": " + differences);
            }
            checked++;
        }
        assertEquals(List.of(), wrong);
        assertEquals(31, checked);
    }

    /** The table of a run before this one, if there was one. */
    private static void dropSample(Connection c) throws SQLException {
        try {
            Lines.run(c, "DROP TABLE sample");
        } catch (SQLException e) {
            assertTrue(List.of("42000", "42S02").contains(e.getSQLState()), e.getMessage());
        }
    }

    /** HSQLDB with Oracle's syntax pads strings unless told, and keeps empty ones, which a wrapper for Oracle does not expect. */
    private static void fill(Remote remote) throws SQLException {
        try (Connection c = remote.connect()) {
            if (remote.name().equals("hsqldb_oracle")) {
                Lines.run(c, "SET DATABASE COLLATION SQL_TEXT NO PAD");
            }
            RemoteReturning.make(c, remote);
            RemoteTable.make(c, remote, remote.name().equals("postgres") ? "there" : "sample", rows());
        }
    }

    private static List<RemoteTable.Row> rows() {
        List<RemoteTable.Row> rows = new ArrayList<>();
        for (int i = 1; i <= 48; i++) {
            rows.add(new RemoteTable.Row(i, i % 7 == 0 ? null : Long.valueOf(i % 11 == 0 ? 10_000_000_000L : i % 13),
                    i % 9 == 0 ? null : new BigDecimal(i % 5 * 3 - 3).divide(new BigDecimal(2)).setScale(2),
                    i % 10 == 0 ? null : Double.valueOf(i % 2 == 0 ? i / 8.0 : -i * 100.0), STRINGS.get(i % STRINGS.size()),
                    i % 8 == 0 ? null : LocalDate.of(2024, 2, 27).plusDays(i % 4), i % 6 == 0 ? null : LocalDateTime.of(2024, 2, 29, 12, 0, i % 3, i % 2 == 0 ? 500_000_000 : 0),
                    i % 5 == 0 ? null : Boolean.valueOf(i % 2 == 1), i % 12 == 0 ? null : i % 2 == 0 ? "x" : "y"));
        }
        return rows;
    }

    /** HSQLDB rounds parameters to what is beside them, which an Oracle does not. */
    private static void suite(Remote remote) throws SQLException {
        fill(remote);
        String far = remote.name() + "_far";
        String near = remote.name() + "_near";
        for (String sql : remote.wrapper()) {
            Lines.run(here, sql);
        }
        Lines.run(here, RemoteTable.foreign(remote, far, remote.name().equals("postgres") ? "there" : "sample"), "CREATE TABLE " + near + " AS SELECT * FROM " + far);
        assertEquals(List.of("48"), Lines.of(here, "SELECT count(*) FROM " + near));
        Lines.run(postgres, RemoteTable.local(near));
        copy(near);
        int sent = 0;
        for (String condition : CONDITIONS) {
            if (condition.equals(LONG_LIST) && remote.name().equals("hsqldb_oracle")) {
                continue;
            }
            if (remote.name().equals("hsqldb_oracle") && condition.startsWith("d") && condition.contains("(SELECT")) {
                continue;
            }
            String query = "SELECT id FROM %s WHERE " + condition.replace("%", "%%") + " ORDER BY id";
            same(query, far, near);
            sent += Lines.of(here, "EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM " + far + " WHERE " + condition).stream().anyMatch(l -> l.contains(" WHERE ")) ? 1 : 0;
        }
        for (String query : QUERIES) {
            boolean narrow = remote.name().equals("hsqldb_oracle") && query.contains("NULL::bigint"); // its numbers of rows are integers, no Oracle's
            if (!narrow) {
                same(query, far, near);
            }
        }
        for (String negative : List.of("LIMIT (SELECT max(v) FROM (VALUES (-1)) q (v))", "OFFSET (SELECT max(v) FROM (VALUES (-1)) q (v))", "LIMIT -1", "OFFSET -1")) {
            String state = assertThrows(SQLException.class, () -> Lines.of(here, "SELECT id FROM " + far + " ORDER BY id " + negative), negative).getSQLState();
            assertEquals(negative.startsWith("LIMIT") ? "2201W" : "2201X", state, remote.name() + ": " + negative);
        }
        ForeignQueryMaker maker = new ForeignQueryMaker(SEED, List.of(new ForeignQueryMaker.Table("%1$s", List.of("id", "n"), List.of("s"), List.of("d"))));
        for (int i = 0; i < RANDOM; i++) {
            String query = maker.query();
            boolean lacking = !remote.table().isEmpty() && query.contains(" FULL JOIN ");
            if (!lacking && isQuery(query.formatted(near))) {
                same(query, far, near);
            }
        }
        plans(remote, far);
        RemoteReturning.suite(remote, here);
        System.out.println("foreign suite: " + sent + " of " + CONDITIONS.size() + " conditions went to " + remote.name());
        assertTrue(sent >= remote.least(), sent + " conditions of " + CONDITIONS.size() + " went to " + remote.name());
    }

    /** Whether PostgreSQL knows what it means. */
    private static boolean isQuery(String query) {
        try {
            return !Lines.of(postgres, "EXPLAIN " + query).isEmpty();
        } catch (SQLException e) {
            return false;
        }
    }

    /** F12: EXPLAIN VERBOSE shows the plan there, with parameters too, and asks for nothing else. */
    private static void plans(Remote remote, String far) throws SQLException {
        if (remote.name().equals("postgres")) {
            assertEquals(List.of(), plan("SELECT id FROM " + far + " WHERE n > 3"));
            Lines.run(here, "ALTER SERVER postgres OPTIONS (ADD use_remote_estimate 'true')");
        }
        String word = remote.table().isEmpty() ? "Remote plan: " : "Oracle plan: ";
        for (String condition : List.of("n > 3", "id = (SELECT 1 + count(*)::int FROM " + far + " WHERE id < 0)", "id = ANY (ARRAY(SELECT 5))")) {
            List<String> lines = plan("SELECT id FROM " + far + " WHERE " + condition);
            boolean named = String.join("\n", lines).toLowerCase(java.util.Locale.ROOT).contains(remote.name().equals("postgres") ? "on there" : condition.startsWith("id") ? "" : "sample");
            assertTrue(remote.name().equals("derby") ? lines.isEmpty() : !lines.isEmpty() && named && lines.stream().allMatch(l -> l.startsWith(word)), condition + ": " + lines);
        }
        System.out.println("plan there of " + remote.name() + ": " + plan("SELECT id FROM " + far + " WHERE n > 3"));
    }

    private static List<String> plan(String query) throws SQLException {
        return Lines.of(here, "EXPLAIN (VERBOSE, COSTS OFF) " + query).stream().map(String::strip).filter(l -> l.startsWith("Remote plan: ") || l.startsWith("Oracle plan: ")).toList();
    }

    private static void copy(String table) throws SQLException {
        for (String row : Lines.of(here, "SELECT concat_ws(', ', id, coalesce(n::text, 'NULL'), coalesce(d::text, 'NULL'), coalesce(f::text, 'NULL'), quote_nullable(s), quote_nullable(day), quote_nullable(at),"
                + " quote_nullable(ok), quote_nullable(c)) FROM " + table)) {
            Lines.run(postgres, "INSERT INTO " + table + " VALUES (" + row + ")");
        }
    }

    /** The answer with push-down, with the rows here, and PostgreSQL's. */
    private static void same(String query, String far, String near) throws SQLException {
        List<String> theirs = Lines.of(postgres, query.formatted(near));
        assertEquals(theirs, Lines.of(here, query.formatted(near)), "rows that are here: " + query);
        try {
            assertEquals(theirs, Lines.of(here, query.formatted(far)), () -> far + ": " + query);
        } catch (SQLException e) {
            throw new AssertionError(far + ": " + query + "\n" + String.join("\n", Lines.of(here, "EXPLAIN (VERBOSE, COSTS OFF) " + query.formatted(far))), e);
        }
    }
}
