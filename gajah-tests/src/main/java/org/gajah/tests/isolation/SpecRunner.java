package org.gajah.tests.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.gajah.tests.oracle.PostgresPrograms;

/** Runs {@code isolationtester} against one server; each specification gets a new database, for those that fail leave things behind. */
final class SpecRunner {
    private static final String DATABASE = "isolation";
    private static final int SPEC_SECONDS = 90;
    private static final int STEP_SECONDS = 10;

    private final Path specs;
    private final Path outputs;
    private final int port;
    private final Connector connector;

    /** How a superuser comes to a connection to a database. */
    @FunctionalInterface
    interface Connector {
        Connection connect(String database) throws SQLException;
    }

    SpecRunner(Path root, String server, int port, Connector connector) throws IOException {
        this.specs = root.resolve("specs");
        this.outputs = Files.createDirectories(root.resolve(server));
        this.port = port;
        this.connector = connector;
    }

    /** The output of an earlier run, or of one now. */
    List<String> keptOutput(String spec) throws IOException, SQLException {
        Path file = file(spec);
        return Files.exists(file) ? Files.readAllLines(file) : output(spec);
    }

    /** What the specification prints now. */
    List<String> output(String spec) throws IOException, SQLException {
        try (Connection connection = connector.connect("postgres"); Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        Path home = PostgresPrograms.home();
        Path unfinished = outputs.resolve(spec + ".part");
        ProcessBuilder builder = new ProcessBuilder("timeout", Integer.toString(SPEC_SECONDS),
                home.resolve("lib/postgresql/pgxs/src/test/isolation/isolationtester").toString(),
                "host=127.0.0.1 port=" + port + " user=postgres dbname=" + DATABASE)
                .redirectInput(specs.resolve(spec + ".spec").toFile()).redirectErrorStream(true).redirectOutput(unfinished.toFile());
        builder.environment().put("LD_LIBRARY_PATH", home.resolve("lib").toString());
        builder.environment().put("PGISOLATIONTIMEOUT", Integer.toString(STEP_SECONDS));
        builder.environment().put("PGAPPNAME", "isolation/" + spec);
        builder.start().onExit().join();
        Files.move(unfinished, file(spec), StandardCopyOption.REPLACE_EXISTING);
        return Files.readAllLines(file(spec));
    }

    private Path file(String spec) {
        return outputs.resolve(spec + ".out");
    }
}
