package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.ColumnRef;
import org.gajah.ast.DefElem;
import org.gajah.ast.FromItem;
import org.gajah.ast.Persistence;
import org.gajah.ast.RangeVar;
import org.gajah.ast.ResTarget;
import org.gajah.ast.Select;
import org.gajah.ast.SelectBody;
import org.gajah.ast.SequenceStatement;
import org.gajah.ast.Statement;
import org.gajah.ast.ViewStatement.CheckOption;
import org.gajah.ast.ViewStatement.CreateView;
import org.gajah.ast.WithClause;

/** CREATE VIEW and CREATE SEQUENCE. */
final class ViewGrammar {
    private final Grammar g;
    private final TokenStream t;

    ViewGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** [RECURSIVE] VIEW and what follows, behind CREATE and the persistence. */
    Statement create(boolean replace, Persistence persistence) {
        boolean recursive = t.accept(Keyword.RECURSIVE);
        t.expect(Keyword.VIEW);
        RangeVar view = g.names.qualifiedName();
        List<String> columns = recursive || t.at('(') ? t.parenthesized(t::colId) : List.of();
        List<DefElem> options = g.options.withRelationOptions();
        t.expect(Keyword.AS);
        Select query = g.selects.select();
        int checkAt = t.location();
        CheckOption check = checkOption();
        if (recursive && check != CheckOption.NONE) {
            throw ExpressionGrammar.notYet("WITH CHECK OPTION not supported on recursive views", checkAt);
        }
        return new CreateView(view, persistence, replace, columns,
                recursive ? recursive(view.relation(), columns, query) : query, options, check);
    }

    private CheckOption checkOption() {
        if (!t.accept(Keyword.WITH)) {
            return CheckOption.NONE;
        }
        boolean local = t.accept(Keyword.LOCAL);
        if (!local) {
            t.accept(Keyword.CASCADED);
        }
        t.expect(Keyword.CHECK, Keyword.OPTION);
        return local ? CheckOption.LOCAL : CheckOption.CASCADED;
    }

    /** WITH RECURSIVE name (columns) AS (query) SELECT columns FROM name. */
    private static Select recursive(String name, List<String> columns, Select query) {
        WithClause.CommonTableExpr table = new WithClause.CommonTableExpr(name, columns, Optional.empty(), query,
                Optional.empty(), Optional.empty(), 0);
        List<ResTarget> targets = columns.stream()
                .map(c -> new ResTarget(Optional.empty(), new ColumnRef(List.of(c), false, 0), 0)).toList();
        FromItem from = new RangeVar(Optional.empty(), Optional.empty(), name, true, Optional.empty(), 0);
        SelectBody body = new SelectBody.Simple(new SelectBody.Distinct.None(), targets, Optional.empty(),
                List.of(from), Optional.empty(), SelectBody.GroupBy.NONE, Optional.empty(), List.of(),
                query.location());
        return new Select(Optional.of(new WithClause(true, List.of(table), 0)), body, List.of(), Optional.empty(),
                List.of(), query.location());
    }

    /** SEQUENCE and what follows, behind CREATE and the persistence. */
    Statement createSequence(Persistence persistence) {
        t.expect(Keyword.SEQUENCE);
        boolean ifNotExists = t.ifNotExists();
        RangeVar sequence = g.names.qualifiedName();
        return new SequenceStatement.CreateSequence(sequence, persistence, ifNotExists,
                g.options.sequenceOptions(false));
    }
}
