package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.AConst;
import org.gajah.ast.Expression;
import org.gajah.ast.PreparableStatement;
import org.gajah.ast.WithClause;
import org.gajah.ast.WithClause.CommonTableExpr;
import org.gajah.ast.WithClause.CteCycle;
import org.gajah.ast.WithClause.CteSearch;

/** WITH, and the statements that may stand in it. */
final class WithGrammar {
    private final Grammar g;
    private final TokenStream t;

    WithGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** WITH, if it is there. */
    Optional<WithClause> optional() {
        if (!t.at(Keyword.WITH)) {
            return Optional.empty();
        }
        int location = t.location();
        t.skip();
        boolean recursive = t.atColId(1) && t.accept(Keyword.RECURSIVE);
        return Optional.of(new WithClause(recursive, t.commaList(this::table), location));
    }

    private CommonTableExpr table() {
        int location = t.location();
        String name = t.colId();
        List<String> columns = t.optionalParenthesized(t::colId);
        t.expect(Keyword.AS);
        Optional<Boolean> materialized = Optional.empty();
        if (t.accept(Keyword.MATERIALIZED)) {
            materialized = Optional.of(true);
        } else if (t.accept(Keyword.NOT)) {
            t.expect(Keyword.MATERIALIZED);
            materialized = Optional.of(false);
        }
        t.guard.enter();
        t.expect('(');
        PreparableStatement query = preparable();
        t.expect(')');
        t.guard.leave();
        return new CommonTableExpr(name, columns, materialized, query, search(), cycle(), location);
    }

    /** SELECT, INSERT, UPDATE, DELETE or MERGE, with its WITH. */
    PreparableStatement preparable() {
        int location = t.location();
        Optional<WithClause> with = optional();
        return switch (t.keyword()) {
            case INSERT -> g.modify.insert(with, location);
            case UPDATE -> g.modify.update(with, location);
            case DELETE -> g.modify.delete(with, location);
            case MERGE -> g.merge.merge(with, location);
            default -> g.selects.select(with, location);
        };
    }

    private Optional<CteSearch> search() {
        int location = t.location();
        if (!t.accept(Keyword.SEARCH)) {
            return Optional.empty();
        }
        boolean breadth = t.accept(Keyword.BREADTH);
        if (!breadth) {
            t.expect(Keyword.DEPTH);
        }
        t.expect(Keyword.FIRST, Keyword.BY);
        List<String> columns = t.nameList();
        t.expect(Keyword.SET);
        return Optional.of(new CteSearch(columns, breadth, t.colId(), location));
    }

    private Optional<CteCycle> cycle() {
        int location = t.location();
        if (!t.accept(Keyword.CYCLE)) {
            return Optional.empty();
        }
        List<String> columns = t.nameList();
        t.expect(Keyword.SET);
        String mark = t.colId();
        Expression value = new AConst.Bool(true, 0);
        Expression otherwise = new AConst.Bool(false, 0);
        if (t.accept(Keyword.TO)) {
            value = g.primaries.primary();
            t.expect(Keyword.DEFAULT);
            otherwise = g.primaries.primary();
        }
        t.expect(Keyword.USING);
        return Optional.of(new CteCycle(columns, mark, value, otherwise, t.colId(), location));
    }
}
