package org.gajah.api.spi;

/**
 * The beginning of a subtransaction. One that its routine leaves active is released when the routine ends well, or has given a row of a set.
 * C: BeginInternalSubTransaction
 */
public interface SpiSavepoint {
    /** Whether it, and all those around it, have not ended. */
    boolean isActive();

    /** Keeps what was done since, and ends it and those inside it. C: ReleaseCurrentSubTransaction */
    void release();

    /** Takes back what was done since, errors included, and ends it and those inside it. C: RollbackAndReleaseCurrentSubTransaction */
    void rollback();
}
