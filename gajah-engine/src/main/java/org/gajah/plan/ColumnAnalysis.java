package org.gajah.plan;

import java.util.Arrays;
import java.util.Optional;

import org.gajah.catalog.ColumnStatistics;
import org.gajah.type.Ordered;
import org.gajah.type.TypeCodec;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** Makes a column's statistics of a sample of its values, in the order of the rows; as PostgreSQL estimates them. */
public final class ColumnAnalysis {
    /** Wider values are counted but neither compared nor kept. */
    private static final int WIDEST = 1024;
    /** A value that is not this much more frequent than the average is not a common one. */
    private static final double ABOVE_AVERAGE = 1.25;

    private final TypeCodec codec;
    private final Vector sample;
    private final int rows;
    private final double tableRows;
    private final int target;
    private int nulls;
    private int tooWide;
    private int[] sorted = new int[0];
    private int[] runStarts = new int[0];
    private int runs;

    /**
     * @param sample    values of {@code rows} rows, nulls among them
     * @param tableRows rows of the whole table
     * @param target    how many common values and histogram parts to keep at most
     */
    public ColumnAnalysis(TypeCodec codec, Vector sample, int rows, double tableRows, int target) {
        this.codec = codec;
        this.sample = sample;
        this.rows = rows;
        this.tableRows = Math.max(tableRows, rows);
        this.target = target;
    }

    /** The statistics; none if there are no rows. */
    public Optional<ColumnStatistics> run() {
        if (rows == 0) {
            return Optional.empty();
        }
        int width = widths();
        double nullFraction = (double) nulls / rows;
        Vector nothing = Vector.of(codec.carrier(), 1);
        if (sorted.length == 0 || !(codec instanceof Ordered order)) {
            double distinct = sorted.length == 0 && tooWide > 0 ? -1 + nullFraction : 0;
            return Optional.of(new ColumnStatistics(nullFraction, width, distinct, nothing, new double[0], nothing, 0, 0));
        }
        sort(order);
        findRuns(order);
        double distinct = distinct();
        int[] common = common(distinct);
        Vector commonValues = Vector.of(codec.carrier(), Math.max(1, common.length));
        double[] frequencies = new double[common.length];
        for (int i = 0; i < common.length; i++) {
            commonValues.copyFrom(sample, sorted[runStarts[common[i]]], i);
            frequencies[i] = (double) count(common[i]) / rows;
        }
        Vector histogram = Vector.of(codec.carrier(), target + 1);
        int parts = histogram(common, histogram);
        return Optional.of(new ColumnStatistics(nullFraction, width, distinct, commonValues, frequencies, histogram, parts, correlation()));
    }

    /** Counts nulls and wide values, collects the rest; the average width. */
    private int widths() {
        long bytes = 0;
        int[] found = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (sample.isNull(row)) {
                nulls++;
                continue;
            }
            int length = sample instanceof BytesVector b ? b.lengths[row] : 0;
            bytes += length + (length < 127 ? 1 : 4);
            if (length > WIDEST) {
                tooWide++;
            } else {
                found[count++] = row;
            }
        }
        sorted = Arrays.copyOf(found, count);
        int fixed = codec.storedWidth();
        return fixed > 0 ? fixed : sample instanceof BytesVector ? (int) (bytes / Math.max(1, rows - nulls)) : 24;
    }

    private void sort(Ordered order) {
        Integer[] boxed = new Integer[sorted.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = sorted[i];
        }
        Arrays.sort(boxed, (a, b) -> order.compare(sample, a, sample, b));
        for (int i = 0; i < boxed.length; i++) {
            sorted[i] = boxed[i];
        }
    }

    private void findRuns(Ordered order) {
        runStarts = new int[sorted.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || order.compare(sample, sorted[i - 1], sample, sorted[i]) != 0) {
                runStarts[runs++] = i;
            }
        }
        runStarts[runs] = sorted.length;
    }

    private int count(int run) {
        return runStarts[run + 1] - runStarts[run];
    }

    private int once() {
        int once = 0;
        for (int i = 0; i < runs; i++) {
            once += count(i) == 1 ? 1 : 0;
        }
        return once;
    }

    /** Distinct values in the whole table, as pg_statistic has them: Haas and Stokes' Duj1 estimator. */
    private double distinct() {
        int once = once() + tooWide;
        double nullFraction = (double) nulls / rows;
        double all = runs + tooWide;
        double found;
        if (once == all) {
            return -(1 - nullFraction);
        }
        if (once == 0 || rows >= tableRows) {
            found = all;
        } else {
            double n = rows - nulls;
            double total = tableRows * (1 - nullFraction);
            double estimated = n * all / (n - once + once * n / total);
            found = Math.floor(Math.clamp(estimated, all, total) + 0.5);
        }
        return found > 0.1 * tableRows ? -found / tableRows : found;
    }

    /** The runs of the most common values, most common first. */
    private int[] common(double distinct) {
        Integer[] byCount = new Integer[runs];
        for (int i = 0; i < runs; i++) {
            byCount[i] = i;
        }
        Arrays.sort(byCount, (a, b) -> count(b) - count(a));
        boolean complete = once() == 0 && tooWide == 0 && runs <= target && distinct > 0;
        int kept = 0;
        if (complete) {
            kept = runs;
        } else {
            double values = distinct < 0 ? -distinct * tableRows : distinct;
            double average = (rows - nulls) / Math.max(1, values);
            double least = Math.max(2, average * ABOVE_AVERAGE);
            while (kept < Math.min(runs, target) && count(byCount[kept]) >= least) {
                kept++;
            }
        }
        int[] chosen = new int[kept];
        for (int i = 0; i < kept; i++) {
            chosen[i] = byCount[i];
        }
        return chosen;
    }

    /** Fills in values that cut what is not common into equal parts; how many. */
    private int histogram(int[] common, Vector out) {
        boolean[] isCommon = new boolean[runs];
        for (int run : common) {
            isCommon[run] = true;
        }
        int[] rest = new int[sorted.length];
        int count = 0;
        int restRuns = 0;
        for (int run = 0; run < runs; run++) {
            if (!isCommon[run]) {
                restRuns++;
                for (int i = runStarts[run]; i < runStarts[run + 1]; i++) {
                    rest[count++] = sorted[i];
                }
            }
        }
        if (restRuns < 2) {
            return 0;
        }
        int cuts = Math.min(target + 1, restRuns);
        for (int i = 0; i < cuts; i++) {
            out.copyFrom(sample, rest[(int) ((long) i * (count - 1) / (cuts - 1))], i);
        }
        return cuts;
    }

    private double correlation() {
        double n = sorted.length;
        if (n < 2) {
            return 0;
        }
        int[] position = new int[rows];
        int next = 0;
        boolean[] present = new boolean[rows];
        for (int row : sorted) {
            present[row] = true;
        }
        for (int row = 0; row < rows; row++) {
            if (present[row]) {
                position[row] = next++;
            }
        }
        double products = 0;
        for (int i = 0; i < sorted.length; i++) {
            products += (double) i * position[sorted[i]];
        }
        double sum = (n - 1) * n / 2;
        double squares = (n - 1) * n * (2 * n - 1) / 6;
        return (n * products - sum * sum) / (n * squares - sum * sum);
    }
}
