package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.gajah.ast.AConst;
import org.gajah.ast.AExpr;
import org.gajah.ast.CoalesceExpr;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.MinMaxExpr;
import org.gajah.ast.SqlValueFunction;
import org.gajah.ast.TypeCast;
import org.gajah.ast.TypeName;
import org.gajah.base.Slice;

/** The calls that SQL writes with words between the arguments, and the values that it writes without parentheses. */
final class SpecialFormGrammar {
    private final Grammar g;
    private final TokenStream t;

    SpecialFormGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** The special form that starts here, if one does. */
    Optional<Expression> special() {
        Expression value = value();
        if (value == null && (t.kind(1) == '(' || t.at(Keyword.CAST))) {
            value = form();
        } else if (value == null && t.at(Keyword.COLLATION, Keyword.FOR)) {
            value = collationFor();
        }
        return Optional.ofNullable(value);
    }

    private Expression value() {
        int location = t.location();
        SqlValueFunction.Kind kind = switch (t.keyword()) {
            case CURRENT_DATE -> SqlValueFunction.Kind.CURRENT_DATE;
            case CURRENT_TIME -> SqlValueFunction.Kind.CURRENT_TIME;
            case CURRENT_TIMESTAMP -> SqlValueFunction.Kind.CURRENT_TIMESTAMP;
            case LOCALTIME -> SqlValueFunction.Kind.LOCALTIME;
            case LOCALTIMESTAMP -> SqlValueFunction.Kind.LOCALTIMESTAMP;
            case CURRENT_ROLE -> SqlValueFunction.Kind.CURRENT_ROLE;
            case CURRENT_USER -> SqlValueFunction.Kind.CURRENT_USER;
            case SESSION_USER -> SqlValueFunction.Kind.SESSION_USER;
            case USER -> SqlValueFunction.Kind.USER;
            case CURRENT_CATALOG -> SqlValueFunction.Kind.CURRENT_CATALOG;
            case CURRENT_SCHEMA -> t.kind(1) == '(' || t.kind(1) == Token.STRING
                    ? null : SqlValueFunction.Kind.CURRENT_SCHEMA;
            default -> null;
        };
        if (kind == null) {
            if (t.accept(Keyword.SYSTEM_USER)) {
                return FuncCall.sql("system_user", List.of(), location);
            }
            return null;
        }
        t.skip();
        return new SqlValueFunction(kind, precision(kind), location);
    }

    private OptionalInt precision(SqlValueFunction.Kind kind) {
        boolean takes = switch (kind) {
            case CURRENT_TIME, CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP -> true;
            case CURRENT_DATE, CURRENT_ROLE, CURRENT_USER, SESSION_USER, USER, CURRENT_CATALOG, CURRENT_SCHEMA ->
                    false;
        };
        if (!takes || !t.accept('(')) {
            return OptionalInt.empty();
        }
        int digits = t.integer();
        t.expect(')');
        return OptionalInt.of(digits);
    }

    private Expression form() {
        int location = t.location();
        return switch (t.keyword()) {
            case COALESCE -> new CoalesceExpr(arguments(), location);
            case GREATEST -> new MinMaxExpr(true, arguments(), location);
            case LEAST -> new MinMaxExpr(false, arguments(), location);
            case NULLIF -> nullIf(location);
            case CAST -> cast(location);
            case EXTRACT -> extract(location);
            case NORMALIZE -> normalize(location);
            case OVERLAY -> overlay(location);
            case POSITION -> position(location);
            case SUBSTRING -> substring(location);
            case TREAT -> treat(location);
            case TRIM -> trim(location);
            default -> g.json.form().or(g.xml::form).orElse(null);
        };
    }

    private List<Expression> arguments() {
        t.skip();
        return t.parenthesized(g.expressions::expression);
    }

    private Expression collationFor() {
        int location = t.location();
        t.expect(Keyword.COLLATION, Keyword.FOR);
        t.expect('(');
        Expression argument = g.expressions.expression();
        t.expect(')');
        return FuncCall.sql("pg_collation_for", List.of(argument), location);
    }

    private Expression nullIf(int location) {
        t.skip();
        t.expect('(');
        Expression left = g.expressions.expression();
        t.expect(',');
        Expression right = g.expressions.expression();
        t.expect(')');
        return new AExpr(AExpr.Kind.NULLIF, List.of("="), Optional.of(left), right, location);
    }

    private Expression cast(int location) {
        t.skip();
        t.expect('(');
        Expression argument = g.expressions.expression();
        t.expect(Keyword.AS);
        TypeName type = g.types.typeName();
        t.expect(')');
        return new TypeCast(argument, type, location);
    }

    private Expression extract(int location) {
        t.skip();
        t.expect('(');
        int at = t.location();
        Slice field;
        if (t.at(Token.STRING)) {
            field = t.text();
        } else {
            field = switch (t.keyword()) {
                case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> Slice.of(t.colLabel());
                default -> {
                    if (!t.at(Token.IDENT)) {
                        throw t.syntaxError();
                    }
                    yield Slice.of(t.colId());
                }
            };
        }
        t.expect(Keyword.FROM);
        Expression source = g.expressions.expression();
        t.expect(')');
        return FuncCall.sql("extract", List.of(new AConst.Text(field, at), source), location);
    }

    private Expression normalize(int location) {
        t.skip();
        t.expect('(');
        List<Expression> arguments = new ArrayList<>(2);
        arguments.add(g.expressions.expression());
        if (t.accept(',')) {
            switch (t.keyword()) {
                case NFC, NFD, NFKC, NFKD -> arguments.add(g.tests.formName());
                default -> throw t.syntaxError();
            }
        }
        t.expect(')');
        return FuncCall.sql("normalize", List.copyOf(arguments), location);
    }

    /** What a call with ordinary arguments of a function of this name is; the opening parenthesis has been read. */
    private Expression ordinary(String name, List<Expression> read, int location) {
        List<Expression> arguments = new ArrayList<>(read);
        while (!arguments.isEmpty() ? t.accept(',') : !t.at(')')) {
            arguments.add(g.calls.argument());
        }
        t.expect(')');
        return FuncCall.of(List.of(name), List.copyOf(arguments), location);
    }

    private Expression overlay(int location) {
        t.skip();
        t.expect('(');
        if (t.at(')')) {
            return ordinary("overlay", List.of(), location);
        }
        Expression first = g.calls.argument();
        if (!t.accept(Keyword.PLACING)) {
            return ordinary("overlay", List.of(first), location);
        }
        List<Expression> arguments = new ArrayList<>(4);
        arguments.add(first);
        arguments.add(g.expressions.expression());
        t.expect(Keyword.FROM);
        arguments.add(g.expressions.expression());
        if (t.accept(Keyword.FOR)) {
            arguments.add(g.expressions.expression());
        }
        t.expect(')');
        return FuncCall.sql("overlay", List.copyOf(arguments), location);
    }

    private Expression position(int location) {
        t.skip();
        t.expect('(');
        Expression part = g.expressions.restricted();
        t.expect(Keyword.IN);
        Expression whole = g.expressions.restricted();
        t.expect(')');
        return FuncCall.sql("position", List.of(whole, part), location);
    }

    private Expression substring(int location) {
        t.skip();
        t.expect('(');
        if (t.at(')')) {
            return ordinary("substring", List.of(), location);
        }
        boolean named = t.kind(1) == Token.EQUALS_GREATER || t.kind(1) == Token.COLON_EQUALS;
        Expression source = named ? g.calls.argument() : g.expressions.beforeSimilar();
        List<Expression> arguments = new ArrayList<>(3);
        arguments.add(source);
        if (t.accept(Keyword.FROM)) {
            arguments.add(g.expressions.expression());
            if (t.accept(Keyword.FOR)) {
                arguments.add(g.expressions.expression());
            }
        } else if (t.accept(Keyword.FOR)) {
            Expression length = g.expressions.expression();
            if (t.accept(Keyword.FROM)) {
                arguments.add(g.expressions.expression());
                arguments.add(length);
            } else {
                // without a start the length has to be an integer, lest it be taken for a pattern
                arguments.add(new AConst.Int(1, 0));
                arguments.add(new TypeCast(length, TypeName.system("int4", 0), 0));
            }
        } else if (t.accept(Keyword.SIMILAR)) {
            arguments.add(g.expressions.expression());
            t.expect(Keyword.ESCAPE);
            arguments.add(g.expressions.expression());
        } else {
            return ordinary("substring", arguments, location);
        }
        t.expect(')');
        return FuncCall.sql("substring", List.copyOf(arguments), location);
    }

    private Expression treat(int location) {
        t.skip();
        t.expect('(');
        Expression argument = g.expressions.expression();
        t.expect(Keyword.AS);
        TypeName type = g.types.typeName();
        t.expect(')');
        return FuncCall.of(List.of("pg_catalog", type.names().getLast()), List.of(argument), location);
    }

    private Expression trim(int location) {
        t.skip();
        t.expect('(');
        String name = "btrim";
        if (t.accept(Keyword.LEADING)) {
            name = "ltrim";
        } else if (t.accept(Keyword.TRAILING)) {
            name = "rtrim";
        } else {
            t.accept(Keyword.BOTH);
        }
        List<Expression> arguments = new ArrayList<>(2);
        if (t.accept(Keyword.FROM)) {
            arguments.addAll(g.expressions.list());
        } else {
            Expression first = g.expressions.expression();
            if (t.accept(Keyword.FROM)) {
                arguments.addAll(g.expressions.list());
                arguments.add(first);
            } else {
                arguments.add(first);
                while (t.accept(',')) {
                    arguments.add(g.expressions.expression());
                }
            }
        }
        t.expect(')');
        return FuncCall.sql(name, List.copyOf(arguments), location);
    }
}
