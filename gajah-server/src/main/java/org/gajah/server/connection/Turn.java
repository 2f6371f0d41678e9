package org.gajah.server.connection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is to use the session and the output: the connection's own thread holds the turn all the time except while
 * it waits for a command, when others may step in to deliver or to say goodbye.
 *
 * <p>{@code waiting} and {@code idle} change only in the hands of the holder.
 */
final class Turn {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean waiting;
    private volatile boolean idle;

    /** Takes the turn, waiting for it. */
    void take() {
        lock.lock();
    }

    boolean tryTake(long timeoutMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!lock.tryLock()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    void leave() {
        lock.unlock();
    }

    /** The connection's thread starts to wait for input; {@code ready} says that the client was told it may send. */
    void startWaiting(boolean ready) {
        waiting = true;
        idle = ready;
        lock.unlock();
    }

    /** The connection's thread has input. */
    void stopWaiting() {
        lock.lock();
        waiting = false;
        idle = false;
    }

    /** Whether the connection's thread waits for input between two messages. */
    boolean isWaiting() {
        return waiting;
    }

    /** Whether the client was told that it may send a command and has not done so: notifications may be sent. */
    boolean isIdle() {
        return idle;
    }
}
