package org.gajah.server.embed;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from one thread to another through a ring of fixed size: the writer waits while it is full, the reader while it is empty. */
final class Pipe {
    private static final int SIZE = 1 << 16;

    private final byte[] ring = new byte[SIZE];
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int start;
    private int count;
    private boolean ended;

    /**
     * Reads at least one byte; -1 at the end.
     *
     * @param timeoutMillis 0 waits for ever; else a wait of that long ends in {@link SocketTimeoutException}
     */
    int read(byte[] into, int offset, int length, int timeoutMillis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        boolean interrupted = false;
        lock.lock();
        try {
            while (count == 0 && !ended) {
                interrupted |= await(end, timeoutMillis);
            }
            if (count == 0) {
                return -1;
            }
            int some = Math.min(length, count);
            int first = Math.min(some, SIZE - start);
            System.arraycopy(ring, start, into, offset, first);
            System.arraycopy(ring, 0, into, offset + first, some - first);
            start = (start + some) % SIZE;
            count -= some;
            changed.signalAll();
            return some;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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

    void write(byte[] from, int offset, int length) throws IOException {
        lock.lock();
        try {
            int written = 0;
            while (written < length) {
                while (count == SIZE && !ended) {
                    changed.awaitUninterruptibly();
                }
                if (ended) {
                    throw new IOException("connection is closed");
                }
                int at = (start + count) % SIZE;
                int some = Math.min(Math.min(length - written, SIZE - count), SIZE - at);
                System.arraycopy(from, offset + written, ring, at, some);
                count += some;
                written += some;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What can be read without waiting. */
    int available() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** No more bytes will come; those in the ring can still be read. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
