package org.gajah.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gajah.tests.process.ServerProcess;

/**
 * pgbench itself against both servers: its TPC-B script and {@code -S}, simple and prepared, and TPC-B's seven statements in one text, with 1
 * and 8 clients.
 */
final class Pgbench implements Workload {
    private static final String DATABASE = "bench";
    private static final Pattern SPEED = Pattern.compile("^tps = ([0-9.]+) \\(without", Pattern.MULTILINE);
    private static final List<Script> SCRIPTS = scripts();

    private static final String TPCB_IN_ONE_TEXT = """
            \\set aid random(1, 100000 * :scale)
            \\set bid random(1, 1 * :scale)
            \\set tid random(1, 10 * :scale)
            \\set delta random(-5000, 5000)
            BEGIN \\; UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = :aid \\; \
            SELECT abalance FROM pgbench_accounts WHERE aid = :aid \\; \
            UPDATE pgbench_tellers SET tbalance = tbalance + :delta WHERE tid = :tid \\; \
            UPDATE pgbench_branches SET bbalance = bbalance + :delta WHERE bid = :bid \\; \
            INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (:tid, :bid, :aid, :delta, CURRENT_TIMESTAMP) \\; END;
            """;

    private enum Kind {
        SELECT, TPCB, TEXT
    }

    private record Script(String name, Kind kind, String mode, int clients) {
        Goal goal() {
            if (clients != 8) {
                return new Goal.Nothing();
            }
            return switch (kind) {
                case SELECT -> mode.equals("simple") ? new Goal.Nothing() : new Goal.Times(1.2);
                case TPCB -> new Goal.Times(1.5);
                case TEXT -> new Goal.Nothing();
            };
        }
    }

    private static List<Script> scripts() {
        List<Script> scripts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (String mode : kind == Kind.TEXT ? List.of("simple") : List.of("simple", "prepared")) {
                for (int clients : List.of(1, 8)) {
                    String name = "pgbench-" + kind.name().toLowerCase(Locale.ROOT) + "-" + mode + "-" + clients;
                    scripts.add(new Script(name, kind, mode, clients));
                }
            }
        }
        return scripts;
    }

    @Override
    public List<String> names() {
        return SCRIPTS.stream().map(Script::name).toList();
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        try {
            Command.run(List.of("pgbench", "--version"));
        } catch (IOException e) {
            stage.warn("pgbench is not installed: none of " + names() + " is measured (Debian: postgresql-contrib)");
            return List.of();
        }
        List<ServerProcess> servers = List.of(stage.gajah("shared_buffers=256MB"), stage.postgres("shared_buffers=256MB"));
        for (ServerProcess server : servers) {
            server.start();
            execute(server, "postgres", "CREATE DATABASE " + DATABASE);
            pgbench(server, "-i", "-q", "-s", Integer.toString(stage.options().scale()));
        }
        List<Row> rows = new ArrayList<>();
        for (Script script : SCRIPTS) {
            if (stage.wants(script.name())) {
                rows.add(compare(stage, script, servers));
            }
        }
        for (ServerProcess server : servers) {
            server.stop();
        }
        return rows;
    }

    private static Row compare(Stage stage, Script script, List<ServerProcess> servers) throws IOException, SQLException {
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        for (ServerProcess server : servers) {
            attempts.put(server.name(), () -> {
                for (ServerProcess each : servers) {
                    execute(each, DATABASE, "CHECKPOINT");
                }
                return speed(stage, server, script);
            });
            speed(stage, server, script);
        }
        Map<String, Double> medians = Rounds.medians(script.name(), stage.options().rounds(), attempts);
        return new Row(script.name(), Unit.PER_SECOND, medians.get("Gajah"), "PostgreSQL", medians.get("PostgreSQL"), script.goal());
    }

    private static double speed(Stage stage, ServerProcess server, Script script) throws IOException {
        int threads = Math.min(script.clients(), Runtime.getRuntime().availableProcessors());
        List<String> arguments = new ArrayList<>(List.of("-n", "-T", Integer.toString(stage.options().seconds()), "-M", script.mode(), "-c",
                Integer.toString(script.clients()), "-j", Integer.toString(threads)));
        switch (script.kind()) {
            case SELECT -> arguments.add("-S");
            case TPCB -> { }
            case TEXT -> arguments.addAll(List.of("-D", "scale=" + stage.options().scale(), "-f", text(stage).toString()));
        }
        String output = pgbench(server, arguments.toArray(String[]::new));
        Matcher speed = SPEED.matcher(output);
        if (!output.contains("number of failed transactions: 0 ") || !speed.find()) {
            throw new IOException(server.name() + ": " + script.name() + ": " + output);
        }
        return Double.parseDouble(speed.group(1));
    }

    private static Path text(Stage stage) throws IOException {
        return Files.writeString(stage.fresh("tpcb"), TPCB_IN_ONE_TEXT);
    }

    private static String pgbench(ServerProcess server, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("pgbench", "-h", "127.0.0.1", "-p", Integer.toString(server.port()), "-U",
                ServerProcess.USER));
        command.addAll(List.of(arguments));
        command.add(DATABASE);
        return Command.run(command);
    }

    private static void execute(ServerProcess server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
