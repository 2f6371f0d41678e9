package org.gajah.func;

/** Backslash escapes in regular expressions. */
final class RegexEscape {
    private final RegexParser parser;

    RegexEscape(RegexParser parser) {
        this.parser = parser;
    }

    private static RegexNode condition(RegexNode.Condition.Kind kind) {
        return new RegexNode.Condition(kind);
    }

    /** Reads what follows a backslash that is already read. */
    RegexNode atom() {
        if (!parser.more()) {
            throw RegexParser.error("invalid escape \\ sequence");
        }
        int c = parser.next();
        if (!parser.isAdvanced() || !Character.isLetterOrDigit(c) || c >= 128) {
            return parser.literal(c);
        }
        RegexSet set = classOf(c);
        if (set != null) {
            return parser.set(set);
        }
        return switch (c) {
            case 'A' -> condition(RegexNode.Condition.Kind.TEXT_START);
            case 'Z' -> condition(RegexNode.Condition.Kind.TEXT_END);
            case 'm' -> condition(RegexNode.Condition.Kind.WORD_START);
            case 'M' -> condition(RegexNode.Condition.Kind.WORD_END);
            case 'y' -> condition(RegexNode.Condition.Kind.WORD_EDGE);
            case 'Y' -> condition(RegexNode.Condition.Kind.NO_WORD_EDGE);
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> reference(c - '0');
            default -> parser.literal(code(c));
        };
    }

    private RegexNode reference(int first) {
        int index = first;
        while (parser.peek() >= '0' && parser.peek() <= '9' && index * 10 + parser.peek() - '0' <= parser.groupsClosed()) {
            index = index * 10 + parser.next() - '0';
        }
        return parser.reference(index);
    }

    private static RegexSet classOf(int c) {
        return switch (c) {
            case 'd' -> RegexSet.named("digit");
            case 's' -> RegexSet.named("space");
            case 'w' -> RegexSet.named("word");
            case 'D' -> RegexSet.named("digit").negate();
            case 'S' -> RegexSet.named("space").negate();
            case 'W' -> RegexSet.named("word").negate();
            default -> null;
        };
    }

    /** The class that an escape inside brackets stands for; null, with nothing read, if it is one character. */
    RegexSet inBracket(int letter) {
        RegexSet set = classOf(letter);
        if (set != null) {
            parser.next();
            parser.next();
        }
        return set;
    }

    /** One escaped character, with its backslash. */
    int character() {
        parser.next();
        if (!parser.more()) {
            throw RegexParser.error("invalid escape \\ sequence");
        }
        int c = parser.next();
        return Character.isLetterOrDigit(c) && c < 128 ? code(c) : c;
    }

    private int code(int c) {
        return switch (c) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'B' -> '\\';
            case 'c' -> parser.next() & 0x1f;
            case 'e' -> 27;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'u' -> hex(4, 4);
            case 'U' -> hex(8, 8);
            case 'x' -> hex(1, 255);
            case '0' -> octal();
            default -> throw RegexParser.error("invalid escape \\ sequence");
        };
    }

    private int hex(int least, int most) {
        long value = 0;
        int n = 0;
        while (n < most && Character.digit(parser.peek(), 16) >= 0) {
            value = Math.min(value << 4 | Character.digit(parser.next(), 16), 1L << 40);
            n++;
        }
        if (n < least || value > 0x10ffff) {
            throw RegexParser.error("invalid escape \\ sequence");
        }
        return (int) value;
    }

    private int octal() {
        int value = 0;
        for (int i = 0; i < 2 && parser.peek() >= '0' && parser.peek() <= '7'; i++) {
            value = value * 8 + parser.next() - '0';
        }
        return value;
    }
}
