package org.gajah.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.base.Env;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaParser;
import org.gajah.settings.ServerSettings;
import org.gajah.settings.SettingSource;

/** A server on files in memory that trusts everybody on the loopback interface, and can be started again on the same files. */
final class LiveServer implements AutoCloseable {
    private final Env env;
    private final Map<String, String> settings;
    private Cluster cluster;
    private Server server;

    LiveServer(Map<String, String> settings) throws IOException, HbaError {
        this(SystemEnv.inMemory(), settings);
    }

    LiveServer(Env env, Map<String, String> settings) throws IOException, HbaError {
        this.env = env;
        this.settings = settings;
        start();
    }

    private void start() throws IOException, HbaError {
        ServerSettings own = new ServerSettings();
        settings.forEach((name, value) -> own.set(name, value, SettingSource.COMMAND_LINE));
        cluster = Instance.open(env, own);
        ServerConfig config = new ServerConfig(List.of("127.0.0.1"), 0, new ServerConfig.Places(200, 3, 0), 60_000,
                HbaParser.parse("pg_hba.conf", "host all all all trust"), Optional.empty(), ServerConfig.DEFAULT_THREADS_FOR_IDLE);
        server = Server.start(cluster, config, new ServerLog(new PrintStream(OutputStream.nullOutputStream())));
    }

    InetSocketAddress address() {
        return server.addresses().getFirst();
    }

    RawClient client(String user) throws IOException {
        return RawClient.connected(address(), 0x30000, Map.of("user", user, "database", "postgres"));
    }

    void restart() throws IOException, HbaError {
        close();
        start();
    }

    @Override
    public void close() {
        server.close();
        cluster.close();
    }
}
