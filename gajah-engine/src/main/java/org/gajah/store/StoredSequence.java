package org.gajah.store;

import java.util.Optional;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.log.LogEntry;
import org.gajah.log.LogFrame;
import org.gajah.table.RelationId;
import org.gajah.table.Sequence;
import org.gajah.txn.Transaction;

/** A sequence in memory; what is logged is a state {@link #AHEAD} values further on, so that most calls log nothing. */
final class StoredSequence extends StoredRelation implements Sequence {
    private static final int AHEAD = 32;

    private final ClusterStorage storage;
    private volatile State state;
    /** Values that may be given before the next log record. */
    private long logged;
    /** Set by a checkpoint, which may have seen the state before the last change: what was logged ahead does not count any more. */
    private volatile boolean forgotten;

    StoredSequence(ClusterStorage storage, RelationId id, State state) {
        super(id);
        this.storage = storage;
        this.state = state;
    }

    @Override
    public State read() {
        return state;
    }

    /** The state that recovery from a checkpoint may start with. Waits for nobody, since the log stands still. */
    State checkpointState() {
        forgotten = true;
        return state;
    }

    @Override
    public Optional<Range> next(long increment, long min, long max, boolean cycle, int count) {
        return next(increment, min, max, cycle, count, () -> { });
    }

    @Override
    public Optional<Range> next(Transaction transaction, long increment, long min, long max, boolean cycle, int count) {
        return next(increment, min, max, cycle, count, ((StoreTransaction) transaction)::logsBeside);
    }

    private synchronized Optional<Range> next(long increment, long min, long max, boolean cycle, int count, Runnable logging) {
        Optional<Long> first = state.called() ? step(state.lastValue(), increment, min, max, cycle) : Optional.of(state.lastValue());
        if (first.isEmpty()) {
            return Optional.empty();
        }
        long last = first.get();
        int taken = 1;
        while (taken < count) {
            Optional<Long> following = step(last, increment, min, max, false);
            if (following.isEmpty()) {
                break;
            }
            last = following.get();
            taken++;
        }
        do {
            if (forgotten || logged < taken) {
                forgotten = false;
                long ahead = last;
                for (int i = 0; i < AHEAD; i++) {
                    ahead = step(ahead, increment, min, max, false).orElse(ahead);
                }
                logging.run();
                log(new State(ahead, true));
                logged = taken + AHEAD;
            }
            state = new State(last, true);
        } while (forgotten);
        logged -= taken;
        return Optional.of(new Range(first.get(), taken));
    }

    private static Optional<Long> step(long value, long increment, long min, long max, boolean cycle) {
        boolean up = increment > 0;
        boolean within = up ? value <= max - increment || max - increment > max : value >= min - increment || min - increment < min;
        if (within && (up ? value + increment > value : value + increment < value)) {
            return Optional.of(value + increment);
        }
        return cycle ? Optional.of(up ? min : max) : Optional.empty();
    }

    @Override
    public synchronized void set(Transaction transaction, State next) {
        ((StoreTransaction) transaction).writing();
        ((StoreTransaction) transaction).logsBeside();
        do {
            forgotten = false;
            log(next);
            state = next;
        } while (forgotten);
        logged = 0;
    }

    /** For replay. */
    synchronized void replay(State next) {
        state = next;
        logged = 0;
    }

    private void log(State next) {
        ByteSink out = new ByteSink(32);
        out.putByte(Redo.RELATION.ordinal()).putInt(id().database()).putInt(id().relation());
        write(out.putByte(Redo.SEQUENCE_VALUE.ordinal()), next);
        LogEntry entry = new LogEntry(LogFrame.IMMEDIATE, 0, false, Slice.of(out.toBytes())) {
            @Override
            protected void published() {
                // durable with the next commit
            }
        };
        storage.log().append(entry);
        storage.log().await(entry);
    }

    static void write(ByteSink out, State state) {
        out.putLong(state.lastValue()).putByte(state.called() ? 1 : 0);
    }
}
