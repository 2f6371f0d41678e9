package org.gajah.exec;

import java.util.List;

import org.gajah.plan.PlanColumn;
import org.gajah.plan.SortKey;
import org.gajah.type.Ordered;
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
            int compared = compare(i, a.vector(rowA, columns[i]), RowStore.place(rowA), b.vector(rowB, columns[i]), RowStore.place(rowB));
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

    /** The row numbers 0 to size-1 of a store in this order; rows that are equal keep theirs. */
    int[] sorted(RowStore rows, CancelCheck cancel) {
        int size = rows.size();
        int[] from = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        int[] to = new int[size];
        for (int width = 1; width < size; width *= 2) {
            cancel.check();
            for (int start = 0; start < size; start += 2 * width) {
                merge(rows, from, to, start, Math.min(start + width, size), (int) Math.min((long) start + 2L * width, size));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void merge(RowStore rows, int[] from, int[] to, int start, int middle, int end) {
        if (middle >= end || compare(rows, from[middle - 1], rows, from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = right >= end || left < middle && compare(rows, from[left], rows, from[right]) <= 0;
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }
}
