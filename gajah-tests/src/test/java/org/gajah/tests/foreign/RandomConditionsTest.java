package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.gajah.api.Gajah;
import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the condition, no remote changes the answer: random conditions on values at the edges keep the rows that they keep where the rows
 * are here, with all default mappings at work. {@code -Dforeign.conditions=5000 -Dforeign.seed=7} asks more and others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomConditionsTest {
    private static final int CONDITIONS = Integer.getInteger("foreign.conditions", 100);
    private static final long SEED = Long.getLong("foreign.seed", 20_261_122);
    private static final int ROWS = 80;
    private static final List<Long> INTEGERS = Arrays.asList(null, 0L, 1L, 2L, -1L, 7L, 2_147_483_647L, -2_147_483_648L, 4_000_000_000L, 10_000_000_000L, 999_999_999_999_999_999L);
    private static final List<String> DECIMALS = Arrays.asList(null, "0", "1.50", "-1.50", "0.01", "9999999999.99", "-9999999999.99", "0.10", "1.49", "1000");
    private static final List<Double> FLOATS = Arrays.asList(null, 0.0, -0.0, 0.25, 1e300, -1e300, 1e-300, 0.1, -100.0, 3.5);
    private static final List<String> STRINGS = Arrays.asList(null, "", "a", "A", "a ", " a", "  ab  ", "ab", "abc", "Abc", "ABC", "aab", "aXa", "\u00e9", "\u00c9t\u00e9", "Stra\u00dfe", "STRASSE", "%", "_",
            "a_c", "a\\c", "it's", "\ud83d\ude00", "\ud83d\ude00a", "10", "9", "zz", "\u0130", "i", "I", "\u0131", "\ufb03", "\u01c5", "\u01c6", "e\u0301", "x", "tab\there", "2024-02-29", "a\nb", "NULL");
    private static final List<String> FIXED = Arrays.asList(null, "x", "y", "a", "ab", "ABC", "eightall", "it's", "10", "\u00e9");
    private static final List<LocalDate> DAYS = Arrays.asList(null, LocalDate.of(2024, 2, 28), LocalDate.of(2024, 2, 29), LocalDate.of(2024, 3, 1), LocalDate.of(1900, 2, 28), LocalDate.of(9999, 12, 31));
    private static final List<LocalDateTime> TIMES = Arrays.asList(null, LocalDateTime.of(2024, 2, 29, 12, 0), LocalDateTime.of(2024, 2, 29, 12, 0, 0, 500_000_000),
            LocalDateTime.of(2024, 2, 29, 12, 0, 0, 499_999_000), LocalDateTime.of(2024, 2, 29, 12, 0, 1), LocalDateTime.of(1970, 1, 1, 0, 0), LocalDateTime.of(2024, 2, 29, 0, 0),
            LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_000));

    @TempDir
    private static Path directory;
    private Gajah gajah;
    private Connection here;

    @BeforeAll
    void start() throws SQLException {
        gajah = Gajah.inMemory();
        here = gajah.dataSource().getConnection();
        Lines.run(here, "CREATE EXTENSION jdbc_fdw", "CREATE EXTENSION oracle_fdw", "CREATE EXTENSION postgres_fdw");
    }

    @AfterAll
    void stop() throws SQLException {
        here.close();
        gajah.close();
    }

    /** Not HSQLDB with Oracle's syntax, whose TRIM, LIKE and parameters are no Oracle's. */
    static List<Remote> embedded() {
        return Remote.embedded(directory).stream().filter(r -> !r.name().equals("hsqldb_oracle")).toList();
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void embedded(Remote remote) throws SQLException {
        asked(remote);
    }

    @Test
    void postgres() throws IOException, SQLException {
        try (PostgresOracle server = PostgresOracle.start()) {
            asked(Remote.postgres(server));
        }
    }

    @Test
    void mariadb() throws IOException, SQLException {
        Optional<Remote> maria = Remote.mariadb(directory);
        Assumptions.assumeTrue(maria.isPresent(), "SKIPPED: no MariaDB here (apt-get install mariadb-server-core mariadb-client-core)");
        try (Remote remote = maria.get()) {
            asked(remote);
        }
    }

    /** Those that keep infinities and what is no number. */
    private static final Set<String> UNBOUNDED = Set.of("h2", "h2_oracle", "duckdb", "postgres");

    private static List<RemoteTable.Row> rows(Remote remote, Random random) {
        List<Double> floats = new ArrayList<>(FLOATS);
        if (UNBOUNDED.contains(remote.name())) {
            floats.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        }
        List<RemoteTable.Row> rows = new ArrayList<>();
        for (int i = 1; i <= ROWS; i++) {
            String decimal = any(random, DECIMALS);
            rows.add(new RemoteTable.Row(i, any(random, INTEGERS), decimal == null ? null : new BigDecimal(decimal), any(random, floats), STRINGS.get(i % STRINGS.size()), any(random, DAYS),
                    any(random, TIMES), any(random, Arrays.asList(null, true, false)), any(random, FIXED)));
        }
        return rows;
    }

    /** INSERT, UPDATE and DELETE change the rows there that they change here. */
    private void changed(String far, String near) throws SQLException {
        List<String> changes = List.of("UPDATE %s SET d = 1.25, s = 'it''s' WHERE ", "UPDATE %s SET day = NULL, at = '2024-05-06 07:08:09.25', n = 5 WHERE ", "DELETE FROM %s WHERE ",
                "UPDATE %s SET ok = true, f = -0.5 WHERE ", "INSERT INTO %1$s SELECT * FROM %1$s WHERE ", "INSERT INTO %1$s (id, s, n) SELECT id, 'copied', n FROM %1$s WHERE ",
                "UPDATE %s SET s = (SELECT 'two' || count(*) FROM generate_series(1, 2)), d = NULL WHERE ");
        here.setAutoCommit(false);
        for (int i = 0; i < CONDITIONS; i++) {
            String change = changes.get(i % changes.size()) + new ConditionMaker(SEED + i).condition().replace("%", "%%");
            if (answer("SELECT 1 FROM " + near + " WHERE " + change.substring(change.indexOf(" WHERE ") + 7).replace("%%", "%")).isPresent()) {
                Lines.run(here, change.formatted(near), change.formatted(far));
                List<String> left = Lines.of(here, "SELECT * FROM " + near).stream().sorted().toList();
                assertEquals(left, Lines.of(here, "SELECT * FROM " + far).stream().sorted().toList(), () -> change.formatted(far));
            }
            here.rollback();
        }
        here.setAutoCommit(true);
    }

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void asked(Remote remote) throws SQLException {
        String far = remote.name() + "_far";
        String near = remote.name() + "_near";
        try (Connection c = remote.connect()) {
            RemoteTable.make(c, remote, "edge", rows(remote, new Random(SEED)));
        }
        for (String sql : remote.wrapper()) {
            Lines.run(here, sql);
        }
        Lines.run(here, RemoteTable.foreign(remote, far, "edge"), "CREATE TABLE " + near + " AS SELECT * FROM " + far,
                "INSERT INTO oracle_fdw.pg_routine_mapping SELECT t.rmproc, s.oid, t.rmoptions FROM pg_foreign_server s, (SELECT r.* FROM oracle_fdw.pg_routine_mapping r, pg_foreign_server s"
                        + " WHERE srvname = 'oracle_fdw_template_server' AND r.rmserver = s.oid) t WHERE s.srvname = '" + remote.name() + "' AND srvname LIKE '%oracle'");
        List<String> wrong = new ArrayList<>();
        int answered = 0;
        int sent = 0;
        for (int i = 0; i < CONDITIONS; i++) {
            ConditionMaker maker = new ConditionMaker(SEED + i);
            String condition = maker.condition();
            String query = "SELECT id FROM %s WHERE " + condition.replace("%", "%%");
            String column = maker.column();
            if (answer((query + " ORDER BY id").formatted(near)).isEmpty()) {
                continue;
            }
            answered++;
            sent += Lines.remote(here, query.formatted(far)).contains(" WHERE ") ? 1 : 0;
            for (String asked : List.of(query + " ORDER BY id", query.replaceFirst("SELECT id", "SELECT count(*), count(DISTINCT " + column + ")"),
                    query + " ORDER BY " + column + (i % 2 == 0 ? " DESC" : "") + ", id LIMIT 7")) {
                compare(asked.formatted(far), answer(asked.formatted(near)).orElseThrow(), wrong);
            }
        }
        System.out.println("random conditions from seed " + SEED + ": " + answered + " have an answer, of " + sent + " something went to " + remote.name());
        assertTrue(answered > CONDITIONS / 2 && sent > 0, answered + " answered, " + sent + " sent");
        assertEquals(List.of(), wrong, wrong.size() + " wrong answers");
        changed(far, near);
        String old = "(-1, 0, 0, 0, 'x', '0001-01-01', '0001-01-01 00:00:00', NULL, 'x'), (-2, 0, 0, 0, 'x', '1500-03-01', '1582-10-04 23:59:59.5', NULL, 'x'),"
                + " (-3, 0, 0, 0, 'x', '1582-10-15', '1899-12-31 12:00:00.000001', NULL, 'x'), (-4, 0, 0, 0, 'x', '9999-12-31', '9999-12-31 23:59:59.999999', NULL, 'x')";
        Lines.run(here, "INSERT INTO " + near + " VALUES " + old, "INSERT INTO " + far + " SELECT id + 1000, n, d, f, s, day, at, ok, c FROM " + near);
        List<String> there = Lines.of(here, "SELECT id - 1000, n, d, f, s, day, at, ok, c FROM " + far + " WHERE id > 900");
        assertEquals(List.of(), Lines.of(here, "SELECT * FROM " + near).stream().filter(row -> !there.contains(row)).toList(), () -> "other rows came back: " + there.stream().filter(row -> row.startsWith("-")).toList());
    }

    /** Nothing if it is an error here, which need not be one where rows are left out. */
    private Optional<List<String>> answer(String query) {
        try {
            return Optional.of(Lines.of(here, query));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private void compare(String query, List<String> expected, List<String> wrong) throws SQLException {
        try {
            List<String> found = Lines.of(here, query);
            if (!found.equals(expected)) {
                wrong.add(query + "\n  by " + Lines.remote(here, query) + "\n  gives " + found + "\n  not   " + expected + "\n");
            }
        } catch (SQLException e) {
            wrong.add(query + "\n  by " + Lines.remote(here, query) + "\n  gives " + e.getMessage() + "\n  not   " + expected + "\n");
        }
    }
}
