package org.gajah.api.spi;

import org.gajah.api.spi.host.SpiThread;

/**
 * A place where a running routine lets itself be cancelled. The server weaves a check into the loops and methods of the classes that it
 * loads; code on the embedding program's class path that computes for long may call it itself.
 */
public final class CancelPoint {
    private CancelPoint() {
    }

    /**
     * Throws the cancel or timeout that has come for the session whose routine this thread runs; costs one read otherwise.
     *
     * @throws org.gajah.api.SqlError 57014
     */
    public static void check() {
        if (SpiThread.someAsked()) {
            SpiThread.host().ifPresent(host -> host.checkCancelled());
        }
    }
}
