package org.gajah.engine;

import java.util.List;

import org.gajah.command.CommandOutput;
import org.gajah.vector.Batch;

/** A command's rows on their way to the client. */
final class SinkOutput implements CommandOutput {
    private final ResultSink sink;
    private final SessionImpl session;
    private final boolean describe;
    private List<Boolean> formats = List.of();

    SinkOutput(ResultSink sink, SessionImpl session, boolean describe) {
        this.sink = sink;
        this.session = session;
        this.describe = describe;
    }

    /** Rows are to go out in binary. */
    SinkOutput inBinary() {
        formats = List.of(true);
        return this;
    }

    @Override
    public void columns(List<org.gajah.plan.ResultColumn> columns) {
        if (describe) {
            List<ResultColumn> shape = columns.stream().map(c -> PlanSource.column(c, session.transactions().catalog())).toList();
            sink.columns(PlanSource.formatted(shape, formats), session.context());
        }
    }

    @Override
    public void rows(Batch batch) {
        sink.rows(batch);
    }
}
