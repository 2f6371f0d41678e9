package org.gajah.parse;

import java.nio.charset.StandardCharsets;

/** Which words cannot stand as plain identifiers everywhere. */
public final class ReservedWords {
    private ReservedWords() {
    }

    /** Whether quote_ident quotes the lower-case word: it is a keyword of any category but the unreserved. */
    public static boolean needQuotes(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        Keyword keyword = KeywordTable.find(bytes, 0, bytes.length);
        return keyword != Keyword.NOT_A_KEYWORD && keyword.category() != Keyword.Category.UNRESERVED;
    }
}
