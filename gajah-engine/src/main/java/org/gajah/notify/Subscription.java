package org.gajah.notify;

import java.util.Optional;

/** One listener's place in one channel's list. Everything that changes is guarded by the listener. */
final class Subscription {
    private final Channel channel;
    private final Listener listener;
    /** How many transactions had notified something when it began. */
    private final long since;
    private long afterNumber;
    private Posted cursor;
    private boolean queued;
    private boolean ended;
    private long spilled;

    Subscription(Channel channel, Listener listener, long since, Posted cursor) {
        this.channel = channel;
        this.listener = listener;
        this.since = since;
        this.cursor = cursor;
    }

    Channel channel() {
        return channel;
    }

    Listener listener() {
        return listener;
    }

    /** The next notification that it has not taken. */
    Optional<Posted> next() {
        return cursor.next();
    }

    /** The place of {@link #next} among all notifications; there must be one. */
    long nextSequence() {
        return cursor.next().orElseThrow().sequence;
    }

    void advance() {
        cursor = cursor.next().orElseThrow();
    }

    /** Whether a notification is for it: it was not committed before the subscription, which still lasts. */
    boolean wants(Notification notification) {
        return !ended && notification.commit() > since && (notification.number() == 0 || notification.number() > afterNumber);
    }

    /** Of what is numbered only what comes behind this is for it. */
    void skipTo(long number) {
        afterNumber = number;
    }

    boolean isQueued() {
        return queued;
    }

    void setQueued(boolean queued) {
        this.queued = queued;
    }

    void end() {
        ended = true;
    }

    void countSpilled(int more) {
        spilled += more;
    }

    /** Notifications that wait to be taken. */
    long backlog(long posted) {
        return posted - cursor.ordinal + spilled;
    }
}
