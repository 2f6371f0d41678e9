package org.gajah.api.spi.host;

import org.gajah.api.spi.Spi;

/** The session whose routine a thread runs. */
public interface SpiHost {
    /** The innermost connection of the running routine. */
    Spi current();

    /** Opens another level. */
    Spi connect();

    /** Raises the cancel or timeout that has come. */
    void checkCancelled();
}
