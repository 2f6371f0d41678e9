package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.catalog.Relation;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyEncoder;
import org.gajah.table.KeyRange;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.txn.Snapshot;
import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/** Finds the rows of a table in which some columns have given values: by an index that begins with them, or by reading all. */
final class RowLookup {
    private static final int PORTION = 64;
    private static final int INT2 = 21;

    private final Relation relation;
    private final int[] columns;
    private final int[] types;
    private final Ordered[] orders;
    private final int[] all;
    private final Optional<Relation.Index> index;
    private final Optional<KeyEncoder> encoder;
    /** For each leading index column, which of the values it is. */
    private final int[] valueOfKey;
    private final Vector[] wanted;

    /** {@code columns} are numbers from 1. */
    RowLookup(CompileContext context, Relation relation, List<Integer> columns) {
        this.relation = relation;
        this.columns = columns.stream().mapToInt(number -> number - 1).toArray();
        this.types = columns.stream().mapToInt(number -> relation.column(number).type()).toArray();
        this.orders = columns.stream().map(number -> context.ordered(relation.column(number).type())).toArray(Ordered[]::new);
        this.wanted = columns.stream().map(number -> Vector.of(context.carrier(relation.column(number).type()), 1)).toArray(Vector[]::new);
        this.all = java.util.stream.IntStream.range(0, relation.columns().size()).toArray();
        this.index = relation.indexes().stream().filter(i -> i.ready() && i.predicate().isEmpty() && i.keyColumns() >= columns.size()
                && columns.containsAll(i.columns().subList(0, columns.size()))).findFirst();
        this.encoder = index.map(i -> IndexKeys.encoder(context, relation, i));
        this.valueOfKey = index.map(i -> i.columns().subList(0, columns.size()).stream().mapToInt(columns::indexOf).toArray()).orElse(new int[0]);
    }

    Relation relation() {
        return relation;
    }

    int[] all() {
        return all;
    }

    /** Sets the values that are looked for, as values of the columns' types; false if no row can have them. */
    boolean want(Object[] values) {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Number number && !(value instanceof Double)) {
                long n = number.longValue();
                boolean isInt = wanted[i] instanceof org.gajah.vector.IntVector;
                if (isInt && (n != (int) n || types[i] == INT2 && n != (short) n)) {
                    return false;
                }
                value = isInt ? (Object) (int) n : (Object) n;
            }
            wanted[i].reset();
            wanted[i].set(0, value);
        }
        return true;
    }

    /** Whether a complete row has the wanted values. */
    boolean matches(Batch rows, int row) {
        for (int i = 0; i < columns.length; i++) {
            Vector column = rows.column(columns[i]);
            if (column.isNull(row) || orders[i].compare(column, row, wanted[i], 0) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Places where rows with the wanted values may be: to be read and compared. */
    List<Long> candidates(ExecContext context, Snapshot snapshot) {
        return index.isPresent() ? byIndex(context) : byScan(context, snapshot);
    }

    private List<Long> byIndex(ExecContext context) {
        ByteSink key = new ByteSink();
        for (int i = 0; i < valueOfKey.length; i++) {
            encoder.orElseThrow().encodePart(i, wanted[valueOfKey[i]], 0, key);
        }
        List<Long> found = new ArrayList<>();
        BytesVector keys = new BytesVector(PORTION);
        LongVector tids = new LongVector(PORTION);
        try (IndexScan scan = context.relations().index(relation, index.orElseThrow()).scan(KeyRange.prefix(key.view()))) {
            for (int n = scan.next(keys, tids, PORTION); n > 0; n = scan.next(keys, tids, PORTION)) {
                for (int i = 0; i < n; i++) {
                    found.add(tids.values[i]);
                }
            }
        }
        return found.size() > 1 ? found.stream().distinct().toList() : found;
    }

    private List<Long> byScan(ExecContext context, Snapshot snapshot) {
        Table table = context.relations().table(relation);
        List<Long> found = new ArrayList<>();
        Batch rows = table.layout().batch(all, BatchSize.MAX);
        LongVector tids = new LongVector(BatchSize.MAX);
        try (TableScan scan = table.scan(snapshot, all, PageRange.ALL)) {
            while (scan.next(rows, tids)) {
                context.cancel().check();
                for (int i = 0; i < rows.count(); i++) {
                    int row = rows.selection().rows[i];
                    if (matches(rows, row)) {
                        found.add(tids.values[row]);
                    }
                }
            }
        }
        return found;
    }
}
