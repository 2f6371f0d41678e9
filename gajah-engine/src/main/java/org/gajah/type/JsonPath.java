package org.gajah.type;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;

/** A path of the SQL/JSON path language: its mode and its expression. Immutable; the last ones used are kept parsed. */
public record JsonPath(boolean lax, Chain root) {
    private static final int KEPT = 64;
    private static final AtomicReferenceArray<Known> CACHE = new AtomicReferenceArray<>(KEPT);

    private record Known(Slice text, JsonPath path) {
    }

    /** What an item does. */
    public enum Kind {
        NULL("null"), STRING("string"), NUMBER("numeric"), BOOLEAN("boolean"), AND("&&"), OR("||"), NOT("!"), IS_UNKNOWN("is unknown"),
        EQUAL("=="), NOT_EQUAL("!="), LESS("<"), GREATER(">"), LESS_OR_EQUAL("<="), GREATER_OR_EQUAL(">="), ADD("+"), SUBTRACT("-"),
        MULTIPLY("*"), DIVIDE("/"), MODULO("%"), PLUS("+"), MINUS("-"), ANY_ARRAY("[*]"), ANY_KEY("*"), INDEX("[]"), ANY("**"), KEY("."),
        CURRENT("@"), ROOT("$"), VARIABLE("$variable"), FILTER("?"), EXISTS("exists"), TYPE("type"), SIZE("size"), ABS("abs"),
        FLOOR("floor"), CEILING("ceiling"), DOUBLE("double"), DATETIME("datetime"), KEYVALUE("keyvalue"), LAST("last"),
        STARTS_WITH("starts with"), LIKE_REGEX("like_regex"), BIGINT("bigint"), BOOLEAN_METHOD("boolean"), DATE("date"),
        DECIMAL("decimal"), INTEGER("integer"), NUMBER_METHOD("number"), STRING_METHOD("string"), TIME("time"), TIME_TZ("time_tz"),
        TIMESTAMP("timestamp"), TIMESTAMP_TZ("timestamp_tz");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The operator or method as it is written. */
        public String text() {
            return text;
        }

        /** Whether it answers true, false or unknown. */
        public boolean isPredicate() {
            return switch (this) {
                case AND, OR, NOT, IS_UNKNOWN, EQUAL, NOT_EQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, EXISTS, STARTS_WITH,
                        LIKE_REGEX -> true;
                case NULL, STRING, NUMBER, BOOLEAN, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, PLUS, MINUS, ANY_ARRAY, ANY_KEY, INDEX, ANY,
                        KEY, CURRENT, ROOT, VARIABLE, FILTER, TYPE, SIZE, ABS, FLOOR, CEILING, DOUBLE, DATETIME, KEYVALUE, LAST, BIGINT,
                        BOOLEAN_METHOD, DATE, DECIMAL, INTEGER, NUMBER_METHOD, STRING_METHOD, TIME, TIME_TZ, TIMESTAMP, TIMESTAMP_TZ ->
                    false;
            };
        }
    }

    /**
     * One step of a chain. Operators and methods have their operands in {@code arguments}; an index has two for each subscript, the
     * second empty where there is no range.
     *
     * @param text a string, a key, a variable's name, a pattern
     * @param flags of like_regex
     * @param first of {@code **}, -1 for the last level
     */
    public record Item(Kind kind, List<Chain> arguments, Slice text, Numeric number, Slice flags, long first, long last) {
        static Item of(Kind kind, Chain... arguments) {
            return new Item(kind, List.of(arguments), Slice.EMPTY, Numeric.ZERO, Slice.EMPTY, 0, 0);
        }

        static Item text(Kind kind, Slice text) {
            return new Item(kind, List.of(), text, Numeric.ZERO, Slice.EMPTY, 0, 0);
        }

        static Item number(Numeric number) {
            return new Item(Kind.NUMBER, List.of(), Slice.EMPTY, number, Slice.EMPTY, 0, 0);
        }

        static Item truth(boolean value) {
            return new Item(Kind.BOOLEAN, List.of(), Slice.EMPTY, Numeric.ZERO, Slice.EMPTY, value ? 1 : 0, 0);
        }

        public Chain argument(int index) {
            return arguments.get(index);
        }
    }

    /** Something to start from and what is then done with each value of it; empty for an argument left out. */
    public record Chain(List<Item> items) {
        static final Chain NONE = new Chain(List.of());

        static Chain of(Item item) {
            return new Chain(List.of(item));
        }

        public boolean isEmpty() {
            return items.isEmpty();
        }

        /** Whether the whole is a predicate. */
        public boolean isPredicate() {
            return items.size() == 1 && items.getFirst().kind().isPredicate();
        }
    }

    /** Reads the text form. */
    public static JsonPath parse(Slice text) {
        int slot = text.hashCode() & KEPT - 1;
        Known known = CACHE.get(slot);
        if (known != null && known.text().equals(text)) {
            return known.path();
        }
        JsonPath path = new JsonPathParser(text).parse();
        CACHE.set(slot, new Known(text.copy(), path));
        return path;
    }

    /** Writes the text form as PostgreSQL does. */
    public Slice format() {
        ByteSink out = new ByteSink();
        new JsonPathText(out).write(this);
        return out.view();
    }
}
