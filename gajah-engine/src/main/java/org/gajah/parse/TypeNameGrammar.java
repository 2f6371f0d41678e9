package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.AConst;
import org.gajah.ast.Expression;
import org.gajah.ast.TypeName;

/** Type names, SQL's own spellings included. */
final class TypeNameGrammar {
    /** Bits of an interval's field mask, as in PostgreSQL's typmod. */
    private static final int MONTH = 1 << 1;
    private static final int YEAR = 1 << 2;
    private static final int DAY = 1 << 3;
    private static final int HOUR = 1 << 10;
    private static final int MINUTE = 1 << 11;
    private static final int SECOND = 1 << 12;
    private static final int FULL_RANGE = 0x7fff;

    private final Grammar g;
    private final TokenStream t;

    TypeNameGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** A type. */
    TypeName typeName() {
        boolean setOf = t.accept(Keyword.SETOF);
        return withBounds(simple(), setOf);
    }

    /** A type of a parameter or result: also {@code relation.column%TYPE}. */
    TypeName functionType() {
        int location = t.location();
        boolean setOf = t.accept(Keyword.SETOF);
        int start = 0;
        if (t.atTypeFunctionName() && t.kind(1) == '.') {
            start = 2;
            while (t.kind(start + 1) == '.') {
                start += 2;
            }
            start++;
        }
        if (start > 0 && t.kind(start) == '%') {
            List<String> names = t.attributes(t.typeFunctionName());
            t.expect('%');
            t.expect(Keyword.TYPE);
            return new TypeName(names, List.of(), List.of(), setOf, true, location);
        }
        return withBounds(simple(), setOf);
    }

    private TypeName withBounds(TypeName type, boolean setOf) {
        List<Integer> bounds = List.of();
        if (t.accept(Keyword.ARRAY)) {
            int size = -1;
            if (t.accept('[')) {
                size = t.integer();
                t.expect(']');
            }
            bounds = List.of(size);
        } else if (t.at('[')) {
            bounds = new ArrayList<>(1);
            while (t.accept('[')) {
                bounds.add(t.at(Token.INTEGER) ? t.integer() : -1);
                t.expect(']');
            }
            bounds = List.copyOf(bounds);
        }
        if (bounds.isEmpty() && !setOf) {
            return type;
        }
        return new TypeName(type.names(), type.modifiers(), bounds, setOf, type.percentType(), type.location());
    }

    /** A type without SETOF and array bounds. */
    TypeName simple() {
        int location = t.location();
        if (t.at(Keyword.INTERVAL)) {
            t.skip();
            return interval(location);
        }
        if (atConstType()) {
            return constType();
        }
        return generic();
    }

    private TypeName generic() {
        int location = t.location();
        List<String> names = t.attributes(t.typeFunctionName());
        return new TypeName(names, modifiers(), List.of(), false, false, location);
    }

    private List<Expression> modifiers() {
        return t.optionalParenthesized(g.expressions::expression);
    }

    /** Whether one of SQL's own type names starts here (INTERVAL aside, whose qualifiers may follow a literal). */
    boolean atConstType() {
        return switch (t.keyword()) {
            case INT, INTEGER, SMALLINT, BIGINT, REAL, FLOAT, DECIMAL, DEC, NUMERIC, BOOLEAN, BIT, CHARACTER, CHAR,
                 VARCHAR, NATIONAL, NCHAR, TIMESTAMP, TIME, JSON -> true;
            case DOUBLE -> t.keyword(1) == Keyword.PRECISION;
            default -> false;
        };
    }

    /** One of SQL's own types, arrays and INTERVAL aside. */
    TypeName constType() {
        int location = t.location();
        Keyword word = t.keyword();
        t.skip();
        return switch (word) {
            case INT, INTEGER -> TypeName.system("int4", location);
            case SMALLINT -> TypeName.system("int2", location);
            case BIGINT -> TypeName.system("int8", location);
            case REAL -> TypeName.system("float4", location);
            case BOOLEAN -> TypeName.system("bool", location);
            case JSON -> TypeName.system("json", location);
            case DOUBLE -> {
                t.expect(Keyword.PRECISION);
                yield TypeName.system("float8", location);
            }
            case FLOAT -> floatType(location);
            case DECIMAL, DEC, NUMERIC -> system("numeric", modifiers(), location);
            case BIT -> bitType(location);
            case TIMESTAMP -> timeType("timestamp", location);
            case TIME -> timeType("time", location);
            case NATIONAL -> {
                if (!t.accept(Keyword.CHARACTER)) {
                    t.expect(Keyword.CHAR);
                }
                yield characterType(false, location);
            }
            default -> characterType(word == Keyword.VARCHAR, location);
        };
    }

    private static TypeName system(String name, List<Expression> modifiers, int location) {
        return new TypeName(List.of("pg_catalog", name), modifiers, List.of(), false, false, location);
    }

    private TypeName floatType(int location) {
        if (!t.accept('(')) {
            return TypeName.system("float8", location);
        }
        int at = t.location();
        int digits = t.integer();
        t.expect(')');
        if (digits < 1) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                    "precision for type float must be at least 1 bit").at(at);
        } else if (digits > 53) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE,
                    "precision for type float must be less than 54 bits").at(at);
        }
        return TypeName.system(digits <= 24 ? "float4" : "float8", location);
    }

    private TypeName bitType(int location) {
        boolean varying = t.accept(Keyword.VARYING);
        List<Expression> modifiers = t.optionalParenthesized(g.expressions::expression);
        if (modifiers.isEmpty() && !varying) {
            modifiers = List.of(new AConst.Int(1, 0));
        }
        return system(varying ? "varbit" : "bit", modifiers, location);
    }

    private TypeName characterType(boolean isVarchar, int location) {
        boolean varying = isVarchar || t.accept(Keyword.VARYING);
        List<Expression> modifiers = List.of();
        if (t.accept('(')) {
            modifiers = List.of(integerConst());
            t.expect(')');
        } else if (!varying) {
            modifiers = List.of(new AConst.Int(1, 0));
        }
        return system(varying ? "varchar" : "bpchar", modifiers, location);
    }

    private AConst.Int integerConst() {
        int location = t.location();
        return new AConst.Int(t.integer(), location);
    }

    private TypeName timeType(String name, int location) {
        List<Expression> modifiers = List.of();
        if (t.accept('(')) {
            modifiers = List.of(integerConst());
            t.expect(')');
        }
        boolean zone = t.accept(Keyword.WITH, Keyword.TIME);
        if (zone || t.accept(Keyword.WITHOUT, Keyword.TIME)) {
            t.expect(Keyword.ZONE);
        }
        return system(zone ? name + "tz" : name, modifiers, location);
    }

    /** INTERVAL's qualifiers or precision, the word itself already read. */
    TypeName interval(int location) {
        if (t.accept('(')) {
            AConst.Int precision = integerConst();
            t.expect(')');
            return system("interval", List.of(mask(FULL_RANGE), precision), location);
        }
        return intervalQualified(location);
    }

    /** The interval type with the qualifiers that follow here, or none. */
    TypeName intervalQualified(int location) {
        int fieldsAt = t.location();
        Keyword first = t.keyword();
        int from = field(first);
        if (from == 0) {
            return TypeName.system("interval", location);
        }
        t.skip();
        int fields = from;
        boolean seconds = first == Keyword.SECOND;
        if (first != Keyword.MONTH && !seconds && t.accept(Keyword.TO)) {
            fields = upTo(first);
            seconds = (fields & SECOND) != 0;
        }
        List<Expression> modifiers = new ArrayList<>(2);
        modifiers.add(new AConst.Int(fields, fieldsAt));
        if (seconds && t.accept('(')) {
            modifiers.add(integerConst());
            t.expect(')');
        }
        return system("interval", List.copyOf(modifiers), location);
    }

    private static AConst.Int mask(int fields) {
        return new AConst.Int(fields, 0);
    }

    private static int field(Keyword word) {
        return switch (word) {
            case YEAR -> YEAR;
            case MONTH -> MONTH;
            case DAY -> DAY;
            case HOUR -> HOUR;
            case MINUTE -> MINUTE;
            case SECOND -> SECOND;
            default -> 0;
        };
    }

    /** The mask of {@code first TO last}; the second field is read here. */
    private int upTo(Keyword first) {
        Keyword last = t.keyword();
        int fields = switch (first) {
            case YEAR -> last == Keyword.MONTH ? YEAR | MONTH : 0;
            case DAY -> last == Keyword.HOUR ? DAY | HOUR
                    : last == Keyword.MINUTE ? DAY | HOUR | MINUTE
                    : last == Keyword.SECOND ? DAY | HOUR | MINUTE | SECOND : 0;
            case HOUR -> last == Keyword.MINUTE ? HOUR | MINUTE
                    : last == Keyword.SECOND ? HOUR | MINUTE | SECOND : 0;
            default -> last == Keyword.SECOND ? MINUTE | SECOND : 0;
        };
        if (fields == 0) {
            throw t.syntaxError();
        }
        t.skip();
        return fields;
    }
}
