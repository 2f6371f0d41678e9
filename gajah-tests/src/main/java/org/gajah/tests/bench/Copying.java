package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gajah.tests.process.ServerProcess;

/** COPY of a million rows of six columns over a socket, in each format, into tables without and with indexes, and out. */
final class Copying implements Workload {
    private static final int ROWS = 1_000_000;
    private static final String TABLE = "moved";

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (CopyStream.Format format : CopyStream.Format.values()) {
            String word = format.name().toLowerCase(Locale.ROOT);
            names.addAll(List.of("copy-from-" + word, "copy-from-" + word + "-indexes", "copy-to-" + word));
        }
        return names;
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        List<ServerProcess> servers = List.of(stage.gajah("shared_buffers=256MB"), stage.postgres("shared_buffers=256MB"));
        for (ServerProcess server : servers) {
            server.start();
        }
        List<Row> rows = new ArrayList<>();
        for (CopyStream.Format format : CopyStream.Format.values()) {
            String name = format.name().toLowerCase(Locale.ROOT);
            if (names().stream().noneMatch(n -> n.contains("-" + name) && stage.wants(n))) {
                continue;
            }
            byte[] messages = CopyStream.messages(format, 0, ROWS);
            if (stage.wants("copy-from-" + name)) {
                rows.add(compare(stage, "copy-from-" + name, 2.5, servers, s -> from(s, format, messages, false)));
            }
            if (stage.wants("copy-from-" + name + "-indexes")) {
                rows.add(compare(stage, "copy-from-" + name + "-indexes", 2.5, servers, s -> from(s, format, messages, true)));
            }
            if (stage.wants("copy-to-" + name)) {
                for (ServerProcess server : servers) {
                    from(server, format, messages, false);
                }
                rows.add(compare(stage, "copy-to-" + name, 2, servers, s -> to(s, format)));
            }
        }
        for (ServerProcess server : servers) {
            server.stop();
        }
        return rows;
    }

    /** One run against one server. */
    private interface Run {
        double rowsPerSecond(ServerProcess server) throws IOException;
    }

    private static Row compare(Stage stage, String name, double factor, List<ServerProcess> servers, Run run) throws IOException, SQLException {
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        for (ServerProcess server : servers) {
            attempts.put(server.name(), () -> run.rowsPerSecond(server));
            run.rowsPerSecond(server);
        }
        Map<String, Double> medians = Rounds.medians(name, stage.options().rounds(), attempts);
        return new Row(name, Unit.PER_SECOND, medians.get("Gajah"), "PostgreSQL", medians.get("PostgreSQL"), new Goal.Times(factor));
    }

    private static double from(ServerProcess server, CopyStream.Format format, byte[] messages, boolean indexes) throws IOException {
        try (CopyStream.Client client = new CopyStream.Client(server.port())) {
            client.run("DROP TABLE IF EXISTS " + TABLE);
            client.run("CREATE TABLE " + TABLE + " (" + CopyStream.COLUMNS + (indexes ? ", PRIMARY KEY (id)" : "") + ")");
            if (indexes) {
                client.run("CREATE INDEX ON " + TABLE + " (customer)");
            }
            client.run("CHECKPOINT");
            long start = System.nanoTime();
            client.copyIn("COPY " + TABLE + " FROM STDIN (FORMAT " + format + ")", List.of(messages));
            return ROWS * 1e9 / (System.nanoTime() - start);
        }
    }

    private static double to(ServerProcess server, CopyStream.Format format) throws IOException {
        try (CopyStream.Client client = new CopyStream.Client(server.port())) {
            long start = System.nanoTime();
            client.copyOut("COPY " + TABLE + " TO STDOUT (FORMAT " + format + ")");
            return ROWS * 1e9 / (System.nanoTime() - start);
        }
    }
}
