package org.gajah.server.embed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.Gajah;
import org.gajah.api.GajahProvider;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.Server;
import org.gajah.server.ServerConfig;
import org.gajah.server.ServerLog;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaParser;
import org.gajah.server.command.EmbeddedServer;
import org.gajah.settings.ServerSettings;
import org.gajah.settings.SettingSource;

/** Opens clusters for programs that embed Gajah. Their log goes nowhere but for what ends the cluster, which is thrown. */
public final class EmbeddedProvider implements GajahProvider {
    private static final long PATIENCE_MILLIS = 60_000;

    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedProvider() {
    }

    @Override
    public Gajah open(Path directory, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("listen_addresses", "", "gajah.java_class_path", "on"));
        all.putAll(settings);
        EmbeddedServer opened = EmbeddedServer.open(directory, all, ServerLog.toPlatformLog());
        return new Embedded(opened.server(), opened);
    }

    @Override
    public Gajah inMemory() {
        ServerSettings settings = new ServerSettings();
        settings.set("gajah.java_class_path", "on", SettingSource.COMMAND_LINE);
        Cluster cluster = Instance.open(SystemEnv.inMemory(), settings);
        try {
            ServerConfig config = new ServerConfig(List.of(), 0, new ServerConfig.Places((int) settings.number("max_connections"), 3, 0), PATIENCE_MILLIS,
                    HbaParser.parse("memory", "local all all trust\n"), Optional.empty(), ServerConfig.DEFAULT_THREADS_FOR_IDLE);
            Server server = Server.start(cluster, config, ServerLog.toPlatformLog());
            return new Embedded(server, () -> {
                server.close();
                cluster.close();
            });
        } catch (IOException | HbaError e) {
            cluster.close();
            throw new SqlError(SqlState.SYSTEM_ERROR, e.getMessage(), e);
        }
    }
}
