package org.gajah.store;

import java.util.List;

import org.gajah.txn.Snapshot;

/**
 * The versions of a page's rows, kept beside the page; a page without this object has only rows that everybody sees. Guarded by the
 * page's latch.
 *
 * <p>As long as one insert is all that happened, it stands for all its slots; the table by slot comes with the second. Frozen, the
 * versions are in the {@link SpillFile} and only {@link #reserved} is known here: {@link #thaw} them before a change, read a
 * {@link #copy} under a shared latch.
 */
final class PageVersions {
    private static final Version[] NONE = new Version[0];
    private static final int OBJECT_BYTES = 64;

    private final UndoMemory memory;
    private Version bulk;
    private Version[] heads = NONE;
    private int count;
    /** Bytes of the page's heap that must stay free for before-images. */
    int reserved;
    /** Bytes that {@link #memory} was told of. */
    private int charged;
    /** Where the versions are if they are not here. */
    private SpillFile.Run frozen;

    /** What a snapshot sees of a row. */
    enum Sight {
        /** The values on the page. */
        CURRENT,
        /** The values on the page with before-images over them. */
        OLDER,
        /** No row. */
        NOTHING
    }

    PageVersions(UndoMemory memory) {
        this.memory = memory;
        charge(OBJECT_BYTES);
    }

    private void charge(int bytes) {
        charged += bytes;
        memory.count(bytes);
    }

    // ---- in the file

    boolean isFrozen() {
        return frozen != null;
    }

    /** Sends the versions to the file; if that fails, they stay. */
    void freeze() {
        if (frozen != null) {
            return;
        }
        frozen = FrozenVersions.write(bulk, heads, memory);
        bulk = null;
        heads = NONE;
        charge(OBJECT_BYTES - charged);
    }

    /** Fetches the versions from the file, for whoever is about to change them. */
    void thaw() {
        if (frozen != null) {
            SpillFile.Run run = frozen;
            readFrom(run);
            frozen = null;
            memory.file().free(run);
        }
    }

    /** What is in the file, for whoever only reads; not to be kept. */
    PageVersions copy() {
        PageVersions copy = new PageVersions(memory);
        copy.readFrom(frozen);
        copy.reserved = reserved;
        memory.count(-copy.charged);
        return copy;
    }

    private void readFrom(SpillFile.Run run) {
        FrozenVersions read = FrozenVersions.read(run, memory);
        bulk = read.bulk();
        heads = read.heads();
        count = read.count();
        charge(read.cost());
    }

    /** Nobody uses this any more. */
    void discard() {
        memory.count(-charged);
        charged = 0;
        if (frozen != null) {
            memory.file().free(frozen);
            frozen = null;
        }
    }

    // ---- in memory

    /** The newest version of a row, null if everybody sees what is on the page. */
    Version head(int slot) {
        if (heads.length != 0) {
            return slot < heads.length ? heads[slot] : null;
        }
        return bulk != null && bulk.covers(slot) ? bulk : null;
    }

    boolean isEmpty() {
        return bulk == null && count == 0 && frozen == null;
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
        charge(version.cost());
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
            charge(capacity * 4);
            if (bulk != null) {
                for (int slot = bulk.firstSlot; slot <= bulk.lastSlot; slot++) {
                    heads[slot] = bulk;
                    count++;
                }
                bulk = null;
            }
        }
    }

    /** Takes the newest version off its rows, leaving the ones before. */
    void pop(Version version) {
        charge(-version.cost());
        if (heads.length == 0) {
            // a bulk insert is undone as a whole
            bulk = null;
            return;
        }
        for (int slot = version.firstSlot; slot <= version.lastSlot; slot++) {
            heads[slot] = version.older;
            if (version.older == null) {
                count--;
            }
        }
    }

    /** Puts one version in the place of two that follow each other, behind {@code newer} (null if they come first); returns it. */
    Version replace(int slot, Version newer, Version first, Version second, Version merged) {
        charge(merged.cost() - first.cost() - second.cost());
        reserved += merged.reserved - first.reserved - second.reserved;
        if (newer == null) {
            heads[slot] = merged;
        } else {
            newer.older = merged;
        }
        return merged;
    }

    /** Whether everybody from {@code horizon} on sees that the row is deleted. */
    boolean isDeleted(int slot, long horizon) {
        Version head = head(slot);
        return head != null && head.kind == Version.Kind.DELETE && head.writer.csn() <= horizon;
    }

    /**
     * Cuts off what everybody from {@code horizon} on sees, adding it to {@code cut}: of the row, and of all rows that were inserted with
     * it, whose deletion stays however.
     */
    void cut(int slot, long horizon, List<Version> cut) {
        Version last = cutRow(slot, horizon, false, cut);
        if (last != null && last.kind == Version.Kind.INSERT) {
            for (int other = last.firstSlot; other <= last.lastSlot; other++) {
                if (other != slot && heads.length != 0) {
                    cutRow(other, horizon, true, cut);
                }
            }
            charge(-last.cost());
        }
    }

    /** Returns the oldest version cut off, null if there was none. Costs of inserts are not given back. */
    private Version cutRow(int slot, long horizon, boolean deletionStays, List<Version> cut) {
        Version newer = null;
        Version v = head(slot);
        while (v != null && (v.writer.csn() > horizon || newer == null && deletionStays && v.kind == Version.Kind.DELETE)) {
            newer = v;
            v = v.older;
        }
        if (v == null) {
            return null;
        }
        if (newer != null) {
            newer.older = null;
        } else if (heads.length == 0) {
            bulk = null;
        } else {
            heads[slot] = null;
            count--;
        }
        Version last = v;
        for (; v != null; v = v.older) {
            if (v.kind != Version.Kind.INSERT) {
                charge(-v.cost());
                cut.add(v);
                reserved -= v.reserved;
            }
            last = v;
        }
        return last;
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
