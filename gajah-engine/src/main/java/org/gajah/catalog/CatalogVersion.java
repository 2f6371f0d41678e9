package org.gajah.catalog;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Which state of the catalogs is the committed one, and what has been read of it: one for the whole cluster, since some catalogs
 * are shared.
 *
 * <p>Invariant: whoever reads takes the version first and a snapshot afterwards, and a committed change is visible before it makes
 * a new version; so what is kept under a version is never older than it. Entries are values that nobody changes.
 */
public final class CatalogVersion {
    /** What has been read under one version. Dropped as a whole when the version ends. */
    public static final class Cache {
        private final long number;
        private final UncommittedEnums enums;
        private final Map<Object, Object> entries = new ConcurrentHashMap<>();

        private Cache(long number, UncommittedEnums enums) {
            this.number = number;
            this.enums = enums;
        }

        /** A cache of a transaction that has changed catalogs itself; shared with nobody, and with a number that no other has. */
        public static Cache own(UncommittedEnums enums) {
            return new Cache(OWN.decrementAndGet(), enums);
        }

        /** What the transaction has made; nothing under a committed version. */
        UncommittedEnums enums() {
            return enums;
        }

        /** The committed version that this is for, or a negative number for a transaction's own. */
        public long number() {
            return number;
        }

        /** The value under {@code key}, made by {@code load} if there is none yet. Loading may look up other keys. */
        @SuppressWarnings("unchecked")
        <T> T get(Object key, Supplier<T> load) {
            Object value = entries.get(key);
            if (value == null) {
                value = load.get();
                entries.put(key, value);
            }
            return (T) value;
        }
    }

    private static final AtomicLong OWN = new AtomicLong();

    private final AtomicReference<Cache> current = new AtomicReference<>(new Cache(0, new UncommittedEnums()));

    public CatalogVersion() {
    }

    /** The committed version's cache. */
    public Cache current() {
        return current.get();
    }

    /** A change of catalogs has become visible. */
    public void advance() {
        current.updateAndGet(cache -> new Cache(cache.number + 1, new UncommittedEnums()));
    }
}
