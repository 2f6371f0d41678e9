package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.AConst;
import org.gajah.ast.AExpr;
import org.gajah.ast.Expression;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Select.Limit;
import org.gajah.ast.Select.LockStrength;
import org.gajah.ast.Select.LockWait;
import org.gajah.ast.Select.LockingClause;

/** What may follow ORDER BY: LIMIT, OFFSET, FETCH, and the locking clauses before or behind them. */
final class QueryTail {
    private final Grammar g;
    private final TokenStream t;
    private final List<LockingClause> locking = new ArrayList<>(0);
    private Optional<Expression> count = Optional.empty();
    private Optional<Expression> offset = Optional.empty();
    private boolean withTies;
    private int countAt;
    private int offsetAt;
    private int tiesAt;

    private QueryTail(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    static QueryTail read(Grammar g) {
        QueryTail tail = new QueryTail(g);
        boolean lockedFirst = tail.lockingClauses();
        tail.limits();
        if (!lockedFirst) {
            tail.lockingClauses();
        }
        return tail;
    }

    boolean isEmpty() {
        return count.isEmpty() && offset.isEmpty() && locking.isEmpty();
    }

    List<LockingClause> locking() {
        return locking;
    }

    /** The limit of a query that may have had one inside its parentheses. */
    Optional<Limit> limitOver(Optional<Limit> inner, boolean ordered) {
        if (count.isEmpty() && offset.isEmpty()) {
            return inner;
        }
        Optional<Expression> innerOffset = inner.flatMap(Limit::offset);
        Optional<Expression> innerCount = inner.flatMap(Limit::count);
        if (offset.isPresent() && innerOffset.isPresent()) {
            throw TokenStream.error("multiple OFFSET clauses not allowed", offsetAt);
        } else if (count.isPresent() && innerCount.isPresent()) {
            throw TokenStream.error("multiple LIMIT clauses not allowed", countAt);
        } else if (withTies && !ordered) {
            throw TokenStream.error("WITH TIES cannot be specified without ORDER BY clause", tiesAt);
        }
        return Optional.of(new Limit(offset.or(() -> innerOffset), count.or(() -> innerCount),
                withTies || inner.isPresent() && inner.get().withTies()));
    }

    /** Refuses SKIP LOCKED together with WITH TIES. */
    void checkTies(Optional<Limit> limit, List<LockingClause> all) {
        boolean ties = limit.isPresent() && limit.get().withTies();
        if (ties && all.stream().anyMatch(l -> l.waitPolicy() == LockWait.SKIP)) {
            throw TokenStream.error("SKIP LOCKED and WITH TIES options cannot be used together", tiesAt);
        }
    }

    private boolean lockingClauses() {
        boolean any = false;
        while (t.at(Keyword.FOR) && t.keyword(1) != Keyword.READ) {
            locking.add(lockingClause());
            any = true;
        }
        if (!any && t.accept(Keyword.FOR)) {
            t.expect(Keyword.READ, Keyword.ONLY);
            return true;
        }
        return any;
    }

    private LockingClause lockingClause() {
        int location = t.location();
        t.expect(Keyword.FOR);
        LockStrength strength;
        if (t.accept(Keyword.UPDATE)) {
            strength = LockStrength.UPDATE;
        } else if (t.accept(Keyword.SHARE)) {
            strength = LockStrength.SHARE;
        } else if (t.accept(Keyword.KEY)) {
            t.expect(Keyword.SHARE);
            strength = LockStrength.KEY_SHARE;
        } else {
            t.expect(Keyword.NO, Keyword.KEY, Keyword.UPDATE);
            strength = LockStrength.NO_KEY_UPDATE;
        }
        List<RangeVar> tables = t.accept(Keyword.OF) ? t.commaList(g.names::qualifiedName) : List.of();
        LockWait wait = LockWait.BLOCK;
        if (t.accept(Keyword.NOWAIT)) {
            wait = LockWait.ERROR;
        } else if (t.accept(Keyword.SKIP)) {
            t.expect(Keyword.LOCKED);
            wait = LockWait.SKIP;
        }
        return new LockingClause(strength, tables, wait, location);
    }

    private void limits() {
        boolean more = true;
        while (more) {
            if (count.isEmpty() && t.at(Keyword.LIMIT)) {
                limit();
            } else if (count.isEmpty() && t.at(Keyword.FETCH)) {
                fetch();
            } else if (offset.isEmpty() && t.at(Keyword.OFFSET)) {
                offset();
            } else {
                more = false;
            }
        }
    }

    private void limit() {
        countAt = t.location();
        t.skip();
        int location = t.location();
        count = Optional.of(t.accept(Keyword.ALL) ? new AConst.Null(location) : g.expressions.expression());
        if (t.at(',')) {
            t.skip();
            g.expressions.expression();
            throw TokenStream.error("LIMIT #,# syntax is not supported", countAt)
                    .hint("Use separate LIMIT and OFFSET clauses.");
        }
    }

    private void offset() {
        offsetAt = t.location();
        t.skip();
        offset = Optional.of(g.expressions.expression());
        if (!t.accept(Keyword.ROW)) {
            t.accept(Keyword.ROWS);
        }
    }

    private void fetch() {
        countAt = t.location();
        t.skip();
        if (!t.accept(Keyword.FIRST)) {
            t.expect(Keyword.NEXT);
        }
        boolean bare = (t.at(Keyword.ROW) || t.at(Keyword.ROWS))
                && (t.keyword(1) == Keyword.ONLY || t.keyword(1) == Keyword.WITH);
        count = Optional.of(bare ? new AConst.Int(1, 0) : fetchCount());
        if (!t.accept(Keyword.ROW)) {
            t.expect(Keyword.ROWS);
        }
        tiesAt = t.location();
        if (t.accept(Keyword.WITH)) {
            t.expect(Keyword.TIES);
            withTies = true;
        } else {
            t.expect(Keyword.ONLY);
        }
    }

    private Expression fetchCount() {
        int location = t.location();
        if (t.at('+') || t.at('-')) {
            boolean minus = t.at('-');
            t.skip();
            if (!t.at(Token.INTEGER) && !t.at(Token.FLOAT)) {
                throw t.syntaxError();
            }
            Expression number = g.primaries.primary();
            return switch (number) {
                case AConst.Int n -> new AConst.Int(minus ? -n.value() : n.value(), location);
                case AConst.Float n -> new AConst.Float(minus ? "-" + n.text() : n.text(), location);
                default -> new AExpr(AExpr.Kind.OP, List.of(minus ? "-" : "+"), Optional.empty(), number, location);
            };
        }
        return g.primaries.primary();
    }
}
