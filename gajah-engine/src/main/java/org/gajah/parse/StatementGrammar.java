package org.gajah.parse;

import org.gajah.ast.Statement;

/** Tells statements apart by their first words. */
final class StatementGrammar {
    private final Grammar g;
    private final TokenStream t;

    StatementGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** One statement. */
    Statement statement() {
        return switch (t.keyword()) {
            case SELECT, WITH, VALUES, TABLE, INSERT, UPDATE, DELETE, MERGE -> g.with.preparable();
            case DECLARE -> g.cursors.declare();
            case FETCH, MOVE -> g.cursors.fetch();
            case CLOSE -> g.cursors.close();
            case PREPARE -> g.cursors.prepare();
            case EXECUTE -> g.cursors.execute();
            case DEALLOCATE -> g.cursors.deallocate();
            default -> {
                if (t.at('(')) {
                    yield g.with.preparable();
                }
                throw t.syntaxError();
            }
        };
    }
}
