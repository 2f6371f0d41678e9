package org.gajah.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The events that wait for a consumer: never more messages than its capacity, and a gap wherever some were dropped. Adding never waits. Guarded by itself. */
final class Buffer {
    private final int capacity;
    private final Overflow overflow;
    private final LongConsumer dropped;
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
    synchronized boolean add(Event event) {
        if (ended) {
            return true;
        }
        switch (event) {
            case Event.Gap gap -> addGap(gap);
            case Event.Message message -> addMessage(message);
        }
        notifyAll();
        return !failed;
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
    synchronized Optional<Event> take() throws InterruptedException {
        stopIfInterrupted();
        while (events.isEmpty() && !ended) {
            wait();
        }
        return next();
    }

    /** The next event; empty if none comes in time. */
    synchronized Optional<Event> poll(Duration timeout) throws InterruptedException {
        stopIfInterrupted();
        long start = System.nanoTime();
        long most = timeout.toNanos();
        for (long left = most; events.isEmpty() && !ended && left > 0; left = most - (System.nanoTime() - start)) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return next();
    }

    /** An interrupt ends the taking of events even if there are some. */
    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
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
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Whether everything has been taken and nothing will come. */
    synchronized boolean isOver() {
        return ended && events.isEmpty() && !failed;
    }

    synchronized int size() {
        return events.size();
    }

    /** When the oldest event came. */
    synchronized Optional<Instant> oldest() {
        return Optional.ofNullable(events.peekFirst()).map(e -> switch (e) {
            case Event.Message message -> message.received();
            case Event.Gap gap -> gap.until();
        });
    }
}
