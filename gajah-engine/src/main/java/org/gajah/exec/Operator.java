package org.gajah.exec;

import java.util.Map;

import org.gajah.vector.Batch;

/**
 * A node of a plan at work. It is opened, pulled until it gives an empty batch (or no longer), and closed; then it may be
 * opened again.
 *
 * <p>A batch stays the operator's: the caller may narrow its selection and reads it until its next call. An operator asked
 * for at most {@code max} rows never gives more, and does no work with effects (locks, volatile functions) for more.
 */
abstract class Operator implements AutoCloseable {
    private final Statistics statistics = new Statistics();

    /** Begins a run (again): parameters and slots have their values. */
    abstract void start();

    /** The next rows, at most {@code max} (at least 1); none at the end. */
    abstract Batch produce(int max);

    /** Ends the run and gives back what it held; safe to repeat. */
    @Override
    public abstract void close();

    final void open() {
        if (statistics.on) {
            statistics.loops++;
        }
        start();
    }

    final Batch next(int max) {
        if (!statistics.on) {
            return produce(max);
        }
        long start = System.nanoTime();
        Batch batch = produce(max);
        statistics.nanos += System.nanoTime() - start;
        statistics.rows += batch.count();
        if (statistics.firstRowNanos < 0) {
            statistics.firstRowNanos = statistics.nanos;
        }
        return batch;
    }

    /** For measuring what runs. */
    static long now() {
        return System.nanoTime();
    }

    /** What EXPLAIN ANALYZE shows. */
    final Statistics statistics() {
        return statistics;
    }

    /** What else EXPLAIN ANALYZE shows, by PostgreSQL's names. */
    Map<String, Object> notes() {
        return Map.of();
    }

    /** Counters of one operator, only kept while {@code on}. */
    static final class Statistics {
        boolean on;
        long loops;
        long rows;
        long nanos;
        long removedByFilter;
        long firstRowNanos = -1;
    }

    /** What all operators give at their end. */
    static Batch end(Batch any) {
        any.selection().clear();
        return any;
    }
}
