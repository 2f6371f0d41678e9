package org.gajah.parse;

import java.util.List;
import java.util.Optional;
import org.gajah.ast.DefElem;
import org.gajah.ast.Expression;
import org.gajah.ast.IndexElem;
import org.gajah.ast.IndexStatement;
import org.gajah.ast.RangeVar;
import org.gajah.ast.SortBy;

/** CREATE INDEX and the keys of indexes. */
final class IndexGrammar {
    private final Grammar g;
    private final TokenStream t;

    IndexGrammar(Grammar g) {
        this.g = g;
        t = g.tokens;
    }

    /** What follows CREATE. */
    IndexStatement create() {
        boolean unique = t.accept(Keyword.UNIQUE);
        int location = t.location();
        t.expect(Keyword.INDEX);
        boolean concurrently = t.accept(Keyword.CONCURRENTLY);
        boolean ifNotExists = t.ifNotExists();
        Optional<String> name = ifNotExists || t.atColId() ? Optional.of(t.colId()) : Optional.empty();
        t.expect(Keyword.ON);
        RangeVar relation = g.names.relation();
        String method = t.accept(Keyword.USING) ? t.colId() : "btree";
        List<IndexElem> keys = t.parenthesized(this::element);
        List<IndexElem> including = t.accept(Keyword.INCLUDE) ? t.parenthesized(this::element) : List.of();
        boolean nullsNotDistinct = nullsNotDistinct();
        List<DefElem> options = g.options.withRelationOptions();
        Optional<String> tablespace = t.after(Keyword.TABLESPACE, t::colId);
        Optional<Expression> where = t.after(Keyword.WHERE, g.expressions::expression);
        return new IndexStatement.CreateIndex(name, unique, concurrently, ifNotExists, relation, method, keys,
                including, nullsNotDistinct, options, tablespace, where, location);
    }

    /** NULLS [NOT] DISTINCT, if it is there. */
    boolean nullsNotDistinct() {
        if (!t.accept(Keyword.NULLS)) {
            return false;
        }
        boolean not = t.accept(Keyword.NOT);
        t.expect(Keyword.DISTINCT);
        return not;
    }

    /** A key. */
    IndexElem element() {
        int location = t.location();
        Optional<String> name = Optional.empty();
        Optional<Expression> expression = Optional.empty();
        if (t.accept('(')) {
            expression = Optional.of(g.expressions.expression());
            t.expect(')');
        } else if (t.atColId() && t.kind(1) != '(' && t.kind(1) != '.') {
            name = Optional.of(t.colId());
        } else {
            expression = Optional.of(g.from.call());
        }
        List<String> collation = t.accept(Keyword.COLLATE) ? t.anyName() : List.of();
        List<String> operatorClass = List.of();
        List<DefElem> classOptions = List.of();
        if (t.atColId() && !t.at(Keyword.NULLS)) {
            operatorClass = t.anyName();
            classOptions = t.at('(') ? g.options.relationOptions() : List.of();
        }
        SortBy.Direction direction = g.selects.direction();
        return new IndexElem(name, expression, collation, operatorClass, classOptions, direction, g.selects.nulls(),
                location);
    }
}
