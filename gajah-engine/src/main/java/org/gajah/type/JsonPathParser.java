package org.gajah.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;

/** The grammar of the SQL/JSON path language: recursive descent over {@link JsonPathLexer}'s tokens. One use. */
final class JsonPathParser {
    private static final Map<String, JsonPath.Kind> COMPARISONS = Map.of("==", JsonPath.Kind.EQUAL, "!=",
            JsonPath.Kind.NOT_EQUAL, "<", JsonPath.Kind.LESS, ">", JsonPath.Kind.GREATER, "<=", JsonPath.Kind.LESS_OR_EQUAL, ">=",
            JsonPath.Kind.GREATER_OR_EQUAL);
    private static final List<JsonPath.Kind> PLAIN_METHODS = List.of(JsonPath.Kind.ABS, JsonPath.Kind.SIZE, JsonPath.Kind.TYPE,
            JsonPath.Kind.FLOOR, JsonPath.Kind.DOUBLE, JsonPath.Kind.CEILING, JsonPath.Kind.KEYVALUE, JsonPath.Kind.BIGINT,
            JsonPath.Kind.BOOLEAN_METHOD, JsonPath.Kind.DATE, JsonPath.Kind.INTEGER, JsonPath.Kind.NUMBER_METHOD,
            JsonPath.Kind.STRING_METHOD);
    private static final List<JsonPath.Kind> PRECISE_METHODS = List.of(JsonPath.Kind.TIME, JsonPath.Kind.TIME_TZ, JsonPath.Kind.TIMESTAMP,
            JsonPath.Kind.TIMESTAMP_TZ);

    private final Slice source;
    private final JsonPathLexer lexer;
    private final StackGuard guard = new StackGuard();
    private int filters;
    private int subscripts;

    JsonPathParser(Slice source) {
        this.source = source;
        this.lexer = new JsonPathLexer(source);
    }

    JsonPath parse() {
        lexer.next();
        if (lexer.type == JsonPathLexer.Type.END) {
            throw Errors.invalidSyntax("jsonpath", source);
        }
        boolean strict = acceptWord("strict");
        if (!strict) {
            acceptWord("lax");
        }
        JsonPath.Chain root = or();
        if (lexer.type != JsonPathLexer.Type.END) {
            throw unexpected();
        }
        return new JsonPath(!strict, root);
    }

    private SqlError unexpected() {
        return lexer.syntaxError("syntax error");
    }

    private boolean isSymbol(String symbol) {
        return lexer.type == JsonPathLexer.Type.SYMBOL && lexer.text.equals(symbol);
    }

    private boolean accept(String symbol) {
        if (isSymbol(symbol)) {
            lexer.next();
            return true;
        }
        return false;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected();
        }
    }

    private boolean isWord(String word) {
        return lexer.type == JsonPathLexer.Type.NAME && lexer.text.equalsIgnoreCase(word);
    }

    private boolean acceptWord(String word) {
        if (isWord(word)) {
            lexer.next();
            return true;
        }
        return false;
    }

    private JsonPath.Chain predicate(JsonPath.Chain chain) {
        if (!chain.isPredicate()) {
            throw unexpected();
        }
        return chain;
    }

    private JsonPath.Chain value(JsonPath.Chain chain) {
        if (chain.isPredicate()) {
            throw unexpected();
        }
        return chain;
    }

    private static JsonPath.Chain binary(JsonPath.Kind kind, JsonPath.Chain left, JsonPath.Chain right) {
        return JsonPath.Chain.of(JsonPath.Item.of(kind, left, right));
    }

    private JsonPath.Chain or() {
        guard.enter();
        JsonPath.Chain left = and();
        while (isSymbol("||")) {
            predicate(left);
            lexer.next();
            left = binary(JsonPath.Kind.OR, left, predicate(and()));
        }
        guard.leave();
        return left;
    }

    private JsonPath.Chain and() {
        JsonPath.Chain left = comparison();
        while (isSymbol("&&")) {
            predicate(left);
            lexer.next();
            left = binary(JsonPath.Kind.AND, left, predicate(comparison()));
        }
        return left;
    }

    private JsonPath.Chain comparison() {
        if (accept("!")) {
            if (!isSymbol("(") && !isWord("exists")) {
                throw unexpected();
            }
            return JsonPath.Chain.of(JsonPath.Item.of(JsonPath.Kind.NOT, predicate(primaryPredicate())));
        }
        JsonPath.Chain left = sum();
        if (lexer.type == JsonPathLexer.Type.SYMBOL && COMPARISONS.containsKey(lexer.text)) {
            JsonPath.Kind kind = COMPARISONS.get(lexer.text);
            value(left);
            lexer.next();
            return binary(kind, left, value(sum()));
        }
        if (isWord("starts") && !left.isPredicate()) {
            lexer.next();
            if (!acceptWord("with")) {
                throw unexpected();
            }
            return binary(JsonPath.Kind.STARTS_WITH, left, initial());
        }
        if (isWord("like_regex") && !left.isPredicate()) {
            lexer.next();
            return likeRegex(left);
        }
        return left;
    }

    /** What NOT may stand before: an EXISTS or something in parentheses. */
    private JsonPath.Chain primaryPredicate() {
        if (isWord("exists")) {
            return primary();
        }
        expect("(");
        JsonPath.Chain inner = or();
        expect(")");
        return inner;
    }

    private JsonPath.Chain initial() {
        JsonPath.Item item = switch (lexer.type) {
            case STRING -> JsonPath.Item.text(JsonPath.Kind.STRING, lexer.slice());
            case VARIABLE -> JsonPath.Item.text(JsonPath.Kind.VARIABLE, lexer.slice());
            case NAME, INTEGER, DECIMAL, SYMBOL, END -> throw unexpected();
        };
        lexer.next();
        return JsonPath.Chain.of(item);
    }

    private JsonPath.Chain likeRegex(JsonPath.Chain left) {
        if (lexer.type != JsonPathLexer.Type.STRING) {
            throw unexpected();
        }
        Slice pattern = lexer.slice();
        String flags = "";
        lexer.next();
        if (acceptWord("flag")) {
            if (lexer.type != JsonPathLexer.Type.STRING) {
                throw unexpected();
            }
            flags = lexer.text;
            lexer.next();
        }
        StringBuilder ordered = new StringBuilder();
        for (int i = 0; i < flags.length(); i++) {
            if ("ismxq".indexOf(flags.charAt(i)) < 0) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "invalid input syntax for type jsonpath")
                        .detail("Unrecognized flag character \"" + flags.charAt(i) + "\" in LIKE_REGEX predicate.");
            }
        }
        for (char flag : "ismxq".toCharArray()) {
            ordered.append(flags.indexOf(flag) >= 0 ? Character.toString(flag) : "");
        }
        if (flags.contains("x") && !flags.contains("q")) {
            throw SqlError.notSupported("XQuery \"x\" flag (expanded regular expressions) is not implemented");
        }
        return JsonPath.Chain.of(new JsonPath.Item(JsonPath.Kind.LIKE_REGEX, List.of(left), pattern, Numeric.ZERO,
                Slice.of(ordered.toString()), 0, 0));
    }

    private JsonPath.Chain sum() {
        JsonPath.Chain left = product();
        while (isSymbol("+") || isSymbol("-")) {
            JsonPath.Kind kind = lexer.text.equals("+") ? JsonPath.Kind.ADD : JsonPath.Kind.SUBTRACT;
            value(left);
            lexer.next();
            left = binary(kind, left, value(product()));
        }
        return left;
    }

    private JsonPath.Chain product() {
        JsonPath.Chain left = unary();
        while (isSymbol("*") || isSymbol("/") || isSymbol("%")) {
            JsonPath.Kind kind = switch (lexer.text) {
                case "*" -> JsonPath.Kind.MULTIPLY;
                case "/" -> JsonPath.Kind.DIVIDE;
                default -> JsonPath.Kind.MODULO;
            };
            value(left);
            lexer.next();
            left = binary(kind, left, value(unary()));
        }
        return left;
    }

    private JsonPath.Chain unary() {
        if (isSymbol("+") || isSymbol("-")) {
            boolean plus = lexer.text.equals("+");
            lexer.next();
            guard.enter();
            JsonPath.Chain operand = value(unary());
            guard.leave();
            if (operand.items().size() == 1 && operand.items().getFirst().kind() == JsonPath.Kind.NUMBER) {
                Numeric n = operand.items().getFirst().number();
                return JsonPath.Chain.of(JsonPath.Item.number(plus ? n : n.negate()));
            }
            return JsonPath.Chain.of(JsonPath.Item.of(plus ? JsonPath.Kind.PLUS : JsonPath.Kind.MINUS, operand));
        }
        JsonPath.Chain head = primary();
        List<JsonPath.Item> items = new ArrayList<>(head.items());
        for (Optional<JsonPath.Item> step = accessor(); step.isPresent(); step = accessor()) {
            items.add(step.get());
        }
        return items.size() == head.items().size() ? head : new JsonPath.Chain(List.copyOf(items));
    }

    private JsonPath.Chain primary() {
        JsonPath.Item item;
        switch (lexer.type) {
            case STRING -> item = JsonPath.Item.text(JsonPath.Kind.STRING, lexer.slice());
            case VARIABLE -> item = JsonPath.Item.text(JsonPath.Kind.VARIABLE, lexer.slice());
            case INTEGER, DECIMAL -> item = JsonPath.Item.number(NumericText.parse(lexer.slice()));
            case NAME -> {
                if (isWord("exists")) {
                    return exists();
                }
                item = word();
            }
            case SYMBOL -> {
                if (isSymbol("(")) {
                    return parenthesized();
                }
                item = symbol();
            }
            case END -> throw unexpected();
            default -> throw new IllegalStateException();
        }
        lexer.next();
        return JsonPath.Chain.of(item);
    }

    private JsonPath.Item word() {
        switch (lexer.text) {
            case "null" -> {
                return JsonPath.Item.of(JsonPath.Kind.NULL);
            }
            case "true", "false" -> {
                return JsonPath.Item.truth(lexer.text.equals("true"));
            }
            default -> {
                if (!isWord("last")) {
                    throw unexpected();
                }
                if (subscripts == 0) {
                    throw new SqlError(SqlState.SYNTAX_ERROR, "LAST is allowed only in array subscripts");
                }
                return JsonPath.Item.of(JsonPath.Kind.LAST);
            }
        }
    }

    private JsonPath.Item symbol() {
        if (isSymbol("$")) {
            return JsonPath.Item.of(JsonPath.Kind.ROOT);
        }
        if (!isSymbol("@")) {
            throw unexpected();
        }
        if (filters == 0) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "@ is not allowed in root expressions");
        }
        return JsonPath.Item.of(JsonPath.Kind.CURRENT);
    }

    private JsonPath.Chain exists() {
        lexer.next();
        expect("(");
        JsonPath.Chain inner = value(or());
        expect(")");
        return JsonPath.Chain.of(JsonPath.Item.of(JsonPath.Kind.EXISTS, inner));
    }

    private JsonPath.Chain parenthesized() {
        lexer.next();
        JsonPath.Chain inner = or();
        expect(")");
        if (inner.isPredicate() && acceptWord("is")) {
            if (!acceptWord("unknown")) {
                throw unexpected();
            }
            return JsonPath.Chain.of(JsonPath.Item.of(JsonPath.Kind.IS_UNKNOWN, inner));
        }
        return inner;
    }

    private Optional<JsonPath.Item> accessor() {
        if (accept(".")) {
            return Optional.of(member());
        }
        if (accept("[")) {
            return Optional.of(subscript());
        }
        if (!accept("?")) {
            return Optional.empty();
        }
        expect("(");
        filters++;
        JsonPath.Chain condition = predicate(or());
        filters--;
        expect(")");
        return Optional.of(JsonPath.Item.of(JsonPath.Kind.FILTER, condition));
    }

    private JsonPath.Item subscript() {
        if (accept("*")) {
            expect("]");
            return JsonPath.Item.of(JsonPath.Kind.ANY_ARRAY);
        }
        List<JsonPath.Chain> bounds = new ArrayList<>();
        subscripts++;
        do {
            bounds.add(value(sum()));
            bounds.add(acceptWord("to") ? value(sum()) : JsonPath.Chain.NONE);
        } while (accept(","));
        subscripts--;
        expect("]");
        return JsonPath.Item.of(JsonPath.Kind.INDEX, bounds.toArray(new JsonPath.Chain[0]));
    }

    private JsonPath.Item member() {
        if (accept("*")) {
            return JsonPath.Item.of(JsonPath.Kind.ANY_KEY);
        }
        if (accept("**")) {
            return any();
        }
        if (lexer.type != JsonPathLexer.Type.NAME && lexer.type != JsonPathLexer.Type.STRING) {
            throw unexpected();
        }
        boolean quoted = lexer.type == JsonPathLexer.Type.STRING;
        Slice name = lexer.slice();
        lexer.next();
        if (quoted || !isSymbol("(")) {
            return JsonPath.Item.text(JsonPath.Kind.KEY, name);
        }
        return method(name.toString().toLowerCase(Locale.ROOT));
    }

    private JsonPath.Item method(String name) {
        for (JsonPath.Kind kind : PLAIN_METHODS) {
            if (kind.text().equals(name)) {
                expect("(");
                expect(")");
                return JsonPath.Item.of(kind);
            }
        }
        List<JsonPath.Chain> arguments = new ArrayList<>();
        for (JsonPath.Kind kind : PRECISE_METHODS) {
            if (kind.text().equals(name)) {
                expect("(");
                if (lexer.type == JsonPathLexer.Type.INTEGER) {
                    arguments.add(primary());
                }
                expect(")");
                return JsonPath.Item.of(kind, arguments.toArray(new JsonPath.Chain[0]));
            }
        }
        if (name.equals("datetime")) {
            expect("(");
            if (lexer.type == JsonPathLexer.Type.STRING) {
                arguments.add(primary());
            }
            expect(")");
            return JsonPath.Item.of(JsonPath.Kind.DATETIME, arguments.toArray(new JsonPath.Chain[0]));
        }
        if (!name.equals("decimal")) {
            throw unexpected();
        }
        return decimal(arguments);
    }

    private JsonPath.Item decimal(List<JsonPath.Chain> arguments) {
        expect("(");
        while (!isSymbol(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            JsonPath.Chain argument = unary();
            if (argument.items().getFirst().kind() != JsonPath.Kind.NUMBER) {
                throw unexpected();
            }
            arguments.add(argument);
        }
        expect(")");
        if (arguments.size() > 2) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "invalid input syntax for type jsonpath")
                    .detail(".decimal() can only have an optional precision[,scale].");
        }
        return JsonPath.Item.of(JsonPath.Kind.DECIMAL, arguments.toArray(new JsonPath.Chain[0]));
    }

    private long level() {
        if (acceptWord("last")) {
            return -1;
        }
        if (lexer.type != JsonPathLexer.Type.INTEGER) {
            throw unexpected();
        }
        long level = IntegerText.parse(lexer.slice(), Integer.MIN_VALUE, Integer.MAX_VALUE, "integer");
        lexer.next();
        return level;
    }

    private JsonPath.Item any() {
        long first = 0;
        long last = -1;
        if (accept("{")) {
            first = level();
            last = acceptWord("to") ? level() : first;
            expect("}");
        }
        return new JsonPath.Item(JsonPath.Kind.ANY, List.of(), Slice.EMPTY, Numeric.ZERO, Slice.EMPTY, first, last);
    }
}
