package org.gajah.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A channel that somebody listens on: the end of its list and its subscriptions. Guarded by itself. */
final class Channel {
    /** Names are per database. */
    record Key(int database, String name) {
    }

    private final Key key;
    private List<Subscription> subscriptions = List.of();
    private Posted tail = Posted.head();
    private boolean abandoned;

    Channel(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    /** Subscribes from here on; empty if the channel has just been given up. */
    synchronized Optional<Subscription> subscribe(Listener listener, long since) {
        if (abandoned) {
            return Optional.empty();
        }
        Subscription subscription = new Subscription(this, listener, since, tail);
        List<Subscription> more = new ArrayList<>(subscriptions);
        more.add(subscription);
        subscriptions = List.copyOf(more);
        return Optional.of(subscription);
    }

    /** Ends a subscription; true if it was the last, and the channel is given up. */
    synchronized boolean unsubscribe(Subscription subscription) {
        List<Subscription> fewer = new ArrayList<>(subscriptions);
        fewer.remove(subscription);
        subscriptions = List.copyOf(fewer);
        abandoned = subscriptions.isEmpty();
        return abandoned;
    }

    /** Appends a notification and marks the listeners. */
    synchronized void post(Notification notification, long sequence, long position, long micros, List<Listener> toWake) {
        Posted posted = new Posted(Optional.of(notification), sequence, position, tail.ordinal + 1, micros);
        tail.append(posted);
        tail = posted;
        for (Subscription subscription : subscriptions) {
            if (subscription.listener().mark(subscription, posted)) {
                toWake.add(subscription.listener());
            }
        }
    }

    /** How many notifications were posted. */
    synchronized long count() {
        return tail.ordinal;
    }
}
