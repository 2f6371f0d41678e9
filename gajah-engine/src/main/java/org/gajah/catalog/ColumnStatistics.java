package org.gajah.catalog;

import org.gajah.vector.Vector;

/**
 * A row of pg_statistic: what a sample of a column's values looked like.
 *
 * @param nullFraction the share of nulls
 * @param width        average bytes of a value that is not null
 * @param distinct     distinct values if positive; if negative, minus their share of the rows; 0 is unknown
 * @param common       the most common values, {@code frequencies} their shares of all rows, largest first
 * @param histogram    values that cut what is neither null nor common into parts of equal size; empty or at least two
 * @param histogramSize how many values the histogram has
 * @param correlation  of the order of values with the order of rows, -1 to 1
 */
public record ColumnStatistics(double nullFraction, int width, double distinct, Vector common, double[] frequencies, Vector histogram,
        int histogramSize, double correlation) {
    /** The share of rows whose value is among the common ones. */
    public double commonShare() {
        double sum = 0;
        for (double f : frequencies) {
            sum += f;
        }
        return sum;
    }

    /** How many distinct values there are in so many rows. */
    public double distinctIn(double rows) {
        return Math.max(1, distinct < 0 ? -distinct * rows : distinct == 0 ? Math.min(200, rows) : Math.min(distinct, rows));
    }
}
