package org.gajah.tests.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real PostgreSQL 18.6 in a fresh data directory, on a free port of the loopback interface, with trust authentication.
 *
 * <p>The data directory lives as long as this object; {@link PostgresPrograms} has the programs.
 */
public final class PostgresOracle implements AutoCloseable {
    /** The superuser. */
    public static final String USER = "postgres";

    private static final int START_TIMEOUT_SECONDS = 60;

    private final Path home;
    private final Path data;
    private final int port;
    private final List<String> command;
    private Process server;
    private final Thread stopAtExit;

    private PostgresOracle(Path home, Path data, int port, List<String> command) {
        this.home = home;
        this.data = data;
        this.port = port;
        this.command = command;
        this.stopAtExit = new Thread(this::stop, "oracle-stop");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /** Initialises and starts a server; every {@code setting} is a {@code name=value}. */
    public static PostgresOracle start(String... settings) {
        try {
            Path home = PostgresPrograms.home();
            Path data = Files.createTempDirectory("gajah-oracle-data-");
            PostgresPrograms.giveToServerUser(data);
            PostgresPrograms.run(PostgresPrograms.asServerUser(List.of(home.resolve("bin/initdb").toString(), "-D", data.toString(), "-U", USER,
                    "--locale=C", "-E", "UTF8", "--auth=trust", "--no-sync", "--no-instructions")));
            int port = FreePort.find();
            List<String> command = new ArrayList<>(List.of(home.resolve("bin/postgres").toString(), "-D", data.toString(),
                    "-p", Integer.toString(port)));
            for (String setting : List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off",
                    "timezone=UTC", "log_timezone=UTC", "logging_collector=off")) {
                command.addAll(List.of("-c", setting));
            }
            for (String setting : settings) {
                command.addAll(List.of("-c", setting));
            }
            PostgresOracle oracle = new PostgresOracle(home, data, port, PostgresPrograms.asServerUser(command));
            oracle.launch();
            return oracle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server in order and starts it again on the same data and port. */
    public void restart() throws IOException {
        PostgresPrograms.run(List.of("kill", "-INT", Long.toString(server.pid())));
        server.onExit().join();
        launch();
    }

    private void launch() throws IOException {
        server = new ProcessBuilder(command).directory(Path.of("/").toFile())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        awaitReady();
    }

    /** Where the server listens on the loopback interface. */
    public int port() {
        return port;
    }

    /** The directory with {@code bin} and {@code share/postgresql}. */
    public Path home() {
        return home;
    }

    /** A new connection to a database, as the superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, "");
    }

    /** Stops the server at once and removes its data directory. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
        stop();
    }

    private void stop() {
        try {
            PostgresPrograms.run(List.of("kill", "-QUIT", Long.toString(server.pid())));
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            PostgresPrograms.deleteTree(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the oracle stopped", e);
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_TIMEOUT_SECONDS);
        while (server.isAlive() && System.nanoTime() < deadline) {
            try (Connection connection = connect(USER)) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        throw new IOException("the oracle did not start on port " + port);
    }
}
