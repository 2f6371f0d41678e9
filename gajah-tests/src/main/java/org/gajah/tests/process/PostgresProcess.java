package org.gajah.tests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.gajah.tests.oracle.FreePort;
import org.gajah.tests.oracle.PostgresPrograms;

/** PostgreSQL 18.6 with the settings that it comes with: {@code initdb} and {@code pg_ctl start}, commits forced to disk. */
public final class PostgresProcess implements ServerProcess {
    private final Path data;
    private final Path log;
    private final List<String> settings;
    private final int port;
    private final Thread stopAtExit = new Thread(this::end, "postgres-stop");

    /** A server that is not started yet; {@code settings} are {@code name=value}. Its user must be able to reach {@code data}. */
    public PostgresProcess(Path data, List<String> settings) throws IOException {
        this.data = data;
        this.log = data.resolve("server.log");
        this.settings = settings;
        this.port = FreePort.find();
        PostgresPrograms.home();
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void launch() throws IOException {
        if (!Files.exists(data)) {
            Files.createDirectories(data);
            PostgresPrograms.giveToServerUser(data);
            program("initdb", "-D", data.toString(), "-U", USER, "--locale=C", "-E", "UTF8", "--auth=trust", "--no-instructions");
            List<String> lines = new ArrayList<>(List.of("", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''",
                    "port = " + port, "logging_collector = off"));
            settings.forEach(s -> lines.add(s.replaceFirst("=(.*)", " = '$1'")));
            Files.write(data.resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
        }
        program("pg_ctl", "-D", data.toString(), "-l", log.toString(), "-W", "-s", "start");
    }

    @Override
    public void stop() throws IOException {
        program("pg_ctl", "-D", data.toString(), "-w", "-s", "-m", "fast", "stop");
    }

    private static void program(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PostgresPrograms.home().resolve("bin").resolve(name).toString()));
        command.addAll(List.of(arguments));
        PostgresPrograms.run(PostgresPrograms.asServerUser(command));
    }

    @Override
    public List<ProcessHandle> processes() {
        try {
            Path file = data.resolve("postmaster.pid");
            return Files.exists(file) ? ServerProcess.tree(ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                    .orElseThrow()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        if (!processes().isEmpty()) {
            try {
                stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
        end();
    }
}
