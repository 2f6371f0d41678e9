package org.gajah.type;

import java.util.Arrays;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** char(n): padded with spaces on disk and on the wire; spaces at the end do not count in comparisons. */
final class BpcharCodec extends BytesCodec {
    @Override
    public boolean isTextInBinary() {
        return true;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((BytesVector) out).put(row, fit(text, typmod, false));
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Utf8.validate(bytes);
        parse(bytes, typmod, context, out, row);
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        send(values, row, context, out);
    }

    /** Pads or cuts text to char(typmod - 4). */
    static Slice fit(Slice text, int typmod, boolean explicit) {
        int limit = typmod - 4;
        if (typmod < 4) {
            return text;
        }
        if (limit > 0x3ffffff) {
            throw Errors.lengthTooLarge();
        }
        int chars = Utf8.length(text);
        if (chars == limit) {
            return text;
        }
        if (chars > limit) {
            int end = Utf8.offset(text, limit);
            if (!explicit) {
                TextCodec.requireSpaces(text, end, "character(" + limit + ")");
            }
            return text.slice(0, end);
        }
        byte[] padded = Arrays.copyOfRange(text.array(), text.offset(), text.offset() + text.length() + limit - chars);
        Arrays.fill(padded, text.length(), padded.length, (byte) ' ');
        return Slice.of(padded);
    }

    private static int trimmed(BytesVector v, int row) {
        int end = v.offsets[row] + v.lengths[row];
        while (end > v.offsets[row] && v.arrays[row][end - 1] == ' ') {
            end--;
        }
        return end;
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        BytesVector x = (BytesVector) a;
        BytesVector y = (BytesVector) b;
        return Arrays.compareUnsigned(x.arrays[rowA], x.offsets[rowA], trimmed(x, rowA),
                y.arrays[rowB], y.offsets[rowB], trimmed(y, rowB));
    }

    @Override
    public long hash(Vector values, int row) {
        BytesVector v = (BytesVector) values;
        return Hash.bytes(v.arrays[row], v.offsets[row], trimmed(v, row) - v.offsets[row]);
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        BytesVector v = (BytesVector) values;
        out.put(v.arrays[row], v.offsets[row], trimmed(v, row) - v.offsets[row]).putByte(0);
    }
}
