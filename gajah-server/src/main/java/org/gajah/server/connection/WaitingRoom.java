package org.gajah.server.connection;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.gajah.server.ServerLog;

/**
 * Where idle connections wait without a thread of their own: one selector watches all their channels. A connection leaves when
 * its client says something or someone calls it, exactly once, and is handed on with its channel in blocking mode again. Notifications
 * are delivered while it stays: all that is there in one write, as far as the client takes it.
 */
public final class WaitingRoom implements AutoCloseable {
    private record Arrival(Connection connection, SocketChannel channel) {
    }

    private final Selector selector;
    private final BiConsumer<Connection, Boolean> leaving;
    private final ServerLog log;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Connection> deliveries = new ConcurrentLinkedQueue<>();
    private final Deque<Connection> round = new ArrayDeque<>();
    private final Map<Connection, Arrival> seated = new HashMap<>();
    /** Whether it waits for something to happen, or is about to; whoever has put something into a queue then wakes it. */
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean closing;

    /** @param leaving takes a connection to go on with, and whether there is something to read; must not block */
    public WaitingRoom(BiConsumer<Connection, Boolean> leaving, ServerLog log) throws IOException {
        this.selector = Selector.open();
        this.leaving = leaving;
        this.log = log;
        Thread.ofPlatform().name("gajah-waiting-room").daemon(true).start(this::run);
    }

    /** Takes a connection in; the channel is in blocking mode and nobody reads or writes it. */
    public void seat(Connection connection, SocketChannel channel) {
        arrivals.add(new Arrival(connection, channel));
        wake();
    }

    /** Hands a connection on if it waits here; what is not here is not missed. */
    public void call(Connection connection) {
        calls.add(connection);
        wake();
    }

    /** Has a connection deliver if it waits here; what is not here is not missed. */
    public void deliver(Connection connection) {
        deliveries.add(connection);
        wake();
    }

    private void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    private void run() {
        while (!closing) {
            try {
                await();
                seatArrivals();
                deliver();
                for (Connection called = calls.poll(); called != null; called = calls.poll()) {
                    letGo(called, false);
                }
            } catch (IOException | RuntimeException e) {
                log.log("WARNING", "the waiting room stumbled", e);
            }
        }
    }

    private void await() throws IOException {
        asleep.set(true);
        try {
            if (arrivals.isEmpty() && deliveries.isEmpty() && calls.isEmpty() && !closing) {
                selector.select(this::ready);
            } else {
                selector.selectNow(this::ready);
            }
        } finally {
            asleep.set(false);
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        if (key.isReadable()) {
            letGo(connection, true);
        } else {
            attend(connection);
        }
    }

    /** One round: who has more is added again for the next. */
    private void deliver() {
        // whoever is about to commit more may do so first, and all of it goes out in one write
        Thread.yield();
        for (Connection next = deliveries.poll(); next != null; next = deliveries.poll()) {
            round.add(next);
        }
        while (!round.isEmpty()) {
            attend(round.removeFirst());
        }
    }

    private void attend(Connection connection) {
        Arrival arrival = seated.get(connection);
        if (arrival == null) {
            return;
        }
        switch (connection.attend(arrival.channel)) {
            case CONTENT -> watch(arrival, SelectionKey.OP_READ);
            case BLOCKED -> watch(arrival, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            case MORE -> deliver(connection);
            case LEAVING -> letGo(connection, false);
        }
    }

    private void watch(Arrival arrival, int operations) {
        SelectionKey key = arrival.channel.keyFor(selector);
        if (key == null || !key.isValid()) {
            letGo(arrival.connection, true);
        } else if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private void seatArrivals() {
        for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            seated.put(arrival.connection, arrival);
            try {
                arrival.channel.configureBlocking(false);
                register(arrival);
            } catch (IOException goneAlready) {
                letGo(arrival.connection, true);
            }
            // what was asked for while it was on its way was not for anybody here
            attend(arrival.connection);
        }
    }

    private void register(Arrival arrival) throws IOException {
        try {
            arrival.channel.register(selector, SelectionKey.OP_READ, arrival.connection);
        } catch (CancelledKeyException stillLeaving) {
            selector.selectNow(this::ready);
            arrival.channel.register(selector, SelectionKey.OP_READ, arrival.connection);
        }
    }

    private void letGo(Connection connection, boolean readable) {
        Arrival arrival = seated.remove(connection);
        if (arrival == null) {
            return;
        }
        SelectionKey key = arrival.channel.keyFor(selector);
        if (key != null) {
            key.cancel();
        }
        try {
            arrival.channel.configureBlocking(true);
        } catch (IOException goneAlready) {
            log.debug("a connection ended while it waited: " + goneAlready);
        }
        leaving.accept(connection, readable);
    }

    @Override
    public void close() {
        closing = true;
        wake();
    }
}
