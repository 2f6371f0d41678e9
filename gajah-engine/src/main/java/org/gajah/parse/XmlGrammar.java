package org.gajah.parse;

import java.util.Optional;
import org.gajah.ast.Expression;
import org.gajah.ast.FromItem;
import org.gajah.ast.UnsupportedExpr;

/** SQL/XML, which is read and not represented. */
final class XmlGrammar {
    private final Grammar g;
    private final TokenStream t;

    XmlGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** The XML form that starts here, if one does. */
    Optional<Expression> form() {
        Keyword word = t.keyword();
        switch (word) {
            case XMLCONCAT, XMLELEMENT, XMLEXISTS, XMLFOREST, XMLPARSE, XMLPI, XMLROOT, XMLSERIALIZE -> { }
            default -> {
                return Optional.empty();
            }
        }
        int location = t.location();
        t.skip();
        t.expect('(');
        switch (word) {
            case XMLCONCAT -> g.expressions.list();
            case XMLELEMENT -> element();
            case XMLEXISTS -> {
                g.primaries.primary();
                passing();
            }
            case XMLFOREST -> t.commaList(this::labeled);
            case XMLPARSE -> parse();
            case XMLPI -> instruction();
            case XMLROOT -> root();
            default -> serialize();
        }
        t.expect(')');
        return Optional.of(new UnsupportedExpr(word.name(), location));
    }

    private void element() {
        t.expect(Keyword.NAME);
        t.colLabel();
        if (t.accept(',')) {
            if (t.at(Keyword.XMLATTRIBUTES) && t.kind(1) == '(') {
                t.skip();
                t.parenthesized(this::labeled);
                if (!t.accept(',')) {
                    return;
                }
            }
            g.expressions.list();
        }
    }

    private Expression labeled() {
        Expression value = g.expressions.expression();
        if (t.accept(Keyword.AS)) {
            t.colLabel();
        }
        return value;
    }

    private void passing() {
        t.expect(Keyword.PASSING);
        mechanism();
        g.primaries.primary();
        mechanism();
    }

    private void mechanism() {
        if (t.accept(Keyword.BY) && !t.accept(Keyword.REF)) {
            t.expect(Keyword.VALUE);
        }
    }

    private void documentOrContent() {
        if (!t.accept(Keyword.DOCUMENT)) {
            t.expect(Keyword.CONTENT);
        }
    }

    private void parse() {
        documentOrContent();
        g.expressions.expression();
        if (t.accept(Keyword.PRESERVE) || t.accept(Keyword.STRIP)) {
            t.expect(Keyword.WHITESPACE);
        }
    }

    private void instruction() {
        t.expect(Keyword.NAME);
        t.colLabel();
        if (t.accept(',')) {
            g.expressions.expression();
        }
    }

    private void root() {
        g.expressions.expression();
        t.expect(',');
        t.expect(Keyword.VERSION);
        if (t.at(Keyword.NO, Keyword.VALUE)) {
            t.skip();
            t.skip();
        } else {
            g.expressions.expression();
        }
        if (t.accept(',')) {
            t.expect(Keyword.STANDALONE);
            if (t.accept(Keyword.NO)) {
                t.accept(Keyword.VALUE);
            } else {
                t.expect(Keyword.YES);
            }
        }
    }

    private void serialize() {
        documentOrContent();
        g.expressions.expression();
        t.expect(Keyword.AS);
        g.types.simple();
        if (t.accept(Keyword.NO)) {
            t.expect(Keyword.INDENT);
        } else {
            t.accept(Keyword.INDENT);
        }
    }

    /** XMLTABLE in FROM. */
    FromItem table(boolean lateral, int location) {
        t.skip();
        t.expect('(');
        if (t.at(Keyword.XMLNAMESPACES) && t.kind(1) == '(') {
            t.skip();
            t.parenthesized(this::namespace);
            t.expect(',');
        }
        g.primaries.primary();
        passing();
        t.expect(Keyword.COLUMNS);
        t.commaList(this::column);
        t.expect(')');
        return new FromItem.RangeTableFunc("XMLTABLE", lateral, g.from.optionalAlias(), location);
    }

    private Expression namespace() {
        if (t.accept(Keyword.DEFAULT)) {
            return g.expressions.restricted();
        }
        Expression uri = g.expressions.restricted();
        t.expect(Keyword.AS);
        t.colLabel();
        return uri;
    }

    private String column() {
        String name = t.colId();
        if (t.accept(Keyword.FOR)) {
            t.expect(Keyword.ORDINALITY);
            return name;
        }
        g.types.typeName();
        while (columnOption()) {
            continue;
        }
        return name;
    }

    private boolean columnOption() {
        if (t.accept(Keyword.NOT)) {
            t.expect(Keyword.NULL);
        } else if (t.accept(Keyword.DEFAULT) || t.accept(Keyword.PATH) || t.accept(Token.IDENT)) {
            g.expressions.restricted();
        } else {
            return t.accept(Keyword.NULL);
        }
        return true;
    }
}
