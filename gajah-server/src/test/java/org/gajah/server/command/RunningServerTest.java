package org.gajah.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.gajah.engine.Cluster;
import org.gajah.engine.Session;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import org.gajah.settings.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start needs, and what it says when it cannot be had. */
class RunningServerTest {
    private static final ServerLog SILENT = new ServerLog(new PrintStream(OutputStream.nullOutputStream()));

    @TempDir
    Path directory;

    /** A cluster that has nobody to let in. */
    private record EmptyCluster(ServerSettings settings) implements Cluster {
        @Override
        public Optional<Login> login(String role) {
            return Optional.empty();
        }

        @Override
        public boolean hasDatabase(String name) {
            return false;
        }

        @Override
        public Session connect(ConnectionRequest request) {
            throw new IllegalStateException("nobody gets this far");
        }

        @Override
        public String setting(String name) {
            return settings.get(name);
        }

        @Override
        public Optional<Session> session(int processId) {
            return Optional.empty();
        }

        @Override
        public void close() {
        }
    }

    private RunningServer start(Path path, String... settings) throws ConfigError {
        Map<String, String> commandLine = new LinkedHashMap<>(Map.of("port", "0"));
        for (int i = 0; i < settings.length; i += 2) {
            commandLine.put(settings[i], settings[i + 1]);
        }
        return RunningServer.start(path, commandLine, (where, all) -> new EmptyCluster(all), SILENT);
    }

    private String refusal(Path path, String... settings) {
        return assertThrows(ConfigError.class, () -> start(path, settings).close()).getMessage();
    }

    @Test
    void theFirstStartMakesTheDirectory() throws Exception {
        Path data = directory.resolve("deep/data");
        try (RunningServer server = start(data)) {
            assertTrue(server.address().matches("localhost:\\d+"), server.address());
            assertTrue(Files.readString(data.resolve("pg_hba.conf")).contains("127.0.0.1/32"));
            assertEquals("18\n", Files.readString(data.resolve("PG_VERSION")));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().addresses().getFirst().getPort())) {
                assertTrue(socket.isConnected());
            }
        }
        start(data).close();
    }

    @Test
    void whatPeopleWroteIsKept() throws Exception {
        start(directory.resolve("d")).close();
        Files.writeString(directory.resolve("d/pg_hba.conf"), "local all all reject\n");
        start(directory.resolve("d")).close();
        assertEquals("local all all reject\n", Files.readString(directory.resolve("d/pg_hba.conf")));
    }

    @Test
    void aDirectoryHasOneServer() throws Exception {
        try (RunningServer server = start(directory.resolve("d"))) {
            String message = refusal(directory.resolve("d"));
            assertTrue(message.startsWith("lock file \"postmaster.pid\" already exists: is another server (PID "
                    + ProcessHandle.current().pid() + ") running in data directory"), message);
            assertFalse(server.address().isEmpty());
        }
    }

    @Test
    void aLockFileThatNobodyHoldsIsNoObstacle() throws Exception {
        start(directory.resolve("d")).close();
        Files.writeString(directory.resolve("d/postmaster.pid"), "1\n");
        start(directory.resolve("d")).close();
    }

    @Test
    void otherPeoplesDirectoriesAreLeftAlone() throws Exception {
        Files.writeString(directory.resolve("thesis.txt"), "x");
        assertTrue(refusal(directory).endsWith("exists but is not empty and is no data directory"), refusal(directory));
        assertTrue(refusal(directory.resolve("thesis.txt")).contains("could not create directory"));
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertTrue(refusal(directory.resolve("d"), "port", port, "listen_addresses", "127.0.0.1")
                    .startsWith("could not listen on port " + port + " of 127.0.0.1"));
        }
        start(directory.resolve("d")).close();
    }

    @Test
    void wrongSettingsAreNamedWithTheirLine() throws Exception {
        start(directory.resolve("d")).close();
        Path file = directory.resolve("d/postgresql.conf");
        Files.writeString(file, "port = 1\nprot = 5\n");
        assertEquals("unrecognized configuration parameter \"prot\" in file \"" + file + "\" line 2",
                refusal(directory.resolve("d")));
        Files.writeString(file, "max_connections = many\n");
        assertTrue(refusal(directory.resolve("d")).startsWith("invalid value for parameter \"max_connections\": \"many\""));
    }

    @Test
    void wrongRulesStopTheStart() throws Exception {
        start(directory.resolve("d")).close();
        Files.writeString(directory.resolve("d/pg_hba.conf"), "host all all all\n");
        assertTrue(refusal(directory.resolve("d")).startsWith("end-of-line before authentication method"));
    }

    @Test
    void strangersAreNotTrusted() throws Exception {
        start(directory.resolve("d")).close();
        Files.writeString(directory.resolve("d/pg_hba.conf"), "host all all all trust\n");
        assertTrue(refusal(directory.resolve("d"), "listen_addresses", "*").startsWith("pg_hba.conf trusts clients on other"));
        start(directory.resolve("d"), "listen_addresses", "localhost").close();
    }

    @Test
    void tlsNeedsItsFiles() {
        assertEquals("could not load server certificate file \"" + directory.resolve("d/server.crt")
                + "\": No such file or directory", refusal(directory.resolve("d"), "ssl", "on"));
    }
}
