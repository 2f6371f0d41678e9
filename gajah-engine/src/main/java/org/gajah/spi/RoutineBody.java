package org.gajah.spi;

import java.util.Optional;

import org.gajah.txn.Snapshot;

/** A function ready for calls. It may be called again while a call runs. */
@FunctionalInterface
public interface RoutineBody {
    /** Whether it is still what the catalogs say; if not, it is compiled again. */
    default boolean stands(SpiSession session) {
        return true;
    }

    /**
     * The circumstances of a call.
     *
     * @param arguments boxed
     * @param view      what its read-only statements see; {@link SpiView.Fresh} for volatile functions
     * @param atomic    whether it must not end the transaction
     * @param outer     what the statement sees that calls it, whatever its volatility; empty for CALL and DO
     */
    record Call(Object[] arguments, SpiView view, boolean atomic, SpiSession session, Optional<Snapshot> outer) {
        public Call(Object[] arguments, SpiView view, boolean atomic, SpiSession session) {
            this(arguments, view, atomic, session, Optional.empty());
        }
    }

    /** The boxed value, or for a set an {@code Iterator} of values or {@code Object[]} rows, which may be a {@code RowIterator}. */
    Object call(Call call);
}
