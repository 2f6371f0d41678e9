package org.gajah.spi;

import java.util.Optional;

import org.gajah.exec.EventCall;
import org.gajah.exec.TriggerCall;
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
     * @param trigger   what has fired, if this is a trigger function; its result is then a {@code RecordValue} or null
     * @param event     what has fired, if this is an event trigger's function; its result means nothing
     */
    record Call(Object[] arguments, SpiView view, boolean atomic, SpiSession session, Optional<Snapshot> outer, Optional<TriggerCall> trigger,
            Optional<EventCall> event) {
        /** A call that no event trigger makes. */
        public Call(Object[] arguments, SpiView view, boolean atomic, SpiSession session, Optional<Snapshot> outer, Optional<TriggerCall> trigger) {
            this(arguments, view, atomic, session, outer, trigger, Optional.empty());
        }

        /** A call that neither a statement nor a trigger makes. */
        public Call(Object[] arguments, SpiView view, boolean atomic, SpiSession session) {
            this(arguments, view, atomic, session, Optional.empty(), Optional.empty());
        }
    }

    /** The boxed value, or for a set an {@code Iterator} of values or {@code Object[]} rows, which may be a {@code RowIterator}. */
    Object call(Call call);
}
