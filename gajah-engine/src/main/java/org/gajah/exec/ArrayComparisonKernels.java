package org.gajah.exec;

import org.gajah.type.ArrayValue;
import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.ObjectVector;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** {@code scalar op ANY (array)} and ALL: row by row in general, element by element or by hash if the array is constant. */
final class ArrayComparisonKernels {
    private ArrayComparisonKernels() {
    }

    /** Any array. */
    static final class General extends Kernel {
        private final Kernel scalar;
        private final Kernel array;
        private final CallKernel.Invocation comparison;
        private final boolean any;
        private final Vector[] pair = new Vector[2];
        private final BoolVector verdicts = new BoolVector(Batch.MAX_ROWS);
        private final Selection elements = new Selection(Batch.MAX_ROWS);

        General(Kernel scalar, Kernel array, Carrier elementCarrier, CallKernel.Invocation comparison, boolean any) {
            super(Carrier.BOOL);
            this.scalar = scalar;
            this.array = array;
            this.comparison = comparison;
            this.any = any;
            pair[0] = Vector.of(scalar.carrier(), Batch.MAX_ROWS);
            pair[1] = Vector.of(elementCarrier, Batch.MAX_ROWS);
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector left = scalar.eval(in, rows);
            ObjectVector arrays = (ObjectVector) array.eval(in, rows);
            BoolVector out = boolResult(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (arrays.isNull(row)) {
                    out.setNull(row);
                } else {
                    Vectors.point(out, row, compare(left, row, (ArrayValue) arrays.values[row]));
                }
            }
            return out;
        }

        private Boolean compare(Vector left, int row, ArrayValue value) {
            int count = value.count();
            boolean sawNull = false;
            for (int from = 0; from < count; from += Batch.MAX_ROWS) {
                int chunk = Math.min(Batch.MAX_ROWS, count - from);
                pair[0].reset();
                pair[1].reset();
                verdicts.reset();
                for (int k = 0; k < chunk; k++) {
                    Vectors.share(left, row, pair[0], k);
                    Vectors.share(value.elements(), from + k, pair[1], k);
                }
                elements.all(chunk);
                comparison.run(pair, verdicts, elements);
                for (int k = 0; k < chunk; k++) {
                    if (verdicts.isNull(k)) {
                        sawNull = true;
                    } else if (verdicts.values[k] == any) {
                        return any;
                    }
                }
            }
            return sawNull ? null : (Boolean) !any;
        }
    }

    /** A constant array of few elements: one loop over the batch for each element, narrowing. */
    static final class Constant extends Kernel {
        private final Kernel scalar;
        private final Kernel[] elements;
        private final CallKernel.Invocation comparison;
        private final boolean any;
        private final Vector[] pair = new Vector[2];
        private Selection open = new Selection(1);
        private BoolVector verdicts = new BoolVector(1);

        Constant(Kernel scalar, Kernel[] elements, CallKernel.Invocation comparison, boolean any) {
            super(Carrier.BOOL);
            this.scalar = scalar;
            this.elements = elements;
            this.comparison = comparison;
            this.any = any;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            pair[0] = scalar.eval(in, rows);
            BoolVector out = boolResult(in);
            open = scratch(open, in);
            open.copyFrom(rows);
            if (verdicts.capacity() < open.rows.length) {
                verdicts = new BoolVector(open.rows.length);
            }
            for (int i = 0; i < rows.count(); i++) {
                out.values[rows.rows[i]] = !any;
            }
            for (int k = 0; k < elements.length && open.count() > 0; k++) {
                pair[1] = elements[k].eval(in, open);
                verdicts.reset();
                comparison.run(pair, verdicts, open);
                int kept = 0;
                for (int i = 0; i < open.count(); i++) {
                    int row = open.rows[i];
                    if (verdicts.isNull(row)) {
                        out.setNull(row);
                        open.rows[kept++] = row;
                    } else if (verdicts.values[row] == any) {
                        out.put(row, any);
                    } else {
                        open.rows[kept++] = row;
                    }
                }
                open.setCount(kept);
            }
            return out;
        }
    }

    /** {@code scalar = ANY (constant array)} of many elements of the scalar's type. */
    static final class Hashed extends Kernel {
        private final Kernel scalar;
        private final Ordered order;
        private final Vector elements;
        private final int[] table;
        private final boolean hasNull;

        Hashed(Kernel scalar, Ordered order, ArrayValue array) {
            super(Carrier.BOOL);
            this.scalar = scalar;
            this.order = order;
            this.elements = array.elements();
            int count = array.count();
            this.table = new int[Integer.highestOneBit(Math.max(1, count)) * 4];
            boolean sawNull = false;
            for (int i = 0; i < count; i++) {
                if (elements.isNull(i)) {
                    sawNull = true;
                } else {
                    insert(i);
                }
            }
            this.hasNull = sawNull;
        }

        private void insert(int element) {
            int at = (int) order.hash(elements, element) & table.length - 1;
            while (table[at] != 0) {
                at = at + 1 & table.length - 1;
            }
            table[at] = element + 1;
        }

        private boolean contains(Vector value, int row) {
            int at = (int) order.hash(value, row) & table.length - 1;
            while (table[at] != 0) {
                if (order.compare(value, row, elements, table[at] - 1) == 0) {
                    return true;
                }
                at = at + 1 & table.length - 1;
            }
            return false;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector value = scalar.eval(in, rows);
            BoolVector out = boolResult(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (value.isNull(row)) {
                    out.setNull(row);
                } else if (contains(value, row)) {
                    out.put(row, true);
                } else if (hasNull) {
                    out.setNull(row);
                } else {
                    out.put(row, false);
                }
            }
            return out;
        }
    }
}
