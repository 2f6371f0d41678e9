package org.gajah.engine;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.spi.SpiRows;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;

/** Takes the rows of a statement that a routine runs. */
final class CollectingSink implements ResultSink {
    private final SpiRows rows;
    private long count;

    CollectingSink(SpiRows rows) {
        this.rows = rows;
    }

    long count() {
        return count;
    }

    @Override
    public void columns(List<ResultColumn> columns, TypeContext context) {
        // the routine has asked the statement
    }

    @Override
    public void rows(Batch batch) {
        count += batch.count();
        rows.rows(batch);
    }

    @Override
    public void complete(String tag) {
        // the outcome says it
    }

    @Override
    public void suspended() {
        // the routine asked for so many
    }

    @Override
    public void empty() {
        // nothing comes of nothing
    }

    @Override
    public CopyInput copyIn(boolean binary, int columnCount) {
        throw SqlError.notSupported("cannot COPY to/from client in a function");
    }

    @Override
    public CopyOutput copyOut(boolean binary, int columnCount) {
        throw SqlError.notSupported("cannot COPY to/from client in a function");
    }
}
