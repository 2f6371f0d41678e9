package org.gajah.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.base.Slice;
import org.gajah.page.PageSpace;
import org.gajah.table.RelationId;
import org.gajah.table.Sequence;

/**
 * What a checkpoint keeps besides pages: where the log goes on, the counters, control data, and every relation with the map of its pages.
 * Captured behind the closed gate, written when the pages are.
 */
final class Directory {
    private static final int TABLE = 1;
    private static final int INDEX = 2;
    private static final int SEQUENCE = 3;

    /**
     * @param logPosition recovery replays the transactions that commit from here on
     * @param firstNeeded parts of such transactions may stand from here on
     */
    record Counters(long logPosition, long firstNeeded, long csn, long nextXid) {
    }

    private record Pages(PageSpace space, int count, BitSet free) {
        static Pages of(PageSpace space) {
            space.setInCheckpoint(true);
            return new Pages(space, space.count(), space.freePages());
        }

        void write(ByteSink out) {
            int[] map = space.checkpointMap(count, free);
            out.putInt(map.length);
            for (int block : map) {
                out.putInt(block);
            }
        }
    }

    /** One relation at the moment of the capture. */
    private sealed interface Captured {
        record Table(HeapTable table, Pages pages, Pages overflow, long rows, int format, RowFormat[] formats, int[] room,
                long[] loose, int[] overflowRoom)
                implements Captured {
        }

        record Index(StoredIndex index, Pages pages) implements Captured {
        }

        record Counter(StoredSequence sequence, Sequence.State state) implements Captured {
        }
    }

    private final Counters counters;
    private final Map<String, Slice> metadata;
    private final List<Captured> relations = new ArrayList<>();

    private final StaleEntries stale;

    Directory(Counters counters, Map<String, Slice> metadata, StaleEntries stale) {
        this.stale = stale;
        this.counters = counters;
        this.metadata = new TreeMap<>(metadata);
    }

    Counters counters() {
        return counters;
    }

    /** Adds a relation. The gate is closed. */
    void capture(StoredRelation relation) {
        relations.add(switch (relation) {
            case HeapTable table -> new Captured.Table(table, Pages.of(table.space()), Pages.of(table.overflow().space()),
                    table.rowEstimate(), table.settledFormat().version(), table.formats(), table.room().pages(),
                    table.overflow().loose().obsolete(counters.csn()), table.overflow().roomyPages());
            case StoredIndex index -> new Captured.Index(index, Pages.of(index.space()));
            case StoredSequence sequence -> new Captured.Counter(sequence, sequence.checkpointState());
        });
    }

    /** Says that a relation, still being made, has no part in this checkpoint. */
    static void exclude(StoredRelation relation) {
        switch (relation) {
            case HeapTable table -> {
                table.space().setInCheckpoint(false);
                table.overflow().space().setInCheckpoint(false);
            }
            case StoredIndex index -> index.space().setInCheckpoint(false);
            case StoredSequence sequence -> { }
        }
    }

    void write(ByteSink out) {
        out.putLong(counters.logPosition()).putLong(counters.firstNeeded()).putLong(counters.csn()).putLong(counters.nextXid());
        out.putInt(metadata.size());
        metadata.forEach((key, value) -> {
            Slice name = Slice.of(key);
            out.putInt(name.length()).put(name).putInt(value.length()).put(value);
        });
        out.putInt(relations.size());
        for (Captured relation : relations) {
            switch (relation) {
                case Captured.Table t -> writeTable(t, out);
                case Captured.Index i -> {
                    writeId(INDEX, i.index().id(), out);
                    i.pages().write(out);
                }
                case Captured.Counter s -> {
                    writeId(SEQUENCE, s.sequence().id(), out);
                    StoredSequence.write(out, s.state());
                }
            }
        }
        stale.write(out);
    }

    private static void writeId(int kind, RelationId id, ByteSink out) {
        out.putByte(kind).putInt(id.database()).putInt(id.relation());
    }

    private static void writeTable(Captured.Table t, ByteSink out) {
        writeId(TABLE, t.table().id(), out);
        out.putLong(t.rows()).putInt(t.format()).putInt(t.formats().length);
        for (RowFormat format : t.formats()) {
            format.write(out);
        }
        t.pages().write(out);
        t.overflow().write(out);
        writeInts(t.room(), out);
        out.putInt(t.loose().length);
        for (long pointer : t.loose()) {
            out.putLong(pointer);
        }
        writeInts(t.overflowRoom(), out);
    }

    private static void writeInts(int[] values, ByteSink out) {
        out.putInt(values.length);
        for (int value : values) {
            out.putInt(value);
        }
    }

    private static int[] readInts(ByteSource in) {
        int count = in.getInt();
        int[] values = new int[Math.min(count, in.remaining() / 4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getInt();
        }
        return values;
    }

    /** Makes the relations of a directory exist again; an empty directory is that of a new cluster. */
    static Counters read(byte[] bytes, Relations relations, Map<String, Slice> metadata) {
        if (bytes.length == 0) {
            return new Counters(0, 0, 0, ClusterStorage.FIRST_XID);
        }
        ByteSource in = new ByteSource(bytes);
        Counters counters = new Counters(in.getLong(), in.getLong(), in.getLong(), in.getLong());
        for (int i = in.getInt(); i > 0; i--) {
            String key = in.getSlice(in.getInt()).toString();
            metadata.put(key, in.getSlice(in.getInt()).copy());
        }
        List<Runnable> then = new ArrayList<>();
        for (int i = in.getInt(); i > 0; i--) {
            int kind = in.getByte();
            RelationId id = new RelationId(in.getInt(), in.getInt());
            switch (kind) {
                case TABLE -> then.add(readTable(id, in, relations));
                case INDEX -> relations.openIndex(id, readInts(in));
                default -> relations.newSequence(id, new Sequence.State(in.getLong(), in.getByte() != 0));
            }
        }
        then.forEach(Runnable::run);
        StaleEntries.remove(in, relations);
        return counters;
    }

    /** Returns what is to be done when all blocks in use are known. */
    private static Runnable readTable(RelationId id, ByteSource in, Relations relations) {
        long rows = in.getLong();
        int current = in.getInt();
        RowFormat[] formats = new RowFormat[in.getInt()];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = RowFormat.read(in);
        }
        HeapTable table = relations.openTable(id, formats, readInts(in), readInts(in));
        table.setFormat(formats[current]);
        table.settleFormat();
        table.addRows(rows);
        for (int page : readInts(in)) {
            table.room().add(page);
        }
        long[] loose = new long[Math.min(in.getInt(), in.remaining() / Long.BYTES)];
        for (int i = 0; i < loose.length; i++) {
            loose[i] = in.getLong();
        }
        for (int page : readInts(in)) {
            table.overflow().addRoom(page);
        }
        return () -> table.freeLongValues(loose);
    }
}
