package org.gajah.server.command;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.gajah.api.SqlError;
import org.gajah.engine.Cluster;
import org.gajah.server.Server;
import org.gajah.server.ServerConfig;
import org.gajah.server.ServerLog;
import org.gajah.server.config.ConfigError;
import org.gajah.server.config.DataDirectory;
import org.gajah.server.config.Template;
import org.gajah.settings.ServerSettings;

/** A data directory being served: opened in order, closed in the opposite order. */
final class RunningServer implements AutoCloseable {
    /** How a cluster is opened. */
    @FunctionalInterface
    interface Opening {
        Cluster open(Path directory, ServerSettings settings);
    }

    /** The engine's files within a data directory. */
    static final String STORAGE = "base";

    private final DataDirectory directory;
    private final Cluster cluster;
    private final Server server;
    private final ConfigurationFiles files;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private RunningServer(DataDirectory directory, Cluster cluster, Server server, ConfigurationFiles files) {
        this.files = files;
        this.directory = directory;
        this.cluster = cluster;
        this.server = server;
    }

    /** Opens the directory and starts to accept clients. */
    static RunningServer start(Path path, Map<String, String> commandLine, Opening opening, ServerLog log)
            throws ConfigError {
        DataDirectory directory = DataDirectory.open(path);
        try {
            ServerSettings settings = ServerFiles.settings(directory, commandLine);
            ConfigurationFiles files = new ConfigurationFiles(directory, settings, log);
            settings.useFiles(files);
            ServerConfig config = ServerFiles.config(directory, settings, commandLine);
            Cluster cluster = open(opening, directory, settings);
            try {
                if (directory.isFresh()) {
                    log.log("LOG", "made a new data directory \"" + directory.path() + "\" with superuser \"postgres\"; "
                            + "pg_hba.conf trusts all programs on this machine");
                }
                Server server = listen(cluster, config, log);
                server.addresses().stream().findFirst().ifPresent(
                        address -> settings.set("port", Integer.toString(address.getPort()), settings.source("port")));
                files.serve(server);
                return new RunningServer(directory, cluster, server, files);
            } catch (ConfigError | RuntimeException e) {
                cluster.close();
                throw e;
            }
        } catch (ConfigError | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static Cluster open(Opening opening, DataDirectory directory, ServerSettings settings) throws ConfigError {
        try {
            Template.copyTo(directory.file(STORAGE));
            return opening.open(directory.file(STORAGE), settings);
        } catch (SqlError e) {
            throw new ConfigError("could not open data directory \"" + directory.path() + "\": " + e.getMessage(), e);
        }
    }

    private static Server listen(Cluster cluster, ServerConfig config, ServerLog log) throws ConfigError {
        try {
            return Server.start(cluster, config, log);
        } catch (BindException e) {
            throw new ConfigError("could not listen on port " + config.port() + " of " + String.join(", ", config.hosts())
                    + ": " + e.getMessage() + " (is another server running there?)", e);
        } catch (IOException e) {
            throw new ConfigError(e.getMessage(), e);
        }
    }

    /** Where clients reach it, as HOST:PORT. */
    String address() {
        if (server.addresses().isEmpty()) {
            return "no address";
        }
        InetSocketAddress first = server.addresses().getFirst();
        String host = first.getAddress().isLoopbackAddress() ? "localhost" : first.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + first.getPort();
    }

    /** Reads the files again. */
    void reload() {
        files.reload();
    }

    Server server() {
        return server;
    }

    /** Returns when it has been closed. */
    void awaitEnd() {
        boolean ended = false;
        while (!ended) {
            try {
                stopped.await();
                ended = true;
            } catch (InterruptedException strayInterrupt) {
                Thread.interrupted();
            }
        }
    }

    /** Ends all connections with 57P01, writes everything down and gives the directory back. */
    @Override
    public void close() {
        try {
            server.close();
            cluster.close();
            directory.close();
        } finally {
            stopped.countDown();
        }
    }
}
