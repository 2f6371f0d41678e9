package org.gajah.spi;

/** A function ready for calls. It may be called again while a call runs. */
@FunctionalInterface
public interface RoutineBody {
    /**
     * The circumstances of a call.
     *
     * @param arguments boxed
     * @param view      what its read-only statements see; {@link SpiView.Fresh} for volatile functions
     * @param atomic    whether it must not end the transaction
     */
    record Call(Object[] arguments, SpiView view, boolean atomic, SpiSession session) {
    }

    /** The boxed value, or for a set an {@code Iterator} of values or {@code Object[]} rows, which may be a {@code RowIterator}. */
    Object call(Call call);
}
