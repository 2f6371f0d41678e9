package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** macaddr and macaddr8. */
final class MacaddrCodec extends BytesCodec {
    private final int length;

    MacaddrCodec(int length) {
        this.length = length;
    }

    private String type() {
        return length == 6 ? "macaddr" : "macaddr8";
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        Slice t = IntegerText.trim(text);
        ByteSink bytes = new ByteSink(8);
        int separator = 0;
        for (int i = 0; i < t.length(); i += 2) {
            int c = t.at(i);
            if (bytes.size() > 0 && (c == ':' || c == '-' || c == '.')) {
                if (separator != 0 && separator != c) {
                    throw Errors.invalidSyntax(type(), text);
                }
                separator = c;
                i++;
            }
            int high = i < t.length() ? Character.digit(t.at(i), 16) : -1;
            int low = i + 1 < t.length() ? Character.digit(t.at(i + 1), 16) : -1;
            if (high < 0 || low < 0) {
                throw Errors.invalidSyntax(type(), text);
            }
            bytes.putByte(high << 4 | low);
        }
        if (bytes.size() == 6 && length == 8) {
            Slice six = bytes.view().copy();
            bytes.truncate(3);
            bytes.putByte(0xff).putByte(0xfe).put(six.slice(3, 3));
        }
        if (bytes.size() != length) {
            throw Errors.invalidSyntax(type(), text);
        }
        ((BytesVector) out).put(row, bytes.view());
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Errors.requireLength(bytes, length);
        super.receive(bytes, typmod, context, out, row);
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        Slice s = ((BytesVector) values).slice(row);
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.putByte(':');
            }
            ByteaCodec.hex(s.slice(i, 1), out);
        }
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        send(values, row, null, out);
    }
}
