package org.gajah.store;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.gajah.base.ByteSink;
import org.gajah.base.ByteSource;
import org.gajah.page.Memory;
import org.gajah.table.Attribute;
import org.gajah.table.RowLayout;

/**
 * What pages need to know of a row layout: the width of each attribute. A page says by version number which format it has; later
 * formats of a table append attributes or mark some as dropped.
 */
final class RowFormat {
    /** Width of an attribute of which new pages keep nothing. */
    static final int DROPPED = 256;
    private static final int VARIABLE_ENTRY = 8;

    /** What is added to the width of an attribute to remember it when the attribute is dropped: older images still hold values. */
    private static final int DROPPED_BASE = DROPPED + 1;

    private final int version;
    private final short[] widths;
    private final int fixedBytes;
    private final int variableCount;
    private final AtomicReferenceArray<PageLayout> layouts = new AtomicReferenceArray<>(PageLayout.MAX_CAPACITY + 1);

    RowFormat(int version, short[] widths) {
        this.version = version;
        this.widths = widths;
        int fixed = 0;
        int variable = 0;
        for (short width : widths) {
            if (width == Attribute.VARIABLE) {
                variable++;
                fixed += VARIABLE_ENTRY;
            } else if (width < DROPPED) {
                fixed += width;
            }
        }
        fixedBytes = fixed;
        variableCount = variable;
    }

    static RowFormat of(int version, RowLayout layout) {
        short[] widths = new short[layout.size()];
        for (int i = 0; i < widths.length; i++) {
            Attribute attribute = layout.attribute(i);
            widths[i] = (short) (attribute.dropped() ? DROPPED_BASE + attribute.width() : attribute.width());
        }
        return new RowFormat(version, widths);
    }

    int version() {
        return version;
    }

    int size() {
        return widths.length;
    }

    /** The width in pages of this format, {@link #DROPPED} if they keep nothing. */
    int width(int attribute) {
        return Math.min(widths[attribute], DROPPED);
    }

    /** The width in an image that holds the attribute, be it dropped in this format or not. */
    int imageWidth(int attribute) {
        int width = widths[attribute];
        return width < DROPPED ? width : width - DROPPED_BASE;
    }

    int variableCount() {
        return variableCount;
    }

    /** The layout of pages with this many slots. */
    PageLayout layout(int capacity) {
        PageLayout layout = layouts.get(capacity);
        if (layout == null) {
            layout = new PageLayout(this, capacity);
            layouts.set(capacity, layout);
        }
        return layout;
    }

    /** How many slots a new page should have if rows take {@code variableBytes} in the page's byte heap on average. */
    int capacityFor(int variableBytes) {
        int bits = widths.length;
        long rowBits = (PageLayout.WORD_BYTES + fixedBytes + variableBytes) * 8L + bits;
        int available = Memory.PAGE_SIZE - PageLayout.FIRST - widths.length - 8;
        int capacity = (int) Math.min(PageLayout.MAX_CAPACITY, available * 8L / rowBits);
        while (capacity > 1 && layoutEnd(capacity) > Memory.PAGE_SIZE) {
            capacity--;
        }
        if (capacity < 1 && layoutEnd(1) > Memory.PAGE_SIZE) {
            throw new IllegalStateException("a row of " + widths.length + " attributes does not fit a page");
        }
        return Math.max(1, capacity);
    }

    private int layoutEnd(int capacity) {
        return PageLayout.FIRST + capacity * (PageLayout.WORD_BYTES + fixedBytes) + widths.length * ((capacity + 7) / 8);
    }

    void write(ByteSink out) {
        out.putInt(version).putInt(widths.length);
        for (short width : widths) {
            out.putShort(width);
        }
    }

    static RowFormat read(ByteSource in) {
        int version = in.getInt();
        int count = in.getInt();
        short[] widths = new short[Math.min(count, in.remaining() / 2)];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = in.getShort();
        }
        return new RowFormat(version, widths);
    }
}
