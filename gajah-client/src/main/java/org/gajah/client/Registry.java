package org.gajah.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Who wants which channels. The link reads it without locking and is told when it changes. */
final class Registry {
    private final Runnable onChange;
    private final AtomicLong version = new AtomicLong(1);
    private final Set<Subscription> consumed = ConcurrentHashMap.newKeySet();
    private volatile List<Subscription> all = List.of();
    private volatile Map<String, List<Subscription>> byChannel = Map.of();
    private volatile Optional<Exception> lastError = Optional.empty();

    Registry(Runnable onChange) {
        this.onChange = onChange;
    }

    void add(Subscription subscription) {
        synchronized (this) {
            List<Subscription> more = new ArrayList<>(all);
            more.add(subscription);
            set(more);
        }
        changed();
    }

    void remove(Subscription subscription) {
        synchronized (this) {
            List<Subscription> fewer = new ArrayList<>(all);
            if (!fewer.remove(subscription)) {
                return;
            }
            set(fewer);
        }
        changed();
    }

    private void set(List<Subscription> now) {
        Map<String, List<Subscription>> map = new HashMap<>();
        for (Subscription subscription : now) {
            for (String channel : subscription.channels()) {
                map.computeIfAbsent(channel, c -> new ArrayList<>()).add(subscription);
            }
        }
        all = List.copyOf(now);
        byChannel = Map.copyOf(map);
    }

    /** There is something for the link to do. */
    void changed() {
        version.incrementAndGet();
        onChange.run();
    }

    /** Grows with each change. */
    long version() {
        return version.get();
    }

    List<Subscription> all() {
        return all;
    }

    /** Those, closed or not, whose consumer's thread runs; they enter and leave this set themselves. */
    Set<Subscription> consumed() {
        return consumed;
    }

    List<Subscription> of(String channel) {
        return byChannel.getOrDefault(channel, List.of());
    }

    void failed(Exception error) {
        lastError = Optional.of(error);
    }

    Optional<Exception> lastError() {
        return lastError;
    }
}
