package org.gajah.plpgsql;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.gajah.type.RecordValue;

/** The rounds of a loop over rows or over an array's elements. It ends by {@link #finish}, or by {@link #abandon} if something has failed. */
abstract class Iteration {
    private final Activation a;
    private final Target target;
    private boolean any;

    private Iteration(Activation activation, Target target) {
        this.a = activation;
        this.target = target;
    }

    /** What the next round is for; empty if there is none. */
    abstract Optional<Activation.Row> row();

    /** Without a row at all, the target is given this. */
    abstract Optional<Activation.Row> nothing();

    abstract void close();

    abstract void abandon();

    /** The record that generated code takes fields from; asked for before it goes on with the loop. */
    LoopRecord record() {
        throw new IllegalStateException("a loop over elements has no record");
    }

    final boolean hasAny() {
        return any;
    }

    /** Gives the target what the next round is for; false if there is none. */
    boolean next() {
        Optional<Activation.Row> row = row();
        if (row.isPresent()) {
            a.session().checkCancelled();
            if (!any) {
                first(target, row.get());
            }
            any = true;
            give(target, row.get());
            return true;
        }
        if (!any) {
            nothing().ifPresent(nothing -> a.assignRow(target, nothing));
        }
        return false;
    }

    /** Looks at the first row. */
    void first(Target to, Activation.Row row) {
        // nothing to see
    }

    void give(Target to, Activation.Row row) {
        a.assignRow(to, row);
    }

    final void finish() {
        a.setFound(any);
        close();
    }

    /** Over the rows of a query. */
    static Iteration of(Activation activation, Target target, RowReader rows, ExtraChecks extra) {
        activation.countChangingLoops(rows.changes() ? 1 : 0);
        Runnable close = () -> {
            rows.close();
            activation.countChangingLoops(rows.changes() ? -1 : 0);
        };
        return new OfRows(activation, target, rows, close, close) {
            @Override
            void first(Target to, Activation.Row row) {
                extra.requireAsMany(to, row.types().size());
            }
        };
    }

    /** Over the rows of a cursor that has been opened for it; afterwards its variable has its value of before. */
    static Iteration of(Activation activation, Step.ForCursor s, Cursors cursors, Object before) {
        Cursors.Loop loop = cursors.loop(s.cursor());
        return new OfRows(activation, new Target.Whole(s.row()), loop.rows(), () -> {
            loop.end();
            activation.values()[s.cursor().number()] = before;
        }, loop::abandon);
    }

    /** Over elements or slices of this type. */
    static Iteration of(Activation activation, Target target, Iterable<?> elements, int type) {
        return new OfElements(activation, target, elements.iterator(), type);
    }

    private static class OfRows extends Iteration {
        private final Activation a;
        private final Target target;
        private final RowReader rows;
        private Optional<LoopRecord> record = Optional.empty();
        private final Runnable close;
        private final Runnable abandon;

        OfRows(Activation activation, Target target, RowReader rows, Runnable close, Runnable abandon) {
            super(activation, target);
            this.a = activation;
            this.target = target;
            this.rows = rows;
            this.close = close;
            this.abandon = abandon;
        }

        @Override
        LoopRecord record() {
            LoopRecord made = new LoopRecord(a, ((Target.Whole) target).variable(), rows);
            record = Optional.of(made);
            a.add(made);
            if (hasAny()) {
                begin(made);
            }
            return made;
        }

        /** A single column that is a row is no field of the record: it is the record. */
        private void begin(LoopRecord made) {
            if (rows.types().size() != 1 || !a.isRow(rows.types().getFirst())) {
                made.begin();
            }
        }

        @Override
        boolean next() {
            if (record.isPresent() && record.get().hasBegun()) {
                a.session().checkCancelled();
                return record.get().read();
            }
            boolean any = super.next();
            if (any) {
                record.ifPresent(this::begin);
            }
            return any;
        }

        @Override
        Optional<Activation.Row> row() {
            return rows.next();
        }

        @Override
        Optional<Activation.Row> nothing() {
            return Optional.of(rows.nothing());
        }

        @Override
        void close() {
            record.ifPresent(a::remove);
            close.run();
        }

        @Override
        void abandon() {
            record.ifPresent(a::remove);
            abandon.run();
        }
    }

    private static final class OfElements extends Iteration {
        private static final List<String> NAMES = List.of("");

        private final Activation a;
        private final Iterator<?> elements;
        private final List<Integer> types;

        OfElements(Activation activation, Target target, Iterator<?> elements, int type) {
            super(activation, target);
            this.a = activation;
            this.elements = elements;
            this.types = List.of(type);
        }

        @Override
        Optional<Activation.Row> row() {
            return elements.hasNext() ? Optional.of(new Activation.Row(NAMES, types, new Object[] {elements.next()})) : Optional.empty();
        }

        /** A row among the elements is taken apart for several targets. */
        @Override
        void give(Target to, Activation.Row row) {
            Object element = row.values()[0];
            if (to instanceof Target.Whole w) {
                a.assign(w.variable(), element, types.getFirst());
            } else if (element instanceof RecordValue record && to instanceof Target.Several) {
                a.assignRow(to, new Activation.Row(record.fieldNames(), record.fieldTypes(), record.fields()));
            } else {
                a.assignRow(to, row);
            }
        }

        @Override
        Optional<Activation.Row> nothing() {
            return Optional.empty();
        }

        @Override
        void close() {
            // it holds nothing
        }

        @Override
        void abandon() {
            // it holds nothing
        }
    }
}
