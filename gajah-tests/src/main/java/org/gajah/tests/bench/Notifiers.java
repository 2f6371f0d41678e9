package org.gajah.tests.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.gajah.tests.corpus.WireClient;
import org.gajah.tests.process.ServerProcess;

/**
 * Sessions that run one statement after the other, each a commit. One thread serves them all, so that the server has the machine; if they send
 * several statements ahead of the answers, the server need not wait for that thread either.
 */
final class Notifiers implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 13;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> sockets = new ArrayList<>();
    private final LongFunction<String> statement;
    private final int ahead;
    private final AtomicLong done = new AtomicLong();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long next;
    private volatile boolean stopped;
    private volatile Exception failure;
    private final Thread thread;

    /** Begins; {@code statement} gets a number that is used once. Each session has {@code ahead} statements under way. */
    Notifiers(int port, int sessions, int ahead, LongFunction<String> statement) throws IOException {
        this.ahead = ahead;
        this.statement = statement;
        for (int i = 0; i < sessions; i++) {
            SocketChannel socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            sockets.add(socket);
            sayHello(socket);
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ, new MessageCounter());
        }
        thread = Thread.ofPlatform().name("bench-notifiers").start(this::run);
    }

    /** The client is not closed: its socket goes on being used here. */
    private static void sayHello(SocketChannel socket) throws IOException {
        if (new WireClient(socket.socket(), ServerProcess.USER, "postgres").inTransaction()) {
            throw new IOException("a new session is in a transaction");
        }
    }

    private void run() {
        try {
            for (SocketChannel socket : sockets) {
                send(socket, ahead);
            }
            while (!stopped) {
                selector.select(this::answered);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void answered(SelectionKey key) {
        SocketChannel socket = (SocketChannel) key.channel();
        try {
            buffer.clear();
            if (socket.read(buffer) < 0) {
                throw new IOException("the server has closed the connection");
            }
            buffer.flip();
            int answers = ((MessageCounter) key.attachment()).count(buffer, 'Z');
            if (answers > 0) {
                done.addAndGet(answers);
                send(socket, answers);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends Query messages, which are small enough for the socket to take them whole. */
    private void send(SocketChannel socket, int messages) throws IOException {
        buffer.clear();
        for (int i = 0; i < messages; i++) {
            byte[] sql = statement.apply(next++).getBytes(StandardCharsets.UTF_8);
            buffer.put((byte) 'Q').putInt(sql.length + 5).put(sql).put((byte) 0);
        }
        socket.write(buffer.flip());
    }

    /** Commits so far. */
    long commits() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
        return done.get();
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (SocketChannel socket : sockets) {
            socket.close();
        }
        selector.close();
    }
}
