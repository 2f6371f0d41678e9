package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.RowExpr;
import org.gajah.ast.SubLink;
import org.gajah.type.Oids;

/** Subqueries in expressions. */
final class SubLinks {
    private final Analysis a;
    private final RowComparisons rows;

    SubLinks(Analysis analysis) {
        a = analysis;
        rows = new RowComparisons(analysis);
    }

    private Query query(Scope scope, SubLink s) {
        String place = scope.kind.withoutSubquery();
        if (!place.isEmpty()) {
            throw SqlError.notSupported("cannot use subquery in " + place).at(s.location());
        }
        scope.hasSubLinks = true;
        boolean untyped = s.kind() == SubLink.Kind.EXISTS;
        return a.selects.subquery(scope, s.query(), !untyped);
    }

    private static List<TargetEntry> visible(Query query) {
        return query.targets().stream().filter(t -> !t.junk()).toList();
    }

    Expr analyze(Scope scope, SubLink s) {
        return switch (s.kind()) {
            case EXISTS -> new Expr.SubLink(Expr.SubLink.Kind.EXISTS, Optional.empty(), query(scope, s), Oids.BOOL, -1, 0, "", s.location());
            case EXPR -> scalar(scope, s, Expr.SubLink.Kind.SCALAR);
            case ARRAY -> scalar(scope, s, Expr.SubLink.Kind.ARRAY);
            case ANY, ALL -> test(scope, s);
        };
    }

    private Expr scalar(Scope scope, SubLink s, Expr.SubLink.Kind kind) {
        Query query = query(scope, s);
        List<TargetEntry> columns = visible(query);
        if (columns.size() != 1) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "subquery must return only one column").at(s.location());
        }
        Expr column = columns.getFirst().expr();
        int type = column.type();
        if (kind == Expr.SubLink.Kind.ARRAY) {
            int array = a.types.element(type) != 0 ? type : a.types.arrayOf(type);
            if (array == 0) {
                throw new SqlError(SqlState.UNDEFINED_OBJECT, "could not find array type for data type " + a.types.name(type));
            }
            return new Expr.SubLink(kind, Optional.empty(), query, array, -1, column.collation(), "", s.location());
        }
        return new Expr.SubLink(kind, Optional.empty(), query, type, column.typmod(), column.collation(), "", s.location());
    }

    private Expr test(Scope scope, SubLink s) {
        Query query = query(scope, s);
        List<String> operator = s.operator().isEmpty() ? List.of("=") : s.operator();
        Expr left = a.expressions.analyze(scope, s.test().orElseThrow());
        List<Expr> leftColumns = left instanceof Expr.RowLiteral row ? row.args() : List.of(left);
        Expr compared = compare(scope, operator, leftColumns, query, s.location());
        Expr.SubLink.Kind kind = s.kind() == SubLink.Kind.ANY ? Expr.SubLink.Kind.ANY : Expr.SubLink.Kind.ALL;
        return new Expr.SubLink(kind, Optional.of(compared), query, Oids.BOOL, -1, 0,
                s.operator().isEmpty() ? "" : s.operator().getLast(), s.location());
    }

    private Expr compare(Scope scope, List<String> operator, List<Expr> left, Query query, int location) {
        List<Expr> right = new ArrayList<>();
        int number = 0;
        for (TargetEntry column : visible(query)) {
            Expr e = column.expr();
            right.add(new Expr.SubLinkColumn(++number, e.type(), e.typmod(), e.collation()));
        }
        if (left.size() < right.size()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "subquery has too many columns").at(location);
        }
        if (left.size() > right.size()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "subquery has too few columns").at(location);
        }
        return rows.compare(scope, operator, left, right, location);
    }

    /** {@code (a, b) op (SELECT ...)}. */
    Expr rowCompare(Scope scope, RowExpr left, List<String> operator, SubLink s, int location) {
        Query query = query(scope, s);
        List<Expr> columns = a.expressions.analyzeAll(scope, left.fields());
        Expr compared = compare(scope, operator, columns, query, location);
        return new Expr.SubLink(Expr.SubLink.Kind.ROW_COMPARE, Optional.of(compared), query, Oids.BOOL, -1, 0, operator.getLast(),
                s.location());
    }
}
