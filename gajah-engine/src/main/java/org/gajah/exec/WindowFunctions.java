package org.gajah.exec;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.vector.Batch;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** PostgreSQL's window functions, by pg_proc.prosrc; and aggregates over frames. */
final class WindowFunctions {
    private WindowFunctions() {
    }

    abstract static class OverPartition implements WindowFunction {
        private Partition partition;

        @Override
        public void partition(Partition partition) {
            this.partition = partition;
        }

        final int size() {
            return partition.size();
        }

        final WindowFrame frame() {
            return partition.frame();
        }

        final boolean isNull(int row, int column) {
            int at = partition.first() + row;
            return partition.rows().vector(at, column).isNull(partition.rows().place(at));
        }

        final Object get(int row, int column) {
            return partition.rows().get(partition.first() + row, column);
        }

        final void copy(int row, int column, Vector out, int target) {
            int at = partition.first() + row;
            out.copyFrom(partition.rows().vector(at, column), partition.rows().place(at), target);
        }
    }

    /** A function that is not an aggregate; {@code args} are the store's columns of its arguments. */
    static WindowFunction of(String source, int[] args) {
        return switch (source) {
            case "window_row_number" -> ranking((f, row, size) -> (Object) (row + 1L));
            case "window_rank" -> ranking((f, row, size) -> f.groupStart(row) + 1L);
            case "window_dense_rank" -> ranking((f, row, size) -> f.groupOf(row) + 1L);
            case "window_percent_rank" -> ranking((f, row, size) -> size <= 1 ? 0.0 : (double) f.groupStart(row) / (size - 1));
            case "window_cume_dist" -> ranking((f, row, size) -> (double) f.groupEnd(row) / size);
            case "window_ntile" -> new Ntile(args[0]);
            case "window_lag", "window_lag_with_offset", "window_lag_with_offset_and_default" -> new Offset(args, -1);
            case "window_lead", "window_lead_with_offset", "window_lead_with_offset_and_default" -> new Offset(args, 1);
            case "window_first_value" -> new InFrame(args, (f, row, n) -> f.from(), false);
            case "window_last_value" -> new InFrame(args, (f, row, n) -> f.to() - 1, false);
            case "window_nth_value" -> new InFrame(args, (f, row, n) -> f.from(), true);
            default -> throw SqlError.notSupported("function \"" + source + "\" is not implemented yet");
        };
    }

    @FunctionalInterface
    private interface Rank {
        Object of(WindowFrame frame, int row, int size);
    }

    private static WindowFunction ranking(Rank rank) {
        return new OverPartition() {
            @Override
            public void value(int row, Vector out, int target) {
                out.set(target, rank.of(frame(), row, size()));
            }
        };
    }

    private static final class Ntile extends OverPartition {
        private final int buckets;

        Ntile(int buckets) {
            this.buckets = buckets;
        }

        @Override
        public void value(int row, Vector out, int target) {
            Object given = get(0, buckets);
            if (given == null) {
                out.setNull(target);
                return;
            }
            int count = (Integer) given;
            if (count <= 0) {
                throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_NTILE_FUNCTION, "argument of ntile must be greater than zero");
            }
            int each = size() / count;
            int larger = size() % count;
            int border = larger * (each + 1);
            out.set(target, row < border ? row / (each + 1) + 1 : larger + (row - border) / Math.max(1, each) + 1);
        }
    }

    /** lag and lead. */
    private static final class Offset extends OverPartition {
        private final int[] args;
        private final int direction;

        Offset(int[] args, int direction) {
            this.args = args;
            this.direction = direction;
        }

        @Override
        public void value(int row, Vector out, int target) {
            Object offset = args.length > 1 ? get(row, args[1]) : (Object) 1;
            if (offset == null) {
                out.setNull(target);
                return;
            }
            long at = row + (long) direction * (Integer) offset;
            if (at >= 0 && at < size()) {
                copy((int) at, args[0], out, target);
            } else if (args.length > 2) {
                copy(row, args[2], out, target);
            } else {
                out.setNull(target);
            }
        }
    }

    @FunctionalInterface
    private interface Place {
        int in(WindowFrame frame, int row, int count);
    }

    /** first_value, last_value and nth_value. */
    private static final class InFrame extends OverPartition {
        private final int[] args;
        private final Place place;
        private final boolean nth;

        InFrame(int[] args, Place place, boolean nth) {
            this.args = args;
            this.place = place;
            this.nth = nth;
        }

        @Override
        public void value(int row, Vector out, int target) {
            WindowFrame frame = frame();
            int step = 1;
            long wanted = 1;
            if (nth) {
                Object n = get(row, args[1]);
                if (n == null) {
                    out.setNull(target);
                    return;
                }
                wanted = (Integer) n;
                if (wanted <= 0) {
                    throw new SqlError(SqlState.INVALID_ARGUMENT_FOR_NTH_VALUE_FUNCTION, "argument of nth_value must be greater than zero");
                }
            }
            int at = place.in(frame, row, size());
            if (at == frame.to() - 1 && !nth) {
                step = at == frame.from() ? 1 : -1;
            }
            for (; at >= frame.from() && at < frame.to(); at += step) {
                if (frame.contains(at, row) && --wanted == 0) {
                    copy(at, args[0], out, target);
                    return;
                }
            }
            out.setNull(target);
        }
    }

    /** An aggregate over each row's frame; a frame that only grows is continued, any other one is aggregated anew. */
    static final class Aggregate extends OverPartition {
        private final AggregateFunction function;
        private final AggregateState state;
        private final Batch chunk;
        private final int[] args;
        private final Optional<Integer> filter;
        private final int[] groups = new int[Batch.MAX_ROWS];
        private int doneFrom;
        private int doneTo;

        /** {@code filter} is the store's column that says which rows count. */
        Aggregate(AggregateFunction function, int[] args, Optional<Integer> filter, java.util.List<org.gajah.vector.Carrier> argCarriers) {
            this.function = function;
            this.state = new AggregateState(function);
            this.args = args;
            this.filter = filter;
            this.chunk = Batch.of(argCarriers, Batch.MAX_ROWS);
        }

        @Override
        public void partition(Partition partition) {
            super.partition(partition);
            restart(0);
        }

        private void restart(int from) {
            state.begin();
            state.grow(1);
            doneFrom = from;
            doneTo = from;
        }

        @Override
        public void value(int row, Vector out, int target) {
            WindowFrame frame = frame();
            if (frame.from() != doneFrom || frame.to() < doneTo || frame.excludes()) {
                restart(frame.from());
            }
            while (doneTo < frame.to()) {
                chunk.reset();
                Selection rows = chunk.selection();
                int until = Math.min(frame.to(), doneTo + Batch.MAX_ROWS);
                int filled = 0;
                for (; doneTo < until; doneTo++) {
                    if (counts(doneTo, row)) {
                        for (int a = 0; a < args.length; a++) {
                            copy(doneTo, args[a], chunk.column(a), filled);
                        }
                        filled++;
                    }
                }
                rows.all(filled);
                state.feed(chunk, groups, args.length);
            }
            state.finish(0, out, target);
        }

        private boolean counts(int row, int current) {
            return frame().contains(row, current) && (filter.isEmpty() || !isNull(row, filter.get()) && (Boolean) get(row, filter.get()));
        }

        AggregateFunction function() {
            return function;
        }
    }
}
