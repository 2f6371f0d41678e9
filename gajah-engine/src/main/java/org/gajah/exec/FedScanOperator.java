package org.gajah.exec;

import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.plan.Plan;
import org.gajah.type.ArrayValue;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/**
 * A foreign scan for the keys that a hash join keeps: one run there for some thousand keys, none if there is no key. If the join does not
 * have its keys in memory, or has very many, all rows are read.
 */
final class FedScanOperator extends Operator {
    private static final int MOST_KEYS_AT_ONCE = 5000;
    private static final int MOST_KEYS = 200_000;

    private final Plan.KeyFeed feed;
    private final Operator fed;
    private final Operator whole;
    private final Frame frame;
    private final Carrier carrier;
    private final Batch nothing;
    private Supplier<Optional<KeyTable>> keys = Optional::empty;
    private Optional<KeyTable> given = Optional.empty();
    private Optional<Operator> running = Optional.empty();
    private int next;

    FedScanOperator(Plan.KeyFeed feed, Operator fed, Operator whole, Frame frame, Carrier carrier, Batch nothing) {
        this.feed = feed;
        this.fed = fed;
        this.whole = whole;
        this.frame = frame;
        this.carrier = carrier;
        this.nothing = nothing;
    }

    /** Says where the keys are when the first row is wanted. */
    void keysFrom(Supplier<Optional<KeyTable>> source) {
        keys = source;
    }

    @Override
    void start() {
        close();
    }

    @Override
    Batch produce(int max) {
        if (running.isEmpty()) {
            given = keys.get().filter(t -> t.size() <= MOST_KEYS);
            running = Optional.of(given.isPresent() ? fed : whole);
            if (given.isEmpty()) {
                whole.open();
            }
        }
        while (true) {
            if (next > 0 || given.isEmpty()) {
                Batch batch = running.get().next(max);
                if (batch.count() > 0 || given.isEmpty()) {
                    return batch;
                }
            }
            if (next >= given.get().size()) {
                return end(nothing);
            }
            frame.setSlot(feed.slot(), some(given.get().keys()));
            fed.open();
        }
    }

    private ArrayValue some(RowStore from) {
        int count = Math.min(MOST_KEYS_AT_ONCE, from.size() - next);
        Vector elements = Vector.of(carrier, count);
        for (int i = 0; i < count; i++) {
            Object value = from.get(next + i, feed.key());
            elements.set(i, carrier == Carrier.INT && value instanceof Long wide ? Integer.valueOf(wide.intValue()) : value);
        }
        next += count;
        return ArrayValue.of(feed.type(), elements, count);
    }

    @Override
    public void close() {
        fed.close();
        whole.close();
        running = Optional.empty();
        next = 0;
    }
}
