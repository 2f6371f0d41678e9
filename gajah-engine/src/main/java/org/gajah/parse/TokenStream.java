package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.base.StackGuard;

/** A cursor over tokens with the questions and demands that all grammars share. */
final class TokenStream {
    final StackGuard guard = new StackGuard();
    private final Tokens tokens;
    private final int[] kinds;
    private int at;

    TokenStream(Tokens tokens) {
        this.tokens = tokens;
        kinds = tokens.kinds;
    }

    // ---- looking

    int kind() {
        return kinds[at];
    }

    /** The kind of the token {@code ahead} places on. */
    int kind(int ahead) {
        return kinds[Math.min(at + ahead, tokens.count - 1)];
    }

    /** The current token as a keyword, or NOT_A_KEYWORD. */
    Keyword keyword() {
        int kind = kinds[at];
        return kind >= Token.KEYWORD ? KeywordTable.byOrdinal(kind - Token.KEYWORD) : Keyword.NOT_A_KEYWORD;
    }

    Keyword keyword(int ahead) {
        int kind = kind(ahead);
        return kind >= Token.KEYWORD ? KeywordTable.byOrdinal(kind - Token.KEYWORD) : Keyword.NOT_A_KEYWORD;
    }

    boolean at(int kind) {
        return kinds[at] == kind;
    }

    boolean at(Keyword keyword) {
        return kinds[at] == Token.KEYWORD + keyword.ordinal();
    }

    boolean at(Keyword first, Keyword second) {
        return at(first) && kind(1) == Token.KEYWORD + second.ordinal();
    }

    boolean at(Keyword first, Keyword second, Keyword third) {
        return at(first, second) && kind(2) == Token.KEYWORD + third.ordinal();
    }

    boolean atEnd() {
        return kinds[at] == Token.END || kinds[at] == ';';
    }

    /** The current token's place in code points from 1. */
    int location() {
        return tokens.location(tokens.starts[at]);
    }

    int location(int ahead) {
        return tokens.location(tokens.starts[Math.min(at + ahead, tokens.count - 1)]);
    }

    /** The current token's first byte, from the source's start. */
    int offset() {
        return tokens.starts[at] - tokens.base;
    }

    /** Where the token before the current one ends, from the source's start. */
    int previousEnd() {
        return tokens.ends[at - 1] - tokens.base;
    }

    /** The current token as written. */
    String image() {
        return tokens.textBetween(tokens.starts[at], tokens.ends[at]);
    }

    // ---- going on

    void skip() {
        if (kinds[at] == Token.END || kinds[at] == Token.ERROR) {
            throw syntaxError();
        }
        at++;
    }

    /** Passes over {@code ( ... )}. */
    void skipParentheses() {
        expect('(');
        int depth = 1;
        while (depth > 0) {
            depth += at('(') ? 1 : at(')') ? -1 : 0;
            skip();
        }
    }

    /** Passes over everything up to the semicolon, those in parentheses aside, or the end. */
    void skipStatement() {
        while (!atEnd()) {
            if (at('(')) {
                skipParentheses();
            } else {
                skip();
            }
        }
    }

    boolean accept(int kind) {
        if (kinds[at] == kind) {
            at++;
            return true;
        }
        return false;
    }

    boolean accept(Keyword keyword) {
        return accept(Token.KEYWORD + keyword.ordinal());
    }

    /** Both, or neither. */
    boolean accept(Keyword first, Keyword second) {
        if (at(first, second)) {
            at += 2;
            return true;
        }
        return false;
    }

    /** All three, or none. */
    boolean accept(Keyword first, Keyword second, Keyword third) {
        if (at(first, second, third)) {
            at += 3;
            return true;
        }
        return false;
    }

    void expect(int kind) {
        if (kinds[at] != kind) {
            throw syntaxError();
        }
        at++;
    }

    void expect(Keyword keyword) {
        expect(Token.KEYWORD + keyword.ordinal());
    }

    void expect(Keyword first, Keyword second) {
        expect(first);
        expect(second);
    }

    void expect(Keyword first, Keyword second, Keyword third) {
        expect(first);
        expect(second);
        expect(third);
    }

    /** {@code syntax error} at the current token, or the lexical error that it stands for. */
    SqlError syntaxError() {
        return syntaxError(0);
    }

    /** {@code syntax error} at the token {@code ahead} places on. */
    SqlError syntaxError(int ahead) {
        return errorNear("syntax error", ahead);
    }

    /** Another message with {@code at or near} the token {@code ahead} places on. */
    SqlError errorNear(String message, int ahead) {
        int token = Math.min(at + ahead, tokens.count - 1);
        return kinds[token] == Token.ERROR ? tokens.error(token)
                : Lexer.lexical(tokens, message, tokens.starts[token], tokens.ends[token]);
    }

    /** Another 42601 about a place. */
    static SqlError error(String message, int location) {
        return new SqlError(SqlState.SYNTAX_ERROR, message).at(location);
    }

    // ---- literals

    Slice text() {
        if (kinds[at] != Token.STRING) {
            throw syntaxError();
        }
        return tokens.text(at++);
    }

    String string() {
        return text().toString();
    }

    int integer() {
        if (kinds[at] != Token.INTEGER) {
            throw syntaxError();
        }
        return (Integer) tokens.values[at++];
    }

    /** An integer that may have a sign. */
    int signedInteger() {
        boolean negative = accept('-');
        if (!negative) {
            accept('+');
        }
        return negative ? -integer() : integer();
    }

    /** The number of a parameter. */
    int parameter() {
        return (Integer) tokens.values[at++];
    }

    /** The letter and digits of a bit string. */
    String bits() {
        return (String) tokens.values[at++];
    }

    // ---- names

    boolean atColId() {
        return atColId(0);
    }

    boolean atColId(int ahead) {
        return isName(kind(ahead), Keyword.Category.COL_NAME);
    }

    boolean atTypeFunctionName() {
        return isName(kinds[at], Keyword.Category.TYPE_FUNC_NAME);
    }

    private static boolean isName(int kind, Keyword.Category also) {
        if (kind < Token.KEYWORD) {
            return kind == Token.IDENT;
        }
        Keyword.Category category = KeywordTable.byOrdinal(kind - Token.KEYWORD).category();
        return category == Keyword.Category.UNRESERVED || category == also;
    }

    /** A name of a column or table, and of most other things. */
    String colId() {
        if (!atColId()) {
            throw syntaxError();
        }
        return tokens.name(at++);
    }

    /** A name of a function or type. */
    String typeFunctionName() {
        if (!atTypeFunctionName()) {
            throw syntaxError();
        }
        return tokens.name(at++);
    }

    boolean atNonReservedWord() {
        return kinds[at] == Token.IDENT
                || kinds[at] >= Token.KEYWORD && keyword().category() != Keyword.Category.RESERVED;
    }

    String nonReservedWord() {
        if (!atNonReservedWord()) {
            throw syntaxError();
        }
        return tokens.name(at++);
    }

    /** Any word. */
    String colLabel() {
        if (kinds[at] != Token.IDENT && kinds[at] < Token.KEYWORD) {
            throw syntaxError();
        }
        return tokens.name(at++);
    }

    boolean atBareColLabel() {
        return kinds[at] == Token.IDENT || kinds[at] >= Token.KEYWORD && keyword().isBareLabel();
    }

    /** Whether the current token is this word, without being a keyword. */
    boolean atWord(String word) {
        return kinds[at] == Token.IDENT && tokens.name(at).equals(word);
    }

    /** A name, then any number of {@code .label}. */
    List<String> anyName() {
        return attributes(colId());
    }

    /** The rest of a qualified name whose first part has been read. */
    List<String> attributes(String first) {
        if (kinds[at] != '.') {
            return List.of(first);
        }
        List<String> names = new ArrayList<>(3);
        names.add(first);
        while (accept('.')) {
            names.add(colLabel());
        }
        return List.copyOf(names);
    }

    /** A function's name: one word, or a qualified name. */
    List<String> functionName() {
        if (kind(1) != '.') {
            return List.of(typeFunctionName());
        }
        return anyName();
    }

    /** A word or a string, as many options take them. */
    String wordOrString() {
        return kinds[at] == Token.STRING ? string() : nonReservedWord();
    }

    // ---- lists

    /** One or more, with commas between. */
    <T> List<T> commaList(Supplier<T> element) {
        T first = element.get();
        if (kinds[at] != ',') {
            return List.of(first);
        }
        List<T> list = new ArrayList<>();
        list.add(first);
        while (accept(',')) {
            list.add(element.get());
        }
        return List.copyOf(list);
    }

    /** {@code (one, or, more)}. */
    <T> List<T> parenthesized(Supplier<T> element) {
        expect('(');
        List<T> list = commaList(element);
        expect(')');
        return list;
    }

    /** {@code (one, or, more)}, or nothing. */
    <T> List<T> optionalParenthesized(Supplier<T> element) {
        return kinds[at] == '(' ? parenthesized(element) : List.of();
    }

    List<String> nameList() {
        return commaList(this::colId);
    }

    /** What follows a keyword, if the keyword is there. */
    <T> Optional<T> after(Keyword keyword, Supplier<T> element) {
        return accept(keyword) ? Optional.of(element.get()) : Optional.empty();
    }

    /** IF EXISTS. */
    boolean ifExists() {
        return accept(Keyword.IF, Keyword.EXISTS);
    }

    /** IF NOT EXISTS. */
    boolean ifNotExists() {
        boolean not = accept(Keyword.IF, Keyword.NOT);
        if (not) {
            expect(Keyword.EXISTS);
        }
        return not;
    }
}
