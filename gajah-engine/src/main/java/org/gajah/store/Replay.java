package org.gajah.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.log.LogFrame;
import org.gajah.log.LogReader;
import org.gajah.table.RelationId;
import org.gajah.table.Sequence;

/**
 * Brings the pages of a checkpoint up to the end of the log: applies the transactions that committed after it, whole and in commit order.
 * Runs alone, before anybody else.
 */
final class Replay {
    private final Relations relations;
    private final Map<String, Slice> metadata;
    private final Map<Long, List<Long>> fragments = new HashMap<>();
    /** Values of sequences whose making stands later in the log. */
    private final Map<RelationId, Sequence.State> early = new HashMap<>();
    /** Formats of tables whose making stands in a dead range. */
    private final Map<RelationId, RowFormat> deadFormats = new HashMap<>();
    private final TupleReader reader = new TupleReader();
    /** For the table whose rows changed last. */
    private Optional<HeapReplay> rows = Optional.empty();
    private long lastCsn;
    private long highestXid;
    private long xid;
    private boolean anything;
    private RelationId current = new RelationId(0, 0);

    Replay(Relations relations, Map<String, Slice> metadata, Directory.Counters counters) {
        this.relations = relations;
        this.metadata = metadata;
        this.lastCsn = counters.csn();
        this.highestXid = counters.nextXid() - 1;
    }

    long lastCsn() {
        return lastCsn;
    }

    long nextXid() {
        return highestXid + 1;
    }

    /** Whether there was anything to apply. */
    boolean hasApplied() {
        return anything;
    }

    /** Reads the log to its end; transactions that committed before {@code from} are in the pages already. */
    void run(LogReader log, long from) {
        for (Optional<LogFrame> next = log.next(); next.isPresent(); next = log.next()) {
            LogFrame frame = next.get();
            highestXid = Math.max(highestXid, frame.xid());
            switch (frame.type()) {
                case LogFrame.FRAGMENT -> fragments.computeIfAbsent(frame.xid(), xid -> new ArrayList<>()).add(frame.position());
                case LogFrame.ABORT -> fragments.remove(frame.xid());
                case LogFrame.COMMIT -> {
                    List<Long> parts = Optional.ofNullable(fragments.remove(frame.xid())).orElse(List.of());
                    if (frame.position() >= from) {
                        commit(log, frame, parts);
                    }
                }
                case LogFrame.IMMEDIATE -> {
                    if (frame.position() >= from) {
                        anything = true;
                        apply(frame.payload(), 0, List.of());
                    }
                }
                default -> throw new SqlError(SqlState.DATA_CORRUPTED, "unknown kind " + frame.type() + " of log frame");
            }
        }
    }

    private void commit(LogReader log, LogFrame frame, List<Long> parts) {
        anything = true;
        if (frame.csn() != lastCsn + 1) {
            throw new SqlError(SqlState.DATA_CORRUPTED,
                    "commit " + frame.csn() + " follows " + lastCsn + " in the log");
        }
        lastCsn = frame.csn();
        xid = frame.xid();
        Slice payload = frame.payload();
        int count = new ByteSource(payload.slice(payload.length() - 4, 4)).getInt();
        int trailer = Math.addExact(4, Math.multiplyExact(count, 16));
        ByteSource ranges = new ByteSource(payload.slice(payload.length() - trailer, trailer));
        List<long[]> dead = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dead.add(new long[] {ranges.getLong(), ranges.getLong()});
        }
        long at = 0;
        for (long position : parts) {
            Slice part = log.reread(position).payload();
            apply(part, at, dead);
            at += part.length();
        }
        apply(payload.slice(0, payload.length() - trailer), at, dead);
    }

    private static boolean isDead(long at, List<long[]> dead) {
        for (long[] range : dead) {
            if (at >= range[0] && at < range[1]) {
                return true;
            }
        }
        return false;
    }

    /** Applies changes that begin at byte {@code base} of their transaction's stream. */
    private void apply(Slice changes, long base, List<long[]> dead) {
        ByteSource in = new ByteSource(changes);
        while (in.remaining() > 0) {
            long at = base + changes.length() - in.remaining();
            Redo kind = Redo.of(in.getByte());
            change(kind, in, changes, isDead(at, dead));
        }
    }

    private void change(Redo kind, ByteSource in, Slice all, boolean dead) {
        switch (kind) {
            case RELATION -> current = new RelationId(in.getInt(), in.getInt());
            case INSERT, UPDATE -> {
                long tid = in.getLong();
                int start = all.offset() + all.length() - in.remaining();
                if (dead) {
                    in.getSlice(skip(all, start));
                } else {
                    HeapReplay rows = rows();
                    int end = kind == Redo.INSERT ? rows.insert(tid, xid, all.array(), start)
                            : rows.update(tid, xid, all.array(), start);
                    in.getSlice(end - start);
                }
            }
            case INSERT_ROWS -> {
                Slice block = in.getSlice(in.getInt());
                unless(dead, () -> rows().insertRows(block, xid));
            }
            case DELETE -> {
                long tid = in.getLong();
                if (!dead) {
                    rows().delete(tid);
                }
            }
            case INDEX_INSERT, INDEX_REMOVE -> {
                long tid = in.getLong();
                Slice key = in.getSlice(in.getShort() & 0xffff);
                if (!dead && kind == Redo.INDEX_INSERT) {
                    relations.index(current).replayInsert(key, tid);
                } else if (!dead) {
                    relations.index(current).replayRemove(key, tid);
                }
            }
            case CREATE_TABLE, CHANGE_FORMAT -> format(kind, RowFormat.read(in), dead);
            case CREATE_INDEX -> unless(dead, () -> relations.newIndex(current));
            case CREATE_SEQUENCE, SEQUENCE_VALUE -> sequence(kind, new Sequence.State(in.getLong(), in.getByte() != 0), dead);
            case DROP -> unless(dead, () -> drop(relations.get(current)));
            case METADATA -> {
                String key = in.getSlice(in.getShort()).toString();
                Slice value = in.getSlice(in.getInt()).copy();
                unless(dead, () -> metadata.put(key, value));
            }
            case COPY_DATABASE -> {
                int source = in.getInt();
                unless(dead, () -> relations.copyDatabase(source, current.database(), lastCsn));
            }
        }
    }

    private HeapReplay rows() {
        HeapTable table = relations.table(current);
        if (rows.isEmpty() || rows.get().table() != table) {
            rows = Optional.of(new HeapReplay(table));
        }
        return rows.get();
    }

    private static void unless(boolean dead, Runnable action) {
        if (!dead) {
            action.run();
        }
    }

    /** The length of an image in a dead range; its table may never have existed, but its making stands in the same stream. */
    private int skip(Slice all, int start) {
        RowFormat format = deadFormats.containsKey(current) ? deadFormats.get(current) : relations.table(current).format();
        reader.reset(all.array(), start, format);
        while (reader.next()) {
            // walks over the values
        }
        return reader.end() - start;
    }

    private void format(Redo kind, RowFormat format, boolean dead) {
        if (dead) {
            deadFormats.put(current, format);
        } else if (kind == Redo.CREATE_TABLE) {
            deadFormats.remove(current);
            relations.newTable(current, format);
        } else {
            deadFormats.remove(current);
            HeapTable table = relations.table(current);
            table.setFormat(format);
            table.settleFormat();
        }
    }

    private void sequence(Redo kind, Sequence.State state, boolean dead) {
        if (dead) {
            return;
        }
        if (kind == Redo.CREATE_SEQUENCE) {
            relations.newSequence(current, Optional.ofNullable(early.remove(current)).orElse(state));
        } else if (relations.find(current).orElse(null) instanceof StoredSequence sequence) {
            sequence.replay(state);
        } else {
            early.put(current, state);
        }
    }

    private void drop(StoredRelation relation) {
        relations.remove(relation);
        relations.discard(relation);
    }
}
