package org.gajah.command;

import java.util.List;

import org.gajah.plan.ResultColumn;
import org.gajah.vector.Batch;

/** Where rows go that a command produces. */
public interface CommandOutput {
    /** Rows that nobody sees. */
    CommandOutput NOWHERE = new CommandOutput() {
        @Override
        public void columns(List<ResultColumn> columns) {
            // nobody sees them
        }

        @Override
        public void rows(Batch batch) {
            // nobody sees them
        }
    };

    /** Rows of this shape follow; called once, before the first row. */
    void columns(List<ResultColumn> columns);

    /** Rows; the batch is valid during the call. */
    void rows(Batch batch);
}
