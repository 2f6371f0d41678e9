package org.gajah.parse;

import org.gajah.ast.FromItem;

/** JSON_TABLE, which is read and not represented. */
final class JsonTableGrammar {
    private final Grammar g;
    private final TokenStream t;

    JsonTableGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** JSON_TABLE in FROM. */
    FromItem table(boolean lateral, int location) {
        t.skip();
        t.expect('(');
        g.json.value();
        t.expect(',');
        g.expressions.expression();
        if (t.accept(Keyword.AS)) {
            t.colId();
        }
        g.json.passing();
        columns();
        g.json.behaviors();
        t.expect(')');
        return new FromItem.RangeTableFunc("JSON_TABLE", lateral, g.from.optionalAlias(), location);
    }

    private void columns() {
        t.guard.enter();
        t.expect(Keyword.COLUMNS);
        t.parenthesized(this::column);
        t.guard.leave();
    }

    private String column() {
        if (t.at(Keyword.NESTED) && (t.keyword(1) == Keyword.PATH || t.kind(1) == Token.STRING)) {
            t.skip();
            t.accept(Keyword.PATH);
            String path = t.string();
            if (t.accept(Keyword.AS)) {
                t.colId();
            }
            columns();
            return path;
        }
        String name = t.colId();
        if (t.accept(Keyword.FOR)) {
            t.expect(Keyword.ORDINALITY);
            return name;
        }
        g.types.typeName();
        boolean exists = t.accept(Keyword.EXISTS);
        if (!exists) {
            g.json.format();
        }
        if (t.accept(Keyword.PATH)) {
            t.string();
        }
        if (!exists) {
            g.json.wrapper();
        }
        g.json.behaviors();
        return name;
    }
}
