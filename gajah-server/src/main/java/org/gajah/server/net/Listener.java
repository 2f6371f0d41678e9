package org.gajah.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Accepts connections and keeps them on one selector until their first packet is whole; then, back in blocking mode, they go
 * to {@code visitors}, together with the time (of {@link System#nanoTime}) by which they have to be authenticated.
 */
public final class Listener implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final long SWEEP_MILLIS = 500;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Selector selector;
    private final List<ServerSocketChannel> sockets = new ArrayList<>();
    private volatile long patienceNanos;
    private final int mostWaiting;
    private final BiConsumer<SocketTransport, Long> visitors;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closing;

    /** Binds all addresses, or none and throws. Accepting begins with {@link #start}. */
    public Listener(List<InetSocketAddress> addresses, long patienceMillis, int mostWaiting,
            BiConsumer<SocketTransport, Long> visitors) throws IOException {
        this.selector = Selector.open();
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        this.mostWaiting = mostWaiting;
        this.visitors = visitors;
        this.thread = Thread.ofPlatform().name("gajah-listener").daemon(true).unstarted(this::run);
        try {
            for (InetSocketAddress address : addresses) {
                bind(address);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void bind(InetSocketAddress address) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        sockets.add(socket);
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        socket.bind(address, BACKLOG);
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_ACCEPT);
    }

    public void start() {
        thread.start();
    }

    /** How long those who come from now on may take to be authenticated. */
    public void waitAtMost(long patienceMillis) {
        patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    /** Where it listens, with the ports that were chosen for port 0. */
    public List<InetSocketAddress> addresses() {
        return sockets.stream().map(socket -> (InetSocketAddress) socket.socket().getLocalSocketAddress()).toList();
    }

    private void run() {
        try {
            welcomeUntilClosed();
        } finally {
            selector.keys().forEach(key -> Closing.quietly(key.channel()));
            Closing.quietly(selector);
            ended.complete(null);
        }
    }

    private void welcomeUntilClosed() {
        long sweep = System.nanoTime();
        while (!closing) {
            try {
                selector.select(this::serve, SWEEP_MILLIS);
                if (System.nanoTime() - sweep > TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS)) {
                    sweep = System.nanoTime();
                    dropTheLate(sweep);
                }
            } catch (IOException e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void serve(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept((ServerSocketChannel) key.channel());
        } else {
            read(key);
        }
    }

    private void accept(ServerSocketChannel socket) {
        try {
            for (SocketChannel channel = socket.accept(); channel != null; channel = socket.accept()) {
                if (selector.keys().size() > mostWaiting) {
                    Closing.quietly(channel);
                    continue;
                }
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new FirstPacket(System.nanoTime() + patienceNanos));
            }
        } catch (IOException outOfDescriptors) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void read(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        FirstPacket packet = (FirstPacket) key.attachment();
        try {
            switch (packet.read(channel)) {
                case MORE -> { }
                case HOPELESS -> channel.close();
                case READY -> {
                    key.cancel();
                    visitors.accept(new SocketTransport(channel, packet.bytes()), packet.deadline());
                }
            }
        } catch (IOException e) {
            Closing.quietly(channel);
        }
    }

    private void dropTheLate(long now) {
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && key.attachment() instanceof FirstPacket packet && now - packet.deadline() > 0) {
                Closing.quietly(key.channel());
            }
        }
    }

    /**
     * Stops accepting and drops those who have not said anything yet. Others can have the addresses then: sockets keep them until the selector
     * has let go of them.
     */
    @Override
    public void close() {
        closing = true;
        sockets.forEach(Closing::quietly);
        if (thread.getState() == Thread.State.NEW) {
            Closing.quietly(selector);
        } else {
            selector.wakeup();
            ended.join();
        }
    }
}
