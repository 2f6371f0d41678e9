package org.gajah.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.gajah.settings.SettingSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that have changed much are analyzed without anybody asking. */
class AutoAnalysisTest {
    private TestCluster cluster;
    private Session session;

    @BeforeEach
    void open() {
        cluster = new TestCluster();
        session = cluster.connect();
        run("CREATE TABLE t (a int); INSERT INTO t SELECT g % 7 FROM generate_series(1, 1000) g");
    }

    @AfterEach
    void close() {
        session.close();
        cluster.close();
    }

    private List<String> run(String sql) {
        return TestCluster.rows(session, sql);
    }

    private void round() {
        cluster.instance().autoAnalysis().run();
    }

    private String analyzed(String table) {
        return String.join(",", run("SELECT reltuples FROM pg_class WHERE relname = '" + table + "'"));
    }

    @Test
    void enoughChangesMakeATableDue() {
        round();
        assertEquals("1000", analyzed("t"));
        assertEquals("7", distinct());
        run("DELETE FROM t WHERE a = 6; INSERT INTO t VALUES (8)");
        run("DELETE FROM t WHERE a = 8");
        round();
        assertEquals("7", distinct(), "145 changes are not more than 50 + 0.1 * 1000");
        run("UPDATE t SET a = a + 1 WHERE a < 2");
        round();
        assertEquals("5", distinct());
    }

    private String distinct() {
        return String.join(",", run("SELECT n_distinct FROM pg_stats WHERE tablename = 't'"));
    }

    @Test
    void aTableMayBeLeftOut() {
        run("CREATE TABLE off (a int) WITH (autovacuum_enabled = false); INSERT INTO off SELECT g FROM generate_series(1, 1000) g");
        run("CREATE TABLE late (a int) WITH (autovacuum_analyze_threshold = 5000); INSERT INTO late SELECT g FROM generate_series(1, 1000) g");
        run("CREATE TEMP TABLE own (a int); INSERT INTO own SELECT g FROM generate_series(1, 1000) g");
        round();
        assertEquals("-1", analyzed("off"));
        assertEquals("-1", analyzed("late"));
        assertEquals("-1", analyzed("own"));
        cluster.instance().serverSettings().set("autovacuum", "off", SettingSource.OVERRIDE);
        run("INSERT INTO late SELECT g FROM generate_series(1, 9000) g");
        round();
        assertEquals("-1", analyzed("late"));
    }

    @Test
    void aLockedTableIsDoneLater() {
        try (Session other = cluster.connect()) {
            TestCluster.rows(other, "BEGIN; LOCK TABLE t IN SHARE MODE");
            round();
            assertEquals("-1", analyzed("t"));
            TestCluster.rows(other, "COMMIT");
            round();
            assertEquals("1000", analyzed("t"));
        }
    }

    @Test
    void everyDatabaseIsLookedAtAndStaysDroppable() {
        run("CREATE DATABASE \"Other\"");
        try (Session other = cluster.connect("Other")) {
            TestCluster.rows(other, "CREATE SCHEMA \"S\"; CREATE TABLE \"S\".\"T\" AS SELECT g FROM generate_series(1, 100) g");
            round();
            assertEquals(List.of("100"), TestCluster.rows(other, "SELECT reltuples FROM pg_class WHERE relname = 'T'"));
        }
        run("DROP DATABASE \"Other\"");
        run("INSERT INTO t SELECT 1 FROM generate_series(1, 1000)");
        round();
        assertEquals("2000", analyzed("t"));
        assertEquals(List.of("1"), run("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"));
    }
}
