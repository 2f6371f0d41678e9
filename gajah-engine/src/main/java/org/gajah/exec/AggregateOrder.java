package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;

import org.gajah.analyze.Expr;
import org.gajah.plan.Plan;
import org.gajah.plan.PlanColumn;
import org.gajah.plan.SortKey;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

/** The order, and distinctness, in which an aggregate takes its rows: they are kept with their group and sorted at the end. */
final class AggregateOrder {
    private static final int INT4 = 23;

    private final List<Carrier> carriers = new ArrayList<>();
    private final RowOrder order;
    private final RowOrder distinct;
    private final boolean isDistinct;
    private final int argumentCount;

    AggregateOrder(CompileContext context, Plan.AggregateSpec spec) {
        List<PlanColumn> columns = new ArrayList<>();
        columns.add(new PlanColumn("group", INT4, -1, 0));
        for (Expr argument : spec.arguments()) {
            columns.add(new PlanColumn("", argument.type(), argument.typmod(), argument.collation()));
        }
        columns.forEach(column -> carriers.add(context.carrier(column.type())));
        List<SortKey> keys = new ArrayList<>();
        keys.add(new SortKey(0, false, false, 0));
        spec.order().forEach(key -> keys.add(new SortKey(key.column() + 1, key.descending(), key.nullsFirst(), key.collation())));
        List<SortKey> same = new ArrayList<>(List.of(keys.getFirst()));
        if (spec.distinct()) {
            for (int i = 0; i < spec.argumentCount(); i++) {
                int column = i + 1;
                same.add(new SortKey(column, false, false, 0));
                if (keys.stream().noneMatch(key -> key.column() == column)) {
                    keys.add(new SortKey(column, false, false, 0));
                }
            }
        }
        order = new RowOrder(context, columns, keys);
        distinct = new RowOrder(context, columns, same);
        isDistinct = spec.distinct();
        argumentCount = spec.argumentCount();
    }

    /** Carriers of the kept rows: the group's number, then the arguments. */
    List<Carrier> carriers() {
        return carriers;
    }

    int argumentCount() {
        return argumentCount;
    }

    /** What sorts the kept rows. */
    RowSorter sorter(Frame frame) {
        return new RowSorter(carriers, order, frame);
    }

    /** Whether a row is left out because it is the same as the one before. */
    boolean repeats(Batch before, int beforeRow, Batch rows, int row) {
        return isDistinct && distinct.same(before, beforeRow, rows, row);
    }
}
