package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gajah.api.Gajah;
import org.gajah.tests.process.PostgresProcess;
import org.gajah.tests.routine.InH2;

/** Java routines: prepared point selects inside the server, and a scalar function in WHERE beside a built-in one. */
final class Routines implements Workload {
    private static final String SELECTS = "routine-point-selects";
    private static final String TEXTS = "routine-dynamic-sql";
    private static final String WHERE = "routine-in-where";
    private static final int MANY = 1_000_000;
    private static final int ROWS = 10_000_000;

    @Override
    public List<String> names() {
        return List.of(SELECTS, TEXTS, WHERE);
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        List<Row> rows = new ArrayList<>();
        try (Gajah gajah = Gajah.inMemory(); Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            if (stage.wants(SELECTS)) {
                rows.addAll(selects(stage, s));
            }
            if (stage.wants(TEXTS)) {
                rows.addAll(texts(stage, s));
            }
            if (stage.wants(WHERE)) {
                rows.add(where(stage, s));
            }
        }
        return rows;
    }

    private static double seconds(Statement s, String sql) throws SQLException {
        long start = System.nanoTime();
        s.execute(sql);
        return (System.nanoTime() - start) / 1e9;
    }

    /** Everybody runs twice before it counts. */
    private static void warm(Map<String, Rounds.Attempt> attempts) throws IOException, SQLException {
        for (int i = 0; i < 2; i++) {
            for (Rounds.Attempt attempt : attempts.values()) {
                attempt.measure();
            }
        }
    }

    private static List<Row> selects(Stage stage, Statement gajah) throws IOException, SQLException {
        fill(gajah);
        gajah.execute("CREATE FUNCTION point_selects(n int) RETURNS bigint LANGUAGE java AS 'org.gajah.tests.routine.Samples.pointSelects'");
        try (PostgresProcess postgres = stage.postgres()) {
            postgres.start();
            try (Connection p = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres", "postgres", "");
                    Statement ps = p.createStatement(); Connection h = DriverManager.getConnection("jdbc:h2:mem:routines"); Statement hs = h.createStatement()) {
                fill(ps);
                hs.execute("CREATE TABLE point (id int PRIMARY KEY, v int)");
                hs.execute("INSERT INTO point SELECT x, x FROM system_range(0, 9999)");
                hs.execute("CREATE ALIAS point_selects FOR '" + InH2.class.getName() + ".pointSelects'");
                Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
                attempts.put("Gajah", () -> MANY / seconds(gajah, "SELECT point_selects(" + MANY + ")"));
                attempts.put("PostgreSQL (PL/pgSQL)", () -> MANY / seconds(ps, "DO $$ DECLARE s bigint := 0; x int; BEGIN FOR i IN 0.." + (MANY - 1)
                        + " LOOP SELECT v INTO x FROM point WHERE id = i % 10000; s := s + x; END LOOP; END $$"));
                attempts.put("H2 (Java procedure)", () -> MANY / seconds(hs, "CALL point_selects(" + MANY + ")"));
                warm(attempts);
                Map<String, Double> medians = Rounds.medians(SELECTS, stage.options().rounds(), attempts);
                double ours = medians.get("Gajah");
                return List.of(new Row(SELECTS, Unit.PER_SECOND, ours, "PostgreSQL (PL/pgSQL)", medians.get("PostgreSQL (PL/pgSQL)"), new Goal.Times(3)),
                        new Row(SELECTS, Unit.PER_SECOND, ours, "H2 (Java procedure)", medians.get("H2 (Java procedure)"), new Goal.Times(1)));
            }
        }
    }

    /** The same text again and again: EXECUTE in PL/pgSQL, Spi.execute and JDBC's prepared statements in Java. */
    private static List<Row> texts(Stage stage, Statement gajah) throws IOException, SQLException {
        if (!stage.wants(SELECTS)) {
            fill(gajah);
        }
        gajah.execute("CREATE FUNCTION point_texts(n int) RETURNS bigint LANGUAGE java AS 'org.gajah.tests.routine.Samples.pointTexts'");
        gajah.execute("CREATE FUNCTION jdbc_selects(n int) RETURNS bigint LANGUAGE java AS 'org.gajah.tests.routine.Samples.jdbcSelects'");
        try (PostgresProcess postgres = stage.postgres()) {
            postgres.start();
            try (Connection p = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres", "postgres", "");
                    Statement ps = p.createStatement()) {
                fill(ps);
                Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
                attempts.put("Gajah", () -> MANY / seconds(gajah, "SELECT point_texts(" + MANY + ")"));
                attempts.put("Gajah (JDBC)", () -> MANY / seconds(gajah, "SELECT jdbc_selects(" + MANY + ")"));
                attempts.put("PostgreSQL (EXECUTE)", () -> MANY / seconds(ps, "DO $$ DECLARE s bigint := 0; x int; BEGIN FOR i IN 0.." + (MANY - 1)
                        + " LOOP EXECUTE 'SELECT v FROM point WHERE id = $1' INTO x USING i % 10000; s := s + x; END LOOP; END $$"));
                warm(attempts);
                Map<String, Double> medians = Rounds.medians(TEXTS, stage.options().rounds(), attempts);
                double theirs = medians.get("PostgreSQL (EXECUTE)");
                return List.of(new Row(TEXTS, Unit.PER_SECOND, medians.get("Gajah"), "PostgreSQL (EXECUTE)", theirs, new Goal.Times(3)),
                        new Row(TEXTS + " (JDBC)", Unit.PER_SECOND, medians.get("Gajah (JDBC)"), "PostgreSQL (EXECUTE)", theirs, new Goal.Times(3)));
            }
        }
    }

    private static void fill(Statement s) throws SQLException {
        s.execute("CREATE TABLE point (id int PRIMARY KEY, v int)");
        s.execute("INSERT INTO point SELECT g, g FROM generate_series(0, 9999) g");
        s.execute("ANALYZE point");
    }

    private static Row where(Stage stage, Statement s) throws IOException, SQLException {
        s.execute("CREATE TABLE numbers AS SELECT g AS n FROM generate_series(1, " + ROWS + ") g");
        s.execute("CREATE FUNCTION java_add(a int, b int) RETURNS int STRICT IMMUTABLE LANGUAGE java AS 'org.gajah.tests.routine.Samples.add'");
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        attempts.put("Java", () -> seconds(s, "SELECT count(*) FROM numbers WHERE java_add(n, 1) > 5000000"));
        attempts.put("built-in", () -> seconds(s, "SELECT count(*) FROM numbers WHERE int4pl(n, 1) > 5000000"));
        warm(attempts);
        Map<String, Double> medians = Rounds.medians(WHERE, stage.options().rounds(), attempts);
        return new Row(WHERE, Unit.SECONDS, medians.get("Java"), "a built-in function", medians.get("built-in"), new Goal.Times(1 / 1.5));
    }
}
