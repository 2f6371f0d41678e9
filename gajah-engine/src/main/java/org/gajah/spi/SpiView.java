package org.gajah.spi;

import org.gajah.txn.Snapshot;

/** What a statement inside a routine sees. */
public sealed interface SpiView {
    /** What is committed when it begins and all that was done before it; it may change things. */
    enum Fresh implements SpiView { FRESH }

    /** What the caller of the routine sees, and nothing later; it may only read. */
    record Callers(Snapshot snapshot) implements SpiView {
    }

    /** For a function of this provolatile. */
    static SpiView of(char volatility, Snapshot callers) {
        return volatility == 'v' ? Fresh.FRESH : new Callers(callers);
    }
}
