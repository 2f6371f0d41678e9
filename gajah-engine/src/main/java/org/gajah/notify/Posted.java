package org.gajah.notify;

import java.util.Optional;

/** A notification in its channel's list. Only {@code next} changes, once. */
final class Posted {
    /** Stands before the first of a list. */
    static Posted head() {
        return new Posted(Optional.empty(), 0, 0, 0, 0);
    }

    private final Optional<Notification> notification;
    /** Its place among all notifications of the cluster. */
    final long sequence;
    /** Bytes posted before it. */
    final long position;
    /** Its place among those of its channel. */
    final long ordinal;
    final long micros;
    private volatile Posted next;

    Posted(Optional<Notification> notification, long sequence, long position, long ordinal, long micros) {
        this.notification = notification;
        this.sequence = sequence;
        this.position = position;
        this.ordinal = ordinal;
        this.micros = micros;
    }

    Notification notification() {
        return notification.orElseThrow();
    }

    Optional<Posted> next() {
        return Optional.ofNullable(next);
    }

    void append(Posted later) {
        next = later;
    }
}
