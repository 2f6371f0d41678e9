package org.gajah.analyze;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;

/** In a grouped query a column outside aggregates must be grouped by, or depend on a primary key that is. */
final class GroupingCheck extends ExprRewriter {
    private final Analysis a;
    private final List<RangeEntry> rangeTable;
    private final List<TargetEntry> groups;
    private final boolean simpleGroups;
    private final Set<Integer> dependent = new HashSet<>();
    private int depth;
    private boolean inDirectArguments;

    private GroupingCheck(Analysis analysis, List<RangeEntry> rangeTable, List<TargetEntry> groups) {
        a = analysis;
        this.rangeTable = rangeTable;
        this.groups = groups;
        simpleGroups = groups.stream().allMatch(t -> t.expr() instanceof Expr.Var);
    }

    /** Checks the targets and HAVING, and matches the arguments of GROUPING with the keys. */
    static void check(Analysis a, QueryBuilder q) {
        if (q.groupBy.isEmpty() && q.groupingSets.isEmpty() && !q.hasAggregates && q.having.isEmpty()) {
            return;
        }
        if (q.hasAggregates && q.rangeTable.stream().anyMatch(e -> e instanceof RangeEntry.CteReference c && c.self())) {
            refuseInRecursion(q);
        }
        Set<Integer> references = new HashSet<>();
        q.groupBy.forEach(k -> references.add(k.reference()));
        JoinVars flatten = new JoinVars(q.rangeTable);
        List<TargetEntry> groups = new ArrayList<>();
        for (TargetEntry t : q.targets) {
            if (references.contains(t.reference())) {
                groups.add(t.with(Exprs.unlocated(flatten.rewrite(t.expr()))));
            }
        }
        GroupingCheck check = new GroupingCheck(a, q.rangeTable, groups);
        q.targets = q.targets.stream().map(t -> t.with(check.matched(t.expr()))).toList();
        q.having = q.having.map(check::matched);
        q.targets.forEach(t -> check.rewrite(flatten.rewrite(t.expr())));
        q.having.ifPresent(h -> check.rewrite(flatten.rewrite(h)));
    }

    private static void refuseInRecursion(QueryBuilder q) {
        q.targets.forEach(t -> ExprFacts.any(t.expr(), e -> {
            if (e instanceof Expr.AggregateCall c && c.levelsUp() == 0) {
                throw new SqlError(SqlState.INVALID_RECURSION, "aggregate functions are not allowed in a recursive query's recursive term")
                        .at(c.location());
            }
            return false;
        }));
    }

    /** GROUPING's arguments as references. */
    private Expr matched(Expr e) {
        return new ExprRewriter() {
            private int level;

            @Override
            public Expr rewrite(Expr x) {
                if (x instanceof Expr.GroupingCall g && g.levelsUp() == level) {
                    return new Expr.GroupingCall(g.args(), g.args().stream().map(GroupingCheck.this::reference).toList(), g.levelsUp(),
                            g.location());
                }
                return rewriteChildren(x);
            }

            @Override
            public Query rewrite(Query query) {
                level++;
                Query made = rewriteChildren(query);
                level--;
                return made;
            }
        }.rewrite(e);
    }

    private int reference(Expr arg) {
        Expr flat = Exprs.unlocated(new JoinVars(rangeTable).rewrite(arg));
        return groups.stream().filter(t -> t.expr().equals(flat)).map(TargetEntry::reference).findFirst()
                .orElseThrow(() -> new SqlError(SqlState.GROUPING_ERROR,
                        "arguments to GROUPING must be grouping expressions of the associated query level").at(Locations.of(arg)));
    }

    @Override
    public Expr rewrite(Expr e) {
        if (e instanceof Expr.Const || e instanceof Expr.Param) {
            return e;
        }
        if (e instanceof Expr.AggregateCall c && c.levelsUp() == depth) {
            inDirectArguments = true;
            c.directArgs().forEach(this::rewrite);
            inDirectArguments = false;
            return e;
        }
        if (e instanceof Expr.GroupingCall g && g.levelsUp() == depth || e instanceof Expr.AggregateCall c2 && c2.levelsUp() > depth) {
            return e;
        }
        if (!(simpleGroups && !(e instanceof Expr.Var)) && grouped(e)) {
            return e;
        }
        if (e instanceof Expr.Var v && v.levelsUp() == depth) {
            checkVar(v);
            return e;
        }
        return rewriteChildren(e);
    }

    private boolean grouped(Expr e) {
        if (depth > 0 && !(e instanceof Expr.Var)) {
            return false;
        }
        Expr plain = depth > 0 && e instanceof Expr.Var v
                ? new Expr.Var(v.rangeIndex(), v.attribute(), v.type(), v.typmod(), v.collation(), v.levelsUp() - depth, 0)
                : Exprs.unlocated(e);
        return groups.stream().anyMatch(t -> t.expr().equals(plain));
    }

    private void checkVar(Expr.Var v) {
        RangeEntry entry = rangeTable.get(v.rangeIndex());
        if (entry instanceof RangeEntry.Relation r && dependsOnKey(v.rangeIndex(), r)) {
            return;
        }
        String column = entry.alias() + "." + columnName(entry, v.attribute());
        SqlError error = new SqlError(SqlState.GROUPING_ERROR, depth == 0
                ? "column \"" + column + "\" must appear in the GROUP BY clause or be used in an aggregate function"
                : "subquery uses ungrouped column \"" + column + "\" from outer query").at(v.location());
        throw inDirectArguments ? error.detail("Direct arguments of an ordered-set aggregate must use only grouped columns.") : error;
    }

    private static String columnName(RangeEntry entry, int attribute) {
        if (attribute == 0) {
            return "*";
        }
        for (SystemColumn column : SystemColumn.values()) {
            if (column.number == attribute) {
                return column.name;
            }
        }
        return entry.columnNames().get(attribute - 1);
    }

    private boolean dependsOnKey(int rangeIndex, RangeEntry.Relation entry) {
        if (dependent.contains(rangeIndex)) {
            return true;
        }
        Set<Integer> grouped = new HashSet<>();
        for (TargetEntry t : groups) {
            if (t.expr() instanceof Expr.Var v && v.levelsUp() == 0 && v.rangeIndex() == rangeIndex) {
                grouped.add(v.attribute());
            }
        }
        Optional<Relation.Index> key = a.catalog.relation(entry.oid()).stream().flatMap(r -> r.indexes().stream())
                .filter(i -> i.primary() && i.immediate()).findFirst();
        if (key.isPresent() && grouped.containsAll(key.get().columns().subList(0, key.get().keyColumns()))) {
            dependent.add(rangeIndex);
            return true;
        }
        return false;
    }

    @Override
    public Query rewrite(Query query) {
        depth++;
        rewriteChildren(query);
        depth--;
        return query;
    }

    /** Columns of joins as the columns they are made of. */
    private static final class JoinVars extends ExprRewriter {
        private final List<RangeEntry> rangeTable;
        private int depth;

        JoinVars(List<RangeEntry> rangeTable) {
            this.rangeTable = rangeTable;
        }

        @Override
        public Expr rewrite(Expr e) {
            if (e instanceof Expr.Var v && v.levelsUp() == depth && v.attribute() > 0
                    && rangeTable.get(v.rangeIndex()) instanceof RangeEntry.Join j && depth == 0) {
                Expr column = rewrite(j.columns().get(v.attribute() - 1));
                return column instanceof Expr.Var c ? new Expr.Var(c.rangeIndex(), c.attribute(), c.type(), c.typmod(), c.collation(),
                        0, v.location()) : column;
            }
            return rewriteChildren(e);
        }

        @Override
        public Query rewrite(Query query) {
            depth++;
            Query made = rewriteChildren(query);
            depth--;
            return made;
        }
    }
}
