package org.gajah.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.ColumnStatistics;
import org.gajah.catalog.OperatorClassRow;
import org.gajah.catalog.Relation;
import org.gajah.catalog.StatisticsRow;
import org.gajah.plan.ColumnAnalysis;
import org.gajah.table.PageRange;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.txn.Snapshot;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Batch;
import org.gajah.vector.LongVector;
import org.gajah.vector.Vector;

/** ANALYZE of one table: reads a random sample and writes a row of pg_statistic for each column. */
final class TableAnalysis {
    private static final int ROWS_PER_TARGET = 300;
    private static final int BTREE = 403;
    private static final int FIRST_USER_OID = 16384;
    private static final int PAGES_AT_ONCE = 8;
    /** So few rows of a page that is read go into the sample at least. */
    private static final int ROWS_PER_PAGE = 10;

    private final CommandContext context;
    private final Relation table;

    TableAnalysis(CommandContext context, Relation table) {
        this.context = context;
        this.table = table;
    }

    /** Analyzes these columns, or all if there are none; {@code defaultTarget} is for columns without one of their own. */
    void run(List<String> names, int defaultTarget) {
        List<Relation.Column> columns = table.columns().stream()
                .filter(c -> !c.dropped() && c.generated() != 'v' && (names.isEmpty() || names.contains(c.name())) && target(c, defaultTarget) > 0).toList();
        if (columns.isEmpty()) {
            return;
        }
        int most = columns.stream().mapToInt(c -> target(c, defaultTarget)).max().orElse(0) * ROWS_PER_TARGET;
        if (table.kind() == 'f' || table.kind() == 'p') {
            ForeignSample read = ForeignSample.read(context, table, columns, most);
            write(columns, new Sample(read.columns(), read.count()), read.total(), defaultTarget);
            CatalogRow row = context.catalog().row("pg_class", 2662, table.oid()).orElseThrow();
            context.writer().update(row, row.with("reltuples", (double) (float) read.total()));
            return;
        }
        Table rows = context.relations().table(table);
        write(columns, sample(rows, columns, most), rows.rowEstimate(), defaultTarget);
        if (names.isEmpty()) {
            rows.analyzed();
        }
    }

    private void write(List<Relation.Column> columns, Sample sample, long total, int defaultTarget) {
        for (int i = 0; i < columns.size(); i++) {
            Relation.Column column = columns.get(i);
            TypeCodec codec = context.catalog().codec(column.type());
            Optional<ColumnStatistics> statistics = new ColumnAnalysis(codec, sample.columns[i], sample.rows, total, target(column, defaultTarget)).run();
            forget(context, table.oid(), column.number());
            statistics.ifPresent(s -> write(column, codec, s));
        }
    }

    private int target(Relation.Column column, int defaultTarget) {
        CatalogRow row = context.catalog().row("pg_attribute", 2659, table.oid(), column.number()).orElseThrow();
        return row.get("attstattarget") instanceof Integer own && own >= 0 ? own : defaultTarget;
    }

    /** Deletes what is known of a column. */
    static void forget(CommandContext context, int relation, int column) {
        context.catalog().rows("pg_statistic", 2696, relation, column).forEach(context.writer()::delete);
    }

    private void write(Relation.Column column, TypeCodec codec, ColumnStatistics s) {
        boolean builtIn = Integer.compareUnsigned(column.type(), FIRST_USER_OID) < 0;
        List<OperatorClassRow> classes = context.catalog().operatorClasses(BTREE, column.type() == 1043 ? 25 : column.type());
        int family = classes.stream().filter(OperatorClassRow::isDefault).mapToInt(OperatorClassRow::family).findFirst().orElse(0);
        int type = column.type() == 1043 ? 25 : column.type();
        int equal = family == 0 ? 0 : context.catalog().familyOperator(family, type, type, 3);
        int less = family == 0 ? 0 : context.catalog().familyOperator(family, type, type, 1);
        ColumnStatistics kept = builtIn && equal != 0 ? s : new ColumnStatistics(s.nullFraction(), s.width(), s.distinct(), s.common(), new double[0],
                s.histogram(), 0, s.correlation());
        context.writer().insert("pg_statistic", StatisticsRow.of(table.oid(), column.number(), kept, column.type(), codec, column.collation(), equal,
                builtIn ? less : 0));
    }

    /** Rows by chance, in their order. */
    private record Sample(Vector[] columns, int rows) {
    }

    /** Reads random pages if there are many, and keeps a random part of their rows (Vitter's reservoir). */
    private Sample sample(Table rows, List<Relation.Column> columns, int most) {
        int[] attributes = columns.stream().mapToInt(c -> c.number() - 1).toArray();
        Vector[] kept = columns.stream().map(c -> Vector.of(context.catalog().codec(c.type()).carrier(), most)).toArray(Vector[]::new);
        long[] tids = new long[most];
        Batch batch = rows.layout().batch(attributes, Batch.MAX_ROWS);
        LongVector batchTids = new LongVector(Batch.MAX_ROWS);
        RandomGenerator random = new java.util.SplittableRandom(table.oid() * 31L + rows.rowEstimate());
        long pages = rows.pageCount();
        double share = Math.min(1, (double) most / ROWS_PER_PAGE / Math.max(1, pages));
        long seen = 0;
        Snapshot snapshot = context.transaction().acquireSnapshot();
        try {
            for (long page = 0; page < pages; page += PAGES_AT_ONCE) {
                if (share < 1 && random.nextDouble() >= share) {
                    continue;
                }
                context.execution().cancel().check();
                try (TableScan scan = rows.scan(snapshot, attributes, new PageRange(page, Math.min(pages, page + PAGES_AT_ONCE)))) {
                    while (scan.next(batch, batchTids)) {
                        for (int i = 0; i < batch.count(); i++) {
                            int row = batch.selection().row(i);
                            int place = seen < most ? (int) seen : place(random, seen, most);
                            seen++;
                            if (place >= 0) {
                                tids[place] = batchTids.values[row];
                                for (int c = 0; c < kept.length; c++) {
                                    kept[c].copyFrom(batch.column(c), row, place);
                                }
                            }
                        }
                    }
                }
            }
        } finally {
            context.transaction().releaseSnapshot(snapshot);
        }
        int count = (int) Math.min(seen, most);
        return new Sample(seen <= most ? kept : inOrder(kept, tids, count), count);
    }

    private static int place(RandomGenerator random, long seen, int most) {
        long place = random.nextLong(seen + 1);
        return place < most ? (int) place : -1;
    }

    /** The sample in the order of the rows' places. */
    private static Vector[] inOrder(Vector[] columns, long[] tids, int count) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compareUnsigned(tids[a], tids[b]));
        Vector[] sorted = new Vector[columns.length];
        for (int c = 0; c < columns.length; c++) {
            sorted[c] = Vector.of(columns[c].carrier(), count);
            for (int i = 0; i < count; i++) {
                sorted[c].copyFrom(columns[c], order[i], i);
            }
        }
        return sorted;
    }
}
