package org.gajah.api.spi.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A text of JDBC's as PostgreSQL reads it: question marks are parameters unless they are doubled or in a literal, a quoted name or a comment.
 *
 * @param pieces what stands between the parameters
 */
record SqlText(List<String> pieces) {
    static SqlText of(String sql) {
        return new Reader(sql).read();
    }

    int parameters() {
        return pieces.size() - 1;
    }

    /** With {@code $1, $2, ...}. */
    String numbered() {
        return with(n -> "$" + n);
    }

    /** With this in the place of each parameter, counted from 1. */
    String with(IntFunction<String> parameter) {
        StringBuilder all = new StringBuilder(pieces.getFirst());
        for (int i = 1; i < pieces.size(); i++) {
            all.append(parameter.apply(i)).append(pieces.get(i));
        }
        return all.toString();
    }

    private static final class Reader {
        private final String sql;
        private final List<String> pieces = new ArrayList<>();
        private final StringBuilder piece = new StringBuilder();
        private int at;

        Reader(String sql) {
            this.sql = sql;
        }

        SqlText read() {
            while (at < sql.length()) {
                char c = sql.charAt(at);
                switch (c) {
                    case '\'' -> copyTo(quoted(at + 1, '\'', isEscaping(at)));
                    case '"' -> copyTo(quoted(at + 1, '"', false));
                    case '$' -> copyTo(dollarQuoted());
                    case '-' -> copyTo(sql.startsWith("--", at) ? behind("\n", at) : at + 1);
                    case '/' -> copyTo(sql.startsWith("/*", at) ? comment() : at + 1);
                    case '?' -> mark();
                    default -> copyTo(at + 1);
                }
            }
            pieces.add(piece.toString());
            return new SqlText(List.copyOf(pieces));
        }

        private void copyTo(int end) {
            piece.append(sql, at, end);
            at = end;
        }

        private void mark() {
            if (sql.startsWith("??", at)) {
                piece.append('?');
                at += 2;
                return;
            }
            pieces.add(piece.toString());
            piece.setLength(0);
            at++;
        }

        /** Whether the literal that begins here is an E'' one. */
        private boolean isEscaping(int quote) {
            boolean marked = quote > 0 && Character.toLowerCase(sql.charAt(quote - 1)) == 'e';
            return marked && (quote == 1 || !isName(sql.charAt(quote - 2)));
        }

        private static boolean isName(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '$';
        }

        private int quoted(int from, char quote, boolean escapes) {
            int i = from;
            while (i < sql.length() && sql.charAt(i) != quote) {
                i += escapes && sql.charAt(i) == '\\' ? 2 : 1;
            }
            return Math.min(sql.length(), i + 1);
        }

        private int dollarQuoted() {
            int end = at + 1;
            while (end < sql.length() && isName(sql.charAt(end)) && sql.charAt(end) != '$') {
                end++;
            }
            boolean begins = end < sql.length() && sql.charAt(end) == '$' && (at == 0 || !isName(sql.charAt(at - 1)))
                    && !(end > at + 1 && Character.isDigit(sql.charAt(at + 1)));
            return begins ? behind(sql.substring(at, end + 1), end + 1) : at + 1;
        }

        private int behind(String what, int from) {
            int found = sql.indexOf(what, from);
            return found < 0 ? sql.length() : found + what.length();
        }

        private int comment() {
            int depth = 1;
            int i = at + 2;
            while (i < sql.length() && depth > 0) {
                boolean opens = sql.startsWith("/*", i);
                boolean closes = sql.startsWith("*/", i);
                depth += opens ? 1 : closes ? -1 : 0;
                i += opens || closes ? 2 : 1;
            }
            return i;
        }
    }
}
