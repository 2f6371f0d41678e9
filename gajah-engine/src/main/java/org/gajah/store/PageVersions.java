package org.gajah.store;

import org.gajah.txn.Snapshot;

/**
 * The versions of a page's rows, kept beside the page; a page without this object has only rows that everybody sees. Guarded by the
 * page's latch.
 *
 * <p>As long as one insert is all that happened, it stands for all its slots; the table by slot comes with the second.
 */
final class PageVersions {
    private Version bulk;
    private Version[] heads = NONE;
    private int count;
    /** Bytes of the page's heap that must stay free for before-images. */
    int reserved;

    private static final Version[] NONE = new Version[0];

    /** What a snapshot sees of a row. */
    enum Sight {
        /** The values on the page. */
        CURRENT,
        /** The values on the page with before-images over them. */
        OLDER,
        /** No row. */
        NOTHING
    }

    PageVersions() {
        bulk = null;
    }

    /** The newest version of a row, null if everybody sees what is on the page. */
    Version head(int slot) {
        if (heads.length != 0) {
            return slot < heads.length ? heads[slot] : null;
        }
        return bulk != null && bulk.covers(slot) ? bulk : null;
    }

    boolean isEmpty() {
        return bulk == null && count == 0;
    }

    /** The insert that could take in the next slot, or null. */
    Version lastInsert(int slot) {
        Version before = slot == 0 ? null : head(slot - 1);
        return before != null && before.kind == Version.Kind.INSERT && before.lastSlot == slot - 1 ? before : null;
    }

    /** Notes that {@code insert} now covers {@code slot} too. */
    void extend(Version insert, int slot) {
        insert.lastSlot = slot;
        if (heads.length != 0) {
            heads[slot] = insert;
            count++;
        }
    }

    void push(Version version, int capacity) {
        if (isEmpty() && version.kind == Version.Kind.INSERT) {
            bulk = version;
            heads = NONE;
            return;
        }
        inflate(capacity);
        for (int slot = version.firstSlot; slot <= version.lastSlot; slot++) {
            if (heads[slot] == null) {
                count++;
            }
            heads[slot] = version;
        }
    }

    private void inflate(int capacity) {
        if (heads.length == 0) {
            heads = new Version[capacity];
            if (bulk != null) {
                for (int slot = bulk.firstSlot; slot <= bulk.lastSlot; slot++) {
                    heads[slot] = bulk;
                    count++;
                }
                bulk = null;
            }
        }
    }

    /** Takes the newest version of a row off, leaving the one before. */
    void pop(Version version, int slot) {
        if (heads.length == 0) {
            // a bulk insert is undone as a whole
            bulk = null;
            return;
        }
        heads[slot] = version.older;
        if (version.older == null) {
            count--;
        }
    }

    /** Cuts the oldest version off the end of its row's chain. */
    void cut(Version version) {
        if (heads.length == 0) {
            bulk = null;
            return;
        }
        for (int slot = version.firstSlot; slot <= version.lastSlot; slot++) {
            Version newer = heads[slot];
            if (newer == version) {
                heads[slot] = null;
                count--;
                continue;
            }
            while (newer != null && newer.older != version) {
                newer = newer.older;
            }
            if (newer != null) {
                newer.older = null;
            }
        }
    }

    static Sight sight(Version head, Snapshot snapshot) {
        boolean changed = false;
        for (Version v = head; v != null; v = v.older) {
            if (v.isSeenBy(snapshot)) {
                if (v.kind == Version.Kind.DELETE) {
                    return Sight.NOTHING;
                }
                break;
            }
            switch (v.kind) {
                case INSERT -> {
                    return Sight.NOTHING;
                }
                case UPDATE -> changed = true;
                case DELETE -> { }
            }
        }
        return changed ? Sight.OLDER : Sight.CURRENT;
    }
}
