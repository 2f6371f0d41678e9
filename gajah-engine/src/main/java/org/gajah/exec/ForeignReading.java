package org.gajah.exec;

import java.util.List;
import java.util.function.Consumer;

import org.gajah.api.foreign.ForeignRows;
import org.gajah.plan.PlanColumn;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;

/** Reads what a foreign server gives outside of a plan. */
public final class ForeignReading {
    private ForeignReading() {
    }

    /** Hands all rows over, batch by batch, and closes them. */
    public static void read(ForeignRows rows, List<PlanColumn> columns, ExecContext context, Consumer<Batch> taker) {
        List<Carrier> carriers = columns.stream().map(c -> context.catalog().codec(c.type()).carrier()).toList();
        Batch batch = Batch.of(carriers, BatchSize.MAX);
        Selection all = new Selection(BatchSize.MAX);
        ForeignRowTarget target = new ForeignRowTarget(batch, columns, context, i -> "column \"" + columns.get(i).name() + "\"");
        try (rows) {
            for (int count = 1; count > 0;) {
                context.cancel().check();
                target.reset();
                count = rows.fetch(target, BatchSize.MAX);
                all.all(count);
                batch.selection().copyFrom(all);
                taker.accept(batch);
            }
        }
    }
}
