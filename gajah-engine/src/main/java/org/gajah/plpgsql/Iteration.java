package org.gajah.plpgsql;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

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

    /** Gives the target what the next round is for; false if there is none. */
    final boolean next() {
        Optional<Activation.Row> row = row();
        if (row.isPresent()) {
            a.session().checkCancelled();
            any = true;
            a.assignRow(target, row.get());
            return true;
        }
        if (!any) {
            nothing().ifPresent(nothing -> a.assignRow(target, nothing));
        }
        return false;
    }

    final void finish() {
        a.setFound(any);
        close();
    }

    /** Over the rows of a query. */
    static Iteration of(Activation activation, Target target, RowReader rows) {
        return new OfRows(activation, target, rows, rows::close, rows::close);
    }

    /** Over the rows of a cursor that has been opened for it. */
    static Iteration of(Activation activation, Step.ForCursor s, Cursors cursors) {
        return new OfRows(activation, new Target.Whole(s.row()), cursors.reader(s.cursor()), () -> cursors.close(s.cursor()), () -> { });
    }

    /** Over elements or slices of this type. */
    static Iteration of(Activation activation, Target target, Iterable<?> elements, int type) {
        return new OfElements(activation, target, elements.iterator(), type);
    }

    private static final class OfRows extends Iteration {
        private final RowReader rows;
        private final Runnable close;
        private final Runnable abandon;

        OfRows(Activation activation, Target target, RowReader rows, Runnable close, Runnable abandon) {
            super(activation, target);
            this.rows = rows;
            this.close = close;
            this.abandon = abandon;
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
            close.run();
        }

        @Override
        void abandon() {
            abandon.run();
        }
    }

    private static final class OfElements extends Iteration {
        private static final List<String> NAMES = List.of("");

        private final Iterator<?> elements;
        private final List<Integer> types;

        OfElements(Activation activation, Target target, Iterator<?> elements, int type) {
            super(activation, target);
            this.elements = elements;
            this.types = List.of(type);
        }

        @Override
        Optional<Activation.Row> row() {
            return elements.hasNext() ? Optional.of(new Activation.Row(NAMES, types, new Object[] {elements.next()})) : Optional.empty();
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
