package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F25: ANALYZE fetches as large a part of a foreign table as the option sample_percent says. */
class ForeignAnalyzeTest {
    private static final String ROWS = "20000";

    @TempDir
    private Path directory;

    private static double estimate(Connection local, String table) throws SQLException {
        Lines.run(local, "ANALYZE " + table);
        return Double.parseDouble(Lines.of(local, "SELECT reltuples FROM pg_class WHERE relname = '" + table + "'").getFirst());
    }

    /** Half of the rows tell how many there are, more or less; of a part too small for any row there is none, or they count for very many. */
    private static void sampled(Connection local, String server, String table, boolean oracle) throws SQLException {
        String options = oracle ? "\"table\" 'BIG'" : "table_name '" + table + "'";
        Lines.run(local, "CREATE FOREIGN TABLE " + server + "_big (id int, g int) SERVER " + server + " OPTIONS (" + options + ")");
        assertEquals(20_000, estimate(local, server + "_big"), server);
        Lines.run(local, "ALTER FOREIGN TABLE " + server + "_big OPTIONS (ADD sample_percent '50')");
        double half = estimate(local, server + "_big");
        assertTrue(half > 18_000 && half < 22_000, server + " takes " + half + " rows for there");
        assertEquals(List.of("t"), Lines.of(local, "SELECT n_distinct BETWEEN 9 AND 11 FROM pg_stats WHERE tablename = '" + server + "_big' AND attname = 'g'"), server);
        Lines.run(local, "ALTER FOREIGN TABLE " + server + "_big OPTIONS (SET sample_percent '0.00001')");
        double none = estimate(local, server + "_big");
        assertTrue(none == 0 || none >= 10_000_000, server + " takes " + none + " rows for there");
        assertEquals(List.of(ROWS), Lines.of(local, "SELECT count(*) FROM " + server + "_big"), server);
    }

    @Test
    void f25SamplePercentIsThePartThatIsFetched() throws SQLException {
        String duck = directory.resolve("big.duck").toString();
        String lite = directory.resolve("big.sqlite").toString();
        try (Gajah gajah = Gajah.inMemory(); Connection local = gajah.dataSource().getConnection(); Connection h2 = DriverManager.getConnection("jdbc:h2:mem:big;DB_CLOSE_DELAY=-1", "sa", "");
                Connection ora = DriverManager.getConnection("jdbc:h2:mem:bigora;MODE=Oracle;DB_CLOSE_DELAY=-1", "sa", "");
                Connection hsqldb = DriverManager.getConnection("jdbc:hsqldb:mem:big;sql.syntax_ora=true", "sa", "");
                Connection derby = DriverManager.getConnection("jdbc:derby:memory:big;create=true"); Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + lite)) {
            String series = "INSERT INTO big SELECT x, MOD(x, 10) FROM SYSTEM_RANGE(1, " + ROWS + ")";
            Lines.run(h2, "CREATE TABLE big (id INT, g INT)", series);
            Lines.run(ora, "CREATE TABLE big (id INT, g INT)", series);
            Lines.run(hsqldb, "CREATE TABLE big (id INT, g INT)", "INSERT INTO big SELECT x, MOD(x, 10) FROM UNNEST(SEQUENCE_ARRAY(1, " + ROWS + ", 1)) AS s(x)");
            Lines.run(derby, "CREATE TABLE big (id INT, g INT)", "INSERT INTO big VALUES (0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (9, 9)",
                    "INSERT INTO big SELECT a.id + 10 * b.id + 100 * c.id + 1000 * d.id + 10000, a.g FROM big a, big b, big c, big d", "DELETE FROM big WHERE id < 10",
                    "INSERT INTO big SELECT id + 10000, g FROM big");
            Lines.run(sqlite, "CREATE TABLE big (id INT, g INT)", "WITH RECURSIVE s(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM s WHERE x < " + ROWS + ") INSERT INTO big SELECT x, x % 10 FROM s");
            try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:" + duck)) {
                Lines.run(duckdb, "CREATE TABLE big AS SELECT range::INT AS id, (range % 10)::INT AS g FROM range(" + ROWS + ")");
            }
            Lines.run(local, "CREATE EXTENSION jdbc_fdw", "CREATE EXTENSION oracle_fdw", "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname}', ADD hsqldb 'url=jdbc:hsqldb:mem:{dbname}')",
                    "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname} dialect=h2', ADD derby 'url=jdbc:derby:memory:{dbname} dialect=derby',"
                    + " ADD sqlite 'url=jdbc:sqlite:{dbname} dialect=sqlite', ADD duckdb 'url=jdbc:duckdb:{dbname} dialect=duckdb')");
            for (String[] s : new String[][] {{"h2", "big"}, {"derby", "big"}, {"sqlite", lite}, {"duckdb", duck}}) {
                Lines.run(local, "CREATE SERVER " + s[0] + " FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver '" + s[0] + "', dbname '" + s[1] + "', isolation_level 'default')",
                        "CREATE USER MAPPING FOR PUBLIC SERVER " + s[0] + (s[0].equals("h2") ? " OPTIONS (user 'sa', password '')" : ""));
                sampled(local, s[0], s[1].equals("big") ? "BIG" : "big", false);
            }
            for (String[] s : new String[][] {{"h2", "bigora"}, {"hsqldb", "big"}}) {
                Lines.run(local, "CREATE SERVER ora_" + s[0] + " FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver '" + s[0] + "/" + s[1] + "', isolation_level 'read_committed')",
                        "CREATE USER MAPPING FOR PUBLIC SERVER ora_" + s[0] + " OPTIONS (user 'sa', password '')");
                sampled(local, "ora_" + s[0], "BIG", true);
            }
        }
    }
}
