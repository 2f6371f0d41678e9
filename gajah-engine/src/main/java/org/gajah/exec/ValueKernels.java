package org.gajah.exec;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Kernels that compute nothing: columns, constants, parameters, slots, and values that a kernel around them holds. */
final class ValueKernels {
    private ValueKernels() {
    }

    /** A column of the input. */
    static final class Column extends Kernel {
        private final int column;

        Column(Carrier carrier, int column) {
            super(carrier);
            this.column = column;
        }

        int column() {
            return column;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            return in.column(column);
        }
    }

    /** The value that a kernel around this one is working on. */
    static final class Held extends Kernel {
        private Vector held;

        Held(Carrier carrier) {
            super(carrier);
        }

        void hold(Vector vector) {
            held = vector;
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            return held;
        }
    }

    /** One value for all rows; the vector is filled as far as anybody asked and kept until the value changes. */
    abstract static class Broadcast extends Kernel {
        private Vector filled;
        private int filledTo;
        private long filledVersion = -1;

        Broadcast(Carrier carrier) {
            super(carrier);
        }

        /** The value, boxed. */
        abstract Object value();

        /** A number that changes whenever the value may have changed. */
        abstract long version();

        @Override
        final Vector eval(Batch in, Selection rows) {
            int capacity = in.selection().rows.length;
            long version = version();
            if (filled == null || filled.capacity() < capacity || version != filledVersion) {
                filled = result(in);
                filledTo = 0;
                filledVersion = version;
            }
            int need = rows.count() == 0 ? 0 : rows.rows[rows.count() - 1] + 1;
            if (need > filledTo) {
                Vectors.fill(filled, filledTo, need, value());
                filledTo = need;
            }
            return filled;
        }
    }

    /** A constant. */
    static final class Constant extends Broadcast {
        private final Object value;

        Constant(Carrier carrier, Object value) {
            super(carrier);
            this.value = value;
        }

        @Override
        Object value() {
            return value;
        }

        @Override
        long version() {
            return 0;
        }
    }

    /** $n. */
    static final class Parameter extends Broadcast {
        private final Frame frame;
        private final int number;

        Parameter(Carrier carrier, Frame frame, int number) {
            super(carrier);
            this.frame = frame;
            this.number = number;
        }

        @Override
        Object value() {
            return frame.parameter(number);
        }

        @Override
        long version() {
            return frame.run();
        }
    }

    /** A slot that another operator sets. */
    static final class Slot extends Broadcast {
        private final Frame frame;
        private final int slot;

        Slot(Carrier carrier, Frame frame, int slot) {
            super(carrier);
            this.frame = frame;
            this.slot = slot;
        }

        @Override
        Object value() {
            return frame.slot(slot);
        }

        @Override
        long version() {
            return frame.slotVersion(slot);
        }
    }

    /** A value computed row by row from boxed ones: for kernels that are rare. */
    @FunctionalInterface
    interface RowFunction {
        /** The boxed result, or null. */
        Object apply(Object[] values);
    }

    /** A {@link RowFunction} over some argument kernels; nulls are handed over. */
    static final class ByRow extends Kernel {
        private final Kernel[] args;
        private final RowFunction function;
        private final Vector[] values;
        private final Object[] row;

        ByRow(Carrier carrier, Kernel[] args, RowFunction function) {
            super(carrier);
            this.args = args;
            this.function = function;
            this.values = new Vector[args.length];
            this.row = new Object[args.length];
        }

        @Override
        Vector eval(Batch in, Selection rows) {
            for (int i = 0; i < args.length; i++) {
                values[i] = args[i].eval(in, rows);
            }
            Vector out = result(in);
            for (int i = 0; i < rows.count(); i++) {
                int at = rows.rows[i];
                for (int k = 0; k < args.length; k++) {
                    row[k] = values[k].get(at);
                }
                Vectors.point(out, at, function.apply(row));
            }
            return out;
        }
    }
}
