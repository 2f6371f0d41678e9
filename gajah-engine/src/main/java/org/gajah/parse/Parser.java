package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.gajah.ast.Expression;
import org.gajah.ast.RawStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;

/** Reads SQL text. A text with a syntax error anywhere gives no statements at all. */
public final class Parser {
    private Parser() {
    }

    /**
     * The statements of a text, in order; empty ones leave nothing.
     *
     * @param source  valid UTF-8; the trees hold no reference to it
     * @param strings how backslashes in strings are read
     * @param notices told of what is to be said about the text, such as a name that was cut
     * @throws org.gajah.api.SqlError 42601 and others, with a position
     */
    public static List<RawStatement> parse(Slice source, StringRules strings, Consumer<ParseNotice> notices) {
        Tokens tokens = Lexer.tokenize(source, strings);
        tokens.notices.forEach(notices);
        Grammar grammar = new Grammar(tokens);
        TokenStream t = grammar.tokens;
        List<RawStatement> statements = new ArrayList<>(1);
        while (true) {
            while (t.accept(';')) {
                continue;
            }
            if (t.at(Token.END)) {
                return List.copyOf(statements);
            }
            int offset = t.offset();
            int location = t.location();
            Statement statement = grammar.statements.statement();
            if (!t.atEnd()) {
                throw t.syntaxError();
            }
            statements.add(new RawStatement(SelectInto.of(statement), offset, t.previousEnd() - offset, location));
        }
    }

    /** The statements of a text whose notices nobody wants. */
    public static List<RawStatement> parse(Slice source) {
        return parse(source, StringRules.DEFAULT, _ -> { });
    }

    /** The statements of a text whose notices nobody wants. */
    public static List<RawStatement> parse(String source) {
        return parse(Slice.of(source));
    }

    /** An expression that is the whole text, as a stored default or condition is. */
    public static Expression parseExpression(Slice source) {
        Grammar grammar = new Grammar(Lexer.tokenize(source));
        Expression expression = grammar.expressions.expression();
        grammar.tokens.expect(Token.END);
        return expression;
    }

    /** A type name that is the whole text, as {@code regtype} reads it. */
    public static TypeName parseTypeName(Slice source) {
        Grammar grammar = new Grammar(Lexer.tokenize(source));
        TypeName type = grammar.types.typeName();
        grammar.tokens.expect(Token.END);
        return type;
    }
}
