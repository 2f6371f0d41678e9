package org.gajah.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaParser;
import org.gajah.server.net.ServerCertificate;

/** A server over a {@link ToyCluster} on a port that the system chose. */
record ToyServer(ToyCluster cluster, Server server) implements AutoCloseable {
    static ToyServer start() throws IOException {
        return start("host all all all trust", 100, 60_000, Optional.empty());
    }

    static ToyServer start(String rules, int maxConnections, long authenticationTimeoutMillis,
            Optional<ServerCertificate> certificate) throws IOException {
        return start(rules, maxConnections, authenticationTimeoutMillis, certificate,
                Integer.getInteger("gajah.test.idleThreads", ServerConfig.DEFAULT_THREADS_FOR_IDLE));
    }

    static ToyServer start(String rules, int maxConnections, long authenticationTimeoutMillis,
            Optional<ServerCertificate> certificate, int threadsForIdle) throws IOException {
        ToyCluster cluster = new ToyCluster();
        try {
            ServerConfig config = new ServerConfig(List.of("127.0.0.1"), 0, new ServerConfig.Places(maxConnections, 1, 0),
                    authenticationTimeoutMillis, HbaParser.parse("pg_hba.conf", rules), certificate,
                    threadsForIdle);
            PrintStream log = Boolean.getBoolean("gajah.debug") ? System.err
                    : new PrintStream(OutputStream.nullOutputStream());
            return new ToyServer(cluster, Server.start(cluster, config, new ServerLog(log)));
        } catch (HbaError e) {
            throw new IOException(e);
        }
    }

    InetSocketAddress address() {
        return server.addresses().getFirst();
    }

    RawClient client() throws IOException {
        return RawClient.connected(address());
    }

    /** Waits, for ten seconds at most, until no connection is left. */
    boolean becomesEmpty() {
        long end = System.nanoTime() + 10_000_000_000L;
        while (server.connectionCount() > 0 || !cluster.sessions.isEmpty()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    @Override
    public void close() {
        server.close();
    }
}
