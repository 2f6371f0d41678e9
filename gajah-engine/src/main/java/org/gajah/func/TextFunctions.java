package org.gajah.func;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.MemoryBudget;
import org.gajah.base.Slice;
import org.gajah.type.Errors;
import org.gajah.type.Texts;
import org.gajah.type.Utf8;

/** Length, concatenation, parts and padding of text. Positions count characters from 1. */
public final class TextFunctions {
    /** Bytes that a value may have. */
    static final int MAX_BYTES = 0x3fffffff;

    private TextFunctions() {
    }

    /** 54000 if a result would be larger than a value may be. */
    static int checkedSize(long bytes) {
        if (bytes > MAX_BYTES - 4) {
            throw Errors.lengthTooLarge();
        }
        return (int) bytes;
    }

    /** As {@link #checkedSize}, for bytes that are made at once: 53200 if there is no memory for them. */
    static int claimed(long bytes) {
        int size = checkedSize(bytes);
        MemoryBudget.claim(size);
        return size;
    }

    public static int textlen(Slice s) {
        return Utf8.length(s);
    }

    public static int textoctetlen(Slice s) {
        return s.length();
    }

    public static int bpcharlen(Slice s) {
        return Utf8.length(TextComparisons.trimmed(s));
    }

    public static int bpcharoctetlen(Slice s) {
        return s.length();
    }

    public static int byteaoctetlen(Slice s) {
        return s.length();
    }


    public static Slice textcat(Slice a, Slice b) {
        return join(a, b);
    }

    public static Slice byteacat(Slice a, Slice b) {
        return join(a, b);
    }

    private static Slice join(Slice a, Slice b) {
        byte[] r = new byte[claimed((long) a.length() + b.length())];
        System.arraycopy(a.array(), a.offset(), r, 0, a.length());
        System.arraycopy(b.array(), b.offset(), r, a.length(), b.length());
        return Slice.of(r);
    }

    /** Bytes from character {@code start} (1-based, may be less) to before {@code end}. */
    private static Slice characters(Slice s, long start, long end) {
        long from = Math.max(start, 1);
        if (end <= from) {
            return Slice.EMPTY;
        }
        int begin = Utf8.offset(s, (int) Math.min(from - 1, Integer.MAX_VALUE));
        Slice rest = s.slice(begin, s.length() - begin);
        return rest.slice(0, Utf8.offset(rest, (int) Math.min(end - from, Integer.MAX_VALUE)));
    }

    static SqlError negativeSubstring() {
        return new SqlError(SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
    }

    public static Slice text_substr(Slice s, int start, int length) {
        if (length < 0) {
            throw negativeSubstring();
        }
        return characters(s, start, (long) start + length);
    }

    public static Slice text_substr_no_len(Slice s, int start) {
        return characters(s, start, Long.MAX_VALUE);
    }

    public static Slice text_left(Slice s, int n) {
        return characters(s, 1, 1L + (n >= 0 ? n : (long) Utf8.length(s) + n));
    }

    public static Slice text_right(Slice s, int n) {
        if (n == Integer.MIN_VALUE) {
            return s;
        }
        long length = Utf8.length(s);
        return characters(s, 1 + (n >= 0 ? length - n : -(long) n), Long.MAX_VALUE);
    }

    public static Slice textoverlay(Slice s, Slice with, int start, int length) {
        if (start <= 0) {
            throw negativeSubstring();
        }
        if ((long) start + length > Integer.MAX_VALUE) {
            throw Errors.outOfRange("integer");
        }
        return join(join(characters(s, 1, start), with), characters(s, (long) start + length, Long.MAX_VALUE));
    }

    public static Slice textoverlay_no_len(Slice s, Slice with, int start) {
        return textoverlay(s, with, start, Utf8.length(with));
    }

    /** Where {@code needle} begins at or after byte {@code from}; -1 if nowhere. */
    static int indexOf(Slice s, Slice needle, int from) {
        int n = needle.length();
        if (n == 0) {
            return from;
        }
        byte[] a = s.array();
        byte[] b = needle.array();
        byte first = b[needle.offset()];
        int last = s.offset() + s.length() - n;
        for (int i = s.offset() + from; i <= last; i++) {
            if (a[i] == first && Arrays.equals(a, i, i + n, b, needle.offset(), needle.offset() + n)) {
                return i - s.offset();
            }
        }
        return -1;
    }

    public static int textpos(Slice s, Slice needle) {
        int at = indexOf(s, needle, 0);
        return at < 0 ? 0 : Utf8.length(s.slice(0, at)) + 1;
    }

    public static boolean text_starts_with(Slice s, Slice prefix) {
        return s.length() >= prefix.length() && s.slice(0, prefix.length()).equals(prefix);
    }

    public static Slice replace_text(CallContext context, Slice s, Slice from, Slice to) {
        if (from.isEmpty() || s.length() < from.length()) {
            return s;
        }
        int at = indexOf(s, from, 0);
        if (at < 0) {
            return s;
        }
        ByteSink out = new ByteSink(s.length() + to.length());
        int done = 0;
        while (at >= 0) {
            checkedSize((long) out.size() + at - done + to.length());
            out.put(s.slice(done, at - done)).put(to);
            done = at + from.length();
            context.checkCancelled();
            at = indexOf(s, from, done);
        }
        return out.put(s.slice(done, s.length() - done)).view();
    }

    public static Slice split_part(Slice s, Slice separator, int field) {
        if (field == 0) {
            throw Errors.invalidParameter("field position must not be zero");
        }
        if (s.isEmpty()) {
            return Slice.EMPTY;
        }
        if (separator.isEmpty()) {
            return field == 1 || field == -1 ? s : Slice.EMPTY;
        }
        int wanted = field;
        if (field < 0) {
            int count = 1;
            for (int at = indexOf(s, separator, 0); at >= 0; at = indexOf(s, separator, at + separator.length())) {
                count++;
            }
            wanted = count + field + 1;
            if (wanted < 1) {
                return Slice.EMPTY;
            }
        }
        int start = 0;
        for (int i = 1;; i++) {
            int at = indexOf(s, separator, start);
            if (i == wanted) {
                return s.slice(start, (at < 0 ? s.length() : at) - start);
            }
            if (at < 0) {
                return Slice.EMPTY;
            }
            start = at + separator.length();
        }
    }

    public static Slice repeat(CallContext context, Slice s, int count) {
        if (count <= 0 || s.isEmpty()) {
            return Slice.EMPTY;
        }
        int size = claimed((long) s.length() * count);
        byte[] r = new byte[size];
        System.arraycopy(s.array(), s.offset(), r, 0, s.length());
        for (int done = s.length(); done < size; done *= 2) {
            System.arraycopy(r, 0, r, done, Math.min(done, size - done));
            context.checkCancelled();
            if (done > size / 2) {
                break;
            }
        }
        return Slice.of(r);
    }

    public static Slice text_reverse(Slice s) {
        byte[] r = new byte[s.length()];
        int to = r.length;
        for (int at = 0; at < s.length();) {
            int w = Math.min(Utf8.width(s.at(at)), s.length() - at);
            to -= w;
            System.arraycopy(s.array(), s.offset() + at, r, to, w);
            at += w;
        }
        return Slice.of(r);
    }

    public static Slice lpad(Slice s, int length, Slice fill) {
        return pad(s, length, fill, true);
    }

    public static Slice rpad(Slice s, int length, Slice fill) {
        return pad(s, length, fill, false);
    }

    private static Slice pad(Slice s, int length, Slice fill, boolean left) {
        int wanted = Math.max(0, length);
        int have = Utf8.length(s);
        if (have >= wanted) {
            return s.slice(0, Utf8.offset(s, wanted));
        }
        if (fill.isEmpty()) {
            return s;
        }
        checkedSize((long) wanted * 4);
        MemoryBudget.claim(wanted);
        int missing = wanted - have;
        int[] starts = new int[Utf8.length(fill) + 1];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + Utf8.width(fill.at(starts[i - 1]));
        }
        int chars = starts.length - 1;
        int bytes = missing / chars * fill.length() + starts[missing % chars];
        byte[] r = new byte[s.length() + bytes];
        int base = left ? 0 : s.length();
        for (int i = 0; i < bytes; i += fill.length()) {
            System.arraycopy(fill.array(), fill.offset(), r, base + i, Math.min(fill.length(), bytes - i));
        }
        System.arraycopy(s.array(), s.offset(), r, left ? bytes : 0, s.length());
        return Slice.of(r);
    }

    public static Slice translate(Slice s, Slice from, Slice to) {
        int[] source = Utf8.codePoints(from);
        int[] target = Utf8.codePoints(to);
        ByteSink out = new ByteSink(s.length());
        for (int at = 0; at < s.length(); at += Utf8.width(s.at(at))) {
            int c = Utf8.codePoint(s, at);
            int found = 0;
            while (found < source.length && source[found] != c) {
                found++;
            }
            if (found == source.length) {
                Utf8.put(c, out);
            } else if (found < target.length) {
                Utf8.put(target[found], out);
            }
        }
        return out.view();
    }

    public static int ascii(Slice s) {
        return s.isEmpty() ? 0 : Utf8.codePoint(s, 0);
    }

    public static Slice chr(int code) {
        if (code < 0) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "character number must be positive");
        }
        if (code == 0) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "null character not permitted");
        }
        if (code > 0x10ffff) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "requested character too large for encoding: " + code);
        }
        if (code >= 0xd800 && code < 0xe000) {
            throw new SqlError(SqlState.PROGRAM_LIMIT_EXCEEDED, "requested character not valid for encoding: " + code);
        }
        ByteSink out = new ByteSink(4);
        Utf8.put(code, out);
        return out.view();
    }

    public static Slice text_name(Slice s) {
        return Texts.name(s);
    }

    public static Slice bpchar_name(Slice s) {
        return Texts.name(TextComparisons.trimmed(s));
    }

    public static Slice name_text(Slice s) {
        return s;
    }

    public static Slice name_bpchar(Slice s) {
        return s;
    }

    public static Slice nameconcatoid(Slice name, int oid) {
        Slice suffix = Slice.of("_" + Integer.toUnsignedString(oid));
        int keep = Math.min(name.length(), 63 - suffix.length());
        while (keep < name.length() && keep > 0 && (name.at(keep) & 0xc0) == 0x80) {
            keep--;
        }
        return join(name.slice(0, keep), suffix);
    }

    public static Slice rtrim1(Slice s) {
        return TextComparisons.trimmed(s);
    }

    public static Slice booltext(boolean a) {
        return Slice.of(a ? "true" : "false");
    }

    public static int text_char(Slice s) {
        return s.isEmpty() ? 0 : s.at(0);
    }

    public static Slice char_text(int c) {
        int b = c & 0xff;
        if (b == 0) {
            return Slice.EMPTY;
        }
        return b < 0x80 ? Slice.of(new byte[] {(byte) b}) : Slice.of(String.format("\\%o", b));
    }

    public static Slice char_bpchar(int c) {
        return (c & 0xff) == 0 ? Slice.EMPTY : Slice.of(new byte[] {(byte) c});
    }

    /** The cast to varchar(n). */
    public static Slice varchar(Slice s, int typmod, boolean explicit) {
        return Texts.varchar(s, typmod, explicit);
    }

    /** The cast to char(n). */
    public static Slice bpchar(Slice s, int typmod, boolean explicit) {
        return Texts.bpchar(s, typmod, explicit);
    }
}
