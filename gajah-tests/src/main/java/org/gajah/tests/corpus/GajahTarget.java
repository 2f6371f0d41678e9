package org.gajah.tests.corpus;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.base.Env;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.Server;
import org.gajah.server.ServerConfig;
import org.gajah.server.ServerLog;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaParser;
import org.gajah.settings.ServerSettings;
import org.gajah.settings.SettingSource;
import org.gajah.tests.oracle.FreePort;

/** A Gajah in this process, on files in memory that outlive a restart, behind a real socket. */
final class GajahTarget implements Target {
    private Env env = SystemEnv.inMemory();
    private final Map<String, String> settings;
    private final ServerLog log;
    private final int port = FreePort.find();
    private Cluster cluster;
    private Server server;

    /** Starts it; the server's log goes to {@code logFile} if there is one. */
    GajahTarget(Map<String, String> settings, Optional<Path> logFile) throws IOException {
        this.settings = settings;
        this.log = new ServerLog(new PrintStream(logFile.isPresent() ? Files.newOutputStream(logFile.orElseThrow())
                : OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        open();
    }

    private void open() throws IOException {
        ServerSettings own = new ServerSettings();
        // Answers must not depend on when somebody looks at the tables.
        own.set("autovacuum", "off", SettingSource.DEFAULT);
        own.set("port", Integer.toString(port), SettingSource.COMMAND_LINE);
        settings.forEach((name, value) -> own.set(name, value, SettingSource.COMMAND_LINE));
        cluster = Instance.open(env, own);
        try {
            ServerConfig config = new ServerConfig(List.of("127.0.0.1"), port, new ServerConfig.Places(100, 3, 0), 60_000,
                    HbaParser.parse("pg_hba.conf", "host all all 127.0.0.1/32 trust\n"), Optional.empty(),
                    ServerConfig.DEFAULT_THREADS_FOR_IDLE);
            server = Server.start(cluster, config, log);
        } catch (HbaError e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return server.addresses().getFirst().getPort();
    }

    @Override
    public void restart() throws IOException {
        close();
        open();
    }

    @Override
    public void renew() throws IOException {
        close();
        env = SystemEnv.inMemory();
        open();
    }

    @Override
    public void close() {
        server.close();
        cluster.close();
    }
}
