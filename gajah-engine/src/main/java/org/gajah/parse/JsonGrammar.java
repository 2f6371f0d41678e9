package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.Expression;
import org.gajah.ast.FuncCall;
import org.gajah.ast.UnsupportedExpr;

/** SQL/JSON's constructors and queries: read whole, represented only where they are ordinary calls. */
final class JsonGrammar {
    private final Grammar g;
    private final TokenStream t;

    JsonGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** The JSON form that starts here, if one does. */
    Optional<Expression> form() {
        int location = t.location();
        return switch (t.keyword()) {
            case JSON_OBJECT -> Optional.of(object(location));
            case JSON_ARRAY -> Optional.of(array(location));
            case JSON -> Optional.of(json(location));
            case JSON_SCALAR -> Optional.of(scalar(location));
            case JSON_SERIALIZE -> Optional.of(serialize(location));
            case JSON_QUERY, JSON_EXISTS, JSON_VALUE -> Optional.of(query(location));
            case JSON_OBJECTAGG, JSON_ARRAYAGG -> Optional.of(aggregate(location));
            case MERGE_ACTION -> {
                t.skip();
                t.expect('(');
                t.expect(')');
                yield Optional.of(FuncCall.of(List.of("pg_catalog", "merge_action"), List.of(),
                        location));
            }
            default -> Optional.empty();
        };
    }

    private Expression object(int location) {
        t.skip();
        if (t.kind(1) == ')' || t.keyword(1) == Keyword.RETURNING) {
            t.expect('(');
            returning();
            t.expect(')');
            return new UnsupportedExpr("JSON_OBJECT", location);
        }
        t.expect('(');
        Expression first = g.calls.argument();
        if (t.at(',') || t.at(')')) {
            List<Expression> arguments = new ArrayList<>(2);
            arguments.add(first);
            while (t.accept(',')) {
                arguments.add(g.calls.argument());
            }
            t.expect(')');
            return FuncCall.of(List.of("pg_catalog", "json_object"), List.copyOf(arguments),
                    location);
        }
        valueOfKey();
        while (t.accept(',')) {
            g.expressions.expression();
            valueOfKey();
        }
        nullClause();
        uniqueKeys();
        returning();
        t.expect(')');
        return new UnsupportedExpr("JSON_OBJECT", location);
    }

    private void valueOfKey() {
        if (!t.accept(Keyword.VALUE)) {
            t.expect(':');
        }
        value();
    }

    private Expression array(int location) {
        t.skip();
        t.expect('(');
        if (g.selects.startsQueryInParentheses()) {
            g.selects.select();
            format();
        } else if (!t.at(')') && !t.at(Keyword.RETURNING)) {
            do {
                value();
            } while (t.accept(','));
            nullClause();
        }
        returning();
        t.expect(')');
        return new UnsupportedExpr("JSON_ARRAY", location);
    }

    private Expression json(int location) {
        t.skip();
        t.expect('(');
        value();
        uniqueKeys();
        t.expect(')');
        return new UnsupportedExpr("JSON()", location);
    }

    private Expression scalar(int location) {
        t.skip();
        t.expect('(');
        g.expressions.expression();
        t.expect(')');
        return new UnsupportedExpr("JSON_SCALAR", location);
    }

    private Expression serialize(int location) {
        t.skip();
        t.expect('(');
        value();
        returning();
        t.expect(')');
        return new UnsupportedExpr("JSON_SERIALIZE", location);
    }

    private Expression query(int location) {
        String name = t.keyword().name();
        t.skip();
        t.expect('(');
        value();
        t.expect(',');
        g.expressions.expression();
        passing();
        returning();
        wrapper();
        behaviors();
        t.expect(')');
        return new UnsupportedExpr(name, location);
    }

    void passing() {
        if (t.accept(Keyword.PASSING)) {
            do {
                value();
                t.expect(Keyword.AS);
                t.colLabel();
            } while (t.accept(','));
        }
    }

    void wrapper() {
        if (t.accept(Keyword.WITHOUT)) {
            t.accept(Keyword.ARRAY);
            t.expect(Keyword.WRAPPER);
        } else if (t.accept(Keyword.WITH)) {
            if (!t.accept(Keyword.CONDITIONAL)) {
                t.accept(Keyword.UNCONDITIONAL);
            }
            t.accept(Keyword.ARRAY);
            t.expect(Keyword.WRAPPER);
        }
        if (t.at(Keyword.KEEP) || t.at(Keyword.OMIT)) {
            t.skip();
            t.expect(Keyword.QUOTES);
            if (t.accept(Keyword.ON)) {
                t.expect(Keyword.SCALAR, Keyword.STRING);
            }
        }
    }

    void behaviors() {
        while (!t.at(')') && !t.at(',')) {
            switch (t.keyword()) {
                case ERROR, NULL, TRUE, FALSE, UNKNOWN -> t.skip();
                case EMPTY -> {
                    t.skip();
                    if (!t.accept(Keyword.ARRAY)) {
                        t.accept(Keyword.OBJECT);
                    }
                }
                default -> {
                    t.expect(Keyword.DEFAULT);
                    g.expressions.expression();
                }
            }
            t.expect(Keyword.ON);
            if (!t.accept(Keyword.EMPTY)) {
                t.expect(Keyword.ERROR);
            }
        }
    }

    private Expression aggregate(int location) {
        boolean object = t.at(Keyword.JSON_OBJECTAGG);
        t.skip();
        t.expect('(');
        if (object) {
            g.expressions.expression();
            valueOfKey();
        } else {
            value();
            g.selects.optionalSort();
        }
        nullClause();
        if (object) {
            uniqueKeys();
        }
        returning();
        t.expect(')');
        g.calls.filter();
        g.calls.over();
        return new UnsupportedExpr(object ? "JSON_OBJECTAGG" : "JSON_ARRAYAGG", location);
    }

    void value() {
        g.expressions.expression();
        format();
    }

    void format() {
        if (t.accept(Keyword.FORMAT)) {
            t.expect(Keyword.JSON);
            if (t.accept(Keyword.ENCODING)) {
                t.colId();
            }
        }
    }

    private void nullClause() {
        if (t.at(Keyword.NULL) || t.at(Keyword.ABSENT)) {
            t.skip();
            t.expect(Keyword.ON, Keyword.NULL);
        }
    }

    /** [WITH|WITHOUT UNIQUE [KEYS]], and whether it was WITH. */
    boolean uniqueKeys() {
        boolean with = t.accept(Keyword.WITH);
        if (with || t.accept(Keyword.WITHOUT)) {
            t.expect(Keyword.UNIQUE);
            t.accept(Keyword.KEYS);
        }
        return with;
    }

    private void returning() {
        if (t.accept(Keyword.RETURNING)) {
            g.types.typeName();
            format();
        }
    }
}
