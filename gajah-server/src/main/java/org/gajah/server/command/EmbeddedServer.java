package org.gajah.server.command;

import java.nio.file.Path;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.server.Server;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;

/** A data directory opened as {@code gajah serve} opens it, for a program that holds it. */
public final class EmbeddedServer implements AutoCloseable {
    private final RunningServer running;

    private EmbeddedServer(RunningServer running) {
        this.running = running;
    }

    /** Opens it; 58000 with a message for people if that is not possible. */
    public static EmbeddedServer open(Path directory, Map<String, String> settings, ServerLog log) {
        try {
            return new EmbeddedServer(RunningServer.start(directory, settings, Serving::openEngine, log));
        } catch (ConfigError e) {
            throw new SqlError(SqlState.SYSTEM_ERROR, e.getMessage(), e);
        }
    }

    /** What serves connections. */
    public Server server() {
        return running.server();
    }

    @Override
    public void close() {
        running.close();
    }
}
