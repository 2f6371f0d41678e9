package org.gajah.engine;

import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;

/** A sink within the server: whoever runs the statement knows all but its rows. There is no client that could COPY. */
abstract class RowsOnly implements ResultSink {
    @Override
    public void columns(List<ResultColumn> columns, TypeContext context) {
        // the statement has them
    }

    @Override
    public void rows(Batch batch) {
        // not wanted, unless somebody says otherwise
    }

    @Override
    public void complete(String tag) {
        // the outcome says it
    }

    @Override
    public void suspended() {
        // that is what the limit was for
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
