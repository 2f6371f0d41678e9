package org.gajah.func;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.type.Utf8;

/** LIKE and ILIKE. */
public final class LikeFunctions {
    private LikeFunctions() {
    }

    private static SqlError endsWithEscape() {
        return new SqlError(SqlState.INVALID_ESCAPE_SEQUENCE, "LIKE pattern must not end with escape character");
    }

    /**
     * Whether the text matches: % stands for any run, _ for one character, backslash takes the next character as it is. After a
     * mismatch only the last % is extended, so the time is at most the product of the lengths.
     */
    static boolean matches(Slice s, Slice p, boolean text) {
        int i = 0;
        int j = 0;
        int retryText = -1;
        int retryPattern = -1;
        while (true) {
            int c = j < p.length() ? p.at(j) : 0;
            if (j < p.length() && c == '%') {
                retryPattern = ++j;
                retryText = i;
                if (j == p.length()) {
                    return true;
                }
                continue;
            }
            boolean advanced = false;
            if (j < p.length() && i < s.length()) {
                if (c == '_') {
                    i = Math.min(s.length(), i + (text ? Utf8.width(s.at(i)) : 1));
                    j++;
                    advanced = true;
                } else {
                    int literal = j;
                    if (c == '\\') {
                        literal = j + 1;
                        if (literal >= p.length()) {
                            throw endsWithEscape();
                        }
                    }
                    if (p.at(literal) == s.at(i)) {
                        i++;
                        j = literal + 1;
                        advanced = true;
                    }
                }
            } else if (j == p.length() && i == s.length()) {
                return true;
            }
            if (!advanced) {
                if (retryPattern < 0 || retryText >= s.length()) {
                    if (j < p.length() && c == '\\' && j + 1 == p.length() && i < s.length()) {
                        throw endsWithEscape();
                    }
                    return false;
                }
                retryText += text ? Utf8.width(s.at(retryText)) : 1;
                i = Math.min(retryText, s.length());
                j = retryPattern;
            }
        }
    }

    public static boolean textlike(Slice s, Slice pattern) {
        return matches(s, pattern, true);
    }

    public static boolean textnlike(Slice s, Slice pattern) {
        return !matches(s, pattern, true);
    }

    public static boolean namelike(Slice s, Slice pattern) {
        return matches(s, pattern, true);
    }

    public static boolean namenlike(Slice s, Slice pattern) {
        return !matches(s, pattern, true);
    }

    public static boolean bytealike(Slice s, Slice pattern) {
        return matches(s, pattern, false);
    }

    public static boolean byteanlike(Slice s, Slice pattern) {
        return !matches(s, pattern, false);
    }

    public static boolean texticlike(Slice s, Slice pattern) {
        return matches(CaseFunctions.lower(s), CaseFunctions.lower(pattern), true);
    }

    public static boolean texticnlike(Slice s, Slice pattern) {
        return !texticlike(s, pattern);
    }

    public static boolean nameiclike(Slice s, Slice pattern) {
        return texticlike(s, pattern);
    }

    public static boolean nameicnlike(Slice s, Slice pattern) {
        return !texticlike(s, pattern);
    }

    public static Slice like_escape(Slice pattern, Slice escape) {
        int width = escape.isEmpty() ? 0 : Utf8.width(escape.at(0));
        if (escape.length() != width) {
            throw new SqlError(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                    .hint("Escape string must be empty or one character.");
        }
        return replaceEscape(pattern, escape);
    }

    public static Slice like_escape_bytea(Slice pattern, Slice escape) {
        if (escape.length() > 1) {
            throw new SqlError(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                    .hint("Escape string must be empty or one character.");
        }
        return replaceEscape(pattern, escape);
    }

    private static Slice replaceEscape(Slice pattern, Slice escape) {
        ByteSink out = new ByteSink(pattern.length() + 8);
        if (escape.length() == 1 && escape.at(0) == '\\') {
            return pattern;
        }
        boolean afterEscape = false;
        int n = escape.length();
        for (int i = 0; i < pattern.length();) {
            if (n > 0 && !afterEscape && i + n <= pattern.length() && pattern.slice(i, n).equals(escape)) {
                out.putByte('\\');
                i += n;
                afterEscape = true;
            } else {
                if (pattern.at(i) == '\\' && !afterEscape) {
                    out.putByte('\\');
                }
                out.putByte(pattern.at(i++));
                afterEscape = false;
            }
        }
        return out.view();
    }
}
