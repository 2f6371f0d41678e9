package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** Operators of a few lines: Result, ValuesScan, Filter, Gate, Project, Append. */
final class SimpleOperators {
    private SimpleOperators() {
    }

    /** Whether a condition without input is true; no condition is. */
    static boolean holds(Optional<Kernel> condition) {
        if (condition.isEmpty()) {
            return true;
        }
        Batch row = Vectors.oneRow();
        Selection kept = new Selection(1);
        condition.get().select(row, row.selection(), kept);
        return kept.count() > 0;
    }

    /** One row of expressions. */
    static final class Result extends Operator {
        private final Kernel[] kernels;
        private final Optional<Kernel> filter;
        private final Batch input = Vectors.oneRow();
        private final Batch out;
        private boolean done;

        Result(Kernel[] kernels, Optional<Kernel> filter) {
            this.kernels = kernels;
            this.filter = filter;
            this.out = new Batch(new Vector[kernels.length], 1);
        }

        @Override
        void start() {
            done = false;
        }

        @Override
        Batch produce(int max) {
            if (done || !holds(filter)) {
                return end(out);
            }
            done = true;
            for (int i = 0; i < kernels.length; i++) {
                out.setColumn(i, kernels[i].eval(input, input.selection()));
            }
            out.selection().all(1);
            return out;
        }

        @Override
        public void close() {
            done = true;
        }
    }

    /** Rows of expressions. */
    static final class Values extends Operator {
        private final List<Kernel[]> rows;
        private final Optional<Kernel> filter;
        private final Batch input = Vectors.oneRow();
        private final Batch out;
        private int position;

        Values(List<Kernel[]> rows, List<Carrier> carriers, Optional<Kernel> filter) {
            this.rows = rows;
            this.filter = filter;
            this.out = Batch.of(carriers, Math.clamp(rows.size(), 1, BatchSize.MAX));
        }

        @Override
        void start() {
            position = 0;
        }

        @Override
        Batch produce(int max) {
            do {
                out.reset();
                int count = Math.min(Math.min(max, out.selection().rows.length), rows.size() - position);
                for (int i = 0; i < count; i++) {
                    Kernel[] row = rows.get(position + i);
                    for (int c = 0; c < row.length; c++) {
                        Vectors.share(row[c].eval(input, input.selection()), 0, out.column(c), i);
                    }
                }
                position += count;
                out.selection().all(count);
                filter.ifPresent(kernel -> kernel.select(out, out.selection(), out.selection()));
            } while (out.count() == 0 && position < rows.size());
            return out;
        }

        @Override
        public void close() {
            position = rows.size();
        }
    }

    /** The child's rows for which a condition is true. */
    static final class Filter extends Operator {
        private final Operator child;
        private final Kernel condition;
        private final Frame frame;

        Filter(Operator child, Kernel condition, Frame frame) {
            this.child = child;
            this.condition = condition;
            this.frame = frame;
        }

        @Override
        void start() {
            child.open();
        }

        @Override
        Batch produce(int max) {
            while (true) {
                Batch batch = child.next(max);
                int before = batch.count();
                if (before == 0) {
                    return batch;
                }
                condition.select(batch, batch.selection(), batch.selection());
                statistics().removedByFilter += before - batch.count();
                if (batch.count() > 0) {
                    return batch;
                }
                frame.checkCancelled();
            }
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /** The child's rows, or none if a condition without input is not true. */
    static final class Gate extends Operator {
        private final Operator child;
        private final Kernel condition;
        private final Batch nothing = new Batch(new Vector[0], 1);
        private boolean passes;

        Gate(Operator child, Kernel condition) {
            this.child = child;
            this.condition = condition;
        }

        @Override
        void start() {
            passes = holds(Optional.of(condition));
            if (passes) {
                child.open();
            }
        }

        @Override
        Batch produce(int max) {
            return passes ? child.next(max) : nothing;
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /** One expression a column. */
    static final class Project extends Operator {
        private final Operator child;
        private final Kernel[] kernels;
        private Batch out = new Batch(new Vector[0], 1);

        Project(Operator child, Kernel[] kernels) {
            this.child = child;
            this.kernels = kernels;
        }

        @Override
        void start() {
            child.open();
        }

        @Override
        Batch produce(int max) {
            Batch batch = child.next(max);
            Selection rows = batch.selection();
            if (out.columnCount() != kernels.length || out.selection().rows.length < rows.rows.length) {
                out = new Batch(new Vector[kernels.length], rows.rows.length);
            }
            if (rows.count() > 0) {
                for (int i = 0; i < kernels.length; i++) {
                    out.setColumn(i, kernels[i].eval(batch, rows));
                }
            }
            out.selection().copyFrom(rows);
            return out;
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /** The children's rows one after the other. */
    static final class Append extends Operator {
        private final List<Operator> children;
        private int current;

        Append(List<Operator> children) {
            this.children = children;
        }

        @Override
        void start() {
            current = 0;
            if (!children.isEmpty()) {
                children.getFirst().open();
            }
        }

        @Override
        Batch produce(int max) {
            while (current < children.size()) {
                Batch batch = children.get(current).next(max);
                if (batch.count() > 0) {
                    return batch;
                }
                children.get(current).close();
                if (++current < children.size()) {
                    children.get(current).open();
                }
            }
            return Vectors.nothing();
        }

        @Override
        public void close() {
            children.forEach(Operator::close);
        }
    }
}
