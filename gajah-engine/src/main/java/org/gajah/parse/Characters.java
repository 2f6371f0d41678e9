package org.gajah.parse;

/** The classes of characters that PostgreSQL's lexer knows. Every byte above 127 is a letter. */
final class Characters {
    static final int SPACE = 1;
    static final int IDENTIFIER_START = 2;
    static final int IDENTIFIER_PART = 4;
    static final int OPERATOR = 8;
    private static final byte[] CLASSES = new byte[256];

    static {
        for (int b = 0; b < 256; b++) {
            boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b >= 128;
            boolean part = letter || b >= '0' && b <= '9' || b == '$';
            CLASSES[b] = (byte) ((letter ? IDENTIFIER_START : 0) | (part ? IDENTIFIER_PART : 0)
                    | ("~!@#^&|`?+-*/%<>=".indexOf(b) >= 0 ? OPERATOR : 0)
                    | (b == ' ' || b >= '\t' && b <= '\r' ? SPACE : 0));
        }
    }

    private Characters() {
    }

    static boolean is(byte b, int kind) {
        return (CLASSES[b & 0xff] & kind) != 0;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
