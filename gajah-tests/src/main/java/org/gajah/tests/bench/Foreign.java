package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gajah.tests.process.PostgresProcess;
import org.gajah.tests.process.ServerProcess;

/** One PostgreSQL as the remote behind Gajah and behind PostgreSQL's own postgres_fdw, which may fetch as many rows at once as suits it. */
final class Foreign implements Workload {
    private static final String FETCH = "foreign-fetch";
    private static final String POINT = "foreign-point";
    private static final String FILTER = "foreign-filter";
    private static final String JOIN = "foreign-join";
    private static final String AGGREGATE = "foreign-aggregate";
    private static final String KEYS = "foreign-keys";
    private static final String INSERT = "foreign-insert";
    private static final int ROWS = 1_000_000;
    private static final int KEY_COUNT = 10_000;
    private static final int INSERTED = 100_000;
    private static final int POINTS = 1000;
    private static final String COLUMNS = "id bigint, customer int, amount numeric(10,2), at timestamp, name text, paid bool";

    @Override
    public List<String> names() {
        return List.of(FETCH, POINT, FILTER, JOIN, AGGREGATE, KEYS, INSERT);
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        PostgresProcess remote = stage.postgres("shared_buffers=256MB");
        remote.start();
        try (Connection c = remote.connect("postgres"); Statement s = c.createStatement()) {
            s.execute("CREATE TABLE sale (" + COLUMNS + ", PRIMARY KEY (id))");
            s.execute("INSERT INTO sale SELECT i, i * 2654435761 % 50000, i::bigint * 7919 % 1000000 / 100.0, timestamp '2024-01-01' + i % 86400 * interval '1 s',"
                    + " 'amber birch no ' || i % 1000, i % 3 = 0 FROM generate_series(1, " + ROWS + ") i");
            s.execute("CREATE TABLE customer (id int PRIMARY KEY, name text, region int)");
            s.execute("INSERT INTO customer SELECT i, 'customer ' || i, i % 20 FROM generate_series(0, 49999) i");
            s.execute("CREATE TABLE target (" + COLUMNS + ")");
            s.execute("VACUUM ANALYZE");
        }
        List<Row> rows = new ArrayList<>();
        ServerProcess gajah = stage.gajah("shared_buffers=256MB");
        ServerProcess postgres = stage.postgres("shared_buffers=256MB");
        gajah.start();
        postgres.start();
        try (Connection ours = gajah.connect("postgres"); Connection theirs = postgres.connect("postgres")) {
            prepare(ours, remote.port());
            prepare(theirs, remote.port());
            queries(stage, rows, ours, theirs);
        }
        return rows;
    }

    private static void prepare(Connection c, int port) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute("CREATE EXTENSION postgres_fdw");
            s.execute("CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '" + port
                    + "', dbname 'postgres', fetch_size '10000', batch_size '1000')");
            s.execute("CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user 'postgres')");
            s.execute("CREATE FOREIGN TABLE sale (" + COLUMNS + ") SERVER far OPTIONS (schema_name 'public')");
            s.execute("CREATE FOREIGN TABLE customer (id int, name text, region int) SERVER far OPTIONS (schema_name 'public')");
            s.execute("CREATE FOREIGN TABLE target (" + COLUMNS + ") SERVER far OPTIONS (schema_name 'public')");
            s.execute("CREATE TABLE wanted AS SELECT i::bigint * 97 AS id FROM generate_series(1, " + KEY_COUNT + ") i");
            s.execute("CREATE TABLE new AS SELECT i::bigint AS id, i AS customer, i / 100.0 AS amount, timestamp '2024-01-01' AS at, 'row ' || i AS name, true AS paid"
                    + " FROM generate_series(1, " + INSERTED + ") i");
            s.execute("ANALYZE sale");
            s.execute("ANALYZE customer");
            s.execute("ANALYZE wanted");
            s.execute("ANALYZE new");
        }
    }

    private static void queries(Stage stage, List<Row> rows, Connection ours, Connection theirs) throws IOException, SQLException {
        compare(stage, rows, FETCH, 1.5, ours, theirs, c -> ROWS / seconds(c, "SELECT count(id), count(customer), count(amount), count(at), count(name), count(paid)"
                + " FROM sale WHERE random() < 2"));
        compare(stage, rows, POINT, 1, ours, theirs, Foreign::points);
        compare(stage, rows, FILTER, 1, ours, theirs, c -> 1 / seconds(c, "SELECT id, name FROM sale WHERE customer % 100 = 7 AND amount > 5000"));
        compare(stage, rows, JOIN, 1, ours, theirs, c -> 1 / seconds(c, "SELECT s.id, c.name FROM sale s JOIN customer c ON c.id = s.customer WHERE c.region = 3 AND s.amount > 9900"));
        compare(stage, rows, AGGREGATE, 1, ours, theirs, c -> 1 / seconds(c, "SELECT paid, customer % 10, count(*), sum(amount) FROM sale GROUP BY 1, 2"));
        compare(stage, rows, KEYS, 5, ours, theirs, c -> KEY_COUNT / seconds(c, "SELECT count(*), sum(s.amount) FROM wanted w JOIN sale s ON s.id = w.id"));
        compare(stage, rows, INSERT, 1, ours, theirs, c -> {
            double rate = INSERTED / seconds(c, "INSERT INTO target SELECT * FROM new");
            seconds(c, "TRUNCATE target");
            return rate;
        });
    }

    /** What is measured on a connection. */
    private interface Measure {
        double of(Connection c) throws SQLException;
    }

    /** Both run twice before it counts. */
    private static void compare(Stage stage, List<Row> rows, String name, double goal, Connection ours, Connection theirs, Measure measure)
            throws IOException, SQLException {
        if (!stage.wants(name)) {
            return;
        }
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        attempts.put("Gajah", () -> measure.of(ours));
        attempts.put("PostgreSQL", () -> measure.of(theirs));
        for (int i = 0; i < 2; i++) {
            for (Rounds.Attempt attempt : attempts.values()) {
                attempt.measure();
            }
        }
        Map<String, Double> medians = Rounds.medians(name, stage.options().rounds(), attempts);
        rows.add(new Row(name, Unit.PER_SECOND, medians.get("Gajah"), "postgres_fdw", medians.get("PostgreSQL"), new Goal.Times(goal)));
    }

    private static double seconds(Connection c, String sql) throws SQLException {
        long start = System.nanoTime();
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double points(Connection c) throws SQLException {
        long start = System.nanoTime();
        try (PreparedStatement s = c.prepareStatement("SELECT name FROM sale WHERE id = ?")) {
            for (int i = 1; i <= POINTS; i++) {
                s.setLong(1, i * 37L);
                try (ResultSet r = s.executeQuery()) {
                    r.next();
                }
            }
        }
        return POINTS / ((System.nanoTime() - start) / 1e9);
    }
}
