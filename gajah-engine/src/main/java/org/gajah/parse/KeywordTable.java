package org.gajah.parse;

/** Finds the keyword that a run of bytes spells, whatever its case. */
final class KeywordTable {
    private static final int SIZE = 2048;
    private static final int LONGEST = 17;
    private static final Keyword[] SLOTS = new Keyword[SIZE];
    private static final Keyword[] ALL = Keyword.values();

    static {
        for (Keyword keyword : ALL) {
            if (keyword != Keyword.NOT_A_KEYWORD) {
                int slot = slotOf(keyword.word());
                while (SLOTS[slot] != null) {
                    slot = (slot + 1) & (SIZE - 1);
                }
                SLOTS[slot] = keyword;
            }
        }
    }

    private KeywordTable() {
    }

    private static int slotOf(String word) {
        int h = 0;
        for (int i = 0; i < word.length(); i++) {
            h = h * 31 + word.charAt(i);
        }
        return spread(h);
    }

    private static int spread(int h) {
        return (h ^ h >>> 11) & (SIZE - 1);
    }

    /** The keyword, or NOT_A_KEYWORD. Words may differ in the case of ASCII letters only. */
    static Keyword find(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < 2 || length > LONGEST) {
            return Keyword.NOT_A_KEYWORD;
        }
        int h = 0;
        for (int i = from; i < to; i++) {
            h = h * 31 + fold(bytes[i]);
        }
        for (int slot = spread(h); SLOTS[slot] != null; slot = (slot + 1) & (SIZE - 1)) {
            if (spells(SLOTS[slot].word(), bytes, from, length)) {
                return SLOTS[slot];
            }
        }
        return Keyword.NOT_A_KEYWORD;
    }

    private static boolean spells(String word, byte[] bytes, int from, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != fold(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static int fold(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    static Keyword byOrdinal(int ordinal) {
        return ALL[ordinal];
    }
}
