package org.gajah.server.embed;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.gajah.base.StackGuard;
import org.gajah.server.net.LocalPeer;

/**
 * A client and its connection in one process: bytes in both directions, and the seat where the connection waits for commands.
 *
 * <p>A client's thread that reads while nothing is there runs the seated connection itself. Where it cannot (it has a time limit or
 * little stack, it writes more than is taken, it does not come for the answer) the connection gets a thread. Nobody who writes on the host's thread
 * waits for room: the one who would make it is below on the same stack.
 */
final class MemoryLink implements LocalPeer {
    private static final int FULL = 1 << 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteRing toServer = new ByteRing();
    private final ByteRing toClient = new ByteRing();
    private long sent;
    /** {@link #sent} when the attendant last found something to read; -1 if he did not. */
    private long sentBefore = -1;
    private boolean serverHasAll;
    private boolean ended;
    private Optional<Guest> seated = Optional.empty();
    private volatile Optional<Thread> host = Optional.empty();

    // ---- the client

    /**
     * Reads at least one byte; -1 at the end.
     *
     * @param timeoutMillis 0 waits for ever; else a wait of that long ends in {@link SocketTimeoutException}
     */
    int clientRead(byte[] into, int offset, int length, int timeoutMillis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        boolean interrupted = false;
        lock.lock();
        try {
            while (toClient.count() == 0 && !ended) {
                if (seated.isPresent() && hasInput()) {
                    serve(timeoutMillis == 0);
                } else {
                    interrupted |= await(end, timeoutMillis);
                }
            }
            return take(toClient, into, offset, length);
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void clientWrite(byte[] from, int offset, int length) throws IOException {
        lock.lock();
        try {
            int written = 0;
            while (written < length) {
                while (toServer.count() >= FULL && !ended) {
                    if (seated.isPresent()) {
                        serve(false);
                    } else {
                        changed.awaitUninterruptibly();
                    }
                }
                if (ended || serverHasAll) {
                    throw new IOException("connection is closed");
                }
                int some = Math.min(length - written, FULL - toServer.count());
                toServer.put(from, offset + written, some);
                written += some;
                changed.signalAll();
            }
            sent += length;
        } finally {
            lock.unlock();
        }
        Attendant.call();
    }

    /** From time to time: if the connection has had something to read since last time and its client has not come for the answer, it gets a thread. */
    void attend() {
        lock.lock();
        try {
            boolean waits = seated.isPresent() && hasInput();
            if (waits && sent == sentBefore) {
                serve(false);
            }
            sentBefore = waits ? sent : -1;
        } finally {
            lock.unlock();
        }
    }

    /** The client says no more. */
    void clientEnds() {
        lock.lock();
        try {
            serverHasAll = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The client goes; its connection ends, here if it waits. */
    void clientCloses() {
        ends(true);
    }

    /** What the client can read without waiting. */
    int clientAvailable() {
        lock.lock();
        try {
            return toClient.count();
        } finally {
            lock.unlock();
        }
    }

    /** Has the seated connection go on: here, if it may and can; else with a thread. */
    private void serve(boolean here) {
        Guest guest = seated.orElseThrow();
        seated = Optional.empty();
        Thread caller = Thread.currentThread();
        if (!here || caller.isVirtual() || !StackGuard.hasRoom()) {
            guest.dispatch(true);
            return;
        }
        host = Optional.of(caller);
        lock.unlock();
        try {
            guest.resume(true);
        } finally {
            lock.lock();
            if (isHost()) {
                host = Optional.empty();
            }
        }
    }

    // ---- the server

    int serverRead(byte[] into, int offset, int length, int timeoutMillis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        lock.lock();
        try {
            while (!hasInput()) {
                if (isHost()) {
                    throw new IOException("the client waits for an answer in the middle of its message");
                }
                await(end, timeoutMillis);
            }
            return take(toServer, into, offset, length);
        } finally {
            lock.unlock();
        }
    }

    void serverWrite(byte[] from, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (toClient.count() >= FULL && !ended && !isHost()) {
                changed.awaitUninterruptibly();
            }
            if (ended) {
                throw new IOException("connection is closed");
            }
            toClient.put(from, offset, length);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The server goes; what it has said can still be read. */
    void serverCloses() {
        ends(false);
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return toServer.count() == 0 && hasInput() ? -1 : toServer.count();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isHost() {
        Optional<Thread> now = host;
        return now.isPresent() && now.get() == Thread.currentThread();
    }

    @Override
    public int backlog() {
        return clientAvailable();
    }

    @Override
    public boolean seat(Guest guest) {
        lock.lock();
        try {
            if (hasInput()) {
                return false;
            }
            seated = Optional.of(guest);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void call() {
        lock.lock();
        try {
            if (seated.isPresent()) {
                Guest guest = seated.get();
                seated = Optional.empty();
                guest.dispatch(false);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- both

    private void ends(boolean byClient) {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
            if (byClient && seated.isPresent()) {
                serve(true);
            }
        } finally {
            lock.unlock();
            Attendant.remove(this);
        }
    }

    /** Whether the server can read without waiting, be it the end. */
    private boolean hasInput() {
        return toServer.count() > 0 || serverHasAll || ended;
    }

    private int take(ByteRing ring, byte[] into, int offset, int length) {
        if (ring.count() == 0) {
            return -1;
        }
        int some = ring.take(into, offset, length);
        changed.signalAll();
        return some;
    }

    /** Waits for a change until {@code end}; whether the thread has been interrupted, which ends no wait, as with a socket. */
    private boolean await(long end, int timeoutMillis) throws SocketTimeoutException {
        if (timeoutMillis == 0) {
            changed.awaitUninterruptibly();
            return false;
        }
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("Read timed out");
        }
        try {
            changed.awaitNanos(nanos);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
