package org.gajah.type;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BoolVector;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/** bool. */
public final class BoolCodec implements TypeCodec, Ordered {
    static final BoolCodec INSTANCE = new BoolCodec();

    private BoolCodec() {
    }

    @Override
    public boolean isPlainText() {
        return true;
    }

    @Override
    public Carrier carrier() {
        return Carrier.BOOL;
    }

    /** True, false, yes, no, on, off, 1, 0, and what begins them unambiguously. */
    public static boolean parse(Slice text) {
        Slice t = IntegerText.trim(text);
        if (t.length() == 1) {
            switch (t.at(0)) {
                case 't', 'T', 'y', 'Y', '1' -> {
                    return true;
                }
                case 'f', 'F', 'n', 'N', '0' -> {
                    return false;
                }
                default -> throw Errors.invalidSyntax("boolean", text);
            }
        }
        if (t.length() >= 2 && t.length() <= 5) {
            String s = new String(t.array(), t.offset(), t.length(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            if ("true".startsWith(s) || "yes".startsWith(s) || s.equals("on")) {
                return true;
            }
            if ("false".startsWith(s) || s.equals("no") || "off".startsWith(s)) {
                return false;
            }
        }
        throw Errors.invalidSyntax("boolean", text);
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        ((BoolVector) out).put(row, parse(text));
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        out.putByte(((BoolVector) values).values[row] ? 't' : 'f');
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        Errors.requireLength(bytes, 1);
        ((BoolVector) out).put(row, bytes.at(0) != 0);
    }

    @Override
    public void send(Vector values, int row, TypeContext context, ByteSink out) {
        out.putByte(((BoolVector) values).values[row] ? 1 : 0);
    }

    @Override
    public int storedWidth() {
        return 1;
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return Boolean.compare(((BoolVector) a).values[rowA], ((BoolVector) b).values[rowB]);
    }

    @Override
    public long hash(Vector values, int row) {
        return Hash.mix(((BoolVector) values).values[row] ? 1 : 0);
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        out.putByte(((BoolVector) values).values[row] ? 1 : 0);
    }
}
