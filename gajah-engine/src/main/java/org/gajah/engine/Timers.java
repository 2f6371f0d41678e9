package org.gajah.engine;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs short actions later, on one thread: timeouts. */
final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    Timers() {
        executor = (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(1,
                Thread.ofPlatform().name("gajah timers").daemon(true).factory());
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code action} after so many milliseconds, unless the future is cancelled before. */
    Future<?> after(long millis, Runnable action) {
        return executor.schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
