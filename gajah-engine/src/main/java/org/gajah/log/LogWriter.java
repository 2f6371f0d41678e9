package org.gajah.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Env;
import org.gajah.base.FailureLatch;

/**
 * The one writer of the log: takes what sessions append, writes it in one piece, forces it once, publishes it in order and wakes
 * the sessions.
 *
 * <p>A session that finds nobody writing does that itself, for all that is there and for some of what comes meanwhile; of what is there then
 * it wakes the first who waits, who goes on. So the disk is kept busy, and few are woken but to go on with work of their own.
 * What nobody need wait for is left to a thread, which also forces what was written without a force. Without threads (for simulation)
 * each append is written on the spot.
 */
public final class LogWriter implements AutoCloseable {
    private static final long IDLE_NANOS = 200_000_000;
    /** So much that nobody has asked to force is forced beside the writing, so that whoever asks next need not wait for it. */
    private static final long FORCED_ASIDE_BYTES = 4 << 20;
    /** Batches that a session writes before it leaves the rest to another: each time somebody has to be woken the disk is idle. */
    private static final int AT_ONCE = 4;

    private final Env env;
    private final FailureLatch latch;
    private final boolean durable;
    private final boolean threaded;
    private final LogFile file;
    private final ConcurrentLinkedQueue<LogEntry> queue = new ConcurrentLinkedQueue<>();
    /** Who waits for what has been written, not by himself, to be published. */
    private final ConcurrentLinkedQueue<Thread> watchers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sleeping = new AtomicBoolean();
    /** Held while a batch is written and published, and by whoever needs the log to stand still. */
    private final ReentrantLock writing = new ReentrantLock();
    private final List<LogEntry> batch = new ArrayList<>();
    private long nextCsn;
    private volatile boolean closing;
    private volatile Thread thread;

    /**
     * @param position where the log goes on
     * @param checkpoint number of the last checkpoint
     * @param lastCsn the last commit sequence number given so far
     * @param durable whether forces reach the disk (fsync)
     * @param threaded whether to write on a thread of its own
     */
    public LogWriter(Env env, FailureLatch latch, long position, int checkpoint, long lastCsn, boolean durable, boolean threaded) {
        this.env = env;
        this.latch = latch;
        this.durable = durable;
        this.threaded = threaded;
        this.nextCsn = lastCsn + 1;
        this.file = new LogFile(env.disk(), position, checkpoint);
    }

    /** Begins to write. */
    public void start() {
        if (threaded) {
            thread = env.start("gajah-log", this::run);
        }
    }

    /** Hands an entry over; entries appended by one thread keep their order. */
    public void append(LogEntry entry) {
        queue.add(entry);
        entry.ordered();
        if (!threaded) {
            drain();
        } else if (!drainIfFree() && !entry.isSynchronous() || isForceDue()) {
            wakeThread();
        }
    }

    private boolean drainIfFree() {
        if (writing.isHeldByCurrentThread() || !writing.tryLock()) {
            return false;
        }
        drainLocked();
        return true;
    }

    private void wakeThread() {
        if (sleeping.compareAndSet(true, false)) {
            env.unpark(thread);
        }
    }

    /** Waits until the entry is published; throws what has prevented it. Whoever appends a synchronous entry must come here. */
    public void await(LogEntry entry) {
        while (!entry.isDone()) {
            if (!drainIfFree()) {
                env.park(this, 1_000_000_000L);
            }
        }
        if (entry.failure().isPresent()) {
            throw entry.failure().get();
        }
    }

    private boolean threadAlive() {
        Thread writer = thread;
        return writer != null && writer.isAlive();
    }

    private void run() {
        while (!closing || !queue.isEmpty()) {
            if (drain()) {
                continue;
            }
            sleeping.set(true);
            if (queue.isEmpty() && !closing && !isForceDue()) {
                env.park(this, IDLE_NANOS);
            }
            sleeping.set(false);
            if (queue.isEmpty()) {
                forceAside();
            }
        }
        forceRest();
    }

    private boolean drain() {
        writing.lock();
        return drainLocked();
    }

    /** Writes and publishes what is there, and some of what comes meanwhile; lets go of the lock; false if there was nothing. */
    private boolean drainLocked() {
        boolean any = false;
        try {
            for (int i = 0; i < AT_ONCE && !queue.isEmpty() && !(any && writing.hasQueuedThreads()); i++) {
                any = true;
                take();
                wake(process());
                batch.clear();
            }
        } finally {
            batch.clear();
            unlock();
        }
        return any;
    }

    private void wake(Thread[] waiters) {
        if (threaded) {
            for (Thread waiter : waiters) {
                if (waiter != Thread.currentThread()) {
                    env.unpark(waiter);
                }
            }
            for (Thread watcher = watchers.poll(); watcher != null; watcher = watchers.poll()) {
                env.unpark(watcher);
            }
        }
    }

    /** Lets go of the lock and sees to it that what came while it was held is written. */
    private void unlock() {
        writing.unlock();
        LogEntry next = queue.peek();
        if (next != null && threaded) {
            if (next.isSynchronous()) {
                env.unpark(next.waiter());
            } else {
                wakeThread();
            }
        }
    }

    private void take() {
        for (LogEntry entry = queue.poll(); entry != null; entry = queue.poll()) {
            batch.add(entry);
        }
    }

    /** Writes the batch and decides each entry's fate; answers who waits for that. */
    private Thread[] process() {
        Thread[] waiters = new Thread[batch.size()];
        Optional<SqlError> error = write();
        for (int i = 0; i < waiters.length; i++) {
            LogEntry entry = batch.get(i);
            Optional<SqlError> outcome = error;
            if (error.isEmpty()) {
                try {
                    entry.published();
                } catch (Throwable e) {
                    error = Optional.of(latch.fail(e));
                }
            }
            waiters[i] = entry.waiter();
            entry.finish(outcome);
        }
        return waiters;
    }

    private Optional<SqlError> write() {
        long csn = nextCsn;
        try {
            latch.check();
            boolean synchronous = false;
            if (!file.reserve(batch)) {
                return Optional.of(new SqlError(SqlState.DISK_FULL, "could not extend the log: No space left on device")
                        .hint("Check free disk space."));
            }
            for (LogEntry entry : batch) {
                long number = entry.type() == LogFrame.COMMIT ? csn++ : 0;
                file.add(entry, number);
                synchronous |= entry.isSynchronous();
            }
            file.flush();
            for (LogEntry entry : batch) {
                entry.written();
            }
            if (synchronous && durable) {
                file.force();
            }
            latch.check();
            nextCsn = csn;
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e instanceof SqlError known && latch.isSet() ? known : latch.fail(e));
        }
    }

    private boolean isForceDue() {
        return durable && file.unforcedBytes() >= FORCED_ASIDE_BYTES && !latch.isSet();
    }

    /** Forces what has been written while others go on writing. */
    private void forceAside() {
        if (!durable || latch.isSet() || file.unforcedBytes() == 0) {
            return;
        }
        try {
            Optional<LogFile.Forced> forced = forceWritten();
            writing.lock();
            try {
                forced.ifPresent(file::noteForced);
            } finally {
                unlock();
            }
        } catch (RuntimeException e) {
            latch.fail(e);
        }
    }

    /** Who rolls the log waits for this while holding the writer's lock, so that is only tried. */
    private Optional<LogFile.Forced> forceWritten() {
        file.forcing().lock();
        try {
            if (!writing.tryLock()) {
                return Optional.empty();
            }
            LogFile.Forced written;
            try {
                written = file.written();
            } finally {
                unlock();
            }
            written.force();
            return Optional.of(written);
        } finally {
            file.forcing().unlock();
        }
    }

    private void forceRest() {
        writing.lock();
        try {
            if (durable && !latch.isSet()) {
                file.force();
            }
        } catch (RuntimeException e) {
            latch.fail(e);
        } finally {
            unlock();
        }
    }

    /** Makes everything written so far durable, before a checkpoint says that the log goes on behind it. */
    public void force() {
        writing.lock();
        try {
            latch.check();
            if (durable) {
                file.force();
            }
        } catch (RuntimeException e) {
            throw latch.fail(e);
        } finally {
            unlock();
        }
    }

    /** Returns when something has come to pass that comes of publishing what has been written already, or the log has failed. */
    public void await(BooleanSupplier end) {
        while (!end.getAsBoolean() && !latch.isSet()) {
            watchers.add(Thread.currentThread());
            if (!end.getAsBoolean() && !latch.isSet()) {
                env.park(this, 1_000_000_000L);
            }
        }
    }

    /** Keeps the log still: between this and {@link #resume} nothing is written or published. */
    public void pause() {
        writing.lock();
    }

    public void resume() {
        unlock();
    }

    /** Where the next frame will stand; exact while paused. */
    public long position() {
        return file.position();
    }

    /** A checkpoint is complete: frames say so from now on, so that nobody begins with an older one. */
    public void setCheckpoint(int number) {
        file.setCheckpoint(number);
    }

    /** Deletes segments that hold nothing from {@code position} on. */
    public void dropBefore(long position) {
        writing.lock();
        try {
            file.dropBefore(position);
        } finally {
            unlock();
        }
    }

    /** Writes what is left and stops. */
    @Override
    public void close() {
        closing = true;
        Thread writer = thread;
        while (threadAlive()) {
            env.unpark(writer);
            try {
                writer.join(10);
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
        file.close();
    }
}
