package org.gajah.exec;

import java.util.List;

import org.gajah.base.ByteSink;
import org.gajah.plan.PlanColumn;
import org.gajah.plan.SortKey;
import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.Vector;

/** An order of rows: some columns, each up or down, nulls at either end. */
final class RowOrder {
    private final int[] columns;
    private final boolean[] descending;
    private final boolean[] nullsFirst;
    private final Ordered[] orders;

    RowOrder(CompileContext context, List<PlanColumn> rowColumns, List<SortKey> keys) {
        int count = keys.size();
        columns = new int[count];
        descending = new boolean[count];
        nullsFirst = new boolean[count];
        orders = new Ordered[count];
        for (int i = 0; i < count; i++) {
            SortKey key = keys.get(i);
            columns[i] = key.column();
            descending[i] = key.descending();
            nullsFirst[i] = key.nullsFirst();
            orders[i] = context.ordered(rowColumns.get(key.column()).type());
        }
    }

    int compare(RowStore a, int rowA, RowStore b, int rowB) {
        for (int i = 0; i < columns.length; i++) {
            int compared = compare(i, a.vector(rowA, columns[i]), a.place(rowA), b.vector(rowB, columns[i]), b.place(rowB));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private int compare(int key, Vector a, int rowA, Vector b, int rowB) {
        boolean nullA = a.isNull(rowA);
        boolean nullB = b.isNull(rowB);
        if (nullA || nullB) {
            return nullA == nullB ? 0 : nullA == nullsFirst[key] ? -1 : 1;
        }
        int compared = orders[key].compare(a, rowA, b, rowB);
        return descending[key] ? -Integer.signum(compared) : compared;
    }

    /** Whether two rows are equal in this order. */
    boolean same(Batch a, int rowA, Batch b, int rowB) {
        for (int i = 0; i < columns.length; i++) {
            if (compare(i, a.column(columns[i]), rowA, b.column(columns[i]), rowB) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Appends the row's key: bytes whose unsigned lexicographic order is this order. */
    void key(Batch batch, int row, ByteSink out) {
        for (int i = 0; i < columns.length; i++) {
            Vector column = batch.column(columns[i]);
            if (column.isNull(row)) {
                out.putByte(nullsFirst[i] ? 0 : 2);
                continue;
            }
            int from = out.putByte(1).size();
            orders[i].key(column, row, out);
            if (descending[i]) {
                byte[] bytes = out.array();
                for (int at = from; at < out.size(); at++) {
                    bytes[at] = (byte) ~bytes[at];
                }
            }
        }
    }
}
