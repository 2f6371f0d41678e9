package org.gajah.client.copy;

/**
 * How far a COPY has come.
 *
 * @param rows rows that went through this end
 * @param bytes bytes of data, without the protocol's
 */
public record CopyProgress(long rows, long bytes) {
    /** Is told every so often. */
    @FunctionalInterface
    public interface Listener {
        /** Called on the thread that copies; what it throws ends the COPY. */
        void copied(CopyProgress progress);
    }

    /** Rows between two calls of a listener. */
    static final int STEP = 1000;
    static final Listener NOBODY = _ -> { };
}
