package org.gajah.exec;

import java.util.List;

import org.gajah.type.Ordered;
import org.gajah.type.RecordValue;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Row values: made, taken apart, compared. */
final class RowKernels {
    private RowKernels() {
    }

    /** A row value of these fields. */
    static ValueKernels.RowFunction literal(int type, List<Integer> fieldTypes, List<String> names) {
        return values -> new RecordValue(type, fieldTypes, names, values.clone());
    }

    /** Field {@code number}, from 1, of a row value. */
    static ValueKernels.RowFunction field(int number) {
        return values -> values[0] == null ? null : ((RecordValue) values[0]).fields()[number - 1];
    }

    /** A row value (the first argument, or all null) with fields replaced by the other arguments. */
    static ValueKernels.RowFunction store(int type, List<Integer> fieldTypes, List<String> names, List<Integer> numbers) {
        return values -> {
            Object[] fields = values[0] == null ? new Object[fieldTypes.size()] : ((RecordValue) values[0]).fields().clone();
            for (int i = 0; i < numbers.size(); i++) {
                fields[numbers.get(i) - 1] = values[i + 1];
            }
            return new RecordValue(type, fieldTypes, names, fields);
        };
    }

    /** {@code (a, b) < (c, d)}: the first pair that differs decides; a null before that makes the answer null. */
    static final class Comparison extends Kernel {
        private final int strategy;
        private final Kernel[] left;
        private final Kernel[] right;
        private final Ordered[] orders;

        Comparison(int strategy, Kernel[] left, Kernel[] right, Ordered[] orders) {
            super(Carrier.BOOL);
            this.strategy = strategy;
            this.left = left;
            this.right = right;
            this.orders = orders;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector[] a = new Vector[left.length];
            Vector[] b = new Vector[left.length];
            for (int k = 0; k < left.length; k++) {
                a[k] = left[k].eval(in, rows);
                b[k] = right[k].eval(in, rows);
            }
            BoolVector out = boolResult(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                Vectors.point(out, row, compare(a, b, row));
            }
            return out;
        }

        private Boolean compare(Vector[] a, Vector[] b, int row) {
            int compared = 0;
            for (int k = 0; k < a.length && compared == 0; k++) {
                if (a[k].isNull(row) || b[k].isNull(row)) {
                    return null;
                }
                compared = orders[k].compare(a[k], row, b[k], row);
            }
            return switch (strategy) {
                case 1 -> compared < 0;
                case 2 -> compared <= 0;
                case 3 -> compared == 0;
                case 4 -> compared >= 0;
                case 5 -> compared > 0;
                default -> compared != 0;
            };
        }
    }
}
