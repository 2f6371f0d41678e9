package org.gajah.base;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.gajah.api.spi.host.SpiThread;

/**
 * A session's request to stop: set by any thread, polled by the session's own. Setting it also wakes the session's
 * waiter, so that a sleeping session sees it at once; {@code Thread.interrupt} is never used.
 */
public final class CancelFlag {
    private final AtomicReference<CancelReason> reason = new AtomicReference<>();
    private final Waiter waiter;
    private volatile Runnable besides = () -> { };

    public CancelFlag(Waiter waiter) {
        this.waiter = waiter;
    }

    /** Asks the session to stop; a reason that weighs more than the one already there replaces it. */
    public void cancel(CancelReason why) {
        CancelReason before = reason.getAndAccumulate(why, (old, given) -> old == null || given.compareTo(old) > 0 ? given : old);
        if (before == null) {
            SpiThread.asked();
        }
        waiter.wake();
        besides.run();
    }

    /** Has somebody told, besides the waiter, when a request comes; what is run must not block. */
    public void alsoTell(Runnable told) {
        besides = told;
    }

    /** Whether a request is there: one volatile read. */
    public boolean isSet() {
        return reason.get() != null;
    }

    /** The request, if there is one. */
    public Optional<CancelReason> reason() {
        return Optional.ofNullable(reason.get());
    }

    /** Throws the request's error if there is one. What ends only the statement is taken away by it. */
    public void check() {
        CancelReason why = reason.get();
        if (why != null) {
            if (!why.endsSession() && reason.compareAndSet(why, null)) {
                SpiThread.answered();
            }
            throw why.error();
        }
    }

    /** Forgets a request that was meant for a statement that is over. */
    public void clear() {
        CancelReason before = reason.getAndUpdate(old -> old != null && old.endsSession() ? old : null);
        if (before != null && !before.endsSession()) {
            SpiThread.answered();
        }
    }

    /** Forgets any request: the session is over. */
    public void close() {
        if (reason.getAndSet(null) != null) {
            SpiThread.answered();
        }
    }
}
