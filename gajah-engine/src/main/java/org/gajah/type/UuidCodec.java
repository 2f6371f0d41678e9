package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** uuid: sixteen bytes. */
final class UuidCodec extends BytesCodec {
    @Override
    public boolean isPlainText() {
        return true;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        BytesVector v = (BytesVector) out;
        int at = v.allocate(row, 16);
        byte[] target = v.arrays[row];
        int i = 0;
        int end = text.length();
        if (end >= 2 && text.at(0) == '{') {
            if (text.at(end - 1) != '}') {
                throw Errors.invalidSyntax("uuid", text);
            }
            i++;
            end--;
        }
        for (int k = 0; k < 16; k++) {
            int high = i < end ? Character.digit(text.at(i), 16) : -1;
            int low = i + 1 < end ? Character.digit(text.at(i + 1), 16) : -1;
            if (high < 0 || low < 0) {
                throw Errors.invalidSyntax("uuid", text);
            }
            target[at + k] = (byte) (high << 4 | low);
            i += 2;
            if ((k & 1) == 1 && k < 15 && i < end && text.at(i) == '-') {
                i++;
            }
        }
        if (i != end) {
            throw Errors.invalidSyntax("uuid", text);
        }
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Errors.requireLength(bytes, 16);
        super.receive(bytes, typmod, context, out, row);
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        Slice s = ((BytesVector) values).slice(row);
        ByteaCodec.hex(s.slice(0, 4), out);
        for (int i = 4; i < 10; i += 2) {
            out.putByte('-');
            ByteaCodec.hex(s.slice(i, 2), out);
        }
        out.putByte('-');
        ByteaCodec.hex(s.slice(10, 6), out);
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        send(values, row, null, out);
    }
}
