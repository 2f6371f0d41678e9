package org.gajah.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/** The events that wait for a consumer: never more messages than its capacity, and a gap wherever some were dropped. Adding never waits. */
final class Buffer {
    private final int capacity;
    private final Overflow overflow;
    private final LongConsumer dropped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private int messages;
    private boolean ended;
    private boolean failed;

    /** {@code dropped} is told how many messages found no room. */
    Buffer(int capacity, Overflow overflow, LongConsumer dropped) {
        this.capacity = capacity;
        this.overflow = overflow;
        this.dropped = dropped;
    }

    /** Adds an event; false if that has ended the buffer. */
    boolean add(Event event) {
        lock.lock();
        try {
            if (ended) {
                return true;
            }
            switch (event) {
                case Event.Gap gap -> addGap(gap);
                case Event.Message message -> addMessage(message);
            }
            changed.signalAll();
            return !failed;
        } finally {
            lock.unlock();
        }
    }

    private void addMessage(Event.Message message) {
        if (messages < capacity) {
            events.addLast(message);
            messages++;
            return;
        }
        dropped.accept(1);
        switch (overflow) {
            case DROP_OLDEST -> {
                dropOldest();
                events.addLast(message);
                messages++;
            }
            case DROP_NEWEST -> addGap(missing(message));
            case FAIL -> {
                failed = true;
                ended = true;
            }
        }
    }

    private static Event.Gap missing(Event.Message message) {
        return new Event.Gap(Event.Cause.OVERFLOW, message.received(), Instant.now(), OptionalLong.of(1));
    }

    /** The oldest message becomes a gap, or part of the one before it; gaps of other kinds that stand before it come first again. */
    private void dropOldest() {
        ArrayDeque<Event> before = new ArrayDeque<>();
        Event first = events.removeFirst();
        while (first instanceof Event.Gap) {
            before.addLast(first);
            first = events.removeFirst();
        }
        messages--;
        Event.Gap gap = missing((Event.Message) first);
        if (before.peekLast() instanceof Event.Gap earlier && earlier.cause() == Event.Cause.OVERFLOW) {
            before.removeLast();
            gap = merged(earlier, gap);
        }
        events.addFirst(gap);
        while (!before.isEmpty()) {
            events.addFirst(before.removeLast());
        }
    }

    private void addGap(Event.Gap gap) {
        if (events.peekLast() instanceof Event.Gap earlier && earlier.cause() == gap.cause()) {
            events.removeLast();
            events.addLast(merged(earlier, gap));
        } else {
            events.addLast(gap);
        }
    }

    private static Event.Gap merged(Event.Gap earlier, Event.Gap later) {
        OptionalLong dropped = earlier.dropped().isPresent() && later.dropped().isPresent()
                ? OptionalLong.of(earlier.dropped().getAsLong() + later.dropped().getAsLong()) : OptionalLong.empty();
        return new Event.Gap(earlier.cause(), earlier.since(), later.until(), dropped);
    }

    /** The next event; empty if there is none, and none will come. */
    Optional<Event> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (events.isEmpty() && !ended) {
                changed.await();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** The next event; empty if none comes in time. */
    Optional<Event> poll(Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = timeout.toNanos();
            while (events.isEmpty() && !ended && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Event> next() {
        Event event = events.pollFirst();
        if (event instanceof Event.Message) {
            messages--;
        }
        if (event == null && failed) {
            throw new OverflowException(capacity);
        }
        return Optional.ofNullable(event);
    }

    /** No event will come any more; those that are there stay. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything has been taken and nothing will come. */
    boolean isOver() {
        lock.lock();
        try {
            return ended && events.isEmpty() && !failed;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }

    /** When the oldest event came. */
    Optional<Instant> oldest() {
        lock.lock();
        try {
            return Optional.ofNullable(events.peekFirst()).map(e -> switch (e) {
                case Event.Message message -> message.received();
                case Event.Gap gap -> gap.until();
            });
        } finally {
            lock.unlock();
        }
    }
}
