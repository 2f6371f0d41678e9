package org.gajah.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gajah.ast.ColumnTarget;
import org.gajah.ast.Expression;
import org.gajah.ast.FromItem;
import org.gajah.ast.Insert;
import org.gajah.ast.Merge;
import org.gajah.ast.Merge.Action;
import org.gajah.ast.Merge.MatchKind;
import org.gajah.ast.RangeVar;
import org.gajah.ast.WithClause;

/** MERGE. */
final class MergeGrammar {
    private final Grammar g;
    private final TokenStream t;

    MergeGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Merge merge(Optional<WithClause> with, int location) {
        t.expect(Keyword.MERGE, Keyword.INTO);
        RangeVar relation = g.from.target();
        t.expect(Keyword.USING);
        FromItem source = g.from.item();
        t.expect(Keyword.ON);
        Expression condition = g.expressions.expression();
        List<Merge.When> whens = new ArrayList<>(2);
        do {
            whens.add(when());
        } while (t.at(Keyword.WHEN));
        return new Merge(with, relation, source, condition, List.copyOf(whens), g.modify.returning(), location);
    }

    private Merge.When when() {
        int location = t.location();
        t.expect(Keyword.WHEN);
        MatchKind match = MatchKind.MATCHED;
        if (t.accept(Keyword.NOT)) {
            match = MatchKind.NOT_MATCHED_BY_TARGET;
        }
        t.expect(Keyword.MATCHED);
        if (match == MatchKind.NOT_MATCHED_BY_TARGET && t.accept(Keyword.BY)) {
            if (t.accept(Keyword.SOURCE)) {
                match = MatchKind.NOT_MATCHED_BY_SOURCE;
            } else {
                t.expect(Keyword.TARGET);
            }
        }
        Optional<Expression> condition = t.after(Keyword.AND, g.expressions::expression);
        t.expect(Keyword.THEN);
        return new Merge.When(match, condition, action(match), location);
    }

    private Action action(MatchKind match) {
        if (t.accept(Keyword.DO)) {
            t.expect(Keyword.NOTHING);
            return new Action.DoNothing();
        }
        if (match == MatchKind.NOT_MATCHED_BY_TARGET) {
            return insert();
        } else if (t.accept(Keyword.DELETE)) {
            return new Action.MergeDelete();
        }
        t.expect(Keyword.UPDATE, Keyword.SET);
        return new Action.MergeUpdate(g.modify.assignments());
    }

    private Action insert() {
        t.expect(Keyword.INSERT);
        List<ColumnTarget> columns = t.optionalParenthesized(g.modify::columnTarget);
        Insert.Overriding overriding = g.modify.overriding();
        if (columns.isEmpty() && overriding == Insert.Overriding.NOT_SET && t.accept(Keyword.DEFAULT)) {
            t.expect(Keyword.VALUES);
            return new Action.MergeInsert(List.of(), overriding, List.of());
        }
        t.expect(Keyword.VALUES);
        return new Action.MergeInsert(columns, overriding, t.parenthesized(g.expressions::expression));
    }
}
