package org.gajah.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.gajah.engine.Cluster;
import org.gajah.server.auth.Authenticator;
import org.gajah.server.auth.HbaFile;
import org.gajah.server.connection.Connection;
import org.gajah.server.connection.Office;
import org.gajah.server.connection.WaitingRoom;
import org.gajah.server.net.Listener;
import org.gajah.server.net.ServerCertificate;
import org.gajah.server.net.SocketTransport;
import org.gajah.server.net.Transport;

/**
 * Serves a cluster's clients. A connection has a platform thread from its first packet on, with a stack large enough for deep
 * queries. Idle connections beyond a number, and those that listen, give their threads back and wait together: a thread costs 110 KB,
 * waiting 4.
 */
public final class Server implements AutoCloseable {
    private static final long STACK_BYTES = 16L << 20;
    private static final int MOST_SILENT = 20_000;
    private static final long SHUTDOWN_MILLIS = 10_000;
    private static final long THREAD_KEPT_SECONDS = 10;

    private final Cluster cluster;
    private final ServerConfig config;
    private final ServerLog log;
    private final Authenticator authenticator;
    private final CancelKeys cancelKeys = new CancelKeys();
    private final ConnectionSlots slots;
    private final ScheduledThreadPoolExecutor timers;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;
    /** Threads at work. The pool would lock itself and ask each of them, before every message that is waited for. */
    private final AtomicInteger busy = new AtomicInteger();
    private final WaitingRoom waitingRoom;
    private final Office office = new SharedOffice();
    private final Listener listener;
    private volatile Optional<ServerCertificate> certificate;
    private volatile long patienceMillis;
    private volatile boolean closing;

    private Server(Cluster cluster, ServerConfig config, ServerLog log) throws IOException {
        this.cluster = cluster;
        this.config = config;
        this.log = log;
        this.certificate = config.certificate();
        this.patienceMillis = config.authenticationTimeoutMillis();
        this.authenticator = new Authenticator(cluster, config.rules());
        this.slots = new ConnectionSlots(config.places());
        this.timers = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().name("gajah-timers").daemon(true).factory());
        this.timers.setRemoveOnCancelPolicy(true);
        this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, THREAD_KEPT_SECONDS, TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name("gajah-session-", 1).stackSize(STACK_BYTES).daemon(true).factory());
        this.waitingRoom = new WaitingRoom(
                (connection, readable) -> run(connection, () -> connection.resume(readable)), log);
        this.listener = new Listener(addresses(config), config.authenticationTimeoutMillis(), MOST_SILENT,
                this::welcome);
    }

    /**
     * Binds the addresses and starts to accept.
     *
     * @throws IOException with a message for people if an address cannot be had or the configuration is dangerous
     */
    public static Server start(Cluster cluster, ServerConfig config, ServerLog log) throws IOException {
        Server server = new Server(cluster, config, log);
        server.listener.start();
        return server;
    }

    private static List<InetSocketAddress> addresses(ServerConfig config) throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String host : config.hosts()) {
            if (host.equals("*")) {
                addresses.add(new InetSocketAddress(config.port()));
                continue;
            }
            try {
                for (InetAddress address : InetAddress.getAllByName(host)) {
                    addresses.add(new InetSocketAddress(address, config.port()));
                }
            } catch (UnknownHostException e) {
                throw new IOException("could not translate host name \"" + host + "\" to address", e);
            }
        }
        refuseStrangers(addresses, config.rules());
        return available(addresses);
    }

    private static void refuseStrangers(List<InetSocketAddress> addresses, HbaFile rules) throws IOException {
        boolean open = addresses.stream().anyMatch(address -> !address.getAddress().isLoopbackAddress());
        if (open && rules.trustsStrangers()) {
            throw new IOException("pg_hba.conf trusts clients on other machines (method \"trust\") while listen_addresses "
                    + "lets them in; use scram-sha-256, or listen on localhost only");
        }
    }

    /**
     * Takes over rules for those who come from now on.
     *
     * @throws IOException with a message for people if they are dangerous; the old ones stay
     */
    public void useRules(HbaFile rules) throws IOException {
        refuseStrangers(addresses(), rules);
        authenticator.useRules(rules);
    }

    /** Takes over what TLS is offered with, and how long authentication may take, for those who come from now on. */
    public void use(Optional<ServerCertificate> newCertificate, long authenticationTimeoutMillis) {
        certificate = newCertificate;
        patienceMillis = authenticationTimeoutMillis;
        listener.waitAtMost(authenticationTimeoutMillis);
    }

    /** Leaves out a second address of a name, such as ::1 of localhost, on a machine that has no such protocol. */
    private static List<InetSocketAddress> available(List<InetSocketAddress> addresses) throws IOException {
        List<InetSocketAddress> there = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            try (ServerSocketChannel probe = ServerSocketChannel.open()) {
                probe.bind(new InetSocketAddress(address.getAddress(), 0));
                there.add(address);
            } catch (BindException e) {
                if (addresses.size() == 1) {
                    throw e;
                }
            }
        }
        return there;
    }

    /** Where clients reach this server. */
    public List<InetSocketAddress> addresses() {
        return listener.addresses();
    }

    /** Connections being served, authenticated or not. */
    public int connectionCount() {
        return connections.size();
    }

    /** What it serves. */
    public Cluster cluster() {
        return cluster;
    }

    /** Serves a client that has come another way than through the listener. */
    public void serve(Transport transport) {
        start(new Connection(transport, office, patienceMillis));
    }

    private void welcome(SocketTransport transport, long deadlineNanos) {
        long leftMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
        start(new Connection(transport, office, leftMillis));
    }

    private void start(Connection connection) {
        connections.add(connection);
        run(connection, connection);
        if (closing) {
            connection.shutDown();
        }
    }

    private void run(Connection connection, Runnable work) {
        try {
            threads.execute(() -> {
                busy.incrementAndGet();
                try {
                    work.run();
                } finally {
                    busy.decrementAndGet();
                }
            });
        } catch (OutOfMemoryError noThread) {
            log.log("LOG", "could not start a thread for a connection: " + noThread.getMessage());
            connections.remove(connection);
            connection.abort();
        } catch (RejectedExecutionException closed) {
            connections.remove(connection);
        }
    }

    /** Stops accepting and ends all connections with 57P01; returns when they have ended. */
    @Override
    public void close() {
        closing = true;
        listener.close();
        connections.forEach(Connection::shutDown);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SHUTDOWN_MILLIS);
        while (!connections.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        connections.forEach(Connection::abort);
        waitingRoom.close();
        timers.shutdown();
        threads.shutdown();
    }

    private final class SharedOffice implements Office {
        @Override
        public Cluster cluster() {
            return cluster;
        }

        @Override
        public Authenticator authenticator() {
            return authenticator;
        }

        @Override
        public Optional<ServerCertificate> certificate() {
            return certificate;
        }

        @Override
        public CancelKeys cancelKeys() {
            return cancelKeys;
        }

        @Override
        public ConnectionSlots slots() {
            return slots;
        }

        @Override
        public ServerLog log() {
            return log;
        }

        @Override
        public int mostMessageBytes() {
            return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 8);
        }

        @Override
        public Future<?> later(long delayMillis, Runnable task) {
            return timers.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean isCrowded() {
            return busy.get() > config.threadsForIdle();
        }

        @Override
        public void seat(Connection connection, SocketChannel channel) {
            waitingRoom.seat(connection, channel);
        }

        @Override
        public void call(Connection connection) {
            waitingRoom.call(connection);
        }

        @Override
        public void dispatch(Connection connection, boolean readable) {
            run(connection, () -> connection.resume(readable));
        }

        @Override
        public void deliver(Connection connection) {
            waitingRoom.deliver(connection);
        }

        @Override
        public void ended(Connection connection) {
            connections.remove(connection);
        }
    }
}
