package org.gajah.client;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An end for a wait: unless closed in time, something is done about it. */
final class Watch implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final ScheduledFuture<?> end;

    private Watch(ScheduledFuture<?> end) {
        this.end = end;
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("gajah-listener-watch").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    static Watch over(Duration limit, Runnable action) {
        return new Watch(CLOCK.schedule(() -> {
            Thread.ofVirtual().start(action);
        }, limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        end.cancel(false);
    }
}
