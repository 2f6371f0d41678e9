package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gajah.tests.process.ServerProcess;

/** Loops in PL/pgSQL: how many rounds a second they make. The connection that runs them stays, so that plans and code do. */
final class Programs implements Workload {
    private static final int ROWS = 10_000;
    private static final List<String> TABLE = List.of("CREATE TABLE counted (id int PRIMARY KEY, v int)",
            "INSERT INTO counted SELECT g, g FROM generate_series(1, " + ROWS + ") g", "ANALYZE counted");

    /** A function of the number of rounds to make. */
    private enum Program {
        ARITHMETIC(2_000_000, "s bigint := 0", "FOR i IN 1..n LOOP s := s + i * 3 % 7; END LOOP; RETURN s;"),
        BRANCHES(1_000_000, "i int := 0; c int := 0",
                "WHILE i < n LOOP i := i + 1; IF i % 3 = 0 THEN c := c + 1; ELSIF i % 5 = 0 THEN c := c - 1; END IF; END LOOP; RETURN c;"),
        STRINGS(300_000, "t text := ''; k bigint := 0",
                "FOR i IN 1..n LOOP t := t || 'ab' || i; IF length(t) > 1000 THEN k := k + length(t); t := ''; END IF; END LOOP; RETURN k;"),
        ARRAYS(300_000, "a int[] := ARRAY[0,0,0,0,0,0,0,0,0,0]",
                "FOR i IN 1..n LOOP a[i % 10 + 1] := a[i % 10 + 1] + 1; END LOOP; RETURN a[3];"),
        SELECTS(200_000, "s bigint := 0; x int",
                "FOR i IN 1..n LOOP SELECT v INTO x FROM counted WHERE id = i % " + ROWS + " + 1; s := s + x; END LOOP; RETURN s;"),
        ROWS_READ(500_000, "s bigint := 0; r record; k int := 0",
                "WHILE k < n LOOP FOR r IN SELECT id, v FROM counted LOOP s := s + r.v; k := k + 1; END LOOP; END LOOP; RETURN s;"),
        EXCEPTIONS(20_000, "k bigint := 0",
                "FOR i IN 1..n LOOP BEGIN k := k + 1; IF i % 2 = 0 THEN RAISE EXCEPTION 'x'; END IF; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; RETURN k;");

        private final int rounds;
        private final String declarations;
        private final String body;

        Program(int rounds, String declarations, String body) {
            this.rounds = rounds;
            this.declarations = declarations;
            this.body = body;
        }

        private String word() {
            return "plpgsql-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        private String definition() {
            return "CREATE FUNCTION " + name() + "(n int) RETURNS bigint LANGUAGE plpgsql AS $$ DECLARE " + declarations + "; BEGIN " + body + " END $$";
        }

        /** Exceptions cost both about the same work of the storage; no factor is asked for. */
        private Goal goal() {
            return this == EXCEPTIONS ? new Goal.Nothing() : new Goal.Times(3);
        }
    }

    @Override
    public List<String> names() {
        return Arrays.stream(Program.values()).map(Program::word).toList();
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        List<ServerProcess> servers = List.of(stage.gajah("shared_buffers=256MB"), stage.postgres("shared_buffers=256MB"));
        Map<String, Connection> connections = new LinkedHashMap<>();
        try {
            for (ServerProcess server : servers) {
                server.start();
                connections.put(server.name(), connect(server));
            }
            List<Row> rows = new ArrayList<>();
            for (Program program : Program.values()) {
                if (stage.wants(program.word())) {
                    rows.add(compare(stage, program, connections));
                }
            }
            return rows;
        } finally {
            for (Connection connection : connections.values()) {
                connection.close();
            }
        }
    }

    private static Connection connect(ServerProcess server) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:postgresql://localhost:" + server.port() + "/postgres", ServerProcess.USER, "");
        try (Statement statement = connection.createStatement()) {
            for (String sql : TABLE) {
                statement.execute(sql);
            }
            for (Program program : Program.values()) {
                statement.execute(program.definition());
            }
        }
        return connection;
    }

    private static Row compare(Stage stage, Program program, Map<String, Connection> connections) throws IOException, SQLException {
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        for (Map.Entry<String, Connection> each : connections.entrySet()) {
            attempts.put(each.getKey(), () -> roundsPerSecond(each.getValue(), program));
            for (int i = 0; i < 3; i++) {
                roundsPerSecond(each.getValue(), program);
            }
        }
        Map<String, Double> medians = Rounds.medians(program.word(), stage.options().rounds(), attempts);
        return new Row(program.word(), Unit.PER_SECOND, medians.get("Gajah"), "PostgreSQL", medians.get("PostgreSQL"), program.goal());
    }

    private static double roundsPerSecond(Connection connection, Program program) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long start = System.nanoTime();
            try (ResultSet result = statement.executeQuery("SELECT " + program.name() + "(" + program.rounds + ")")) {
                result.next();
            }
            return program.rounds * 1e9 / (System.nanoTime() - start);
        }
    }
}
