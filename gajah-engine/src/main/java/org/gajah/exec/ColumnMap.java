package org.gajah.exec;

import java.util.List;
import java.util.stream.IntStream;

import org.gajah.catalog.Layouts;
import org.gajah.catalog.Relation;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/**
 * How the columns of one table lie in another of the same row type, whatever the order and what was dropped: a partition and the
 * table above it.
 *
 * @param sources for each column of the second table the index of the first one's, or -1 for one that was dropped
 */
record ColumnMap(int[] sources, List<Carrier> carriers, boolean same) {
    static ColumnMap of(Relation from, Relation to, CompileContext context) {
        int[] sources = to.columns().stream().mapToInt(c -> c.dropped() ? -1
                : from.column(c.name()).map(s -> s.number() - 1).orElse(-1)).toArray();
        List<Carrier> carriers = Layouts.of(to, context.catalog()).attributes().stream().map(a -> a.carrier()).toList();
        boolean same = from.columns().size() == sources.length && IntStream.range(0, sources.length)
                .allMatch(i -> sources[i] == i || sources[i] < 0 && from.columns().get(i).dropped());
        return new ColumnMap(sources, carriers, same);
    }

    /** The rows with the second table's columns, at the same row numbers; the vectors are shared. */
    Batch apply(Batch rows, Selection selected) {
        Batch made = same ? new Batch(rows.columns().clone(), rows.selection().rows.length)
                : new Batch(new Vector[sources.length], rows.selection().rows.length);
        if (!same) {
            for (int i = 0; i < sources.length; i++) {
                made.setColumn(i, sources[i] < 0 ? nulls(carriers.get(i), rows.selection().rows.length, selected) : rows.column(sources[i]));
            }
        }
        made.selection().copyFrom(selected);
        return made;
    }

    private static Vector nulls(Carrier carrier, int capacity, Selection selected) {
        Vector nulls = Vector.of(carrier, capacity);
        for (int i = 0; i < selected.count(); i++) {
            nulls.setNull(selected.rows[i]);
        }
        return nulls;
    }

    /** The index in the second table of a column of the first; -1 if there is none. */
    int target(int source) {
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] == source) {
                return i;
            }
        }
        return -1;
    }
}
