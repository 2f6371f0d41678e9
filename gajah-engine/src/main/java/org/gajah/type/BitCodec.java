package org.gajah.type;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.BytesVector;
import org.gajah.vector.Vector;

/** bit and varbit: four bytes of length in bits, then the bits from the left, the last byte filled with zeros. */
final class BitCodec extends BytesCodec {
    private final boolean varying;

    BitCodec(boolean varying) {
        this.varying = varying;
    }

    @Override
    public void parse(Slice text, int typmod, TypeContext context, Vector out, int row) {
        boolean hex = !text.isEmpty() && (text.at(0) | 0x20) == 'x';
        int from = hex || !text.isEmpty() && (text.at(0) | 0x20) == 'b' ? 1 : 0;
        int length = (text.length() - from) * (hex ? 4 : 1);
        checkLength(length, typmod);
        byte[] bits = new byte[4 + (length + 7) / 8];
        Bits.setInt(bits, 0, length);
        for (int i = from; i < text.length(); i++) {
            int digit = Character.digit(text.at(i), hex ? 16 : 2);
            if (digit < 0) {
                String shown = text.slice(i, Math.min(text.length() - i, Utf8.width(text.at(i)))).toString();
                throw new SqlError(SqlState.INVALID_TEXT_REPRESENTATION,
                        "\"" + shown + "\" is not a valid " + (hex ? "hexadecimal" : "binary") + " digit");
            }
            int at = i - from;
            bits[4 + (hex ? at / 2 : at / 8)] |= (byte) (hex ? digit << (at % 2 == 0 ? 4 : 0) : digit << 7 - at % 8);
        }
        ((BytesVector) out).put(row, Slice.of(bits));
    }

    private void checkLength(int length, int typmod) {
        if (typmod > 0 && (varying ? length > typmod : length != typmod)) {
            throw varying ? new SqlError(SqlState.STRING_DATA_RIGHT_TRUNCATION,
                            "bit string too long for type bit varying(" + typmod + ")")
                    : new SqlError(SqlState.STRING_DATA_LENGTH_MISMATCH,
                            "bit string length " + length + " does not match type bit(" + typmod + ")");
        }
    }

    @Override
    public void receive(Slice bytes, int typmod, TypeContext context, Vector out, int row) {
        int length = bytes.length() < 4 ? -1 : Bits.getInt(bytes.array(), bytes.offset());
        if (length >= 0 && bytes.length() - 4 > ((long) length + 7) / 8) {
            throw Errors.leftover();
        }
        if (length < 0 || bytes.length() - 4 != ((long) length + 7) / 8) {
            throw Errors.invalidBinary("invalid length in external bit string");
        }
        checkLength(length, typmod);
        byte[] copy = bytes.toBytes();
        if (length % 8 != 0) {
            copy[copy.length - 1] &= (byte) (0xff << 8 - length % 8);
        }
        ((BytesVector) out).put(row, Slice.of(copy));
    }

    @Override
    public void format(Vector values, int row, TypeContext context, ByteSink out) {
        Slice s = ((BytesVector) values).slice(row);
        int length = Bits.getInt(s.array(), s.offset());
        for (int i = 0; i < length; i++) {
            out.putByte('0' + (s.at(4 + i / 8) >> 7 - i % 8 & 1));
        }
    }

    private static int compareBits(Slice a, Slice b) {
        int order = a.slice(4, a.length() - 4).compareTo(b.slice(4, b.length() - 4));
        return order != 0 ? order : Integer.compare(Bits.getInt(a.array(), a.offset()), Bits.getInt(b.array(), b.offset()));
    }

    @Override
    public int compare(Vector a, int rowA, Vector b, int rowB) {
        return compareBits(((BytesVector) a).slice(rowA), ((BytesVector) b).slice(rowB));
    }

    @Override
    public void key(Vector values, int row, ByteSink out) {
        BytesVector v = (BytesVector) values;
        escapedKey(v.arrays[row], v.offsets[row] + 4, v.lengths[row] - 4, out);
        out.putInt(Bits.getInt(v.arrays[row], v.offsets[row]));
    }
}
