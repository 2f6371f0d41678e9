package org.gajah.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.table.Storage;
import org.gajah.table.Table;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.type.Interval;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

/**
 * What the retained channels of a database keep: ordinary rows, written by the transactions that notify. A channel's numbers go up from 1
 * without holes, in the order of commits, so every snapshot sees a beginning of them; the newest is never purged, so they never start again.
 */
public final class RetainedNotifications {
    private static final String CHANNELS = "gajah_retained_channel";
    private static final int CHANNELS_BY_NAME = 9802;
    private static final String NOTIFICATIONS = "gajah_notification";
    private static final int BY_NUMBER = 9805;

    private final Storage storage;
    private final int database;
    private final SystemTable table = SystemTable.of(NOTIFICATIONS);

    /** A notification that was kept; {@code sentMicros} since 2000-01-01 UTC. */
    public record Kept(long number, int processId, long sentMicros, Slice payload) {
    }

    public RetainedNotifications(Storage storage, int database) {
        this.storage = storage;
        this.database = database;
    }

    /** The retained channels and how long they keep. */
    public Map<String, Interval> channels(Snapshot snapshot) {
        Map<String, Interval> channels = new HashMap<>();
        if (storage.exists(table.id(database))) {
            new CatalogReader(storage, database).scan(snapshot, CHANNELS, row -> {
                if (row.get("keep") != null) {
                    channels.put(row.text("channel"), (Interval) row.get("keep"));
                }
            });
        }
        return channels;
    }

    /** Whether the channel is retained. */
    public boolean isRetained(Snapshot snapshot, String channel) {
        return storage.exists(table.id(database)) && new CatalogReader(storage, database)
                .lookup(snapshot, CHANNELS, CHANNELS_BY_NAME, Slice.of(channel)).stream().anyMatch(row -> row.get("keep") != null);
    }

    /** 55000: the channel is not retained. */
    public static SqlError notRetained(String channel) {
        return new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "channel \"" + channel + "\" is not retained")
                .hint("Use gajah.retain_channel(), and commit.");
    }

    /** From this transaction's commit on the channel keeps for so long, or, if empty, not at all: but for the newest, what it has is deleted. */
    public void retain(Transaction transaction, String channel, Optional<Interval> keep) {
        Snapshot snapshot = transaction.acquireSnapshot();
        try {
            CatalogWriter writer = new CatalogWriter(storage, database, transaction);
            List<CatalogRow> rows = new CatalogReader(storage, database).lookup(snapshot, CHANNELS, CHANNELS_BY_NAME, Slice.of(channel));
            for (CatalogRow row : rows) {
                writer.update(row, row.with("keep", keep.orElse(null)));
            }
            if (rows.isEmpty() && keep.isPresent()) {
                writer.insert(CHANNELS, Slice.of(channel), keep.get());
            }
            if (keep.isEmpty()) {
                purge(transaction, snapshot, channel, Long.MAX_VALUE, Integer.MAX_VALUE);
            }
        } finally {
            transaction.releaseSnapshot(snapshot);
        }
    }

    /** Keeps a notification. */
    public void add(Transaction transaction, String channel, Kept kept) {
        new CatalogWriter(storage, database, transaction).insert(NOTIFICATIONS, Slice.of(channel), kept.number(), kept.processId(), kept.sentMicros(),
                kept.payload());
    }

    /** The first {@code most} of a channel's notifications with greater numbers than {@code after}, in order. */
    public List<Kept> since(Snapshot snapshot, String channel, long after, int most) {
        return after == Long.MAX_VALUE ? List.of() : read(snapshot, channel, range(channel, after + 1), most).stream()
                .map(RetainedNotifications::kept).toList();
    }

    /** The number of the channel's newest notification, 0 if there was none yet. */
    public long last(Snapshot snapshot, String channel) {
        return storage.exists(table.id(database))
                ? read(snapshot, channel, range(channel, 0).reversed(), 1).stream().findFirst().map(r -> kept(r).number()).orElse(0L) : 0;
    }

    /** Deletes at most {@code most} notifications sent before {@code micros}, but never the newest; true if it deleted so many. */
    public boolean purge(Transaction transaction, Snapshot snapshot, String channel, long micros, int most) {
        long last = last(snapshot, channel);
        CatalogWriter writer = new CatalogWriter(storage, database, transaction);
        int deleted = 0;
        for (CatalogRow row : read(snapshot, channel, range(channel, 0), most)) {
            Kept kept = kept(row);
            if (kept.sentMicros() >= micros || kept.number() >= last) {
                return false;
            }
            writer.delete(row);
            deleted++;
        }
        return deleted == most;
    }

    private static Kept kept(CatalogRow row) {
        return new Kept((Long) row.get("number"), (Integer) row.get("process_id"), (Long) row.get("sent"), (Slice) row.get("payload"));
    }

    private KeyRange range(String channel, long from) {
        SystemTable.KeyIndex index = table.index(BY_NUMBER);
        return new KeyRange(Optional.of(table.prefix(index, Slice.of(channel), from)), true, KeyRange.successor(table.prefix(index, Slice.of(channel))),
                false, false);
    }

    private List<CatalogRow> read(Snapshot snapshot, String channel, KeyRange range, int most) {
        SystemTable.KeyIndex index = table.index(BY_NUMBER);
        Table rows = storage.table(table.id(database), table.layout());
        Batch out = table.layout().batch(table.allAttributes(), 1);
        BytesVector keys = new BytesVector(64);
        LongVector tids = new LongVector(64);
        List<CatalogRow> found = new ArrayList<>();
        try (IndexScan scan = storage.index(table.indexId(database, BY_NUMBER)).scan(range)) {
            for (int n = scan.next(keys, tids, 64); n > 0 && found.size() < most; n = scan.next(keys, tids, 64)) {
                for (int i = 0; i < n && found.size() < most; i++) {
                    out.reset();
                    if (rows.fetch(snapshot, tids.values[i], table.allAttributes(), out, 0) && table.key(index, out, 0).equals(keys.slice(i))) {
                        found.add(CatalogReader.row(table, tids.values[i], out, 0));
                    }
                }
            }
        }
        return found;
    }
}
