package org.gajah.type;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The words that dates and times are written with. Only the first ten letters of a word count. */
record DateTimeWord(Kind kind, int value) {
    enum Kind { NOW, TODAY, TOMORROW, YESTERDAY, EPOCH, INFINITY, NEGATIVE_INFINITY, ALLBALLS, MONTH, DAY_OF_WEEK, ERA, MERIDIEM,
        IGNORED, JULIAN, ISO_TIME, DAYLIGHT, UNIT }

    private static final Map<String, DateTimeWord> WORDS = new HashMap<>();

    static {
        reserved("now", Kind.NOW, "today", Kind.TODAY, "tomorrow", Kind.TOMORROW, "yesterday", Kind.YESTERDAY,
                "epoch", Kind.EPOCH, "infinity", Kind.INFINITY, "-infinity", Kind.NEGATIVE_INFINITY, "+infinity",
                Kind.INFINITY, "allballs", Kind.ALLBALLS, "at", Kind.IGNORED, "on", Kind.IGNORED, "j", Kind.JULIAN,
                "jd", Kind.JULIAN, "julian", Kind.JULIAN, "t", Kind.ISO_TIME, "dst", Kind.DAYLIGHT);
        numbered(Kind.MONTH, 1, "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
                "aug august", "sep sept september", "oct october", "nov november", "dec december");
        numbered(Kind.DAY_OF_WEEK, 0, "sun sunday", "mon monday", "tue tues tuesday", "wed wednesday weds",
                "thu thur thurs thursday", "fri friday", "sat saturday");
        reserved("d", Kind.UNIT, "h", Kind.UNIT, "m", Kind.UNIT, "mm", Kind.UNIT, "s", Kind.UNIT, "y", Kind.UNIT);
        numbered(Kind.ERA, 0, "ad", "bc");
        numbered(Kind.MERIDIEM, 0, "am", "pm");
    }

    private static void reserved(Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            WORDS.put((String) pairs[i], new DateTimeWord((Kind) pairs[i + 1], 0));
        }
    }

    private static void numbered(Kind kind, int first, String... spellings) {
        for (int i = 0; i < spellings.length; i++) {
            for (String word : spellings[i].split(" ")) {
                WORDS.put(word, new DateTimeWord(kind, first + i));
            }
        }
    }

    static Optional<DateTimeWord> find(String word) {
        return Optional.ofNullable(WORDS.get(word.length() > 10 ? word.substring(0, 10) : word));
    }
}
