package org.gajah.notify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * A session that listens: its subscriptions, and which of them have something. Guarded by itself, never for long: nobody waits for a
 * client in here.
 */
public final class Listener {
    private static final int MESSAGE_BYTES = 11;

    private final NotificationQueue queue;
    private final int database;
    private final int processId;
    private final Runnable wake;
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    /** Subscriptions that have something in memory, the oldest first. */
    private final PriorityQueue<Subscription> waiting = new PriorityQueue<>(Comparator.comparingLong(Subscription::nextSequence));
    private Optional<SpillFile> spill = Optional.empty();
    private Optional<Oldest> oldest = Optional.empty();
    /** Something was posted since the last {@link #announce}. */
    private boolean marked;
    /** Was woken and has not taken since. */
    private boolean signalled;

    /** The oldest notification that was not taken: bytes posted before it, and when it was posted. */
    private record Oldest(long position, long micros) {
    }

    /**
     * One line of gajah_listeners.
     *
     * @param backlog notifications that were not taken yet
     * @param waitingSinceMicros when the listener's oldest such was posted (microseconds since 1970-01-01 UTC), if there is one
     */
    public record Status(int processId, int database, String channel, long backlog, Optional<Long> waitingSinceMicros) {
    }

    Listener(NotificationQueue queue, int database, int processId, Runnable wake) {
        this.queue = queue;
        this.database = database;
        this.processId = processId;
        this.wake = wake;
    }

    int database() {
        return database;
    }

    int processId() {
        return processId;
    }

    /** What was posted may be taken now: wakes the session, unless it was woken before and has not taken since. */
    void announce() {
        boolean first;
        synchronized (this) {
            marked = false;
            first = !signalled;
            signalled = true;
        }
        if (first) {
            wake.run();
        }
    }

    /** Listens on a channel, from what commits from now on; false if it did already. */
    public boolean listen(String channel) {
        synchronized (this) {
            if (subscriptions.containsKey(channel)) {
                return false;
            }
        }
        Subscription subscription = queue.subscribe(this, channel);
        synchronized (this) {
            subscriptions.put(channel, subscription);
        }
        return true;
    }

    /** On this retained channel only what comes behind this number is to be taken. */
    public synchronized void skipTo(String channel, long number) {
        subscriptions.get(channel).skipTo(number);
    }

    /** Stops listening on a channel; what was not taken is dropped. */
    public void unlisten(String channel) {
        Subscription subscription;
        synchronized (this) {
            subscription = subscriptions.remove(channel);
        }
        if (subscription != null) {
            queue.unsubscribe(subscription);
            synchronized (this) {
                subscription.end();
            }
        }
    }

    /** The channels listened on, in no order. */
    public synchronized List<String> channels() {
        return List.copyOf(subscriptions.keySet());
    }

    /** Something was posted; true if {@link #announce} is not due already. */
    synchronized boolean mark(Subscription subscription, Posted posted) {
        if (!subscription.isQueued()) {
            subscription.setQueued(true);
            waiting.add(subscription);
        }
        if (oldest.isEmpty()) {
            oldest = Optional.of(new Oldest(posted.position, posted.micros));
        }
        boolean first = !marked;
        marked = true;
        return first;
    }

    /** Takes the oldest notifications, in commit order, about {@code maxBytes} as messages at most; none if there are none. */
    public synchronized List<Notification> take(int maxBytes) {
        signalled = false;
        List<Notification> taken = new ArrayList<>();
        int bytes = 0;
        while (bytes < maxBytes && spill.isPresent()) {
            Optional<SpillFile.Entry> entry = spill.get().poll();
            if (entry.isEmpty()) {
                dropSpill();
            } else {
                bytes += takeSpilled(entry.get(), taken);
            }
        }
        long head = queue.head();
        while (bytes < maxBytes && !waiting.isEmpty() && waiting.peek().nextSequence() <= head) {
            Subscription subscription = waiting.poll();
            Notification notification = subscription.next().orElseThrow().notification();
            if (subscription.wants(notification)) {
                taken.add(notification);
                bytes += messageBytes(notification);
            }
            step(subscription);
        }
        noteOldest();
        return taken;
    }

    private static int messageBytes(Notification notification) {
        return MESSAGE_BYTES + notification.channel().length() + notification.payload().length();
    }

    private int takeSpilled(SpillFile.Entry entry, List<Notification> taken) {
        Notification notification = entry.notification();
        Subscription subscription = subscriptions.get(notification.channel());
        if (subscription == null || !subscription.wants(notification)) {
            return 0;
        }
        subscription.countSpilled(-1);
        taken.add(notification);
        return messageBytes(notification);
    }

    private void step(Subscription subscription) {
        subscription.advance();
        if (subscription.next().isPresent()) {
            waiting.add(subscription);
        } else {
            subscription.setQueued(false);
        }
    }

    private void noteOldest() {
        if (spill.isPresent()) {
            oldest = spill.get().peek().map(e -> new Oldest(e.position(), e.micros())).or(() -> oldest);
        } else {
            oldest = Optional.ofNullable(waiting.peek()).flatMap(Subscription::next).map(p -> new Oldest(p.position, p.micros));
        }
    }

    /** Bytes posted before the oldest notification that was not taken; empty if all were. */
    synchronized Optional<Long> oldestPosition() {
        return oldest.map(Oldest::position);
    }

    /** Bytes posted before the oldest notification that is still in memory. */
    synchronized Optional<Long> oldestPositionInMemory() {
        return Optional.ofNullable(waiting.peek()).flatMap(Subscription::next).map(p -> p.position);
    }

    /** Moves what waits in memory to a file. */
    synchronized void spill(SpillFiles files) {
        long head = queue.head();
        while (!waiting.isEmpty() && waiting.peek().nextSequence() <= head) {
            Subscription subscription = waiting.poll();
            Posted posted = subscription.next().orElseThrow();
            if (subscription.wants(posted.notification())) {
                if (spill.isEmpty()) {
                    spill = Optional.of(files.create());
                }
                spill.get().add(new SpillFile.Entry(posted.notification(), posted.position, posted.micros));
                subscription.countSpilled(1);
            }
            step(subscription);
        }
        noteOldest();
    }

    private void dropSpill() {
        spill.ifPresent(SpillFile::close);
        spill = Optional.empty();
    }

    /** Stops listening on everything. */
    void close() {
        channels().forEach(this::unlisten);
        synchronized (this) {
            waiting.clear();
            oldest = Optional.empty();
            dropSpill();
        }
    }

    List<Status> status() {
        Map<String, Subscription> now;
        synchronized (this) {
            now = Map.copyOf(subscriptions);
        }
        List<Status> lines = new ArrayList<>();
        now.forEach((channel, subscription) -> {
            long posted = subscription.channel().count();
            synchronized (this) {
                lines.add(new Status(processId, database, channel, Math.max(0, subscription.backlog(posted)), oldest.map(Oldest::micros)));
            }
        });
        return lines;
    }
}
