package org.gajah.func;

import org.gajah.base.Slice;

/** Comparison of text and its kin, bytea, uuid and hardware addresses: byte-wise, which is the C collation. */
public final class TextComparisons {
    private TextComparisons() {
    }

    public static boolean texteq(Slice a, Slice b) {
        return a.equals(b);
    }

    public static boolean textne(Slice a, Slice b) {
        return !a.equals(b);
    }

    public static boolean text_lt(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean text_le(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean text_gt(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean text_ge(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int bttextcmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static Slice text_larger(Slice a, Slice b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public static Slice text_smaller(Slice a, Slice b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    public static boolean text_pattern_lt(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean text_pattern_le(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean text_pattern_gt(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean text_pattern_ge(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int bttext_pattern_cmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static boolean nameeq(Slice a, Slice b) {
        return a.equals(b);
    }

    public static boolean namene(Slice a, Slice b) {
        return !a.equals(b);
    }

    public static boolean namelt(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean namele(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean namegt(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean namege(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int btnamecmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static boolean nameeqtext(Slice a, Slice b) {
        return a.equals(b);
    }

    public static boolean namenetext(Slice a, Slice b) {
        return !a.equals(b);
    }

    public static boolean namelttext(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean nameletext(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean namegttext(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean namegetext(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int btnametextcmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static boolean texteqname(Slice a, Slice b) {
        return a.equals(b);
    }

    public static boolean textnename(Slice a, Slice b) {
        return !a.equals(b);
    }

    public static boolean textltname(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean textlename(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean textgtname(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean textgename(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int bttextnamecmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static boolean byteaeq(Slice a, Slice b) {
        return a.equals(b);
    }

    public static boolean byteane(Slice a, Slice b) {
        return !a.equals(b);
    }

    public static boolean bytealt(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean byteale(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean byteagt(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean byteage(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int byteacmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static Slice bytea_larger(Slice a, Slice b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public static Slice bytea_smaller(Slice a, Slice b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    public static boolean uuid_eq(Slice a, Slice b) {
        return a.equals(b);
    }

    public static boolean uuid_ne(Slice a, Slice b) {
        return !a.equals(b);
    }

    public static boolean uuid_lt(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean uuid_le(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean uuid_gt(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean uuid_ge(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int uuid_cmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static boolean macaddr_eq(Slice a, Slice b) {
        return a.equals(b);
    }

    public static boolean macaddr_ne(Slice a, Slice b) {
        return !a.equals(b);
    }

    public static boolean macaddr_lt(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean macaddr_le(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean macaddr_gt(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean macaddr_ge(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int macaddr_cmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static boolean macaddr8_eq(Slice a, Slice b) {
        return a.equals(b);
    }

    public static boolean macaddr8_ne(Slice a, Slice b) {
        return !a.equals(b);
    }

    public static boolean macaddr8_lt(Slice a, Slice b) {
        return a.compareTo(b) < 0;
    }

    public static boolean macaddr8_le(Slice a, Slice b) {
        return a.compareTo(b) <= 0;
    }

    public static boolean macaddr8_gt(Slice a, Slice b) {
        return a.compareTo(b) > 0;
    }

    public static boolean macaddr8_ge(Slice a, Slice b) {
        return a.compareTo(b) >= 0;
    }

    public static int macaddr8_cmp(Slice a, Slice b) {
        return a.compareTo(b);
    }

    public static boolean bpchareq(Slice a, Slice b) {
        return bpcharcmp(a, b) == 0;
    }

    public static boolean bpcharne(Slice a, Slice b) {
        return bpcharcmp(a, b) != 0;
    }

    public static boolean bpcharlt(Slice a, Slice b) {
        return bpcharcmp(a, b) < 0;
    }

    public static boolean bpcharle(Slice a, Slice b) {
        return bpcharcmp(a, b) <= 0;
    }

    public static boolean bpchargt(Slice a, Slice b) {
        return bpcharcmp(a, b) > 0;
    }

    public static boolean bpcharge(Slice a, Slice b) {
        return bpcharcmp(a, b) >= 0;
    }

    public static int bpcharcmp(Slice a, Slice b) {
        return trimmed(a).compareTo(trimmed(b));
    }

    public static Slice bpchar_larger(Slice a, Slice b) {
        return bpcharcmp(a, b) >= 0 ? a : b;
    }

    public static Slice bpchar_smaller(Slice a, Slice b) {
        return bpcharcmp(a, b) <= 0 ? a : b;
    }

    public static boolean bpchar_pattern_lt(Slice a, Slice b) {
        return bpcharcmp(a, b) < 0;
    }

    public static boolean bpchar_pattern_le(Slice a, Slice b) {
        return bpcharcmp(a, b) <= 0;
    }

    public static boolean bpchar_pattern_gt(Slice a, Slice b) {
        return bpcharcmp(a, b) > 0;
    }

    public static boolean bpchar_pattern_ge(Slice a, Slice b) {
        return bpcharcmp(a, b) >= 0;
    }

    public static int btbpchar_pattern_cmp(Slice a, Slice b) {
        return bpcharcmp(a, b);
    }

    /** Without the spaces at the end. */
    static Slice trimmed(Slice s) {
        int n = s.length();
        while (n > 0 && s.at(n - 1) == ' ') {
            n--;
        }
        return n == s.length() ? s : s.slice(0, n);
    }
}
