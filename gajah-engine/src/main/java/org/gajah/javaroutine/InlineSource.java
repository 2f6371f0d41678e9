package org.gajah.javaroutine;

/**
 * What AS says of a routine in Java: the name of a method ({@code com.example.Orders.total}, maybe with its parameter types in parentheses), or
 * the members of a class that is compiled here, import declarations first.
 */
final class InlineSource {
    static final String BLOCK_START = "public static void inline_code_block() throws Exception {";

    private InlineSource() {
    }

    /** The members that DO's statements stand for. */
    static String ofBlock(String statements) {
        return BLOCK_START + statements + "\n}";
    }

    /** Whether the text is source rather than a method's name. */
    static boolean isSource(String text) {
        return text.indexOf('{') >= 0;
    }
}
