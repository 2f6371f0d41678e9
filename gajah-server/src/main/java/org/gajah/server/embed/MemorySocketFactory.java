package org.gajah.server.embed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.SocketFactory;

import org.gajah.server.Server;

/** Makes the sockets of connections to a cluster in this process; its argument is the number that the cluster is known by. */
public final class MemorySocketFactory extends SocketFactory {
    private static final Map<String, Server> SERVERS = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong(1);

    private final String key;

    /** Called by pgjdbc with the data source's argument. */
    public MemorySocketFactory(String key) {
        this.key = key;
    }

    /** Makes a server reachable; the key is the argument for {@link #MemorySocketFactory}. */
    static String register(Server server) {
        String key = Long.toString(NEXT.getAndIncrement());
        SERVERS.put(key, server);
        return key;
    }

    static void unregister(String key) {
        SERVERS.remove(key);
    }

    @Override
    public Socket createSocket() throws IOException {
        Server server = SERVERS.get(key);
        if (server == null) {
            throw new IOException("the embedded database is closed");
        }
        MemoryLink link = new MemoryLink();
        Attendant.add(link);
        server.serve(new MemoryTransport(link));
        return new MemorySocket(link);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) throws IOException {
        return createSocket();
    }
}
