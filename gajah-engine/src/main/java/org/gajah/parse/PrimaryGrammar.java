package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.ast.AArrayExpr;
import org.gajah.ast.AConst;
import org.gajah.ast.AIndirection;
import org.gajah.ast.CaseExpr;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.Expression;
import org.gajah.ast.GroupingFunc;
import org.gajah.ast.Indirection;
import org.gajah.ast.ParamRef;
import org.gajah.ast.RowExpr;
import org.gajah.ast.Select;
import org.gajah.ast.SubLink;
import org.gajah.ast.TypeCast;
import org.gajah.ast.TypeName;

/** Operands: literals, names, calls, parentheses, subqueries, CASE, ROW, ARRAY. */
final class PrimaryGrammar {
    private final Grammar g;
    private final TokenStream t;

    PrimaryGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** What was between parentheses: a query, or expressions. */
    record Parenthesized(Optional<Select> query, List<Expression> items) {
        /** The one expression; more than one is an error at the place behind them. */
        Expression only(TokenStream t) {
            if (items.size() != 1) {
                throw t.syntaxError();
            }
            return items.getFirst();
        }
    }

    /** One operand. */
    Expression primary() {
        int location = t.location();
        switch (t.kind()) {
            case Token.INTEGER -> {
                return new AConst.Int(t.integer(), location);
            }
            case Token.FLOAT -> {
                String text = t.image();
                t.skip();
                return new AConst.Float(text, location);
            }
            case Token.STRING -> {
                return new AConst.Text(t.text(), location);
            }
            case Token.BITS -> {
                return new AConst.Bit(t.bits(), location);
            }
            case Token.PARAM -> {
                return indirection(new ParamRef(t.parameter(), location));
            }
            case '(' -> {
                return parentheses();
            }
            case Token.IDENT -> {
                return named();
            }
            default -> {
                return keyword(location);
            }
        }
    }

    private Expression keyword(int location) {
        switch (t.keyword()) {
            case TRUE, FALSE -> {
                boolean value = t.at(Keyword.TRUE);
                t.skip();
                return new AConst.Bool(value, location);
            }
            case NULL -> {
                t.skip();
                return new AConst.Null(location);
            }
            case CASE -> {
                return caseExpression();
            }
            case ARRAY -> {
                return array(location);
            }
            case ROW -> {
                if (t.kind(1) == '(') {
                    return row(location);
                }
            }
            case EXISTS -> {
                if (t.kind(1) == '(') {
                    t.skip();
                    return new SubLink(SubLink.Kind.EXISTS, Optional.empty(), List.of(), g.selects.inParentheses(),
                            location);
                }
            }
            case GROUPING -> {
                if (t.kind(1) == '(') {
                    t.skip();
                    return new GroupingFunc(t.parenthesized(g.expressions::expression), location);
                }
            }
            default -> {
            }
        }
        Optional<Expression> literal = typedLiteral();
        return literal.isPresent() ? literal.get() : g.specials.special().orElseGet(this::named);
    }

    /** {@code type 'text'} for SQL's own type names, if one starts here and is not a column's name. */
    private Optional<Expression> typedLiteral() {
        int location = t.location();
        if (t.at(Keyword.INTERVAL) && (t.kind(1) == Token.STRING || t.kind(1) == '(')) {
            t.skip();
            boolean precise = t.at('(');
            TypeName type = precise ? g.types.interval(location) : null;
            int at = t.location();
            AConst.Text text = new AConst.Text(t.text(), at);
            TypeName full = precise ? type : g.types.intervalQualified(location);
            return Optional.of(new TypeCast(text, full, location));
        }
        if (!g.types.atConstType() || !typeFollows()) {
            return Optional.empty();
        }
        TypeName type = g.types.constType();
        int at = t.location();
        return Optional.of(new TypeCast(new AConst.Text(t.text(), at), type, location));
    }

    private boolean typeFollows() {
        if (t.kind(1) == Token.STRING) {
            return true;
        }
        return switch (t.keyword()) {
            case DOUBLE -> true;
            case JSON -> false;
            case BIT, CHARACTER, CHAR, NCHAR -> t.kind(1) == '(' || t.keyword(1) == Keyword.VARYING;
            case NATIONAL -> t.keyword(1) == Keyword.CHARACTER || t.keyword(1) == Keyword.CHAR;
            case TIME, TIMESTAMP -> t.kind(1) == '('
                    || (t.keyword(1) == Keyword.WITH || t.keyword(1) == Keyword.WITHOUT)
                            && t.keyword(2) == Keyword.TIME;
            default -> t.kind(1) == '(';
        };
    }

    /** What starts with a name: a column, a call, or {@code type 'text'}. */
    private Expression named() {
        int location = t.location();
        boolean column = t.atColId();
        boolean function = t.atTypeFunctionName();
        if (!column && !function) {
            throw t.syntaxError();
        }
        int next = t.kind(1);
        if (!column && next != '(' && next != Token.STRING) {
            t.skip();
            throw t.syntaxError();
        }
        String first = t.colLabel();
        List<String> names = names(first);
        if (t.at('(') && (function || names.size() > 1)) {
            return g.calls.call(names, location);
        }
        if (t.at(Token.STRING) && (function || names.size() > 1)) {
            TypeName type = new TypeName(names, List.of(), List.of(), false, false, location);
            int at = t.location();
            return new TypeCast(new AConst.Text(t.text(), at), type, location);
        }
        return columnRef(names, location);
    }

    private List<String> names(String first) {
        if (!t.at('.') || t.kind(1) == '*') {
            return List.of(first);
        }
        List<String> names = new ArrayList<>(3);
        names.add(first);
        while (t.at('.') && t.kind(1) != '*') {
            t.skip();
            names.add(t.colLabel());
        }
        return List.copyOf(names);
    }

    private Expression columnRef(List<String> names, int location) {
        if (t.at('.') && t.kind(1) == '*') {
            t.skip();
            t.skip();
            if (!steps().isEmpty()) {
                throw improperStar();
            }
            return new ColumnRef(names, true, location);
        }
        Expression column = new ColumnRef(names, false, location);
        return t.at('[') ? indirection(column) : column;
    }

    /** The field selections and subscripts behind {@code base}, if there are any. */
    Expression indirection(Expression base) {
        if (!t.at('.') && !t.at('[')) {
            return base;
        }
        return new AIndirection(base, steps());
    }

    /** Field selections and subscripts, maybe none. */
    List<Indirection> steps() {
        if (!t.at('.') && !t.at('[')) {
            return List.of();
        }
        List<Indirection> steps = new ArrayList<>(2);
        while (true) {
            int location = t.location();
            if (t.accept('.')) {
                if (t.accept('*')) {
                    steps.add(new Indirection.Star(location));
                } else {
                    steps.add(new Indirection.Field(t.colLabel(), location));
                }
            } else if (t.accept('[')) {
                steps.add(subscript());
            } else {
                break;
            }
        }
        for (Indirection step : steps.subList(0, steps.size() - 1)) {
            if (step instanceof Indirection.Star) {
                throw improperStar();
            }
        }
        return List.copyOf(steps);
    }

    private SqlError improperStar() {
        return t.errorNear("improper use of \"*\"", 0);
    }

    private Indirection subscript() {
        Optional<Expression> lower = t.at(':') ? Optional.empty() : Optional.of(g.expressions.expression());
        if (!t.accept(':')) {
            t.expect(']');
            return new Indirection.Index(lower.orElseThrow(t::syntaxError));
        }
        Optional<Expression> upper = t.at(']') ? Optional.empty() : Optional.of(g.expressions.expression());
        t.expect(']');
        return new Indirection.Range(lower, upper);
    }

    private Expression parentheses() {
        int location = t.location();
        Parenthesized inside = parenthesized();
        return operand(inside, location);
    }

    private Expression operand(Parenthesized inside, int location) {
        if (inside.query().isPresent()) {
            return indirection(new SubLink(SubLink.Kind.EXPR, Optional.empty(), List.of(), inside.query().get(),
                    location));
        }
        return inside.items().size() == 1
                ? indirection(inside.items().getFirst()) : new RowExpr(inside.items(), false, location);
    }

    /** {@code (query)} or {@code (expression, ...)}; parentheses around a query may be many. */
    Parenthesized parenthesized() {
        t.expect('(');
        Parenthesized result;
        if (g.selects.startsQuery()) {
            result = new Parenthesized(Optional.of(g.selects.select()), List.of());
        } else if (t.at('(')) {
            result = nested();
        } else {
            result = new Parenthesized(Optional.empty(), g.expressions.list());
        }
        t.expect(')');
        return result;
    }

    /** What starts with a second parenthesis, which may turn out to be a query's or an operand's. */
    private Parenthesized nested() {
        int location = t.location();
        t.guard.enter();
        Parenthesized inner = parenthesized();
        t.guard.leave();
        if (inner.query().isPresent()) {
            if (t.at(')')) {
                return inner;
            } else if (g.selects.continuesQuery()) {
                return new Parenthesized(Optional.of(g.selects.continued(inner.query().get())), List.of());
            }
        }
        Expression first = operand(inner, location);
        if (first instanceof RowExpr row && t.at(Keyword.OVERLAPS)) {
            first = g.expressions.overlaps(row);
        }
        first = g.expressions.continued(first);
        if (!t.at(',')) {
            return new Parenthesized(Optional.empty(), List.of(first));
        }
        List<Expression> items = new ArrayList<>();
        items.add(first);
        while (t.accept(',')) {
            items.add(g.expressions.expression());
        }
        return new Parenthesized(Optional.empty(), List.copyOf(items));
    }

    private Expression caseExpression() {
        int location = t.location();
        t.expect(Keyword.CASE);
        Optional<Expression> argument =
                t.at(Keyword.WHEN) ? Optional.empty() : Optional.of(g.expressions.expression());
        List<CaseExpr.CaseWhen> whens = new ArrayList<>(2);
        do {
            int at = t.location();
            t.expect(Keyword.WHEN);
            Expression condition = g.expressions.expression();
            t.expect(Keyword.THEN);
            whens.add(new CaseExpr.CaseWhen(condition, g.expressions.expression(), at));
        } while (t.at(Keyword.WHEN));
        Optional<Expression> otherwise = t.after(Keyword.ELSE, g.expressions::expression);
        t.expect(Keyword.END);
        return new CaseExpr(argument, List.copyOf(whens), otherwise, location);
    }

    private Expression row(int location) {
        t.expect(Keyword.ROW);
        t.expect('(');
        List<Expression> fields = t.at(')') ? List.of() : g.expressions.list();
        t.expect(')');
        return new RowExpr(fields, true, location);
    }

    private Expression array(int location) {
        t.expect(Keyword.ARRAY);
        if (t.at('(')) {
            return new SubLink(SubLink.Kind.ARRAY, Optional.empty(), List.of(), g.selects.inParentheses(), location);
        }
        return arrayElements(location);
    }

    private Expression arrayElements(int location) {
        t.guard.enter();
        t.expect('[');
        List<Expression> elements = List.of();
        if (t.at('[')) {
            elements = t.commaList(() -> arrayElements(t.location()));
        } else if (!t.at(']')) {
            elements = g.expressions.list();
        }
        t.expect(']');
        t.guard.leave();
        return new AArrayExpr(elements, location);
    }
}
