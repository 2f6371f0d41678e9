package org.gajah.server.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Reads the startup parameter {@code options}: {@code -c name=value} and {@code --name=value}, a backslash before spaces. */
final class StartupOptions {
    private StartupOptions() {
    }

    static void parse(String options, List<Map.Entry<String, String>> settings) {
        List<String> words = words(options);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String assignment;
            if (word.equals("-c") && i + 1 < words.size()) {
                i++;
                assignment = words.get(i);
            } else if (word.startsWith("-c") || word.startsWith("--")) {
                assignment = word.substring(2);
            } else {
                throw new SqlError(SqlState.SYNTAX_ERROR, "invalid command-line argument for server process: " + word);
            }
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "-c " + assignment + " requires a value");
            }
            String name = assignment.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
            settings.add(Map.entry(name, assignment.substring(equals + 1)));
        }
    }

    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                boolean escape = c == '\\' && i + 1 < options.length();
                i += escape ? 1 : 0;
                word.append(escape ? options.charAt(i) : c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
