package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.AConst;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.NamedArg;
import org.gajah.ast.SortBy;
import org.gajah.ast.TypeCast;
import org.gajah.ast.TypeName;
import org.gajah.ast.WindowDef;

/** Calls of functions, aggregates and window functions. */
final class CallGrammar {
    private final Grammar g;
    private final TokenStream t;
    private int orderAt;

    CallGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** The call whose name has been read, with what may follow it; or {@code type(modifiers) 'text'}. */
    Expression call(List<String> name, int location) {
        FuncCall call = application(name, location);
        if (t.at(Token.STRING) && mayBeType(call)) {
            return typedLiteral(call);
        }
        return decorated(call);
    }

    private static boolean mayBeType(FuncCall call) {
        return !call.arguments().isEmpty() && !call.distinct() && !call.variadic();
    }

    private Expression typedLiteral(FuncCall call) {
        for (Expression argument : call.arguments()) {
            if (argument instanceof NamedArg named) {
                throw TokenStream.error("type modifier cannot have parameter name", named.location());
            }
        }
        if (!call.order().isEmpty()) {
            throw TokenStream.error("type modifier cannot have ORDER BY", orderAt);
        }
        TypeName type = new TypeName(call.name(), call.arguments(), List.of(), false, false, call.location());
        int at = t.location();
        return new TypeCast(new AConst.Text(t.text(), at), type, call.location());
    }

    /** The call whose name has been read, its parentheses only. */
    FuncCall application(List<String> name, int location) {
        t.expect('(');
        boolean star = false;
        boolean distinct = false;
        boolean variadic = false;
        List<Expression> arguments = List.of();
        List<SortBy> order = List.of();
        if (t.accept('*')) {
            star = true;
        } else if (!t.at(')')) {
            distinct = t.accept(Keyword.DISTINCT);
            boolean quantified = distinct || t.accept(Keyword.ALL);
            List<Expression> list = new ArrayList<>(3);
            do {
                variadic = !quantified && t.accept(Keyword.VARIADIC);
                list.add(argument());
            } while (!variadic && t.accept(','));
            arguments = List.copyOf(list);
            int sortAt = t.location();
            order = g.selects.optionalSort();
            orderAt = sortAt;
        }
        t.expect(')');
        return new FuncCall(name, arguments, order, Optional.empty(), Optional.empty(), false, star, distinct,
                variadic, false, location);
    }

    /** An argument, maybe with its parameter's name. */
    Expression argument() {
        int arrow = t.kind(1);
        if ((arrow == Token.EQUALS_GREATER || arrow == Token.COLON_EQUALS) && t.atTypeFunctionName()) {
            int location = t.location();
            String name = t.typeFunctionName();
            t.skip();
            return new NamedArg(name, g.expressions.expression(), location);
        }
        return g.expressions.expression();
    }

    /** WITHIN GROUP, FILTER and OVER behind a call. */
    FuncCall decorated(FuncCall call) {
        FuncCall result = call;
        if (t.at(Keyword.WITHIN)) {
            result = withinGroup(call);
        }
        Optional<Expression> filter = filter();
        Optional<WindowDef> over = over();
        if (filter.isEmpty() && over.isEmpty()) {
            return result;
        }
        return new FuncCall(result.name(), result.arguments(), result.order(), filter, over, result.withinGroup(),
                result.star(), result.distinct(), result.variadic(), result.sqlSyntax(), result.location());
    }

    private FuncCall withinGroup(FuncCall call) {
        int location = t.location();
        t.expect(Keyword.WITHIN);
        t.expect(Keyword.GROUP);
        t.expect('(');
        List<SortBy> order = g.selects.sort();
        t.expect(')');
        if (!call.order().isEmpty()) {
            throw TokenStream.error("cannot use multiple ORDER BY clauses with WITHIN GROUP", location);
        } else if (call.distinct()) {
            throw TokenStream.error("cannot use DISTINCT with WITHIN GROUP", location);
        } else if (call.variadic()) {
            throw TokenStream.error("cannot use VARIADIC with WITHIN GROUP", location);
        }
        return new FuncCall(call.name(), call.arguments(), order, Optional.empty(), Optional.empty(), true,
                call.star(), false, false, false, call.location());
    }

    /** FILTER (WHERE condition), if it is there. */
    Optional<Expression> filter() {
        if (!t.accept(Keyword.FILTER)) {
            return Optional.empty();
        }
        t.expect('(');
        t.expect(Keyword.WHERE);
        Expression condition = g.expressions.expression();
        t.expect(')');
        return Optional.of(condition);
    }

    /** OVER name or OVER (...), if it is there. */
    Optional<WindowDef> over() {
        if (!t.accept(Keyword.OVER)) {
            return Optional.empty();
        }
        int location = t.location();
        if (t.at('(')) {
            return Optional.of(g.windows.specification(Optional.empty()));
        }
        return Optional.of(new WindowDef(Optional.of(t.colId()), Optional.empty(), List.of(), List.of(),
                Optional.empty(), location));
    }
}
