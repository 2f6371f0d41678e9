package org.gajah.tests.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between client and server that can fail: it forwards, forgets connections without telling anybody, or cuts them. */
final class Proxy implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** One connection through it; {@code allowed} bytes still go to the client, then it is silent or cut. */
    private static final class Pair {
        final Socket client;
        final Socket server;
        private long allowed = Long.MAX_VALUE;
        private boolean cut;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        synchronized void allow(long bytes, boolean cutThen) {
            allowed = bytes;
            cut = cutThen;
        }

        /** How many of these bytes may pass. */
        synchronized int pass(int bytes) {
            int some = (int) Math.min(bytes, allowed);
            if (allowed != Long.MAX_VALUE) {
                allowed -= some;
            }
            return some;
        }

        synchronized boolean isCut() {
            return cut && allowed == 0;
        }

        void close() throws IOException {
            client.close();
            server.close();
        }
    }

    /** Forwards to a port of this machine. */
    Proxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Pair pair = new Pair(door.accept(), new Socket());
                pair.server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                connections.incrementAndGet();
                pairs.add(pair);
                Thread.ofVirtual().start(() -> forward(pair, pair.client, pair.server, false));
                Thread.ofVirtual().start(() -> forward(pair, pair.server, pair.client, true));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        }
    }

    private static void forward(Pair pair, Socket from, Socket to, boolean counted) {
        byte[] bytes = new byte[8192];
        try (from; to) {
            int got = from.getInputStream().read(bytes);
            while (got >= 0 && !pair.isCut()) {
                int some = counted ? pair.pass(got) : got;
                to.getOutputStream().write(bytes, 0, some);
                got = pair.isCut() ? -1 : from.getInputStream().read(bytes);
            }
        } catch (IOException gone) {
            // Either end may go at any time; the other is closed with it.
            return;
        }
    }

    /** The connections that there are do not reach the client any more, and stay open. */
    void forget() {
        pairs.forEach(p -> p.allow(0, false));
        pairs.clear();
    }

    /** Of the connections that there are so many bytes more reach the client, then nothing. */
    void stopAfter(long bytes) {
        pairs.forEach(p -> p.allow(bytes, false));
        pairs.clear();
    }

    /** Of the connections that there are so many bytes more reach the client, then they are cut. */
    void cutAfter(long bytes) {
        pairs.forEach(p -> p.allow(bytes, true));
        pairs.clear();
    }

    /** The host is gone. */
    void fail() throws IOException {
        door.close();
        for (Pair pair : pairs) {
            pair.close();
        }
    }

    @Override
    public void close() throws IOException {
        fail();
    }
}
