package org.gajah.exec;

import java.util.List;
import java.util.Optional;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** Rows that are kept: WITH queries, Materialize, work tables and the recursive union that fills them. */
final class StoredOperators {
    private StoredOperators() {
    }

    /** Where stored rows come from. */
    @FunctionalInterface
    private interface Source {
        /** The rows, at least up to number {@code upTo} if there are so many. */
        RowStore rows(int upTo);
    }

    private static final class Reader extends Operator {
        private final Source source;
        private final Optional<Kernel> filter;
        private final Batch out;
        private int position;

        Reader(Source source, int columns, Optional<Kernel> filter) {
            this.source = source;
            this.filter = filter;
            this.out = new Batch(new Vector[columns], Batch.MAX_ROWS);
        }

        @Override
        void start() {
            position = 0;
        }

        @Override
        Batch produce(int max) {
            while (true) {
                int count = source.rows(position).view(position, max, out);
                position += count;
                if (count > 0) {
                    filter.ifPresent(kernel -> kernel.select(out, out.selection(), out.selection()));
                }
                if (out.count() > 0 || count == 0) {
                    return out;
                }
            }
        }

        @Override
        public void close() {
            position = 0;
        }
    }

    /** The rows of a WITH query; {@code plan} is its subplan. */
    static Operator cteScan(Frame frame, int plan, int columns, Optional<Kernel> filter) {
        return new Reader(upTo -> frame.subPlans().get(plan).rows(upTo), columns, filter);
    }

    /** The rows of a recursive query's last round. */
    static Operator workTableScan(Frame frame, int workTable, int columns, Optional<Kernel> filter) {
        return new Reader(upTo -> frame.workTable(workTable), columns, filter);
    }

    /** The old or new rows that a trigger has given a name. */
    static Operator transitionScan(Frame frame, String name, int columns) {
        return new Reader(upTo -> frame.context().session().transitionTable(name).rows(), columns, Optional.empty());
    }

    /** The rows of a child that is run only when what it depends on has changed. */
    static Operator materialize(SubPlan child, int columns) {
        Operator reader = new Reader(child::rows, columns, Optional.empty());
        return new Operator() {
            @Override
            void start() {
                reader.open();
            }

            @Override
            Batch produce(int max) {
                return reader.next(max);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /** WITH RECURSIVE. */
    static final class RecursiveUnion extends Operator {
        private final Operator first;
        private final Operator again;
        private final Frame frame;
        private final int workTable;
        private final Optional<KeyTable> seen;
        private final Vector[] values;
        private final WorkMemory seenMemory;
        private Operator current;
        private RowStore found;
        private RowStore before;

        RecursiveUnion(Operator first, Operator again, Frame frame, int workTable, Optional<KeyTable> seen, List<Carrier> carriers) {
            this.first = first;
            this.again = again;
            this.frame = frame;
            this.workTable = workTable;
            this.seen = seen;
            this.values = new Vector[carriers.size()];
            this.current = first;
            this.found = new RowStore(carriers, new WorkMemory(frame, false));
            this.before = new RowStore(carriers, new WorkMemory(frame, false));
            this.seenMemory = new WorkMemory(frame, true);
        }

        @Override
        void start() {
            seen.ifPresent(KeyTable::clear);
            seenMemory.begin();
            found.begin();
            before.begin();
            current = first;
            first.open();
        }

        @Override
        Batch produce(int max) {
            while (true) {
                frame.checkCancelled();
                Batch batch = current.next(max);
                if (batch.count() == 0) {
                    current.close();
                    if (found.size() == 0) {
                        return batch;
                    }
                    frame.setWorkTable(workTable, found);
                    RowStore read = found;
                    found = before;
                    before = read;
                    found.begin();
                    current = again;
                    again.open();
                    continue;
                }
                if (seen.isPresent()) {
                    for (int c = 0; c < values.length; c++) {
                        values[c] = batch.column(c);
                    }
                    DistinctOperators.keepNew(seen.get(), values, batch.selection());
                    seenMemory.require(seen.get().bytes());
                }
                found.append(batch);
                if (batch.count() > 0) {
                    return batch;
                }
            }
        }

        @Override
        public void close() {
            first.close();
            again.close();
            found.close();
            before.close();
            seen.ifPresent(KeyTable::clear);
            seenMemory.close();
        }
    }
}
