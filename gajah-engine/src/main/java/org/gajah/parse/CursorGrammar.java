package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.CursorStatement;
import org.gajah.ast.CursorStatement.Fetch;
import org.gajah.ast.CursorStatement.FetchDirection;
import org.gajah.ast.Expression;
import org.gajah.ast.PreparedStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.TypeName;

/** Cursors and prepared statements. */
final class CursorGrammar {
    private final Grammar g;
    private final TokenStream t;

    CursorGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Statement declare() {
        t.expect(Keyword.DECLARE);
        String name = t.colId();
        boolean binary = false;
        Optional<Boolean> scroll = Optional.empty();
        Optional<Boolean> insensitive = Optional.empty();
        while (!t.at(Keyword.CURSOR)) {
            if (t.accept(Keyword.BINARY)) {
                binary = true;
            } else if (t.accept(Keyword.INSENSITIVE)) {
                insensitive = Optional.of(true);
            } else if (t.accept(Keyword.ASENSITIVE)) {
                insensitive = Optional.of(false);
            } else if (t.accept(Keyword.NO)) {
                t.expect(Keyword.SCROLL);
                scroll = Optional.of(false);
            } else {
                t.expect(Keyword.SCROLL);
                scroll = Optional.of(true);
            }
        }
        t.expect(Keyword.CURSOR);
        boolean hold = t.accept(Keyword.WITH);
        if (hold || t.accept(Keyword.WITHOUT)) {
            t.expect(Keyword.HOLD);
        }
        t.expect(Keyword.FOR);
        return new CursorStatement.DeclareCursor(name, binary, scroll, insensitive, hold, g.selects.select());
    }

    /** FETCH or MOVE. */
    Statement fetch() {
        boolean move = t.at(Keyword.MOVE);
        t.skip();
        FetchDirection direction = FetchDirection.FORWARD;
        long count = 1;
        Keyword word = t.keyword();
        if (t.kind() < Token.KEYWORD || isCursor()) {
            count = g.options.atNumber() ? t.signedInteger() : 1;
        } else {
            switch (word) {
                case FROM, IN -> { }
                case NEXT -> t.skip();
                case PRIOR -> {
                    t.skip();
                    direction = FetchDirection.BACKWARD;
                }
                case FIRST, LAST -> {
                    t.skip();
                    direction = FetchDirection.ABSOLUTE;
                    count = word == Keyword.FIRST ? 1 : -1;
                }
                case ABSOLUTE, RELATIVE -> {
                    t.skip();
                    direction = word == Keyword.ABSOLUTE ? FetchDirection.ABSOLUTE : FetchDirection.RELATIVE;
                    count = t.signedInteger();
                }
                case ALL -> {
                    t.skip();
                    count = Fetch.ALL;
                }
                case FORWARD, BACKWARD -> {
                    t.skip();
                    direction = word == Keyword.FORWARD ? FetchDirection.FORWARD : FetchDirection.BACKWARD;
                    count = t.accept(Keyword.ALL) ? Fetch.ALL : g.options.atNumber() ? t.signedInteger() : 1;
                }
                default -> { }
            }
        }
        if (!t.accept(Keyword.FROM)) {
            t.accept(Keyword.IN);
        }
        return new Fetch(direction, count, t.colId(), move);
    }

    /** Whether the current word, though a direction, is the cursor's name, as nothing follows it. */
    private boolean isCursor() {
        return t.atColId() && (t.kind(1) == Token.END || t.kind(1) == ';');
    }

    Statement close() {
        t.expect(Keyword.CLOSE);
        return new CursorStatement.ClosePortal(
                t.accept(Keyword.ALL) ? Optional.empty() : Optional.of(t.colId()));
    }

    Statement prepare() {
        t.expect(Keyword.PREPARE);
        String name = t.colId();
        List<TypeName> types = t.optionalParenthesized(g.types::typeName);
        t.expect(Keyword.AS);
        int offset = t.offset();
        return new PreparedStatement.Prepare(name, types, g.with.preparable(), offset);
    }

    PreparedStatement execute() {
        t.expect(Keyword.EXECUTE);
        String name = t.colId();
        List<Expression> arguments = t.optionalParenthesized(g.expressions::expression);
        return new PreparedStatement.Execute(name, arguments);
    }

    Statement deallocate() {
        t.expect(Keyword.DEALLOCATE);
        if (t.at(Keyword.PREPARE) && t.kind(1) != Token.END && t.kind(1) != ';') {
            t.skip();
        }
        return new PreparedStatement.Deallocate(
                t.accept(Keyword.ALL) ? Optional.empty() : Optional.of(t.colId()));
    }
}
