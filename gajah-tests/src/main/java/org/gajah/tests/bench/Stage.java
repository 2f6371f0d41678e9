package org.gajah.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.gajah.tests.oracle.PostgresPrograms;
import org.gajah.tests.process.GajahProcess;
import org.gajah.tests.process.PostgresProcess;
import org.gajah.tests.process.ServerProcess;

/** Where a workload runs: the options, a directory, and servers that are closed behind it. */
final class Stage implements AutoCloseable {
    private final BenchOptions options;
    private final Path directory;
    private final List<ServerProcess> servers = new ArrayList<>();
    private int directories;

    Stage(BenchOptions options) throws IOException {
        this.options = options;
        this.directory = Files.createTempDirectory("gajah-bench-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    BenchOptions options() {
        return options;
    }

    boolean wants(String name) {
        return options.only().isEmpty() || options.only().stream().anyMatch(name::startsWith);
    }

    /** A path below the stage's directory that nothing has yet. */
    Path fresh(String name) {
        return directory.resolve(name + "-" + ++directories);
    }

    /** A Gajah with a new data directory, not yet started. */
    GajahProcess gajah(String... settings) throws IOException {
        GajahProcess server = new GajahProcess(fresh("gajah"), "", List.of(settings));
        servers.add(server);
        return server;
    }

    /** A PostgreSQL with a new data directory, not yet started. */
    PostgresProcess postgres(String... settings) throws IOException {
        PostgresProcess server = new PostgresProcess(fresh("postgres"), List.of(settings));
        servers.add(server);
        return server;
    }

    /** Says something that the reader must not miss. */
    void warn(String text) {
        System.err.println("WARNING: " + text);
    }

    @Override
    public void close() throws IOException {
        servers.reversed().forEach(ServerProcess::close);
        PostgresPrograms.deleteTree(directory);
    }
}
