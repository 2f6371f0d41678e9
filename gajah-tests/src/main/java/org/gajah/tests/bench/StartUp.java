package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gajah.tests.process.PostgresProcess;
import org.gajah.tests.process.ServerProcess;

/** From the start of the process to the first answered query, on a database that is there and on one that must be made. */
final class StartUp implements Workload {
    private static final String EXISTING = "startup-existing";
    private static final String NEW = "startup-new";

    @Override
    public List<String> names() {
        return List.of(EXISTING, NEW);
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        List<Row> rows = new ArrayList<>();
        if (stage.wants(EXISTING)) {
            Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
            for (ServerProcess server : List.of(stage.gajah(), stage.postgres())) {
                server.start();
                try (Connection connection = server.connect("postgres"); Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE note (id int PRIMARY KEY, body text)");
                }
                server.stop();
                attempts.put(server.name(), () -> secondsToStart(server));
            }
            rows.add(row(EXISTING, 0.5, Rounds.medians(EXISTING, stage.options().starts(), attempts)));
        }
        if (stage.wants(NEW)) {
            Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
            attempts.put("Gajah", () -> secondsToStart(stage.gajah()));
            attempts.put("PostgreSQL", () -> {
                try (PostgresProcess server = stage.postgres()) {
                    return secondsToStart(server);
                }
            });
            rows.add(row(NEW, 0.7, Rounds.medians(NEW, stage.options().starts(), attempts)));
        }
        return rows;
    }

    private static Row row(String name, double limit, Map<String, Double> medians) {
        return new Row(name, Unit.SECONDS, medians.get("Gajah"), "PostgreSQL", medians.get("PostgreSQL"), new Goal.AtMost(limit));
    }

    private static double secondsToStart(ServerProcess server) throws IOException {
        long start = System.nanoTime();
        server.start();
        double seconds = (System.nanoTime() - start) / 1e9;
        server.stop();
        return seconds;
    }
}
