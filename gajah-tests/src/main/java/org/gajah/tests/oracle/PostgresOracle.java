package org.gajah.tests.oracle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL 18.6 in a fresh data directory, on a free port of the loopback interface, with trust authentication.
 *
 * <p>The data directory lives as long as this object; the unpacked programs stay in a cache below the temporary directory.
 * PostgreSQL refuses to run as root, so root runs it as {@code nobody}.
 */
public final class PostgresOracle implements AutoCloseable {
    /** The superuser. */
    public static final String USER = "postgres";

    private static final String ARCHIVE = "postgres-linux-x86_64.txz";
    private static final String VERSION = "18.6.0";
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
            Path home = unpacked();
            Path data = Files.createTempDirectory("gajah-oracle-data-");
            if (isRoot()) {
                run(List.of("chown", "nobody", data.toString()));
            }
            run(asServerUser(List.of(home.resolve("bin/initdb").toString(), "-D", data.toString(), "-U", USER,
                    "--locale=C", "-E", "UTF8", "--auth=trust", "--no-sync", "--no-instructions")));
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(home.resolve("bin/postgres").toString(), "-D", data.toString(),
                    "-p", Integer.toString(port)));
            for (String setting : List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off",
                    "timezone=UTC", "log_timezone=UTC", "logging_collector=off")) {
                command.addAll(List.of("-c", setting));
            }
            for (String setting : settings) {
                command.addAll(List.of("-c", setting));
            }
            PostgresOracle oracle = new PostgresOracle(home, data, port, asServerUser(command));
            oracle.launch();
            return oracle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server in order and starts it again on the same data and port. */
    public void restart() throws IOException {
        run(List.of("kill", "-INT", Long.toString(server.pid())));
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
            run(List.of("kill", "-QUIT", Long.toString(server.pid())));
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            deleteTree(data);
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

    private static Path unpacked() throws IOException {
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "gajah-oracle-" + System.getProperty("user.name"));
        try {
            Files.createDirectory(cache, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.getOwner(cache).getName().equals(System.getProperty("user.name"))) {
                throw new IOException(cache + " belongs to somebody else", e);
            }
        }
        Path home = cache.resolve(VERSION);
        if (Files.exists(home)) {
            return home;
        }
        Path fresh = Files.createTempDirectory(cache, "unpack-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (InputStream archive = ClassLoader.getSystemResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IOException(ARCHIVE + " is not on the class path");
            }
            untar(new XZInputStream(new BufferedInputStream(archive)), fresh);
        }
        if (!fresh.toFile().renameTo(home.toFile())) {
            deleteTree(fresh);
        }
        return home;
    }

    private static void untar(InputStream tar, Path target) throws IOException {
        Process process = new ProcessBuilder("tar", "-x", "-C", target.toString(), "--no-same-owner")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream in = process.getOutputStream()) {
            tar.transferTo(in);
        }
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException("tar ended with status " + status);
        }
    }

    private static List<String> asServerUser(List<String> command) throws IOException {
        if (!isRoot()) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid && uid == 0;
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(command.getFirst() + " ended with status " + status + ": " + output);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
