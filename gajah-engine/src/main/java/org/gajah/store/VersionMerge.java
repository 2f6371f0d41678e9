package org.gajah.store;

import java.util.stream.LongStream;

import org.gajah.base.ByteSink;
import org.gajah.table.Attribute;
import org.gajah.txn.SnapshotRegistry;

/**
 * Makes one version of two that follow each other when no snapshot sees the older one but not the newer one: what keeps the chain of a
 * row that is updated all the time short while somebody holds an old snapshot.
 */
final class VersionMerge {
    /** Chains shorter than this are left alone, longer ones are looked at each time they have grown by {@link #STRIDE}. */
    private static final int LONG = 16;
    private static final int STRIDE = 8;

    private VersionMerge() {
    }

    /** Whether the chain that begins here should be looked at. */
    static boolean isDue(Version head) {
        return head.depth >= LONG && head.depth % STRIDE == 0;
    }

    /**
     * Merges what can be merged in a row's chain. Inside the gate, under the page's exclusive latch. A purge later finds fewer versions than
     * the steps that made them, which it does not mind.
     */
    static void run(PageVersions versions, int slot, SnapshotRegistry.Held held, RowFormat format, Overflow overflow) {
        Version newer = null;
        Version v = versions.head(slot);
        while (v != null && v.older != null) {
            Version older = v.older;
            if (v.kind == Version.Kind.UPDATE && older.kind == Version.Kind.UPDATE
                    && held.areSame(older.writer.csn(), v.writer.csn())) {
                LongStream.Builder unneeded = LongStream.builder();
                v = versions.replace(slot, newer, v, older, merge(v, older, format, unneeded));
                overflow.freeAll(unneeded.build().toArray());
            } else {
                newer = v;
                v = older;
            }
        }
        int depth = 0;
        for (v = versions.head(slot); v != null; v = v.older) {
            depth++;
        }
        for (v = versions.head(slot); v != null && v.kind != Version.Kind.INSERT; v = v.older) {
            v.depth = depth--;
        }
    }

    private static Version merge(Version newer, Version older, RowFormat format, LongStream.Builder unneeded) {
        ByteSink out = new ByteSink(newer.before.length + older.before.length);
        int n = format.size();
        int bitmaps = TupleImage.begin(out, n);
        int inline = 0;
        TupleReader first = new TupleReader().reset(older.before, 0, format);
        TupleReader second = new TupleReader().reset(newer.before, 0, format);
        boolean inFirst = first.next();
        boolean inSecond = second.next();
        while (inFirst || inSecond) {
            if (inFirst && (!inSecond || first.attribute() <= second.attribute())) {
                inline += copy(first, format, n, out, bitmaps);
                if (inSecond && second.attribute() == first.attribute()) {
                    if (second.isPointer()) {
                        unneeded.add(TupleReader.getLong(second.bytes(), second.offset()));
                    }
                    inSecond = second.next();
                }
                inFirst = first.next();
            } else {
                inline += copy(second, format, n, out, bitmaps);
                inSecond = second.next();
            }
        }
        if (Extension.isIn(newer.beforeWord)) {
            unneeded.add(Extension.pointer(newer.beforeWord));
        }
        Version merged = new Version(newer.writer, newer.commandId, Version.Kind.UPDATE, newer.index, newer.firstSlot, out.toBytes(),
                older.beforeWord, inline, older.older);
        merged.ofKey = newer.ofKey || older.ofKey;
        return merged;
    }

    /** Appends a value to an image; returns the bytes that it takes in a page's heap. */
    private static int copy(TupleReader value, RowFormat format, int n, ByteSink out, int bitmaps) {
        TupleImage.setPresent(out, bitmaps, value.attribute());
        if (value.isNull()) {
            TupleImage.setNull(out, bitmaps, n, value.attribute());
            return 0;
        }
        boolean variable = format.imageWidth(value.attribute()) == Attribute.VARIABLE;
        if (variable) {
            TupleImage.putVarint(out, value.length() * 2 + (value.isPointer() ? 1 : 0));
        }
        out.put(value.bytes(), value.offset(), value.length());
        return variable && !value.isPointer() ? value.length() : 0;
    }
}
