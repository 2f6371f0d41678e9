package org.gajah.parse;

import java.util.Optional;
import org.gajah.ast.Expression;
import org.gajah.ast.FromItem;
import org.gajah.ast.UnsupportedExpr;

/** SQL/XML, which is passed over to the closing parenthesis and not represented. */
final class XmlGrammar {
    private final Grammar g;
    private final TokenStream t;

    XmlGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** The XML form that starts here, if one does. */
    Optional<Expression> form() {
        return switch (t.keyword()) {
            case XMLCONCAT, XMLELEMENT, XMLEXISTS, XMLFOREST, XMLPARSE, XMLPI, XMLROOT, XMLSERIALIZE -> {
                int location = t.location();
                String name = t.keyword().name();
                t.skip();
                t.skipParentheses();
                yield Optional.of(new UnsupportedExpr(name, location));
            }
            default -> Optional.empty();
        };
    }

    /** XMLTABLE in FROM. */
    FromItem table(boolean lateral, int location) {
        t.skip();
        t.skipParentheses();
        return new FromItem.RangeTableFunc("XMLTABLE", lateral, g.from.optionalAlias(), location);
    }
}
