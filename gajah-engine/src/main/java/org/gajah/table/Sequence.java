package org.gajah.table;

import java.util.Optional;

import org.gajah.txn.Transaction;

/**
 * A counter outside of transactions: what was taken stays taken after a rollback. It is logged some values ahead, so that values
 * may be skipped by a crash but never given twice to what survives it.
 */
public interface Sequence {
    /**
     * PostgreSQL's tuple of a sequence.
     *
     * @param called whether {@code lastValue} was given out
     */
    record State(long lastValue, boolean called) {
    }

    /** {@code count} values from {@code first} in steps of the increment, all within the bounds. */
    record Range(long first, int count) {
    }

    State read();

    /**
     * Takes up to {@code count} values (fewer at a bound). Empty if the bound is reached and {@code cycle} is false.
     */
    Optional<Range> next(long increment, long min, long max, boolean cycle, int count);

    /**
     * As above; if this has logged something, {@code transaction} gets an id, so that its commit makes it durable: what a synchronous commit has
     * told a client is not given out again after a crash.
     */
    Optional<Range> next(Transaction transaction, long increment, long min, long max, boolean cycle, int count);

    /** setval: durable with the next commit, not undone by rollback. */
    void set(Transaction transaction, State state);
}
