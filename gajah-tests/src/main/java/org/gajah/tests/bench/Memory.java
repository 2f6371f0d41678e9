package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gajah.tests.corpus.WireClient;
import org.gajah.tests.process.ServerProcess;

/** Memory after the start, and what 1,000 connections add that have each run a query and then do nothing. */
final class Memory implements Workload {
    private static final String START = "memory-start";
    private static final String IDLE = "memory-1000-idle";
    private static final int CONNECTIONS = 1000;

    @Override
    public List<String> names() {
        return List.of(START, IDLE);
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        List<Row> rows = new ArrayList<>();
        if (stage.wants(START)) {
            rows.add(compare(START, 150, stage, Memory::afterStart));
        }
        if (stage.wants(IDLE)) {
            rows.add(compare(IDLE, 100, stage, Memory::idleConnections));
        }
        return rows;
    }

    private interface Measure {
        double of(ServerProcess server) throws IOException;
    }

    private static Row compare(String name, double limit, Stage stage, Measure measure) throws IOException, SQLException {
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        for (ServerProcess server : List.of(stage.gajah("max_connections=1100"), stage.postgres("max_connections=1100"))) {
            attempts.put(server.name(), () -> {
                server.start();
                double megabytes = measure.of(server);
                server.stop();
                return megabytes;
            });
        }
        Map<String, Double> medians = Rounds.medians(name, stage.options().rounds(), attempts);
        return new Row(name, Unit.MEGABYTES, medians.get("Gajah"), "PostgreSQL", medians.get("PostgreSQL"), new Goal.AtMost(limit));
    }

    private static double afterStart(ServerProcess server) throws IOException {
        return server.memoryMegabytes();
    }

    private static double idleConnections(ServerProcess server) throws IOException {
        double before = server.memoryMegabytes();
        List<WireClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                WireClient client = new WireClient(server.port(), ServerProcess.USER, "postgres");
                clients.add(client);
                client.query("SELECT " + i);
                while (client.read().type() != 'Z') {
                    assert client.processId() != 0;
                }
            }
            return server.memoryMegabytes() - before;
        } finally {
            clients.forEach(WireClient::close);
        }
    }
}
