package org.gajah.tests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.gajah.tests.corpus.WireClient;
import org.gajah.tests.process.ServerProcess;

/** Sessions that listen, read by one thread that looks at nothing but where messages begin and whether they are notifications. */
final class ListenerPool implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final AtomicLong notifications = new AtomicLong();
    private volatile boolean closed;
    private Thread reader;

    /** Connects so many sessions, the i-th listening on {@code channel(i)}, and begins to count. */
    ListenerPool(int port, int size, IntFunction<String> channel) throws IOException {
        try {
            for (int i = 0; i < size; i++) {
                SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channels.add(socket);
                listen(new WireClient(socket.socket(), ServerProcess.USER, "postgres"), channel.apply(i));
                socket.configureBlocking(false);
                socket.register(selector, SelectionKey.OP_READ, new MessageCounter());
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        reader = Thread.ofPlatform().name("bench-listeners").start(this::read);
    }

    /** The client is not closed: its socket goes on being read here. */
    private static void listen(WireClient client, String channel) throws IOException {
        client.query("LISTEN " + channel);
        char type = client.read().type();
        while (type != 'Z') {
            if (type == 'E') {
                throw new IOException("LISTEN was refused");
            }
            type = client.read().type();
        }
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
        try {
            while (!closed) {
                selector.select(key -> {
                    try {
                        buffer.clear();
                        if (((SocketChannel) key.channel()).read(buffer) < 0) {
                            key.cancel();
                        }
                        buffer.flip();
                        notifications.addAndGet(((MessageCounter) key.attachment()).count(buffer, 'A'));
                    } catch (IOException e) {
                        key.cancel();
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notifications that have come so far, to all sessions together. */
    long notifications() {
        return notifications.get();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        if (reader != null) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
