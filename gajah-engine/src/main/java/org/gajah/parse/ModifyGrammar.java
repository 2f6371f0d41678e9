package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.Alias;
import org.gajah.ast.Assignment;
import org.gajah.ast.ColumnTarget;
import org.gajah.ast.CurrentOf;
import org.gajah.ast.Delete;
import org.gajah.ast.Expression;
import org.gajah.ast.FromItem;
import org.gajah.ast.IndexElem;
import org.gajah.ast.Insert;
import org.gajah.ast.Insert.InferClause;
import org.gajah.ast.Insert.OnConflict;
import org.gajah.ast.RangeVar;
import org.gajah.ast.Returning;
import org.gajah.ast.Select;
import org.gajah.ast.Update;
import org.gajah.ast.WithClause;

/** INSERT, UPDATE, DELETE and the parts that MERGE shares with them. */
final class ModifyGrammar {
    private final Grammar g;
    private final TokenStream t;

    ModifyGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    Insert insert(Optional<WithClause> with, int location) {
        t.expect(Keyword.INSERT, Keyword.INTO);
        RangeVar relation = g.names.qualifiedName();
        if (t.accept(Keyword.AS)) {
            relation = relation.as(Optional.of(new Alias(t.colId(), List.of())));
        }
        List<ColumnTarget> columns = List.of();
        if (t.at('(') && !g.selects.startsQueryInParentheses()) {
            columns = t.parenthesized(this::columnTarget);
        }
        Insert.Overriding overriding = overriding();
        Optional<Select> source = Optional.empty();
        if (columns.isEmpty() && overriding == Insert.Overriding.NOT_SET && t.accept(Keyword.DEFAULT)) {
            t.expect(Keyword.VALUES);
        } else {
            source = Optional.of(g.selects.select());
        }
        Optional<OnConflict> conflict = onConflict();
        return new Insert(with, relation, columns, source, overriding, conflict, returning(), location);
    }

    ColumnTarget columnTarget() {
        int location = t.location();
        String name = t.colId();
        return new ColumnTarget(name, g.primaries.steps(), location);
    }

    /** OVERRIDING ... VALUE, if it is there. */
    Insert.Overriding overriding() {
        if (!t.accept(Keyword.OVERRIDING)) {
            return Insert.Overriding.NOT_SET;
        }
        boolean user = t.accept(Keyword.USER);
        if (!user) {
            t.expect(Keyword.SYSTEM);
        }
        t.expect(Keyword.VALUE);
        return user ? Insert.Overriding.USER_VALUE : Insert.Overriding.SYSTEM_VALUE;
    }

    private Optional<OnConflict> onConflict() {
        int location = t.location();
        if (!t.accept(Keyword.ON)) {
            return Optional.empty();
        }
        t.expect(Keyword.CONFLICT);
        Optional<InferClause> target = inferClause();
        t.expect(Keyword.DO);
        if (t.accept(Keyword.NOTHING)) {
            return Optional.of(new OnConflict(target, false, List.of(), Optional.empty(), location));
        }
        t.expect(Keyword.UPDATE, Keyword.SET);
        List<Assignment> assignments = assignments();
        Optional<Expression> where = t.after(Keyword.WHERE, g.expressions::expression);
        return Optional.of(new OnConflict(target, true, assignments, where, location));
    }

    private Optional<InferClause> inferClause() {
        int location = t.location();
        if (t.accept(Keyword.ON)) {
            t.expect(Keyword.CONSTRAINT);
            return Optional.of(new InferClause(List.of(), Optional.empty(), Optional.of(t.colId()), location));
        } else if (!t.at('(')) {
            return Optional.empty();
        }
        List<IndexElem> elements = t.parenthesized(g.indexes::element);
        Optional<Expression> where = t.after(Keyword.WHERE, g.expressions::expression);
        return Optional.of(new InferClause(elements, where, Optional.empty(), location));
    }

    List<Assignment> assignments() {
        return t.commaList(this::assignment);
    }

    private Assignment assignment() {
        int location = t.location();
        if (t.at('(')) {
            List<ColumnTarget> targets = t.parenthesized(this::columnTarget);
            t.expect('=');
            return new Assignment.Multi(targets, g.expressions.expression(), location);
        }
        ColumnTarget target = columnTarget();
        t.expect('=');
        return new Assignment.Single(target, g.expressions.expression());
    }

    /** RETURNING, if it is there. */
    Optional<Returning> returning() {
        if (!t.accept(Keyword.RETURNING)) {
            return Optional.empty();
        }
        List<Returning.Option> options = List.of();
        if (t.accept(Keyword.WITH)) {
            options = t.parenthesized(this::returningOption);
        }
        return Optional.of(new Returning(options, g.selects.targets()));
    }

    private Returning.Option returningOption() {
        int location = t.location();
        boolean isNew = t.accept(Keyword.NEW);
        if (!isNew) {
            t.expect(Keyword.OLD);
        }
        t.expect(Keyword.AS);
        return new Returning.Option(isNew, t.colId(), location);
    }

    Update update(Optional<WithClause> with, int location) {
        t.expect(Keyword.UPDATE);
        RangeVar relation = g.from.target();
        t.expect(Keyword.SET);
        List<Assignment> assignments = assignments();
        List<FromItem> from = g.from.optionalList(Keyword.FROM);
        Optional<Expression> where = whereOrCurrentOf();
        return new Update(with, relation, assignments, from, where, returning(), location);
    }

    Delete delete(Optional<WithClause> with, int location) {
        t.expect(Keyword.DELETE, Keyword.FROM);
        RangeVar relation = g.from.target();
        List<FromItem> using = g.from.optionalList(Keyword.USING);
        Optional<Expression> where = whereOrCurrentOf();
        return new Delete(with, relation, using, where, returning(), location);
    }

    private Optional<Expression> whereOrCurrentOf() {
        if (!t.accept(Keyword.WHERE)) {
            return Optional.empty();
        }
        int location = t.location();
        if (t.accept(Keyword.CURRENT, Keyword.OF)) {
            return Optional.of(new CurrentOf(t.colId(), location));
        }
        return Optional.of(g.expressions.expression());
    }
}
