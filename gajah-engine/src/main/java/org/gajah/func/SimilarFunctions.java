package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.Utf8;

/** SIMILAR TO: SQL's regular expressions rewritten as PostgreSQL's. */
public final class SimilarFunctions {
    private static final Slice BACKSLASH = Slice.of("\\");

    private SimilarFunctions() {
    }

    public static Slice similar_to_escape_1(Slice pattern) {
        return rewrite(pattern, BACKSLASH);
    }

    public static Slice similar_to_escape_2(Slice pattern, Slice escape) {
        return rewrite(pattern, escape);
    }

    public static Slice similar_escape(Slice pattern, Slice escape) {
        return pattern == null ? null : rewrite(pattern, escape == null ? BACKSLASH : escape);
    }

    private static Slice rewrite(Slice pattern, Slice escape) {
        if (escape.length() > 0 && Utf8.length(escape) > 1) {
            throw new SqlError(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                    .hint("Escape string must be empty or one character.");
        }
        ByteSink out = new ByteSink(pattern.length() + 16).putAscii("^(?:");
        boolean afterEscape = false;
        boolean bracket = false;
        int quotes = 0;
        int n = escape.length();
        for (int i = 0; i < pattern.length();) {
            int c = pattern.at(i);
            int width = Math.min(Utf8.width(c), pattern.length() - i);
            if (afterEscape) {
                if (c == '"' && !bracket) {
                    separator(quotes++, out);
                } else {
                    out.putByte('\\').put(pattern.slice(i, width));
                }
                afterEscape = false;
                i += width;
            } else if (n > 0 && width == n && pattern.slice(i, n).equals(escape)) {
                afterEscape = true;
                i += n;
            } else {
                bracket = character(pattern, i, width, bracket, out);
                i += width;
            }
        }
        return out.putAscii(")$").view();
    }

    private static void separator(int number, ByteSink out) {
        switch (number) {
            case 0 -> out.putAscii("){1,1}?(");
            case 1 -> out.putAscii("){1,1}(?:");
            default -> throw new SqlError(SqlState.INVALID_USE_OF_ESCAPE_CHARACTER,
                    "SQL regular expression may not contain more than two escape-double-quote separators");
        }
    }

    /** Writes one character of the pattern; tells whether a bracket is open behind it. */
    private static boolean character(Slice pattern, int at, int width, boolean bracket, ByteSink out) {
        int c = pattern.at(at);
        if (bracket) {
            if (c == '\\') {
                out.putByte('\\');
            }
            out.put(pattern.slice(at, width));
            return c != ']';
        }
        switch (c) {
            case '[' -> {
                out.putByte('[');
                return true;
            }
            case '%' -> out.putAscii(".*");
            case '_' -> out.putByte('.');
            case '(' -> out.putAscii("(?:");
            case '\\', '.', '^', '$' -> out.putByte('\\').putByte(c);
            default -> out.put(pattern.slice(at, width));
        }
        return false;
    }
}
