package org.gajah.server.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a line of {@code pg_hba.conf} into fields, and fields into names: fields stand apart by white space, the names in a
 * field by commas; double quotes hold together and take away special meaning; # begins a comment.
 */
final class HbaTokens {
    private final String line;
    private int at;

    private HbaTokens(String line) {
        this.line = line;
    }

    /** The line's fields; empty for a comment or a blank line. */
    static List<List<HbaRule.Name>> fields(String line) {
        HbaTokens tokens = new HbaTokens(line);
        List<List<HbaRule.Name>> fields = new ArrayList<>();
        for (tokens.skipSpace(); !tokens.atEnd(); tokens.skipSpace()) {
            fields.add(tokens.field());
        }
        return fields;
    }

    private boolean atEnd() {
        return at >= line.length() || line.charAt(at) == '#';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f';
    }

    private void skipSpace() {
        while (at < line.length() && isSpace(line.charAt(at))) {
            at++;
        }
    }

    private List<HbaRule.Name> field() {
        List<HbaRule.Name> names = new ArrayList<>();
        boolean more = true;
        while (more) {
            skipSpace();
            if (!atEnd()) {
                names.add(name());
            }
            more = at < line.length() && line.charAt(at) == ',';
            if (more) {
                at++;
            }
        }
        return names;
    }

    private HbaRule.Name name() {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        boolean inQuotes = false;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '"') {
                boolean doubled = inQuotes && at + 1 < line.length() && line.charAt(at + 1) == '"';
                if (doubled) {
                    text.append('"');
                    at++;
                } else {
                    quoted |= text.isEmpty() && !inQuotes;
                    inQuotes = !inQuotes;
                }
            } else if (!inQuotes && (c == ',' || c == '#' || isSpace(c))) {
                break;
            } else {
                text.append(c);
            }
            at++;
        }
        return new HbaRule.Name(text.toString(), quoted);
    }
}
