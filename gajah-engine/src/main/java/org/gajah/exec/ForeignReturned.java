package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.gajah.api.foreign.ForeignWriter;
import org.gajah.catalog.Relation;
import org.gajah.plan.PlanColumn;
import org.gajah.table.RowLayout;
import org.gajah.type.Oids;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/**
 * Changes rows of a foreign table one by one and takes each back as its server has it then.
 *
 * @param name   what errors call the table
 * @param placed whether a row's place there comes behind its columns
 */
record ForeignReturned(ExecContext context, Relation relation, RowLayout layout, String name, boolean placed) {
    /** A row that came back, at the number that it had: the table's columns, and its place, null if it is not known. */
    record Row(Batch columns, LongVector tids) {
    }

    /** Sends the values of a row; nothing if no row was changed. */
    Optional<Row> change(ForeignWriter writer, List<Optional<String>> values, int row, int capacity) {
        List<PlanColumn> shape = new ArrayList<>();
        List<Vector> vectors = new ArrayList<>();
        Batch columns = layout.batch(IntStream.range(0, layout.size()).toArray(), capacity);
        for (Relation.Column c : relation.columns()) {
            if (!c.dropped()) {
                shape.add(new PlanColumn(c.name(), c.type(), c.typmod(), c.collation()));
                vectors.add(columns.column(c.number() - 1));
            }
        }
        LongVector tids = new LongVector(capacity);
        tids.setNull(row);
        if (placed) {
            shape.add(new PlanColumn("ctid", Oids.TID, -1, 0));
            vectors.add(tids);
        }
        ForeignRowTarget target = new ForeignRowTarget(new Batch(vectors.toArray(Vector[]::new), capacity), shape, context,
                i -> "column \"" + shape.get(i).name() + "\" of foreign table \"" + name + "\"");
        target.resetAt(row);
        return writer.returned(target, values) == 0 ? Optional.empty() : Optional.of(new Row(columns, tids));
    }
}
