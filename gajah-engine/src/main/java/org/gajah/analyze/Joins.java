package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Alias;
import org.gajah.ast.FromItem;
import org.gajah.type.Oids;

/** JOIN: what it joins on, and its columns, with those of USING and NATURAL merged and first. */
final class Joins {
    private final Analysis a;
    private final FromClause from;

    Joins(Analysis analysis, FromClause from) {
        a = analysis;
        this.from = from;
    }

    FromClause.Part analyze(Scope scope, FromItem.JoinExpr j) {
        FromClause.Part left = from.item(scope, j.left());
        boolean rightMaySeeLeft = j.type() == FromItem.JoinType.INNER || j.type() == FromItem.JoinType.LEFT;
        FromClause.lateral(left.namespace(), true, rightMaySeeLeft);
        int before = scope.namespace.size();
        scope.namespace.addAll(left.namespace());
        FromClause.Part right = from.item(scope, j.right());
        scope.namespace = new ArrayList<>(scope.namespace.subList(0, before));
        FromClause.checkConflicts(left.namespace(), right.namespace());
        List<NamespaceItem> both = new ArrayList<>(left.namespace());
        both.addAll(right.namespace());
        FromClause.lateral(both, false, true);

        List<String> using = j.natural() ? shared(left.top(), right.top()) : j.using();
        RangeEntry.JoinType type = RangeEntry.JoinType.valueOf(j.type().name());
        int index = scope.rangeTable.size();
        Merge merge = new Merge(scope, index, type);
        Optional<Expr> condition = j.natural() || !j.using().isEmpty() ? merge.using(using, left.top(), right.top(), j.location())
                : j.condition().map(c -> on(scope, both, c));
        merge.rest(left.top(), merge.usedLeft);
        merge.rest(right.top(), merge.usedRight);
        return finish(scope, j, merge, new Sides(left, right, both), condition);
    }

    private record Sides(FromClause.Part left, FromClause.Part right, List<NamespaceItem> both) {
    }

    private FromClause.Part finish(Scope scope, FromItem.JoinExpr j, Merge merge, Sides sides, Optional<Expr> condition) {
        String name = j.alias().map(Alias::name).orElse("unnamed_join");
        List<NamespaceItem.Column> columns = a.rangeItems.renamed(name, merge.columns, j.alias());
        scope.add(new RangeEntry.Join(merge.type, merge.expressions, merge.merged, merge.usingNames, name, RangeItems.names(columns)));
        if (j.alias().isPresent()) {
            columns = throughJoin(columns, merge.index);
        }
        NamespaceItem top = new NamespaceItem(name, merge.index, columns, Optional.empty(), true)
                .visible(j.alias().isPresent(), true);
        List<NamespaceItem> namespace = new ArrayList<>();
        if (j.alias().isEmpty()) {
            for (NamespaceItem item : sides.both()) {
                item.columnsVisible = false;
                namespace.add(item);
            }
        }
        if (j.usingAlias().isPresent()) {
            NamespaceItem named = new NamespaceItem(j.usingAlias().get(), merge.index, columns.subList(0, merge.merged), Optional.empty(), true)
                    .visible(true, false);
            FromClause.checkConflicts(namespace, List.of(named));
            namespace.add(named);
        }
        namespace.add(top);
        RangeEntry.FromItem tree = new RangeEntry.FromItem.JoinExpr(merge.type, sides.left().tree(), sides.right().tree(), condition,
                merge.index);
        return new FromClause.Part(tree, top, namespace);
    }

    /** Behind an alias the columns belong to the join alone. */
    private static List<NamespaceItem.Column> throughJoin(List<NamespaceItem.Column> columns, int index) {
        List<NamespaceItem.Column> made = new ArrayList<>();
        for (NamespaceItem.Column c : columns) {
            made.add(new NamespaceItem.Column(c.name(), index, made.size() + 1, c.type(), c.typmod(), c.collation(), false, false));
        }
        return made;
    }

    private Expr on(Scope scope, List<NamespaceItem> visible, org.gajah.ast.Expression condition) {
        List<NamespaceItem> outer = scope.namespace;
        scope.namespace = visible;
        Expr made = a.coercer.coerceToBoolean(a.expressions.analyze(scope, condition, ExprKind.JOIN_ON), "JOIN/ON");
        scope.namespace = outer;
        return a.collations.assign(made);
    }

    private static List<String> shared(NamespaceItem left, NamespaceItem right) {
        List<String> names = new ArrayList<>();
        for (NamespaceItem.Column l : left.starColumns()) {
            if (right.starColumns().stream().anyMatch(r -> r.name().equals(l.name()))) {
                names.add(l.name());
            }
        }
        return names;
    }

    /** The columns of a join in the making. */
    private final class Merge {
        final Scope scope;
        final int index;
        final RangeEntry.JoinType type;
        final List<NamespaceItem.Column> columns = new ArrayList<>();
        final List<Expr> expressions = new ArrayList<>();
        final Set<NamespaceItem.Column> usedLeft = new HashSet<>();
        final Set<NamespaceItem.Column> usedRight = new HashSet<>();
        List<String> usingNames = List.of();
        int merged;

        Merge(Scope scope, int index, RangeEntry.JoinType type) {
            this.scope = scope;
            this.index = index;
            this.type = type;
        }

        Optional<Expr> using(List<String> names, NamespaceItem left, NamespaceItem right, int location) {
            usingNames = names;
            List<Expr> tests = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (String name : names) {
                if (!seen.add(name)) {
                    throw new SqlError(SqlState.DUPLICATE_COLUMN, "column name \"" + name + "\" appears more than once in USING clause");
                }
                NamespaceItem.Column l = only(left, name, "left");
                NamespaceItem.Column r = only(right, name, "right");
                usedLeft.add(l);
                usedRight.add(r);
                note(l);
                note(r);
                Expr equal = a.operatorCalls.infix(List.of("="), l.var(0, 0), r.var(0, 0), 0);
                tests.add(a.coercer.coerceToBoolean(equal, "JOIN/USING"));
                add(name, column(l, r));
            }
            merged = names.size();
            return tests.isEmpty() ? Optional.empty()
                    : Optional.of(a.collations.assign(tests.size() == 1 ? tests.getFirst()
                            : new Expr.BoolExpr(Expr.BoolExpr.Op.AND, tests, 0)));
        }

        private void note(NamespaceItem.Column c) {
            a.columnUse.used(scope, scope.rangeTable.get(c.rangeIndex()), c.attribute());
        }

        private static NamespaceItem.Column only(NamespaceItem item, String name, String side) {
            List<NamespaceItem.Column> found = item.columns.stream().filter(c -> !c.dropped() && c.name().equals(name)).toList();
            if (found.isEmpty()) {
                throw new SqlError(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" specified in USING clause does not exist in " + side
                        + " table");
            }
            if (found.size() > 1) {
                throw new SqlError(SqlState.AMBIGUOUS_COLUMN, "common column name \"" + name + "\" appears more than once in " + side
                        + " table");
            }
            return found.getFirst();
        }

        /** The merged column: the side that is never padded with nulls, or both in a FULL JOIN. */
        private Expr column(NamespaceItem.Column l, NamespaceItem.Column r) {
            Expr left = l.var(0, 0);
            Expr right = r.var(0, 0);
            int common = a.common.select(List.of(left, right), "JOIN/USING");
            int typmod = CommonTypes.typmod(List.of(left, right), common);
            Expr leftValue = as(left, common, typmod);
            Expr rightValue = as(right, common, typmod);
            Expr made = switch (type) {
                case INNER -> leftValue == left ? leftValue : rightValue == right ? rightValue : leftValue;
                case LEFT, SEMI, ANTI -> leftValue;
                case RIGHT -> rightValue;
                case FULL -> new Expr.Coalesce(common, 0, List.of(leftValue, rightValue), 0);
            };
            return a.collations.assign(made);
        }

        private Expr as(Expr value, int type, int typmod) {
            if (value.type() != type) {
                return a.coercer.coerceImplicitly(value, type);
            }
            return value.typmod() == typmod ? value
                    : new Expr.Relabel(value, type, typmod, 0, Expr.CallForm.IMPLICIT_CAST, 0);
        }

        private void add(String name, Expr e) {
            expressions.add(e);
            columns.add(e instanceof Expr.Var v
                    ? new NamespaceItem.Column(name, v.rangeIndex(), v.attribute(), v.type(), v.typmod(), v.collation(), false, false)
                    : new NamespaceItem.Column(name, index, expressions.size(), e.type(), e.typmod(), collation(e), false, false));
        }

        private int collation(Expr e) {
            return e.type() == Oids.RECORD ? 0 : e.collation();
        }

        void rest(NamespaceItem side, Set<NamespaceItem.Column> used) {
            for (NamespaceItem.Column c : side.columns) {
                if (!c.dropped() && !c.hidden() && !used.contains(c)) {
                    expressions.add(c.var(0, 0));
                    columns.add(c);
                }
            }
        }
    }
}
