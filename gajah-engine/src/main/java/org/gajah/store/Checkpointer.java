package org.gajah.store;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Env;
import org.gajah.base.FailureLatch;
import org.gajah.log.LogWriter;
import org.gajah.page.BufferPool;
import org.gajah.page.Checkpointing;
import org.gajah.table.StorageOptions;

/**
 * Runs checkpoints: when asked, when the log has grown or some time has passed since the last one. Those that nobody waits for write their
 * pages no faster than they must to be done in time.
 */
final class Checkpointer {
    private static final System.Logger LOGGER = System.getLogger("org.gajah.store");
    private static final long LOOK_NANOS = 200_000_000;
    /** One that takes its time writes so many pages and then waits for so long, so at least 8 MB a second. */
    private static final int PAGES_A_STRETCH = 64;
    private static final long STRETCH_NANOS = 125_000_000;
    private static final double NANOS = 1e9;

    private final Env env;
    private final StorageOptions options;
    private final FailureLatch failures;
    private final BufferPool pool;
    private final LogWriter log;
    private final Supplier<Directory> beginning;
    /** Log position of the last checkpoint, and when it began. */
    private volatile long position;
    private volatile long beganNanos;
    /** Those who wait for a checkpoint of their own. */
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closing;
    private Optional<Thread> thread = Optional.empty();

    /** @param beginning closes the gate, notes what the checkpoint is of, and calls {@link Checkpointing#begin} */
    Checkpointer(Env env, StorageOptions options, FailureLatch failures, BufferPool pool, LogWriter log, long position,
            Supplier<Directory> beginning) {
        this.env = env;
        this.options = options;
        this.failures = failures;
        this.pool = pool;
        this.log = log;
        this.position = position;
        this.beginning = beginning;
        this.beganNanos = env.nanoTime();
    }

    /** Begins to look by itself. */
    void start() {
        thread = Optional.of(env.start("gajah-checkpoint", this::loop));
    }

    private void loop() {
        while (!closing) {
            env.park(this, LOOK_NANOS);
            if (!closing) {
                runIfDue();
            }
        }
    }

    /** Runs one if it is time. */
    void runIfDue() {
        long grown = log.position() - position;
        boolean due = grown > dueBytes() || grown > 0 && options.threads() && elapsed() >= options.checkpointSeconds();
        if (due && !failures.isSet()) {
            try {
                run(options.threads());
            } catch (SqlError e) {
                LOGGER.log(System.Logger.Level.ERROR, "checkpoint failed: " + e.getMessage());
            }
        }
    }

    private long dueBytes() {
        return options.maxLogBytes() / 2;
    }

    private double elapsed() {
        return (env.nanoTime() - beganNanos) / NANOS;
    }

    /** Runs one now, at full speed. */
    void run() {
        waiting.incrementAndGet();
        try {
            run(false);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void run(boolean leisurely) {
        failures.check();
        Checkpointing checkpointing = pool.checkpointing();
        checkpointing.enter();
        try {
            beganNanos = env.nanoTime();
            Directory directory = beginning.get();
            long from = directory.counters().logPosition();
            checkpointing.writePages(leisurely ? (done, total) -> pace(from, (double) done / total, done) : Checkpointing.Pace.NONE);
            ByteSink bytes = new ByteSink(4096);
            directory.write(bytes);
            log.force();
            pool.superblocks().write(bytes.view());
            log.setCheckpoint(pool.superblocks().number());
            checkpointing.finish();
            position = from;
            log.dropBefore(directory.counters().firstNeeded());
        } catch (SqlError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw failures.fail(e);
        } finally {
            checkpointing.leave();
        }
    }

    /** Waits a little after some pages, unless that would make the checkpoint late. */
    private void pace(long from, double share, int pages) {
        if (pages % PAGES_A_STRETCH != 0 || closing || waiting.get() > 0) {
            return;
        }
        double target = share * options.completionTarget();
        if (target > (double) (log.position() - from) / dueBytes() && target > elapsed() / options.checkpointSeconds()) {
            env.park(this, STRETCH_NANOS);
        }
    }

    /** Ends the looking; one that is running hurries up. */
    void close() {
        closing = true;
        while (thread.isPresent() && thread.get().isAlive()) {
            env.unpark(thread.get());
            try {
                thread.get().join(10);
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }
}
