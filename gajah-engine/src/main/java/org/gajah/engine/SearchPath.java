package org.gajah.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of search_path: identifiers between commas, folded unless quoted. */
final class SearchPath {
    private SearchPath() {
    }

    static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ',';
            if (c == '"') {
                boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    name.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                    wasQuoted = true;
                }
            } else if (c == ',' && !quoted) {
                String found = wasQuoted ? name.toString() : name.toString().strip().toLowerCase(Locale.ROOT);
                if (!found.isEmpty()) {
                    names.add(found);
                }
                name.setLength(0);
                wasQuoted = false;
            } else if (quoted || !Character.isWhitespace(c)) {
                name.append(c);
            }
        }
        return names;
    }
}
