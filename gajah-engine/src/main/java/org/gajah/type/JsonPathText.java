package org.gajah.type;

import org.gajah.base.ByteSink;
import org.gajah.base.StackGuard;

/** Writes paths of the SQL/JSON path language with the brackets that PostgreSQL writes. */
final class JsonPathText {
    private final ByteSink out;
    private final StackGuard guard = new StackGuard();

    JsonPathText(ByteSink out) {
        this.out = out;
    }

    void write(JsonPath path) {
        if (!path.lax()) {
            out.putAscii("strict ");
        }
        chain(path.root(), true);
    }

    private static int priority(JsonPath.Chain chain) {
        return priority(chain.items().getFirst().kind());
    }

    private static int priority(JsonPath.Kind kind) {
        return switch (kind) {
            case OR -> 0;
            case AND -> 1;
            case EQUAL, NOT_EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, STARTS_WITH -> 2;
            case ADD, SUBTRACT -> 3;
            case MULTIPLY, DIVIDE, MODULO -> 4;
            case PLUS, MINUS -> 5;
            case NULL, STRING, NUMBER, BOOLEAN, NOT, IS_UNKNOWN, ANY_ARRAY, ANY_KEY, INDEX, ANY, KEY, CURRENT, ROOT, VARIABLE, FILTER,
                    EXISTS, TYPE, SIZE, ABS, FLOOR, CEILING, DOUBLE, DATETIME, KEYVALUE, LAST, LIKE_REGEX, BIGINT, BOOLEAN_METHOD, DATE,
                    DECIMAL, INTEGER, NUMBER_METHOD, STRING_METHOD, TIME, TIME_TZ, TIMESTAMP, TIMESTAMP_TZ -> 6;
        };
    }

    private void chain(JsonPath.Chain chain, boolean brackets) {
        guard.enter();
        for (int i = 0; i < chain.items().size(); i++) {
            item(chain.items().get(i), i > 0 || brackets, i > 0, chain.items().size() > i + 1);
        }
        guard.leave();
    }

    private void item(JsonPath.Item item, boolean brackets, boolean after, boolean more) {
        switch (item.kind()) {
            case NULL -> out.putAscii("null");
            case BOOLEAN -> out.putAscii(item.first() != 0 ? "true" : "false");
            case STRING -> JsonText.quote(item.text(), out);
            case NUMBER -> {
                out.putAscii(more ? "(" : "");
                NumericText.format(item.number(), out);
                out.putAscii(more ? ")" : "");
            }
            case KEY -> {
                out.putAscii(after ? "." : "");
                JsonText.quote(item.text(), out);
            }
            case VARIABLE -> {
                out.putByte('$');
                JsonText.quote(item.text(), out);
            }
            case CURRENT, ROOT, LAST, ANY_ARRAY -> out.putAscii(item.kind().text());
            case ANY_KEY -> out.putAscii(after ? ".*" : "*");
            case ANY -> any(item, after);
            case INDEX -> index(item);
            case FILTER -> wrapped("?(", item, ")");
            case NOT -> wrapped("!(", item, ")");
            case IS_UNKNOWN -> wrapped("(", item, ") is unknown");
            case EXISTS -> wrapped("exists (", item, ")");
            case PLUS, MINUS -> {
                out.putAscii(brackets ? "(" : "").putAscii(item.kind().text());
                chain(item.argument(0), priority(item.argument(0)) <= priority(item.kind()));
                out.putAscii(brackets ? ")" : "");
            }
            case AND, OR, EQUAL, NOT_EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, STARTS_WITH, ADD, SUBTRACT, MULTIPLY, DIVIDE,
                    MODULO -> binary(item, brackets);
            case LIKE_REGEX -> likeRegex(item, brackets);
            case TYPE, SIZE, ABS, FLOOR, CEILING, DOUBLE, DATETIME, KEYVALUE, BIGINT, BOOLEAN_METHOD, DATE, DECIMAL, INTEGER,
                    NUMBER_METHOD, STRING_METHOD, TIME, TIME_TZ, TIMESTAMP, TIMESTAMP_TZ -> method(item);
        }
    }

    private void wrapped(String before, JsonPath.Item item, String end) {
        out.putAscii(before);
        chain(item.argument(0), false);
        out.putAscii(end);
    }

    private void binary(JsonPath.Item item, boolean brackets) {
        int own = priority(item.kind());
        out.putAscii(brackets ? "(" : "");
        chain(item.argument(0), priority(item.argument(0)) <= own);
        out.putAscii(" ").putAscii(item.kind().text()).putAscii(" ");
        chain(item.argument(1), priority(item.argument(1)) <= own);
        out.putAscii(brackets ? ")" : "");
    }

    private void likeRegex(JsonPath.Item item, boolean brackets) {
        out.putAscii(brackets ? "(" : "");
        chain(item.argument(0), priority(item.argument(0)) <= priority(item.kind()));
        out.putAscii(" like_regex ");
        JsonText.quote(item.text(), out);
        if (!item.flags().isEmpty()) {
            out.putAscii(" flag \"").put(item.flags()).putAscii("\"");
        }
        out.putAscii(brackets ? ")" : "");
    }

    private void method(JsonPath.Item item) {
        out.putByte('.').putAscii(item.kind().text()).putByte('(');
        for (int i = 0; i < item.arguments().size(); i++) {
            out.putAscii(i > 0 ? "," : "");
            chain(item.argument(i), false);
        }
        out.putByte(')');
    }

    private void index(JsonPath.Item item) {
        out.putByte('[');
        for (int i = 0; i < item.arguments().size(); i += 2) {
            out.putAscii(i > 0 ? "," : "");
            chain(item.argument(i), false);
            if (!item.argument(i + 1).isEmpty()) {
                out.putAscii(" to ");
                chain(item.argument(i + 1), false);
            }
        }
        out.putByte(']');
    }

    private static String level(long level) {
        return level < 0 ? "last" : Long.toString(level);
    }

    private void any(JsonPath.Item item, boolean after) {
        out.putAscii(after ? ".**" : "**");
        if (item.first() == item.last()) {
            out.putAscii("{" + level(item.first()) + "}");
        } else if (item.first() != 0 || item.last() >= 0) {
            out.putAscii("{" + level(item.first()) + " to " + level(item.last()) + "}");
        }
    }
}
