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
 * The end of the log: gives entries their places, forces many at once, publishes them in order and wakes the sessions.
 *
 * <p>Entries get their place at once, from the session that appends them or from one that is just giving places, also while earlier ones are
 * being forced: nobody waits for the disk there. One session at a time leads: it writes and forces all that has its place, and some of what gets one meanwhile; of
 * what is there then it wakes the first who waits, who goes on. So the disk is kept busy, and few are woken but to go on with work of their own.
 * What nobody need wait for is left to a thread, which also forces what was written without a force. Without threads (for simulation)
 * each append is written on the spot, or behind the batch that is just being written.
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
    /** What has its place in the log and waits to be durable and visible. */
    private final ConcurrentLinkedQueue<LogEntry> placed = new ConcurrentLinkedQueue<>();
    /** Held by the session that makes things durable and publishes them, and by whoever needs the log to stand still. */
    private final ReentrantLock leading = new ReentrantLock();
    /** Held for a moment while entries get their place, which goes on while earlier ones are forced. Who leads takes it second. */
    private final ReentrantLock placing = new ReentrantLock();
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
        if (!threaded && !leading.isHeldByCurrentThread()) {
            drain();
            return;
        }
        placeFree();
        if (!threaded) {
            return;
        }
        if (!drainIfFree() && !entry.isSynchronous() || isForceDue()) {
            wakeThread();
        }
    }

    private boolean drainIfFree() {
        if (leading.isHeldByCurrentThread() || !leading.tryLock()) {
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
        while (!closing || isWork()) {
            if (drain()) {
                continue;
            }
            sleeping.set(true);
            if (!isWork() && !closing && !isForceDue()) {
                env.park(this, IDLE_NANOS);
            }
            sleeping.set(false);
            if (!isWork()) {
                forceAside();
            }
        }
        forceRest();
    }

    private boolean drain() {
        leading.lock();
        return drainLocked();
    }

    /** Writes and publishes what is there, and some of what comes meanwhile; lets go of the leadership; false if there was nothing. */
    private boolean drainLocked() {
        boolean any = false;
        try {
            for (int i = 0; i < AT_ONCE && isWork() && !(any && leading.hasQueuedThreads()); i++) {
                any = true;
                process();
            }
        } finally {
            unlock();
        }
        return any;
    }

    private boolean isWork() {
        return !queue.isEmpty() || !placed.isEmpty();
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

    /** Lets go of the leadership and sees to it that what came while it was held is written. */
    private void unlock() {
        leading.unlock();
        LogEntry next = placed.peek();
        if (next == null) {
            next = queue.peek();
        }
        if (next != null && threaded) {
            if (next.isSynchronous()) {
                env.unpark(next.waiter());
            } else {
                wakeThread();
            }
        }
    }

    /** Gives what has been handed over its place, unless somebody is just doing so, who then does that too. */
    private void placeFree() {
        while (!queue.isEmpty() && !placing.isHeldByCurrentThread() && placing.tryLock()) {
            boolean left;
            try {
                left = place(false);
            } finally {
                placing.unlock();
            }
            if (left) {
                return;
            }
        }
    }

    /**
     * Puts what has been handed over behind the log's end: from here on nothing but a failure of the disk can take it back, so rows are free.
     * Only the leader rolls the log; true if something was left to him.
     */
    private boolean place(boolean leads) {
        if (!leads && file.mustRoll()) {
            return true;
        }
        List<LogEntry> batch = new ArrayList<>();
        for (LogEntry entry = queue.poll(); entry != null; entry = queue.poll()) {
            batch.add(entry);
        }
        Optional<SqlError> error = place(batch);
        if (error.isPresent()) {
            finish(batch, error);
        } else {
            placed.addAll(batch);
        }
        return false;
    }

    private Optional<SqlError> place(List<LogEntry> batch) {
        try {
            latch.check();
            if (!file.reserve(batch)) {
                return Optional.of(new SqlError(SqlState.DISK_FULL, "could not extend the log: No space left on device")
                        .hint("Check free disk space."));
            }
            for (LogEntry entry : batch) {
                file.add(entry, entry.type() == LogFrame.COMMIT ? nextCsn++ : 0);
            }
            for (LogEntry entry : batch) {
                entry.written();
            }
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e instanceof SqlError known && latch.isSet() ? known : latch.fail(e));
        }
    }

    /** Makes what has its place durable, as far as that was asked for, and visible. Who leads does that. */
    private void process() {
        List<LogEntry> batch = new ArrayList<>();
        Optional<SqlError> error = Optional.empty();
        try {
            LogFile.Forced written = write(batch);
            placeFree();
            if (durable && isForced(batch)) {
                written.force();
                file.noteForced(written);
            }
            latch.check();
        } catch (Throwable e) {
            error = Optional.of(e instanceof SqlError known && latch.isSet() ? known : latch.fail(e));
        }
        finish(batch, error);
    }

    private static boolean isForced(List<LogEntry> batch) {
        for (LogEntry entry : batch) {
            if (entry.isSynchronous()) {
                return true;
            }
        }
        return false;
    }

    /** Writes what has its place to the file; {@code batch} gets it. */
    private LogFile.Forced write(List<LogEntry> batch) {
        placing.lock();
        try {
            place(true);
            for (LogEntry entry = placed.poll(); entry != null; entry = placed.poll()) {
                batch.add(entry);
            }
            latch.check();
            file.flush();
            return file.written();
        } finally {
            placing.unlock();
        }
    }

    /** Decides each entry's fate, and wakes who waits for that. */
    private void finish(List<LogEntry> batch, Optional<SqlError> failure) {
        Thread[] waiters = new Thread[batch.size()];
        Optional<SqlError> error = failure;
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
        wake(waiters);
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
            forceWritten();
        } catch (RuntimeException e) {
            latch.fail(e);
        }
    }

    /** Who rolls the log waits for this while leading, so that is only tried; and whoever leads forces it all anyway. */
    private void forceWritten() {
        file.forcing().lock();
        try {
            if (!leading.tryLock()) {
                return;
            }
            LogFile.Forced written;
            try {
                placing.lock();
                written = file.written();
                placing.unlock();
                placeFree();
            } finally {
                unlock();
            }
            written.force();
            file.noteForced(written);
        } finally {
            file.forcing().unlock();
        }
    }

    private void forceRest() {
        pause();
        try {
            if (durable && !latch.isSet()) {
                file.force();
            }
        } catch (RuntimeException e) {
            latch.fail(e);
        } finally {
            resume();
        }
    }

    /** Makes everything written so far durable, before a checkpoint says that the log goes on behind it. */
    public void force() {
        pause();
        try {
            latch.check();
            if (durable) {
                file.force();
            }
        } catch (RuntimeException e) {
            throw latch.fail(e);
        } finally {
            resume();
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

    /** Keeps the log still: between this and {@link #resume} nothing is written or published, and all that has its place is published. */
    public void pause() {
        leading.lock();
        placing.lock();
        if (!placed.isEmpty()) {
            process();
        }
    }

    public void resume() {
        placing.unlock();
        placeFree();
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
        placing.lock();
        try {
            file.dropBefore(position);
        } finally {
            placing.unlock();
            placeFree();
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
