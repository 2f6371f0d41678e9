package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.IndexElem;
import org.gajah.ast.Insert;
import org.gajah.ast.SortBy;
import org.gajah.catalog.Relation;
import org.gajah.catalog.SchemaRow;

/** ON CONFLICT: the unique indexes that are meant, and what to do then. */
final class Conflicts {
    private final Analysis a;

    Conflicts(Analysis analysis) {
        a = analysis;
    }

    Query.OnConflict analyze(Scope scope, Insert.OnConflict c, Relation relation, NamespaceItem target) {
        if (c.update() && c.target().isEmpty()) {
            throw new SqlError(SqlState.SYNTAX_ERROR, "ON CONFLICT DO UPDATE requires inference specification or constraint name")
                    .hint("For example, ON CONFLICT (column_name).").at(c.location());
        }
        List<Integer> arbiters = c.target().map(t -> arbiters(scope, t, relation, c)).orElse(List.of());
        if (!c.update()) {
            return new Query.OnConflict(false, arbiters, List.of(), Optional.empty(), -1);
        }
        int index = scope.rangeTable.size();
        List<NamespaceItem.Column> columns = RangeItems.columns(relation, index);
        RangeEntry.Relation entry = new RangeEntry.Relation(relation.oid(), relation.kind(), "excluded", RangeItems.names(columns), true, false,
                false);
        scope.excluded = scope.add(entry);
        NamespaceItem excluded = new NamespaceItem("excluded", index, columns, Optional.of(entry), false).visible(true, true);
        scope.namespace.add(excluded);
        FromClause.checkConflicts(List.of(target), List.of(excluded));
        target.columnsVisible = true;
        List<NamespaceItem> both = scope.namespace;
        List<TargetEntry> set = a.assignments.withLinks(scope, a.assignments.set(scope, relation, target, c.assignments()));
        Optional<Expr> where = c.where().map(w -> a.selects.condition(scope, w, ExprKind.WHERE));
        scope.namespace = both;
        return new Query.OnConflict(true, arbiters, a.selects.collated(set), where.map(a.collations::assign), index);
    }

    private List<Integer> arbiters(Scope scope, Insert.InferClause t, Relation relation, Insert.OnConflict c) {
        if (t.constraint().isPresent()) {
            String name = t.constraint().get();
            Relation.Index index = relation.indexes().stream().filter(i -> i.name().equals(name)).findFirst()
                    .orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "constraint \"" + name + "\" for table \"" + relation.name()
                            + "\" does not exist"));
            if (!index.immediate()) {
                throw notDeferrable(relation, index);
            }
            if (index.exclusion() && c.update()) {
                throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "ON CONFLICT DO UPDATE not supported with exclusion constraints");
            }
            return List.of(index.oid());
        }
        List<Expr> elements = new ArrayList<>();
        for (IndexElem e : t.elements()) {
            if (e.direction() != SortBy.Direction.DEFAULT) {
                throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "ASC/DESC is not allowed in ON CONFLICT clause").at(t.location());
            }
            if (e.nulls() != SortBy.Nulls.DEFAULT) {
                throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE, "NULLS FIRST/LAST is not allowed in ON CONFLICT clause").at(t.location());
            }
            Expr made = e.name().isPresent()
                    ? a.expressions.analyze(scope, new org.gajah.ast.ColumnRef(List.of(e.name().get()), false, t.location()),
                            ExprKind.INDEX_EXPRESSION)
                    : a.expressions.analyze(scope, e.expression().orElseThrow(), ExprKind.INDEX_EXPRESSION);
            elements.add(made instanceof Expr.Var ? made : a.collations.assign(made));
        }
        int target = scope.target.orElseThrow().rangeIndex;
        Optional<Expr> predicate = t.where().map(w -> a.collations.assign(a.selects.condition(scope, w, ExprKind.INDEX_PREDICATE)));
        return beneath(relation, elements, predicate, target);
    }

    /** Infers the indexes; of a view, those of the table behind it. */
    private List<Integer> beneath(Relation relation, List<Expr> elements, Optional<Expr> predicate, int target) {
        if (relation.kind() == 'v') {
            Query body = a.stored.view(a.catalog.viewQuery(relation.oid()).orElseThrow());
            if (UpdatableView.obstacle(body).isPresent()) {
                return List.of();
            }
            Relation base = a.catalog.relation(((RangeEntry.Relation) body.rangeTable().get(UpdatableView.base(body))).oid()).orElseThrow();
            return beneath(base, elements.stream().map(e -> UpdatableView.beneath(e, target, body)).toList(),
                    predicate.map(p -> UpdatableView.beneath(p, target, body)), target);
        }
        Set<Integer> columns = new HashSet<>();
        List<Expr> expressions = new ArrayList<>();
        for (Expr e : elements) {
            if (e instanceof Expr.Var v) {
                columns.add(v.attribute());
            } else {
                expressions.add(plain(e, target));
            }
        }
        return infer(relation, columns, expressions, predicate.map(p -> plain(p, target)));
    }

    private SqlError notDeferrable(Relation relation, Relation.Index index) {
        return new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters")
                .constraint(a.catalog.schema(relation.namespace()).map(SchemaRow::name).orElse(""), relation.name(), index.name());
    }

    /** As index expressions are stored: about entry 0, without places. */
    private static Expr plain(Expr e, int target) {
        return Exprs.unlocated(new ExprRewriter() {
            @Override
            public Expr rewrite(Expr x) {
                return x instanceof Expr.Var v && v.rangeIndex() == target
                        ? new Expr.Var(0, v.attribute(), v.type(), v.typmod(), v.collation(), v.levelsUp(), 0) : rewriteChildren(x);
            }
        }.rewrite(e));
    }

    private List<Integer> infer(Relation relation, Set<Integer> columns, List<Expr> expressions, Optional<Expr> predicate) {
        List<Integer> found = new ArrayList<>();
        for (Relation.Index index : relation.indexes()) {
            if (!index.unique() || !index.valid() || index.exclusion()) {
                continue;
            }
            Set<Integer> keys = new HashSet<>(index.columns().subList(0, index.keyColumns()));
            keys.remove(0);
            if (!keys.equals(columns) || !expressionsMatch(index, expressions) || !predicateMatches(index, predicate)) {
                continue;
            }
            if (!index.immediate()) {
                throw notDeferrable(relation, index);
            }
            found.add(index.oid());
        }
        if (found.isEmpty()) {
            throw new SqlError(SqlState.INVALID_COLUMN_REFERENCE,
                    "there is no unique or exclusion constraint matching the ON CONFLICT specification");
        }
        return found;
    }

    private boolean expressionsMatch(Relation.Index index, List<Expr> wanted) {
        List<Expr> have = index.expressions().stream().map(t -> Exprs.unlocated(a.stored.expression(t))).toList();
        return have.size() == wanted.size() && have.containsAll(wanted);
    }

    /** A partial index is meant only if its predicate was written, term by term. */
    private boolean predicateMatches(Relation.Index index, Optional<Expr> written) {
        if (index.predicate().isEmpty()) {
            return true;
        }
        if (written.isEmpty()) {
            return false;
        }
        Expr have = Exprs.unlocated(a.stored.expression(index.predicate().get()));
        return terms(written.get()).containsAll(terms(have));
    }

    private static List<Expr> terms(Expr e) {
        return e instanceof Expr.BoolExpr b && b.op() == Expr.BoolExpr.Op.AND ? b.args() : List.of(e);
    }
}
