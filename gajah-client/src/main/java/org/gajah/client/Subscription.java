package org.gajah.client;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One consumer's events of some channels, in the order in which the server sent them. Each event goes to one caller of {@link #take},
 * {@link #poll} or the iterator.
 */
public final class Subscription implements Iterable<Event>, AutoCloseable {
    private final Set<String> channels;
    private final Buffer buffer;
    private final int capacity;
    private final Registry registry;
    private final boolean resumes;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile Optional<Thread> consumer = Optional.empty();
    private volatile Runnable onClose = () -> { };
    /** Whether LISTEN was ever confirmed, so that a reconnection leaves a gap; only the link's thread uses it. */
    private boolean promised;
    /** The last number of the durable channel that has been put into the buffer. */
    private volatile OptionalLong position;
    private volatile boolean behind;

    Subscription(Set<String> channels, Buffer buffer, int capacity, Registry registry, boolean resumes, OptionalLong position) {
        this.channels = channels;
        this.buffer = buffer;
        this.capacity = capacity;
        this.registry = registry;
        this.resumes = resumes;
        this.position = position;
        this.behind = resumes;
    }

    /** The channels it was made for. */
    public Set<String> channels() {
        return channels;
    }

    /**
     * Waits until the server has confirmed that it listens on all channels: what is committed from now on comes.
     *
     * @throws TimeoutException if it has not in time; the listener goes on trying
     * @throws CancellationException if the subscription has ended
     * @throws IllegalStateException if the server does not retain the channel that it is to resume; its cause has the server's words
     */
    public void awaitReady(Duration timeout) throws InterruptedException, TimeoutException {
        try {
            ready.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            TimeoutException late = new TimeoutException("not listening on " + channels + " after " + timeout);
            registry.lastError().ifPresent(late::initCause);
            throw late;
        }
    }

    /**
     * Waits for the next event; empty if the subscription or its listener was closed and everything has been taken.
     *
     * @throws OverflowException if it has ended for that reason
     */
    public Optional<Event> take() throws InterruptedException {
        Optional<Event> event = buffer.take();
        askForMore();
        return event;
    }

    /** Waits for the next event; empty if none comes in time or {@link #isOver}. */
    public Optional<Event> poll(Duration timeout) throws InterruptedException {
        Optional<Event> event = buffer.poll(timeout);
        askForMore();
        return event;
    }

    private void askForMore() {
        if (resumes && behind && buffer.size() <= capacity / 2) {
            registry.changed();
        }
    }

    /** Whether it is closed and everything has been taken. */
    public boolean isOver() {
        return buffer.isOver();
    }

    /** Events that wait to be taken. */
    public int backlog() {
        return buffer.size();
    }

    /** Blocks for each event, and ends when the subscription is closed and all has been taken. An interrupt of its thread ends it too. */
    @Override
    public Iterator<Event> iterator() {
        return new Iterator<>() {
            private Optional<Event> next = Optional.empty();

            @Override
            public boolean hasNext() {
                if (next.isEmpty()) {
                    try {
                        next = take();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return next.isPresent();
            }

            @Override
            public Event next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Event event = next.orElseThrow();
                next = Optional.empty();
                return event;
            }
        };
    }

    /** Ends it, for instance from another thread. What has come can still be taken; nothing new comes. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            registry.remove(this);
            buffer.end();
            ready.cancel(false);
            onClose.run();
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Runs a consumer on a thread of its own, which {@link #join} waits for; {@code told} is run when the subscription is closed. */
    void consume(Runnable loop, String name, Runnable told) {
        onClose = told;
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                loop.run();
            } finally {
                registry.consumed().remove(this);
            }
        });
        consumer = Optional.of(thread);
        registry.consumed().add(this);
        thread.start();
    }

    /** Waits for the consumer's thread, unless that is the caller; false if it did not end in time. */
    boolean join(Duration timeout) throws InterruptedException {
        Optional<Thread> other = consumer.filter(t -> t != Thread.currentThread());
        return other.isEmpty() || other.get().join(timeout);
    }

    Buffer buffer() {
        return buffer;
    }

    void offer(Event event) {
        if (!buffer.add(event)) {
            close();
        }
    }

    /** The server listens on everything; true if it did before, on another connection. */
    boolean confirm() {
        boolean again = promised;
        promised = true;
        ready.complete(null);
        return again;
    }

    /** It cannot be served: {@link #awaitReady} says why, and it ends. */
    void refuse(SQLException reason) {
        ready.completeExceptionally(reason);
        close();
    }

    boolean isReady() {
        return ready.isDone();
    }

    /** The server does not listen any more. */
    void lost() {
        if (ready.isDone() && !closed.get()) {
            ready = new CompletableFuture<>();
        }
        behind = resumes;
    }

    /** Whether it is fed from the durable channel instead of from the notifications themselves. */
    boolean resumes() {
        return resumes;
    }

    OptionalLong position() {
        return position;
    }

    void moveTo(long number) {
        position = OptionalLong.of(number);
    }

    /** Whether the durable channel may have more for it. */
    boolean isBehind() {
        return behind;
    }

    void setBehind(boolean more) {
        behind = more;
    }

    /** How many messages its buffer has room for. */
    int room() {
        return Math.max(0, capacity - buffer.size());
    }
}
