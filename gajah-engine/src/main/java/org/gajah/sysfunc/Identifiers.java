package org.gajah.sysfunc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.parse.ReservedWords;

/** Identifiers in text: split at dots and folded, or quoted where they need it. */
public final class Identifiers {
    private Identifiers() {
    }

    /** The parts of a qualified name. */
    public static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    part.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                    wasQuoted = true;
                }
            } else if (c == '.' && !quoted) {
                String name = wasQuoted ? part.toString() : part.toString().strip().toLowerCase(Locale.ROOT);
                if (name.isEmpty()) {
                    throw new SqlError(SqlState.INVALID_NAME, "invalid name syntax");
                }
                parts.add(name);
                part.setLength(0);
                wasQuoted = false;
            } else {
                part.append(c);
            }
        }
        if (quoted) {
            throw new SqlError(SqlState.INVALID_NAME, "invalid name syntax");
        }
        return parts;
    }

    /** A name that must not be qualified. */
    public static String single(String text) {
        List<String> parts = split(text);
        if (parts.size() != 1) {
            throw new SqlError(SqlState.INVALID_NAME, "invalid name syntax");
        }
        return parts.getFirst();
    }

    /** quote_ident: in double quotes unless it is a plain lower-case name and no keyword that would be read otherwise. */
    public static String quote(String name) {
        boolean plain = !name.isEmpty() && (Character.isLowerCase(name.charAt(0)) && name.charAt(0) < 128 || name.charAt(0) == '_')
                && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
        return plain && !ReservedWords.needQuotes(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
