package org.gajah.store;

import org.gajah.base.ByteSink;
import org.gajah.table.Attribute;
import org.gajah.table.RowLayout;
import org.gajah.vector.Batch;

/**
 * What a row has more than its page has columns for, because columns were added after the page was made: an overflow value that takes the
 * place of the xid in the row's version word. It holds the xid (8 bytes) and a {@link TupleImage} of the attributes that the page lacks.
 * An update writes a new one; the old one stays for as long as the old version.
 */
final class Extension {
    private static final int IMAGE = 8;

    private Extension() {
    }

    static boolean isIn(long word) {
        return (word & HeapPage.EXTENDED) != 0;
    }

    static long pointer(long word) {
        return word & HeapPage.XID_MASK;
    }

    /** The xid of a version word, wherever it is. */
    static long xid(long word, Overflow overflow) {
        return isIn(word) ? TupleReader.getLong(overflow.read(pointer(word)), 0) : word & HeapPage.XID_MASK;
    }

    static void free(long word, Overflow overflow) {
        if (isIn(word)) {
            overflow.free(pointer(word));
        }
    }

    /**
     * The version word of a row that {@code xid} writes with the values of an image; those from attribute {@code known} on go to an extension.
     */
    static long write(byte[] image, int start, RowFormat format, int known, long xid, Overflow.Target overflow) {
        TupleReader values = new TupleReader().reset(image, start, format);
        ByteSink out = new ByteSink(64);
        out.putLong(Long.reverseBytes(xid));
        int n = format.size();
        int bitmaps = TupleImage.begin(out, n);
        boolean any = false;
        while (values.next()) {
            int i = values.attribute();
            if (i < known) {
                continue;
            }
            any = true;
            TupleImage.setPresent(out, bitmaps, i);
            if (values.isNull()) {
                TupleImage.setNull(out, bitmaps, n, i);
                continue;
            }
            if (format.width(i) == Attribute.VARIABLE) {
                TupleImage.putVarint(out, values.length() * 2);
            }
            out.put(values.bytes(), values.offset(), values.length());
        }
        if (!any) {
            return HeapPage.LIVE | xid;
        }
        return HeapPage.LIVE | HeapPage.EXTENDED | overflow.write(out.array(), 0, out.size());
    }

    /** Puts the values that attributes from {@code known} on have in a row with this word into a batch. */
    static void read(long word, int known, RowFormat format, RowLayout layout, Overflow overflow, int[] attributes, Batch out,
            int row) {
        for (int i = 0; i < attributes.length; i++) {
            Attribute attribute = layout.attribute(attributes[i]);
            if (attributes[i] >= known) {
                out.column(i).set(row, attribute.dropped() ? null : attribute.missing());
            }
        }
        if (!isIn(word)) {
            return;
        }
        byte[] stored = overflow.read(pointer(word));
        TupleReader values = new TupleReader().reset(stored, IMAGE, format);
        while (values.next()) {
            for (int i = 0; i < attributes.length; i++) {
                if (attributes[i] != values.attribute() || layout.attribute(attributes[i]).dropped()) {
                    continue;
                }
                if (values.isNull()) {
                    out.column(i).setNull(row);
                } else {
                    TupleImage.decode(stored, values.offset(), values.length(), layout.attribute(attributes[i]), out.column(i), row);
                }
            }
        }
    }
}
