package org.gajah.tests.copy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;

/**
 * Stands between one client and a server and passes messages on, until it comes to the place where something has to go wrong.
 */
final class FaultProxy implements AutoCloseable {
    /** What may happen to a connection. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** Bytes come one by one from there on. */
        SPLIT,
        /** Both ends are closed. */
        DROP,
        /** Both ends are reset. */
        RESET,
        /** This direction ends, the other one goes on. */
        HALF_CLOSE,
        /** Nothing more comes in this direction. */
        STALL
    }

    /** A direction that bytes go. */
    enum Way { TO_SERVER, TO_CLIENT }

    /**
     * Where.
     *
     * @param message the number of the message in that direction, from 0
     * @param inside whether in its middle, or before its first byte
     */
    record Place(Way way, int message, boolean inside) {
    }

    private final Fault fault;
    private final Place place;
    private final ServerSocket listener;
    private final int serverPort;
    private final Map<Way, Integer> counts = new ConcurrentHashMap<>();
    private final CountDownLatch happened = new CountDownLatch(1);
    private final Phaser pumps = new Phaser(1);
    private volatile Socket client = new Socket();
    private volatile Socket server = new Socket();

    FaultProxy(int serverPort, Fault fault, Place place) throws IOException {
        this.fault = fault;
        this.place = place;
        this.serverPort = serverPort;
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        start(this::serve);
    }

    private void start(Runnable task) {
        pumps.register();
        Thread.ofVirtual().start(() -> {
            try {
                task.run();
            } finally {
                pumps.arriveAndDeregister();
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many messages went that way. */
    int count(Way way) {
        return counts.getOrDefault(way, 0);
    }

    /** Whether the place was come to. */
    boolean hasHappened() {
        return happened.getCount() == 0;
    }

    void awaitFault() throws InterruptedException {
        happened.await();
    }

    private void serve() {
        try {
            client = listener.accept();
            server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> pump(Way.TO_CLIENT, server, client));
            pump(Way.TO_SERVER, client, server);
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void pump(Way way, Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            boolean split = false;
            for (int number = 0;; number++) {
                byte[] message = message(in, way == Way.TO_SERVER && number == 0);
                counts.put(way, number + 1);
                int at = 0;
                if (fault != Fault.NONE && place.equals(new Place(way, number, place.inside))) {
                    at = place.inside ? Math.max(1, message.length / 2) : 0;
                    out.write(message, 0, at);
                    if (fault != Fault.SPLIT) {
                        break;
                    }
                    happened.countDown();
                    split = true;
                }
                for (int step = split ? 1 : message.length; at < message.length; at += step) {
                    out.write(message, at, Math.min(step, message.length - at));
                }
            }
            happen(from, to);
        } catch (IOException gone) {
            end(to);
        }
    }

    /** A message as it is on the wire; the first one of a client has no type. */
    private static byte[] message(InputStream in, boolean startup) throws IOException {
        byte[] head = in.readNBytes(startup ? 4 : 5);
        if (head.length < (startup ? 4 : 5)) {
            throw new EOFException();
        }
        byte[] rest = in.readNBytes(ByteBuffer.wrap(head).getInt(head.length - 4) - 4);
        return ByteBuffer.allocate(head.length + rest.length).put(head).put(rest).array();
    }

    private void happen(Socket from, Socket to) throws IOException {
        happened.countDown();
        switch (fault) {
            case NONE, SPLIT, STALL -> { }
            case DROP -> {
                from.close();
                to.close();
            }
            case RESET -> {
                from.setSoLinger(true, 0);
                to.setSoLinger(true, 0);
                from.close();
                to.close();
            }
            case HALF_CLOSE -> to.shutdownOutput();
        }
    }

    private static void end(Socket to) {
        try {
            if (!to.isClosed()) {
                to.shutdownOutput();
            }
        } catch (IOException gone) {
            assert gone.getMessage() != null;
        }
    }

    /** Ends what goes through here. */
    void cut() throws IOException {
        listener.close();
        client.close();
        server.close();
    }

    /** Ends what goes through here and waits until nothing does. */
    @Override
    public void close() throws IOException {
        cut();
        pumps.arriveAndAwaitAdvance();
    }
}
