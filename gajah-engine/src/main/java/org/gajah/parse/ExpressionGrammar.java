package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AConst;
import org.gajah.ast.AExpr;
import org.gajah.ast.Between;
import org.gajah.ast.BoolExpr;
import org.gajah.ast.CollateClause;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.InList;
import org.gajah.ast.RowExpr;
import org.gajah.ast.SetToDefault;
import org.gajah.ast.SubLink;
import org.gajah.ast.TypeCast;

/**
 * Operators by precedence (manual, section 4.1.6). {@code restricted} expressions are those that stand next to keywords which
 * would be ambiguous: they have no boolean connectives, no IS tests but DISTINCT FROM, no IN, LIKE, BETWEEN, COLLATE, AT.
 *
 * <p>A level that does not associate refuses a second operator of its level only where the first one's right operand is open
 * at its end: {@code a = b = c} is an error, {@code a IS NULL IS NULL} is not.
 */
final class ExpressionGrammar {
    private static final int TARGET = -1;
    private static final int NO_OPERATOR = 0;
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int IS = 4;
    private static final int COMPARISON = 5;
    private static final int IN = 6;
    private static final int OTHER = 10;
    private static final int ADD = 11;
    private static final int MULTIPLY = 12;
    private static final int POWER = 13;
    private static final int AT = 14;
    private static final int COLLATE = 15;
    private static final int SIGN = 16;
    private static final int CAST = 17;

    private final Grammar g;
    private final TokenStream t;
    private boolean similarIsSeparator;
    private boolean openEnd;

    ExpressionGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** Any expression. */
    Expression expression() {
        return parse(NO_OPERATOR, false);
    }

    /** An expression of a select list, behind which a word that is an operator may also be a label. */
    Expression target() {
        t.guard.enter();
        Expression result = operators(prefix(false), TARGET, false);
        t.guard.leave();
        return result;
    }

    /** Whether the current word is a label, since the select list's element ends behind it. */
    private boolean atLabel() {
        return t.kind() >= Token.KEYWORD && t.keyword().isBareLabel()
                && (t.kind(1) == ',' || g.selects.endsTargets(1));
    }

    /** An expression without what {@code restricted} leaves out. */
    Expression restricted() {
        return parse(NO_OPERATOR, true);
    }

    /** An expression whose first operand has been read. */
    Expression continued(Expression left) {
        return operators(left, NO_OPERATOR, false);
    }

    List<Expression> list() {
        return t.commaList(this::expression);
    }

    /** An expression that SIMILAR without TO ends, as in SUBSTRING. */
    Expression beforeSimilar() {
        boolean before = similarIsSeparator;
        similarIsSeparator = true;
        Expression result = expression();
        similarIsSeparator = before;
        return result;
    }

    private Expression parse(int least, boolean restricted) {
        t.guard.enter();
        Expression result = operators(prefix(restricted), least, restricted);
        t.guard.leave();
        return result;
    }

    private Expression operators(Expression first, int least, boolean restricted) {
        Expression left = first;
        int closed = -1;
        while (true) {
            int level = restricted ? restrictedLevel() : level();
            if (level == NO_OPERATOR || level < least || least == TARGET && atLabel()) {
                return left;
            }
            if (level == closed) {
                throw t.syntaxError();
            }
            openEnd = true;
            left = infix(left, level, restricted);
            closed = openEnd && (level == IS || level == COMPARISON || level == IN) ? level : -1;
        }
    }

    private int level() {
        int kind = t.kind();
        if (kind < Token.KEYWORD) {
            return symbolLevel(kind);
        }
        return switch (t.keyword()) {
            case OR -> OR;
            case AND -> AND;
            case IS, ISNULL, NOTNULL -> IS;
            case BETWEEN, IN, LIKE, ILIKE -> IN;
            case SIMILAR -> similarIsSeparator && t.keyword(1) != Keyword.TO ? NO_OPERATOR : IN;
            case NOT -> switch (t.keyword(1)) {
                case BETWEEN, IN, LIKE, ILIKE, SIMILAR -> IN;
                default -> NO_OPERATOR;
            };
            case AT -> AT;
            case COLLATE -> COLLATE;
            case OPERATOR -> OTHER;
            default -> NO_OPERATOR;
        };
    }

    private int restrictedLevel() {
        int kind = t.kind();
        return kind < Token.KEYWORD ? symbolLevel(kind)
                : t.at(Keyword.IS) ? IS : t.at(Keyword.OPERATOR) ? OTHER : NO_OPERATOR;
    }

    private static int symbolLevel(int kind) {
        return switch (kind) {
            case '+', '-' -> ADD;
            case '*', '/', '%' -> MULTIPLY;
            case '^' -> POWER;
            case '<', '>', '=', Token.LESS_EQUALS, Token.GREATER_EQUALS, Token.NOT_EQUALS -> COMPARISON;
            case Token.OPERATOR -> OTHER;
            case Token.TYPECAST -> CAST;
            default -> NO_OPERATOR;
        };
    }

    private Expression prefix(boolean restricted) {
        int location = t.location();
        switch (t.kind()) {
            case '+' -> {
                t.skip();
                return new AExpr(AExpr.Kind.OP, List.of("+"), Optional.empty(), parse(SIGN, restricted), location);
            }
            case '-' -> {
                t.skip();
                return negated(parse(SIGN, restricted), location);
            }
            case Token.OPERATOR -> {
                return prefixOperator(restricted, location);
            }
            default -> {
            }
        }
        Keyword word = t.keyword();
        if (word == Keyword.OPERATOR && t.kind(1) == '(') {
            return prefixOperator(restricted, location);
        }
        if (!restricted) {
            if (word == Keyword.NOT) {
                t.skip();
                return new BoolExpr(BoolExpr.Kind.NOT, List.of(parse(NOT, false)), location);
            } else if (word == Keyword.DEFAULT) {
                t.skip();
                return new SetToDefault(location);
            } else if (word == Keyword.UNIQUE) {
                throw uniquePredicate(location);
            }
        }
        Expression primary = g.primaries.primary();
        return !restricted && primary instanceof RowExpr row && t.at(Keyword.OVERLAPS) ? overlaps(row) : primary;
    }

    private Expression prefixOperator(boolean restricted, int location) {
        List<String> name = g.names.operator();
        return new AExpr(AExpr.Kind.OP, name, Optional.empty(), parse(OTHER + 1, restricted), location);
    }

    private SqlError uniquePredicate(int location) {
        t.skip();
        if (t.accept(Keyword.NULLS)) {
            t.accept(Keyword.NOT);
            t.expect(Keyword.DISTINCT);
        }
        g.selects.inParentheses();
        return SqlError.notSupported("UNIQUE predicate is not yet implemented").at(location);
    }

    private Expression negated(Expression operand, int location) {
        return switch (operand) {
            case AConst.Int n -> new AConst.Int(-n.value(), location);
            case AConst.Float n -> new AConst.Float(
                    n.text().startsWith("-") ? n.text().substring(1) : "-" + n.text(), location);
            default -> new AExpr(AExpr.Kind.OP, List.of("-"), Optional.empty(), operand, location);
        };
    }

    /** Two rows: {@code (a, b) OVERLAPS (c, d)}. */
    Expression overlaps(RowExpr left) {
        int location = t.location();
        t.expect(Keyword.OVERLAPS);
        if (!(t.at('(') || t.at(Keyword.ROW)) || !(g.primaries.primary() instanceof RowExpr right)) {
            throw t.syntaxError();
        }
        if (left.fields().size() != 2) {
            throw TokenStream.error("wrong number of parameters on left side of OVERLAPS expression", left.location());
        } else if (right.fields().size() != 2) {
            throw TokenStream.error("wrong number of parameters on right side of OVERLAPS expression",
                    right.location());
        }
        List<Expression> arguments = new ArrayList<>(left.fields());
        arguments.addAll(right.fields());
        return FuncCall.sql("overlaps", List.copyOf(arguments), location);
    }

    private Expression infix(Expression left, int level, boolean restricted) {
        int location = t.location();
        return switch (level) {
            case OR -> chain(BoolExpr.Kind.OR, Keyword.OR, OR, left, location);
            case AND -> chain(BoolExpr.Kind.AND, Keyword.AND, AND, left, location);
            case IS -> {
                if (restricted) {
                    yield g.tests.restrictedIs(left);
                }
                Expression test = g.tests.is(left);
                openEnd = test instanceof AExpr;
                yield test;
            }
            case IN -> pattern(left, location);
            case AT -> atTimeZone(left, location);
            case COLLATE -> {
                t.skip();
                yield new CollateClause(left, t.anyName(), location);
            }
            case CAST -> {
                t.skip();
                yield new TypeCast(left, g.types.typeName(), location);
            }
            default -> binary(left, level, restricted, location);
        };
    }

    /** The right operand of DISTINCT FROM. */
    Expression distinctOperand(boolean restricted) {
        return parse(IS + 1, restricted);
    }

    private Expression chain(BoolExpr.Kind kind, Keyword word, int level, Expression left, int location) {
        List<Expression> arguments = new ArrayList<>(4);
        int where = location;
        if (left instanceof BoolExpr inner && inner.kind() == kind) {
            arguments.addAll(inner.arguments());
            where = inner.location();
        } else {
            arguments.add(left);
        }
        while (t.accept(word)) {
            arguments.add(parse(level + 1, false));
        }
        return new BoolExpr(kind, List.copyOf(arguments), where);
    }

    private Expression binary(Expression left, int level, boolean restricted, int location) {
        List<String> name = g.names.operator();
        Keyword quantifier = restricted ? Keyword.NOT_A_KEYWORD : t.keyword();
        if (quantifier == Keyword.ANY || quantifier == Keyword.SOME || quantifier == Keyword.ALL) {
            return quantified(left, name, location);
        }
        return new AExpr(AExpr.Kind.OP, name, Optional.of(left), parse(level + 1, restricted), location);
    }

    /** {@code left operator ANY|SOME|ALL (query or array)}. */
    private Expression quantified(Expression left, List<String> operator, int location) {
        boolean all = t.at(Keyword.ALL);
        t.skip();
        openEnd = false;
        PrimaryGrammar.Parenthesized right = g.primaries.parenthesized();
        if (right.query().isPresent()) {
            return new SubLink(all ? SubLink.Kind.ALL : SubLink.Kind.ANY, Optional.of(left), operator,
                    right.query().get(), location);
        }
        return new AExpr(all ? AExpr.Kind.OP_ALL : AExpr.Kind.OP_ANY, operator, Optional.of(left), right.only(t),
                location);
    }

    private Expression atTimeZone(Expression left, int location) {
        t.expect(Keyword.AT);
        if (t.accept(Keyword.LOCAL)) {
            return FuncCall.sql("timezone", List.of(left), location);
        }
        t.expect(Keyword.TIME, Keyword.ZONE);
        Expression zone = parse(AT + 1, false);
        return FuncCall.sql("timezone", List.of(zone, left), location);
    }

    /** BETWEEN, IN, LIKE, ILIKE, SIMILAR TO, each maybe with NOT. */
    private Expression pattern(Expression left, int location) {
        boolean not = t.accept(Keyword.NOT);
        Keyword word = t.keyword();
        t.skip();
        return switch (word) {
            case BETWEEN -> between(left, not, location);
            case IN -> in(left, not, location);
            case LIKE -> like(AExpr.Kind.LIKE, left, not ? "!~~" : "~~", location);
            case ILIKE -> like(AExpr.Kind.ILIKE, left, not ? "!~~*" : "~~*", location);
            default -> similar(left, not, location);
        };
    }

    private Expression between(Expression value, boolean not, int location) {
        boolean symmetric = t.accept(Keyword.SYMMETRIC);
        if (!symmetric) {
            t.accept(Keyword.ASYMMETRIC);
        }
        Expression low = restricted();
        t.expect(Keyword.AND);
        Expression high = parse(IN + 1, false);
        openEnd = true;
        return new Between(value, low, high, not, symmetric, location);
    }

    private Expression in(Expression left, boolean not, int location) {
        PrimaryGrammar.Parenthesized right = g.primaries.parenthesized();
        openEnd = false;
        if (right.query().isPresent()) {
            Expression any = new SubLink(SubLink.Kind.ANY, Optional.of(left), List.of(), right.query().get(), location);
            return not ? new BoolExpr(BoolExpr.Kind.NOT, List.of(any), location) : any;
        }
        return new InList(left, right.items(), not, location);
    }

    private Expression like(AExpr.Kind kind, Expression left, String operator, int location) {
        Keyword quantifier = t.keyword();
        if (quantifier == Keyword.ANY || quantifier == Keyword.SOME || quantifier == Keyword.ALL) {
            return quantified(left, List.of(operator), location);
        }
        Expression pattern = parse(IN + 1, false);
        if (t.accept(Keyword.ESCAPE)) {
            pattern = FuncCall.of(List.of("pg_catalog", "like_escape"), List.of(pattern, parse(IN + 1, false)),
                    location);
        }
        openEnd = true;
        return new AExpr(kind, List.of(operator), Optional.of(left), pattern, location);
    }

    private Expression similar(Expression left, boolean not, int location) {
        t.expect(Keyword.TO);
        Expression pattern = parse(IN + 1, false);
        List<Expression> arguments = t.accept(Keyword.ESCAPE)
                ? List.of(pattern, parse(IN + 1, false)) : List.of(pattern);
        openEnd = true;
        return new AExpr(AExpr.Kind.SIMILAR, List.of(not ? "!~" : "~"), Optional.of(left),
                FuncCall.of(List.of("pg_catalog", "similar_to_escape"), arguments, location), location);
    }

    /** 0A000 for a form that PostgreSQL has itself not. */
    static SqlError notYet(String message, int location) {
        return new SqlError(SqlState.FEATURE_NOT_SUPPORTED, message).at(location);
    }
}
