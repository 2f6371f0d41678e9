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
 * <p>Bounded: what exceeds {@link #MOST} stays behind as entries that readers skip.
 */
final class StaleEntries {
    private static final int MOST = 200_000;

    private record Entry(RelationId index, Slice key, long tid) {
    }

    /** How many removals of the entry wait for purge, less the insertions that found it there and want it to stay. */
    private final Map<Entry, Integer> waiting = new LinkedHashMap<>();

    StaleEntries() {
        waiting.clear();
    }

    private void note(StoredIndex index, Slice key, long tid, int change) {
        if (!index.isBeingMade()) {
            Entry entry = new Entry(index.id(), key.copy(), tid);
            if (waiting.size() < MOST || waiting.containsKey(entry)) {
                waiting.merge(entry, change, Integer::sum);
            }
        }
    }

    private void forget(StoredIndex index, Slice key, long tid) {
        waiting.remove(new Entry(index.id(), key, tid));
    }

    /**
     * Takes in a committed transaction that has not been purged; in commit order. Where it added an entry that was not there, earlier
     * removals have been purged already.
     */
    void committed(Iterable<UndoRecord> records) {
        for (UndoRecord record : records) {
            if (record instanceof InsertedRun run) {
                run.visit((key, tid, revived) -> {
                    if (revived) {
                        note(run.index(), key, tid, -1);
                    } else {
                        forget(run.index(), key, tid);
                    }
                });
            }
        }
        for (UndoRecord record : records) {
            if (record instanceof StoredIndex.Removed removed) {
                note(removed.index(), removed.key(), removed.tid(), 1);
            }
        }
    }

    /** Takes in a running transaction; after the committed ones. */
    void running(StoreTransaction transaction) {
        for (InsertedRun run : transaction.insertedRuns()) {
            run.visit((key, tid, revived) -> {
                if (!revived) {
                    forget(run.index(), key, tid);
                    note(run.index(), key, tid, 1);
                }
            });
        }
    }

    void write(ByteSink out) {
        Map<RelationId, ByteSink> byIndex = new HashMap<>();
        waiting.forEach((entry, removals) -> {
            if (removals > 0) {
                byIndex.computeIfAbsent(entry.index(), id -> new ByteSink(256)).putLong(entry.tid())
                        .putShort(entry.key().length()).put(entry.key());
            }
        });
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
