package org.gajah.server.config;

/** Cuts one line of {@code postgresql.conf} into a name and a value. */
final class ConfigLine {
    private final String line;
    private final String file;
    private final int number;
    private int at;

    ConfigLine(String line, String file, int number) {
        this.line = line;
        this.file = file;
        this.number = number;
    }

    /** The setting's name; empty if the line holds none. */
    String name() throws ConfigError {
        skipSpace();
        int from = at;
        while (at < line.length() && isNamePart(line.charAt(at), at > from)) {
            at++;
        }
        if (from == at && !atEnd()) {
            throw syntaxError();
        }
        return line.substring(from, at);
    }

    /** The value behind the name and, if it is there, the equals sign. */
    String value() throws ConfigError {
        skipSpace();
        if (at < line.length() && line.charAt(at) == '=') {
            at++;
            skipSpace();
        }
        if (atEnd()) {
            throw syntaxError();
        }
        String value = line.charAt(at) == '\'' ? quoted() : plain();
        skipSpace();
        if (!atEnd()) {
            throw syntaxError();
        }
        return value;
    }

    private String plain() throws ConfigError {
        int from = at;
        while (at < line.length() && isValuePart(line.charAt(at))) {
            at++;
        }
        if (from == at) {
            throw syntaxError();
        }
        return line.substring(from, at);
    }

    private String quoted() throws ConfigError {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < line.length()) {
            char c = line.charAt(at);
            at++;
            if (c == '\'') {
                if (at >= line.length() || line.charAt(at) != '\'') {
                    return value.toString();
                }
                at++;
                value.append('\'');
            } else if (c == '\\' && at < line.length()) {
                value.append(escaped());
            } else {
                value.append(c);
            }
        }
        throw syntaxError();
    }

    private char escaped() {
        char c = line.charAt(at);
        at++;
        if (c >= '0' && c <= '7') {
            int code = c - '0';
            for (int digits = 1; digits < 3 && at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '7';
                    digits++) {
                code = code * 8 + line.charAt(at) - '0';
                at++;
            }
            return (char) code;
        }
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private static boolean isNamePart(char c, boolean inside) {
        return Character.isLetter(c) || c == '_' || inside && (Character.isDigit(c) || c == '$' || c == '.');
    }

    private static boolean isValuePart(char c) {
        return Character.isLetterOrDigit(c) || "_.:/+-".indexOf(c) >= 0;
    }

    private void skipSpace() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private boolean atEnd() {
        return at >= line.length() || line.charAt(at) == '#';
    }

    private ConfigError syntaxError() {
        String where = "syntax error in file \"" + file + "\" line " + number + ", ";
        return new ConfigError(atEnd() ? where + "near end of line" : where + "near token \"" + token() + "\"");
    }

    private String token() {
        int end = at + 1;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end)) && line.charAt(end) != '#') {
            end++;
        }
        return line.substring(at, end);
    }
}
