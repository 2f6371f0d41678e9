package org.gajah.api.foreign;

/** The rows of a running query. */
public interface ForeignRows extends AutoCloseable {
    /** Gives up to {@code most} further rows to the target; 0 at the end. */
    int fetch(RowTarget target, int most);

    /** Gives up what is left. */
    @Override
    void close();
}
