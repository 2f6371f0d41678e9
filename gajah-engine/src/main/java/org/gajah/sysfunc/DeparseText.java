package org.gajah.sysfunc;

/** The text that a deparser writes, with PostgreSQL's way of breaking and indenting lines. */
final class DeparseText {
    /** What a clause, a join and a variable indent by. */
    static final int STANDARD = 8;
    static final int JOIN = 4;
    static final int VAR = 4;
    private static final int LIMIT = 40;

    /** Fewer parentheses. */
    final boolean prettyParentheses;
    private final boolean indented;
    private final int wrapColumn;
    private StringBuilder text;
    private int indent;

    /**
     * An empty text.
     *
     * @param wrapColumn where lists break; 0 breaks after every element, negative never
     */
    DeparseText(boolean prettyParentheses, boolean indented, int wrapColumn, int indent) {
        this.prettyParentheses = prettyParentheses;
        this.indented = indented;
        this.wrapColumn = wrapColumn;
        this.indent = indent;
        text = new StringBuilder();
    }

    /** Text on one line. */
    static DeparseText plain(boolean prettyParentheses) {
        return new DeparseText(prettyParentheses, false, -1, 0);
    }

    boolean indented() {
        return indented;
    }

    DeparseText add(String part) {
        text.append(part);
        return this;
    }

    DeparseText add(char part) {
        text.append(part);
        return this;
    }

    DeparseText add(int number) {
        text.append(number);
        return this;
    }

    int indent() {
        return indent;
    }

    void indentBy(int more) {
        indent += more;
    }

    void setIndent(int level) {
        indent = level;
    }

    /** A word that begins a line if lines are indented: {@code before} and {@code after} change the level, {@code plus} this line. */
    DeparseText keyword(String word, int before, int after, int plus) {
        if (!indented) {
            text.append(word);
            return this;
        }
        indent += before;
        removeSpaces();
        text.append('\n');
        int amount = indent < LIMIT ? Math.max(indent, 0) : (LIMIT + (indent - LIMIT) / (STANDARD / 2)) % LIMIT;
        text.append(" ".repeat(amount + plus));
        text.append(word);
        indent = Math.max(0, indent + after);
        return this;
    }

    private void removeSpaces() {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == ' ') {
            length--;
        }
        text.setLength(length);
    }

    /** Takes the last character away. */
    void dropLast() {
        text.setLength(text.length() - 1);
    }

    /** What {@code element} writes, apart from the rest. */
    String aside(Runnable element) {
        StringBuilder outer = text;
        text = new StringBuilder();
        element.run();
        String written = text.toString();
        text = outer;
        return written;
    }

    /** Puts an element of a list here, on a line of its own if it is not the first and would not fit or {@code breakAnyway}. */
    void wrapped(String element, boolean first, boolean breakAnyway) {
        if (indented && wrapColumn >= 0) {
            if (element.startsWith("\n")) {
                removeSpaces();
            } else if (!first) {
                int lineStart = text.lastIndexOf("\n") + 1;
                if (text.length() - lineStart + element.length() > wrapColumn || breakAnyway) {
                    keyword("", -STANDARD, STANDARD, VAR);
                }
            }
        }
        text.append(element);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** A text with the same style for something inside this one. */
    DeparseText sameStyle() {
        return new DeparseText(prettyParentheses, indented, wrapColumn, indent);
    }
}
