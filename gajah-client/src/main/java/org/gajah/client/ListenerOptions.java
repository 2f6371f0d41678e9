package org.gajah.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a listener behaves; start from {@link #DEFAULTS}.
 *
 * @param keepAlive after so long without a sign of the server it is asked for one
 * @param replyTimeout a server that takes longer to answer is given up
 * @param firstRetry how long to wait after the first failed connection; twice as long each time, less up to half by chance
 * @param lastRetry but never longer than this
 * @param bufferSize messages that a subscription holds for its consumer
 * @param overflow what happens to more
 * @param ignoreOwn whether messages sent by this listener's own {@link NotificationListener#notify} are left out
 * @param idleTimeout when {@link Handler#idle} is called
 * @param onError told about lost and refused connections and about exceptions of handlers; on the listener's threads, so quick
 */
public record ListenerOptions(Duration keepAlive, Duration replyTimeout, Duration firstRetry, Duration lastRetry, int bufferSize,
        Overflow overflow, boolean ignoreOwn, Optional<Duration> idleTimeout, Consumer<Exception> onError) {
    private static final System.Logger LOG = System.getLogger("org.gajah.client");

    /** A sign of life every ten seconds and within five, retries after a tenth of a second to ten seconds, 10,000 messages, the oldest dropped. */
    public static final ListenerOptions DEFAULTS = new ListenerOptions(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(100),
            Duration.ofSeconds(10), 10_000, Overflow.DROP_OLDEST, false, Optional.empty(),
            e -> LOG.log(System.Logger.Level.WARNING, "listener: {0}", e.toString()));

    /** Checks that times and sizes are positive. */
    public ListenerOptions {
        if (keepAlive.toMillis() <= 0 || replyTimeout.toMillis() <= 0 || firstRetry.toMillis() <= 0 || bufferSize <= 0
                || lastRetry.compareTo(firstRetry) < 0 || idleTimeout.filter(d -> d.toMillis() <= 0).isPresent()) {
            throw new IllegalArgumentException("times and sizes must be positive, and the last retry not before the first");
        }
    }

    /** The same with another rhythm of signs of life. */
    public ListenerOptions withKeepAlive(Duration every, Duration within) {
        return new ListenerOptions(every, within, firstRetry, lastRetry, bufferSize, overflow, ignoreOwn, idleTimeout, onError);
    }

    /** The same with other retries. */
    public ListenerOptions withRetry(Duration first, Duration last) {
        return new ListenerOptions(keepAlive, replyTimeout, first, last, bufferSize, overflow, ignoreOwn, idleTimeout, onError);
    }

    /** The same with other buffers. */
    public ListenerOptions withBuffer(int size, Overflow policy) {
        return new ListenerOptions(keepAlive, replyTimeout, firstRetry, lastRetry, size, policy, ignoreOwn, idleTimeout, onError);
    }

    /** The same, leaving out own messages or not. */
    public ListenerOptions withIgnoreOwn(boolean ignore) {
        return new ListenerOptions(keepAlive, replyTimeout, firstRetry, lastRetry, bufferSize, overflow, ignore, idleTimeout, onError);
    }

    /** The same with calls to {@link Handler#idle}. */
    public ListenerOptions withIdleTimeout(Duration timeout) {
        return new ListenerOptions(keepAlive, replyTimeout, firstRetry, lastRetry, bufferSize, overflow, ignoreOwn, Optional.of(timeout), onError);
    }

    /** The same, telling errors to somebody else. */
    public ListenerOptions withOnError(Consumer<Exception> told) {
        return new ListenerOptions(keepAlive, replyTimeout, firstRetry, lastRetry, bufferSize, overflow, ignoreOwn, idleTimeout, told);
    }
}
