package org.gajah.func;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.type.Errors;

/** Parts, bits and digests of bytea. */
public final class BytesFunctions {
    private BytesFunctions() {
    }

    private static Slice bytes(Slice s, long start, long end) {
        long from = Math.max(start, 1);
        long to = Math.min(end, s.length() + 1L);
        return to <= from ? Slice.EMPTY : s.slice((int) from - 1, (int) (to - from));
    }

    public static Slice bytea_substr(Slice s, int start, int length) {
        if (length < 0) {
            throw TextFunctions.negativeSubstring();
        }
        return bytes(s, start, (long) start + length);
    }

    public static Slice bytea_substr_no_len(Slice s, int start) {
        return bytes(s, start, Long.MAX_VALUE);
    }

    public static Slice byteaoverlay(Slice s, Slice with, int start, int length) {
        if (start <= 0) {
            throw TextFunctions.negativeSubstring();
        }
        if ((long) start + length > Integer.MAX_VALUE) {
            throw Errors.outOfRange("integer");
        }
        return TextFunctions.byteacat(TextFunctions.byteacat(bytes(s, 1, start), with),
                bytes(s, (long) start + length, Long.MAX_VALUE));
    }

    public static Slice byteaoverlay_no_len(Slice s, Slice with, int start) {
        return byteaoverlay(s, with, start, with.length());
    }

    public static int byteapos(Slice s, Slice needle) {
        return TextFunctions.indexOf(s, needle, 0) + 1;
    }

    public static Slice bytea_reverse(Slice s) {
        byte[] r = new byte[s.length()];
        for (int i = 0; i < r.length; i++) {
            r[r.length - 1 - i] = s.at(i);
        }
        return Slice.of(r);
    }

    public static long bytea_bit_count(Slice s) {
        long count = 0;
        for (int i = 0; i < s.length(); i++) {
            count += Integer.bitCount(s.at(i) & 0xff);
        }
        return count;
    }

    private static SqlError index(long index, long limit) {
        return new SqlError(SqlState.ARRAY_SUBSCRIPT_ERROR,
                "index " + index + " out of valid range, 0.." + (limit - 1));
    }

    public static int byteaGetByte(Slice s, int index) {
        if (index < 0 || index >= s.length()) {
            throw index(index, s.length());
        }
        return s.at(index) & 0xff;
    }

    public static Slice byteaSetByte(Slice s, int index, int value) {
        if (index < 0 || index >= s.length()) {
            throw index(index, s.length());
        }
        byte[] r = s.toBytes();
        r[index] = (byte) value;
        return Slice.of(r);
    }

    public static int byteaGetBit(Slice s, long index) {
        if (index < 0 || index >= s.length() * 8L) {
            throw index(index, s.length() * 8L);
        }
        return s.at((int) (index / 8)) >> index % 8 & 1;
    }

    public static Slice byteaSetBit(Slice s, long index, int value) {
        if (index < 0 || index >= s.length() * 8L) {
            throw index(index, s.length() * 8L);
        }
        if (value != 0 && value != 1) {
            throw Errors.invalidParameter("new bit must be 0 or 1");
        }
        byte[] r = s.toBytes();
        int at = (int) (index / 8);
        int mask = 1 << index % 8;
        r[at] = (byte) (value == 1 ? r[at] | mask : r[at] & ~mask);
        return Slice.of(r);
    }

    private static Slice digest(String algorithm, Slice s) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(s.array(), s.offset(), s.length());
            return Slice.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new SqlError(SqlState.INTERNAL_ERROR, "could not compute " + algorithm + " hash", e);
        }
    }

    public static Slice md5_text(Slice s) {
        return Slice.of(digest("MD5", s).toHex());
    }

    public static Slice md5_bytea(Slice s) {
        return md5_text(s);
    }

    public static Slice sha224_bytea(Slice s) {
        return digest("SHA-224", s);
    }

    public static Slice sha256_bytea(Slice s) {
        return digest("SHA-256", s);
    }

    public static Slice sha384_bytea(Slice s) {
        return digest("SHA-384", s);
    }

    public static Slice sha512_bytea(Slice s) {
        return digest("SHA-512", s);
    }

    public static long crc32_bytea(Slice s) {
        CRC32 crc = new CRC32();
        crc.update(s.array(), s.offset(), s.length());
        return crc.getValue();
    }

    public static long crc32c_bytea(Slice s) {
        CRC32C crc = new CRC32C();
        crc.update(s.array(), s.offset(), s.length());
        return crc.getValue();
    }
}
