package org.gajah.javaroutine;

/**
 * What AS says of a routine in Java: the name of a method ({@code com.example.Orders.total}, maybe with its parameter types in parentheses), or
 * the members of a class that is compiled here, import declarations first.
 */
final class InlineSource {
    static final String BLOCK = "inline_code_block";
    static final String BLOCK_START = "static void " + BLOCK + "() throws Exception {";
    private static final String CLASS = "Inline";

    private final String text;
    private final String className;
    private final String head;
    private final int members;

    private InlineSource(String text, String routine) {
        this.text = text;
        this.className = className(routine);
        this.head = "public final class " + className + " { ";
        this.members = members(text);
    }

    /** {@code routine}: its name, which a stack trace and a debugger show. */
    static InlineSource of(String text, String routine) {
        return new InlineSource(text, routine);
    }

    /** {@code Inline_} and the routine's name, with underscores for what no name in Java can have; {@code Inline} for DO. */
    static String className(String routine) {
        if (routine.equals(BLOCK)) {
            return CLASS;
        }
        StringBuilder name = new StringBuilder(CLASS).append('_');
        routine.codePoints().map(c -> Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c) ? c : '_').forEach(name::appendCodePoint);
        return name.toString();
    }

    String className() {
        return className;
    }

    /** The members that DO's statements stand for. */
    static String ofBlock(String statements) {
        return BLOCK_START + statements + "\n}";
    }

    /** Whether the text is source rather than a method's name. */
    static boolean isSource(String text) {
        return text.indexOf('{') >= 0;
    }

    /** The whole class, on the same lines as the text. */
    String unit() {
        return text.substring(0, members) + head + text.substring(members) + "\n}";
    }

    /** A place in the class, from 0, as one in the text: in code points from 1. */
    int position(long inUnit) {
        int at = Math.clamp(inUnit < members ? inUnit : inUnit - head.length(), 0, text.length());
        return text.codePointCount(0, at) + 1;
    }

    /** Where the import declarations end. */
    private static int members(String text) {
        int end = 0;
        int at = blank(text, 0);
        while (text.startsWith("import", at) && text.indexOf(';', at) >= 0) {
            end = text.indexOf(';', at) + 1;
            at = blank(text, end);
        }
        return end;
    }

    /** Behind white space and comments. */
    private static int blank(String text, int from) {
        int at = from;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                int line = text.indexOf('\n', at);
                at = line < 0 ? text.length() : line;
            } else if (text.startsWith("/*", at) && text.indexOf("*/", at + 2) >= 0) {
                at = text.indexOf("*/", at + 2) + 2;
            } else {
                break;
            }
        }
        return at;
    }
}
