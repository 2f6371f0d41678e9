package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.AExpr;
import org.gajah.ast.AConst;
import org.gajah.ast.BoolExpr;
import org.gajah.ast.BooleanTest;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.JsonPredicate;
import org.gajah.ast.NullTest;
import org.gajah.ast.UnsupportedExpr;
import org.gajah.base.Slice;

/** What may follow IS. */
final class TestGrammar {
    private final Grammar g;
    private final TokenStream t;

    TestGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** IS, ISNULL or NOTNULL behind {@code left}; only DISTINCT FROM gives an {@link AExpr}. */
    Expression is(Expression left) {
        int location = t.location();
        Keyword first = t.keyword();
        t.skip();
        if (first != Keyword.IS) {
            return new NullTest(left, first == Keyword.NOTNULL, location);
        }
        boolean not = t.accept(Keyword.NOT);
        Keyword word = t.keyword();
        if (word == Keyword.DISTINCT) {
            return distinct(left, not, false, location);
        }
        Expression test = switch (word) {
            case NULL -> new NullTest(left, not, location);
            case TRUE -> new BooleanTest(left,
                    not ? BooleanTest.Kind.IS_NOT_TRUE : BooleanTest.Kind.IS_TRUE, location);
            case FALSE -> new BooleanTest(left,
                    not ? BooleanTest.Kind.IS_NOT_FALSE : BooleanTest.Kind.IS_FALSE, location);
            case UNKNOWN -> new BooleanTest(left,
                    not ? BooleanTest.Kind.IS_NOT_UNKNOWN : BooleanTest.Kind.IS_UNKNOWN, location);
            case DOCUMENT -> not(not, new UnsupportedExpr("IS DOCUMENT", location), location);
            case NORMALIZED -> not(not, normalized(left, Optional.empty(), location), location);
            case NFC, NFD, NFKC, NFKD -> normalForm(left, not, location);
            case JSON -> json(left, not, location);
            default -> throw t.syntaxError();
        };
        if (word != Keyword.JSON) {
            t.skip();
        }
        return test;
    }

    /** IS [NOT] DISTINCT FROM or IS [NOT] DOCUMENT, all that a restricted expression allows. */
    Expression restrictedIs(Expression left) {
        int location = t.location();
        t.expect(Keyword.IS);
        boolean not = t.accept(Keyword.NOT);
        if (t.accept(Keyword.DOCUMENT)) {
            return not(not, new UnsupportedExpr("IS DOCUMENT", location), location);
        }
        return distinct(left, not, true, location);
    }

    private Expression distinct(Expression left, boolean not, boolean restricted, int location) {
        t.expect(Keyword.DISTINCT, Keyword.FROM);
        Expression right = g.expressions.distinctOperand(restricted);
        return new AExpr(not ? AExpr.Kind.NOT_DISTINCT : AExpr.Kind.DISTINCT, List.of("="), Optional.of(left), right,
                location);
    }

    private static Expression not(boolean not, Expression test, int location) {
        return not ? new BoolExpr(BoolExpr.Kind.NOT, List.of(test), location) : test;
    }

    private Expression normalForm(Expression left, boolean not, int location) {
        Expression form = formName();
        if (!t.at(Keyword.NORMALIZED)) {
            throw t.syntaxError();
        }
        return not(not, normalized(left, Optional.of(form), location), location);
    }

    /** The current word, one of NFC, NFD, NFKC, NFKD, as the text constant that functions take. */
    Expression formName() {
        int location = t.location();
        String name = t.keyword().word().toUpperCase(java.util.Locale.ROOT);
        t.skip();
        return new AConst.Text(Slice.of(name), location);
    }

    private static Expression normalized(Expression left, Optional<Expression> form, int location) {
        return FuncCall.sql("is_normalized",
                form.isPresent() ? List.of(left, form.get()) : List.of(left), location);
    }

    private Expression json(Expression left, boolean not, int location) {
        t.expect(Keyword.JSON);
        JsonPredicate.Kind kind = switch (t.keyword()) {
            case VALUE -> JsonPredicate.Kind.VALUE;
            case ARRAY -> JsonPredicate.Kind.ARRAY;
            case OBJECT -> JsonPredicate.Kind.OBJECT;
            case SCALAR -> JsonPredicate.Kind.SCALAR;
            default -> null;
        };
        if (kind == null) {
            kind = JsonPredicate.Kind.VALUE;
        } else {
            t.skip();
        }
        boolean unique = g.json.uniqueKeys();
        return not(not, new JsonPredicate(left, kind, unique, location), location);
    }
}
