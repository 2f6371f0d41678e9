package org.gajah.engine;

import java.util.List;

import org.gajah.exec.StoredRows;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;

/** Keeps the rows of a command for a client that wants them in pieces. */
final class StoringSink implements ResultSink {
    private final StoredRows rows;

    StoringSink(StoredRows rows) {
        this.rows = rows;
    }

    @Override
    public void columns(List<ResultColumn> columns, TypeContext context) {
        // the portal has them
    }

    @Override
    public void rows(Batch batch) {
        rows.add(batch);
    }

    @Override
    public void complete(String tag) {
        // the portal is told
    }

    @Override
    public void suspended() {
        throw new IllegalStateException("a command runs to its end");
    }

    @Override
    public void empty() {
        throw new IllegalStateException("a command is not empty");
    }

    @Override
    public CopyInput copyIn(boolean binary, int columnCount) {
        throw new IllegalStateException("COPY gives no rows");
    }

    @Override
    public CopyOutput copyOut(boolean binary, int columnCount) {
        throw new IllegalStateException("COPY gives no rows");
    }
}
