package org.gajah.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.table.RelationId;

/**
 * The index entries that a checkpoint has on its pages although no committed row wants them: added by transactions that are still running,
 * or obsolete but not purged yet. Recovery removes them first; replay adds again what turns out to be committed.
 *
 * <p>Every insertion of an entry is a claim on it: the first made it, others found it there and are counted by the index as revivals. A
 * rollback or a purged removal ends one claim; with the last the entry goes.
 *
 * <p>Bounded: what exceeds {@link #MOST} stays behind as entries that readers skip.
 */
final class StaleEntries {
    private static final int MOST = 200_000;

    private record Entry(StoredIndex index, Slice key, long tid) {
    }

    /** Claims on an entry that end if the running transactions are rolled back and the committed ones purged. */
    private final Map<Entry, Integer> ending = new LinkedHashMap<>();

    StaleEntries() {
        ending.clear();
    }

    private void end(StoredIndex index, Slice key, long tid) {
        if (!index.isBeingMade() && !index.isDropped()) {
            Entry entry = new Entry(index, key.copy(), tid);
            if (ending.size() < MOST || ending.containsKey(entry)) {
                ending.merge(entry, 1, Integer::sum);
            }
        }
    }

    /** Takes in a run of entries that end: those that a running transaction has added, or a committed one made obsolete. */
    void end(EntryRun run) {
        if (ending.size() < MOST) {
            run.visit((key, tid) -> {
                end(run.index(), key, tid);
                return ending.size() < MOST;
            });
        }
    }

    /** Keeps the entries on which no other claim is left. The gate is closed. */
    void settle() {
        ending.entrySet().removeIf(e -> e.getValue() < 1 + e.getKey().index().revivals(e.getKey().key(), e.getKey().tid()));
    }

    void write(ByteSink out) {
        Map<RelationId, ByteSink> byIndex = new HashMap<>();
        ending.keySet().forEach(entry -> byIndex.computeIfAbsent(entry.index().id(), id -> new ByteSink(256)).putLong(entry.tid())
                .putShort(entry.key().length()).put(entry.key()));
        out.putInt(byIndex.size());
        byIndex.forEach((id, bytes) -> out.putInt(id.database()).putInt(id.relation()).putInt(bytes.size()).put(bytes.view()));
    }

    /** Removes the entries that {@link #write} has written. */
    static void remove(ByteSource in, Relations relations) {
        for (int i = in.getInt(); i > 0; i--) {
            RelationId id = new RelationId(in.getInt(), in.getInt());
            ByteSource bytes = new ByteSource(in.getSlice(in.getInt()));
            while (bytes.remaining() > 0) {
                long tid = bytes.getLong();
                Slice key = bytes.getSlice(bytes.getShort() & 0xffff);
                if (relations.find(id).orElse(null) instanceof StoredIndex index) {
                    index.replayRemove(key, tid);
                }
            }
        }
    }
}
