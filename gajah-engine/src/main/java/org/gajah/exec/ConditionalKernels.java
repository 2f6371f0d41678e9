package org.gajah.exec;

import java.util.Optional;

import org.gajah.type.Ordered;
import org.gajah.vector.Batch;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** CASE, COALESCE, NULLIF, IS DISTINCT FROM, GREATEST and LEAST. */
final class ConditionalKernels {
    private ConditionalKernels() {
    }

    /** CASE: each row's result is evaluated only where its condition is the first that is true. */
    static final class Case extends Kernel {
        private final Optional<Kernel> subject;
        private final ValueKernels.Held held;
        private final Kernel[] conditions;
        private final Kernel[] results;
        private Selection open = new Selection(1);
        private Selection taken = new Selection(1);

        /** {@code results} has one more than {@code conditions}: ELSE. */
        Case(Carrier carrier, Optional<Kernel> subject, ValueKernels.Held held, Kernel[] conditions, Kernel[] results) {
            super(carrier);
            this.subject = subject;
            this.held = held;
            this.conditions = conditions;
            this.results = results;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector out = result(in);
            open = scratch(open, in);
            taken = scratch(taken, in);
            open.copyFrom(rows);
            subject.ifPresent(kernel -> held.hold(kernel.eval(in, rows)));
            for (int i = 0; i < conditions.length && open.count() > 0; i++) {
                conditions[i].select(in, open, taken);
                if (taken.count() > 0) {
                    Vectors.shareAll(results[i].eval(in, taken), taken, out);
                    subtract(open, taken);
                }
            }
            if (open.count() > 0) {
                Vectors.shareAll(results[conditions.length].eval(in, open), open, out);
            }
            return out;
        }

        private static void subtract(Selection from, Selection what) {
            int kept = 0;
            int next = 0;
            for (int i = 0; i < from.count(); i++) {
                int row = from.rows[i];
                if (next < what.count() && what.rows[next] == row) {
                    next++;
                } else {
                    from.rows[kept++] = row;
                }
            }
            from.setCount(kept);
        }
    }

    /** COALESCE: later arguments only where the earlier are null. */
    static final class Coalesce extends Kernel {
        private final Kernel[] args;
        private Selection open = new Selection(1);

        Coalesce(Carrier carrier, Kernel[] args) {
            super(carrier);
            this.args = args;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector out = result(in);
            open = scratch(open, in);
            open.copyFrom(rows);
            for (Kernel arg : args) {
                if (open.count() == 0) {
                    return out;
                }
                Vector value = arg.eval(in, open);
                int kept = 0;
                for (int i = 0; i < open.count(); i++) {
                    int row = open.rows[i];
                    if (value.isNull(row)) {
                        open.rows[kept++] = row;
                    } else {
                        Vectors.share(value, row, out, row);
                    }
                }
                open.setCount(kept);
            }
            for (int i = 0; i < open.count(); i++) {
                out.setNull(open.rows[i]);
            }
            return out;
        }
    }

    /** Two arguments and their equality, evaluated where neither is null. */
    private abstract static class Comparing extends Kernel {
        private final Kernel left;
        private final Kernel right;
        private final CallKernel.Invocation equality;
        private Selection both = new Selection(1);
        private BoolVector equal = new BoolVector(1);
        private final Vector[] values = new Vector[2];

        Comparing(Carrier carrier, Kernel left, Kernel right, CallKernel.Invocation equality) {
            super(carrier);
            this.left = left;
            this.right = right;
            this.equality = equality;
        }

        @Override
        final Vector eval(Batch in, Selection rows) {
            values[0] = left.eval(in, rows);
            values[1] = right.eval(in, rows);
            both = scratch(both, in);
            both.clear();
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                if (!values[0].isNull(row) && !values[1].isNull(row)) {
                    both.add(row);
                }
            }
            if (equal.capacity() < both.rows.length) {
                equal = new BoolVector(both.rows.length);
            }
            equal.reset();
            equality.run(values, equal, both);
            Vector out = result(in);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                boolean nullLeft = values[0].isNull(row);
                boolean nullRight = values[1].isNull(row);
                boolean same = !nullLeft && !nullRight && !equal.isNull(row) && equal.values[row];
                decide(out, row, values[0], same, nullLeft, nullRight);
            }
            return out;
        }

        abstract void decide(Vector out, int row, Vector left, boolean same, boolean nullLeft, boolean nullRight);
    }

    /** IS DISTINCT FROM. */
    static final class DistinctFrom extends Comparing {
        DistinctFrom(Kernel left, Kernel right, CallKernel.Invocation equality) {
            super(Carrier.BOOL, left, right, equality);
        }

        @Override
        void decide(Vector out, int row, Vector left, boolean same, boolean nullLeft, boolean nullRight) {
            ((BoolVector) out).put(row, nullLeft || nullRight ? nullLeft != nullRight : !same);
        }
    }

    /** NULLIF. */
    static final class NullIf extends Comparing {
        NullIf(Kernel left, Kernel right, CallKernel.Invocation equality) {
            super(left.carrier(), left, right, equality);
        }

        @Override
        void decide(Vector out, int row, Vector left, boolean same, boolean nullLeft, boolean nullRight) {
            if (same || nullLeft) {
                out.setNull(row);
            } else {
                Vectors.share(left, row, out, row);
            }
        }
    }

    /** GREATEST, or LEAST: nulls don't count. */
    static final class MinMax extends Kernel {
        private final boolean greatest;
        private final Kernel[] args;
        private final Ordered order;

        MinMax(Carrier carrier, boolean greatest, Kernel[] args, Ordered order) {
            super(carrier);
            this.greatest = greatest;
            this.args = args;
            this.order = order;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            Vector out = result(in);
            for (int i = 0; i < rows.count(); i++) {
                out.setNull(rows.rows[i]);
            }
            for (Kernel arg : args) {
                Vector value = arg.eval(in, rows);
                for (int i = 0; i < rows.count(); i++) {
                    int row = rows.rows[i];
                    if (!value.isNull(row) && (out.isNull(row) || better(value, out, row))) {
                        Vectors.share(value, row, out, row);
                    }
                }
            }
            return out;
        }

        private boolean better(Vector value, Vector best, int row) {
            int compared = order.compare(value, row, best, row);
            return greatest ? compared > 0 : compared < 0;
        }
    }
}
