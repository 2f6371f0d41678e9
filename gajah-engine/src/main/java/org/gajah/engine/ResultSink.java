package org.gajah.engine;

import java.util.List;

import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;

/**
 * Takes what statements produce, in the order they produce it: for each statement {@code columns} and {@code rows} if it returns
 * rows, then one of {@code complete}, {@code suspended}, {@code stopped}, {@code empty}. A call may block while the client does not read.
 */
public interface ResultSink {
    /** Rows of this shape follow. In the extended protocol the client has asked for it already and is not told again. */
    void columns(List<ResultColumn> columns, TypeContext context);

    /** The selected rows of a batch, which is only valid during the call. */
    void rows(Batch batch);

    /** The statement is done; {@code tag} is its command tag, e.g. {@code INSERT 0 1}. */
    void complete(String tag);

    /** The row limit of an execute was reached. */
    void suspended();

    /** Whether an execution is to stop behind the rows given so far, to be gone on with by another {@link Session#execute}. */
    default boolean isFull() {
        return false;
    }

    /** An execution has stopped because this was full; {@code rowsLeft} is the limit of the next, 0 for none. */
    default void stopped(long rowsLeft) {
        throw new IllegalStateException("was never full");
    }

    /** The statement was empty. */
    void empty();

    /** COPY FROM STDIN begins: tells the client the formats and returns where its data come from. */
    CopyInput copyIn(boolean binary, int columnCount);

    /** COPY TO STDOUT begins: tells the client the formats and returns where data go. */
    CopyOutput copyOut(boolean binary, int columnCount);
}
