package org.gajah.store;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.txn.TransactionState;

/**
 * The versions of a page's rows as bytes: the length of the table by slot (0 if one insert stands for all), the versions, older ones before
 * those that refer to them, and the newest version of each row that has any.
 *
 * @param cost what they take in memory, as {@link PageVersions} counts
 */
record FrozenVersions(Version bulk, Version[] heads, int count, int cost) {
    private static final int OF_KEY = 1;
    private static final int MOVED = 2;
    private static final Version[] NONE = new Version[0];

    /** Writes versions to the file of {@code memory}. */
    static SpillFile.Run write(Version bulk, Version[] heads, UndoMemory memory) {
        ByteSink out = new ByteSink(4096);
        out.putShort(heads.length).putInt(0);
        Map<Version, Integer> numbers = new IdentityHashMap<>();
        List<Version> chain = new ArrayList<>();
        int rows = 0;
        ByteSink table = new ByteSink(1024);
        for (int slot = 0; slot < Math.max(1, heads.length); slot++) {
            Version head = heads.length == 0 ? bulk : heads[slot];
            for (Version v = head; v != null && !numbers.containsKey(v); v = v.older) {
                chain.add(v);
            }
            while (!chain.isEmpty()) {
                Version v = chain.removeLast();
                memory.keep(v.writer);
                write(v, v.older == null ? -1 : numbers.get(v.older), out);
                numbers.put(v, numbers.size());
            }
            if (head != null) {
                table.putShort(slot).putInt(numbers.get(head));
                rows++;
            }
        }
        out.setInt(2, numbers.size());
        out.putInt(rows).put(table.view());
        return memory.file().write(out.array(), out.size());
    }

    private static void write(Version v, int older, ByteSink out) {
        out.putLong(v.writer.xid()).putLong(v.writer.csn()).putInt(v.commandId).putByte(v.kind.ordinal()).putLong(v.index)
                .putShort(v.firstSlot).putShort(v.lastSlot).putLong(v.beforeWord).putInt(v.reserved).putByte((v.ofKey ? OF_KEY : 0) | (v.moved ? MOVED : 0))
                .putInt(older).putInt(v.before.length).put(v.before);
    }

    /** Reads what {@link #write} has written. */
    static FrozenVersions read(SpillFile.Run run, UndoMemory memory) {
        ByteSource in = memory.file().read(run);
        int length = in.getShort();
        Version[] versions = new Version[in.getInt()];
        int cost = length * 4;
        TransactionState last = new TransactionState(-1);
        for (int i = 0; i < versions.length; i++) {
            versions[i] = version(in, versions, last, memory);
            last = versions[i].writer;
            cost += versions[i].cost();
        }
        Version[] heads = length == 0 ? NONE : new Version[length];
        int rows = in.getInt();
        Version bulk = null;
        for (int i = 0; i < rows; i++) {
            int slot = in.getShort();
            Version head = versions[in.getInt()];
            if (length == 0) {
                bulk = head;
            } else {
                heads[slot] = head;
            }
        }
        return new FrozenVersions(bulk, heads, length == 0 ? 0 : rows, cost);
    }

    private static Version version(ByteSource in, Version[] versions, TransactionState last, UndoMemory memory) {
        long xid = in.getLong();
        long csn = in.getLong();
        TransactionState writer = last.xid() == xid ? last : memory.writer(xid, csn);
        int command = in.getInt();
        Version.Kind kind = Version.Kind.values()[in.getByte()];
        long index = in.getLong();
        int first = in.getShort();
        int lastSlot = in.getShort();
        long word = in.getLong();
        int reserved = in.getInt();
        int marks = in.getByte();
        int older = in.getInt();
        int n = in.getInt();
        byte[] before = n == 0 ? Version.NOTHING : in.getSlice(n).copy().array();
        Version v = new Version(writer, command, kind, index, first, before, word, reserved, older < 0 ? null : versions[older]);
        v.lastSlot = lastSlot;
        v.ofKey = (marks & OF_KEY) != 0;
        v.moved = (marks & MOVED) != 0;
        return v;
    }
}
