package org.gajah.store;

import org.gajah.base.ByteSink;
import org.gajah.table.Attribute;

/** Makes an image fit a page: values that are too long, or for which there is no room, become overflow values. */
final class Fitting {
    private final TupleReader reader = new TupleReader();
    private final ByteSink out = new ByteSink(256);

    Fitting() {
        out.clear();
    }

    /** Bytes that an image's values take in a page's heap, not counting those that are too long for it. */
    int inlineBytes(byte[] image, int start, RowFormat format) {
        reader.reset(image, start, format);
        int total = 0;
        while (reader.next()) {
            if (isInlineVariable(reader, format)) {
                total += reader.length();
            }
        }
        return total;
    }

    /** Whether some value is too long for any page. */
    boolean hasLong(byte[] image, int start, RowFormat format) {
        reader.reset(image, start, format);
        while (reader.next()) {
            if (format.width(reader.attribute()) == Attribute.VARIABLE && !reader.isNull() && !reader.isPointer()
                    && reader.length() > HeapPage.INLINE_LIMIT) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInlineVariable(TupleReader reader, RowFormat format) {
        return format.width(reader.attribute()) == Attribute.VARIABLE && !reader.isNull() && !reader.isPointer()
                && reader.length() <= HeapPage.INLINE_LIMIT;
    }

    /**
     * The image with long values, and as many others as needed to leave at most {@code room} bytes, turned into pointers; valid
     * until the next call. Attributes from {@code known} on, for which the page has no columns, are left out.
     */
    byte[] externalise(byte[] image, int start, RowFormat format, int known, int room, Overflow.Target overflow) {
        int excess = inlineBytes(image, start, format) - room;
        int[] outside = new int[format.size()];
        for (int limit = 64; excess > 0; limit = limit == 64 ? 0 : -1) {
            reader.reset(image, start, format);
            while (reader.next() && excess > 0) {
                if (isInlineVariable(reader, format) && reader.length() > limit && outside[reader.attribute()] == 0) {
                    outside[reader.attribute()] = 1;
                    excess -= reader.length();
                }
            }
            if (limit < 0) {
                break;
            }
        }
        out.clear();
        reader.reset(image, start, format);
        int n = format.size();
        int bitmaps = TupleImage.begin(out, n);
        while (reader.next()) {
            int attribute = reader.attribute();
            if (attribute >= known) {
                continue;
            }
            TupleImage.setPresent(out, bitmaps, attribute);
            if (reader.isNull()) {
                TupleImage.setNull(out, bitmaps, n, attribute);
            } else if (format.width(attribute) != Attribute.VARIABLE) {
                out.put(reader.bytes(), reader.offset(), reader.length());
            } else if (reader.isPointer() || reader.length() <= HeapPage.INLINE_LIMIT && outside[attribute] == 0) {
                TupleImage.putVarint(out, reader.length() * 2 + (reader.isPointer() ? 1 : 0));
                out.put(reader.bytes(), reader.offset(), reader.length());
            } else {
                TupleImage.putVarint(out, TupleImage.POINTER_BYTES * 2 + 1);
                out.putLong(Long.reverseBytes(overflow.write(reader.bytes(), reader.offset(), reader.length())));
            }
        }
        return out.toBytes();
    }
}
