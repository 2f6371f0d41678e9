package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;

/**
 * A change of a view as a change of the table behind it, if the view is simple enough (manual, CREATE VIEW, "Updatable Views").
 * The table takes the view's place in the range table; references to the view's columns become what the columns are. One object serves
 * one statement from the outermost view to the table: CASCADED CHECK OPTION holds for the views beneath.
 */
final class UpdatableView {
    private final Analysis a;
    private boolean cascaded;

    UpdatableView(Analysis analysis) {
        a = analysis;
    }

    Query through(Query original, RangeEntry.Relation entry) {
        Relation view = a.catalog.relation(entry.oid()).orElseThrow();
        Query body = a.stored.view(a.catalog.viewQuery(entry.oid()).orElseThrow());
        Optional<String> obstacle = obstacle(body);
        if (obstacle.isPresent()) {
            throw refusal(original, view.name(), obstacle.get());
        }
        Query query = new ColumnDefaults(a).ofView(original, view);
        int base = base(body);
        RangeEntry.Relation table = (RangeEntry.Relation) body.rangeTable().get(base);
        Relation relation = a.catalog.relation(table.oid()).orElseThrow();
        List<TargetEntry> columns = body.targets().stream().filter(t -> !t.junk()).toList();

        Replacement replacement = new Replacement(query, view, columns, base);
        Query replaced = replacement.replaceIn(query);
        QueryBuilder made = new QueryBuilder(replaced);
        made.rangeTable = new ArrayList<>(replaced.rangeTable());
        List<String> names = relation.columns().stream().map(c -> c.dropped() ? "" : c.name()).toList();
        for (int i = 0; i < made.rangeTable.size(); i++) {
            RangeEntry before = made.rangeTable.get(i);
            if (replacement.stands(i) && before instanceof RangeEntry.Relation r) {
                made.rangeTable.set(i, new RangeEntry.Relation(table.oid(), table.kind(), r.alias(), names, true, table.inherit(), r.lateral(),
                        ViewOptions.of(a.catalog, view.oid()).invoker() ? 0 : view.owner(), List.of()));
            } else if (replacement.stands(i) && before instanceof RangeEntry.Returned r) {
                made.rangeTable.set(i, new RangeEntry.Returned(r.isNew(), table.oid(), r.alias(), names));
            }
        }
        made.targets = mapped(replaced.targets(), columns, view, relation, query.command());
        made.onConflict = replaced.onConflict().map(c -> new Query.OnConflict(c.update(), c.arbiters(), mapped(c.set(), columns, view, relation,
                Query.Command.UPDATE), c.where(), c.excluded()));
        ViewOptions options = ViewOptions.of(a.catalog, view.oid());
        Optional<Expr> condition = body.from().where().map(w -> replacement.moved(w, query.targetRelation(), 0));
        Optional<Expr> where = options.barrier() ? new Barrier(a).inside(condition, replaced.from().where())
                : both(replaced.from().where(), condition);
        switch (query.command()) {
            case UPDATE, DELETE -> made.from = new RangeEntry.FromExpr(replaced.from().items(), where);
            case MERGE -> {
                made.from = new RangeEntry.FromExpr(replaced.from().items(), where);
                made.mergeActions = replaced.mergeActions().stream().map(m -> action(m, columns, view, relation, condition)).toList();
            }
            case INSERT, SELECT -> { }
        }
        made.returning = checked(replaced.returning(), view, options, condition, query.command());
        made.hasSubLinks |= body.hasSubLinks();
        permissions(query, table.oid(), options.invoker() ? 0 : view.owner());
        return made.build();
    }

    private void permissions(Query query, int table, int owner) {
        a.permissions.require(table, mode(query.command()), owner);
        query.mergeActions().forEach(m -> a.permissions.require(table, mode(m.command()), owner));
    }

    private static RequiredPermission.Mode mode(Query.Command command) {
        return switch (command) {
            case INSERT -> RequiredPermission.Mode.INSERT;
            case UPDATE -> RequiredPermission.Mode.UPDATE;
            case DELETE -> RequiredPermission.Mode.DELETE;
            case MERGE, SELECT -> RequiredPermission.Mode.SELECT;
        };
    }

    /** An action of a MERGE; rows of the table that are not the view's are none that the source lacks. */
    private static Query.MergeAction action(Query.MergeAction m, List<TargetEntry> columns, Relation view, Relation table,
            Optional<Expr> condition) {
        boolean alone = m.match() == Query.MergeAction.MatchKind.NOT_MATCHED_BY_SOURCE;
        return new Query.MergeAction(m.match(), m.command(), m.nothing(), alone ? both(condition, m.condition()) : m.condition(),
                mapped(m.targets(), columns, view, table, m.command()), m.overriding());
    }

    /** RETURNING and the conditions for new rows: this view's before those of the views over it. */
    private List<TargetEntry> checked(List<TargetEntry> returning, Relation view, ViewOptions options, Optional<Expr> condition,
            Query.Command command) {
        boolean check = options.checked() || cascaded;
        cascaded |= options.cascaded();
        if (!check || condition.isEmpty() || command == Query.Command.DELETE) {
            return returning;
        }
        List<TargetEntry> made = new ArrayList<>(returning.stream().filter(t -> !t.junk()).toList());
        made.add(new TargetEntry(condition.get(), view.name(), 0, 0, true, 0, 0));
        returning.stream().filter(TargetEntry::junk).forEach(made::add);
        return made;
    }

    private static Optional<Expr> both(Optional<Expr> x, Optional<Expr> y) {
        return x.isEmpty() ? y : y.isEmpty() ? x : Optional.of(new Expr.BoolExpr(Expr.BoolExpr.Op.AND, List.of(x.get(), y.get()), 0));
    }

    /** The one entry of the range table that an updatable view reads. */
    static int base(Query body) {
        return ((RangeEntry.FromItem.Leaf) body.from().items().getFirst()).rangeIndex();
    }

    /** An expression about a view's columns, the target of a statement, as one about the relation that the view reads. */
    static Expr beneath(Expr e, int target, Query body) {
        int base = base(body);
        List<TargetEntry> columns = body.targets().stream().filter(t -> !t.junk()).toList();
        return new ExprRewriter() {
            private boolean inside;

            @Override
            public Expr rewrite(Expr x) {
                if (x instanceof Expr.Var v && inside && v.rangeIndex() == base) {
                    return new Expr.Var(target, v.attribute(), v.type(), v.typmod(), v.collation(), v.levelsUp(), v.location());
                }
                if (x instanceof Expr.Var v && !inside && v.rangeIndex() == target && v.attribute() > 0) {
                    inside = true;
                    Expr made = rewrite(columns.get(v.attribute() - 1).expr());
                    inside = false;
                    return made;
                }
                return rewriteChildren(x);
            }
        }.rewrite(e);
    }

    /** What makes a view not updatable, in PostgreSQL's words. */
    static Optional<String> obstacle(Query body) {
        if (!body.distinct().isEmpty()) {
            return Optional.of("Views containing DISTINCT are not automatically updatable.");
        }
        if (!body.groupBy().isEmpty() || !body.groupingSets().isEmpty()) {
            return Optional.of("Views containing GROUP BY are not automatically updatable.");
        }
        if (body.having().isPresent()) {
            return Optional.of("Views containing HAVING are not automatically updatable.");
        }
        if (body.setOperation().isPresent()) {
            return Optional.of("Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable.");
        }
        if (!body.ctes().isEmpty()) {
            return Optional.of("Views containing WITH are not automatically updatable.");
        }
        if (body.limit().isPresent() || body.offset().isPresent()) {
            return Optional.of("Views containing LIMIT or OFFSET are not automatically updatable.");
        }
        if (body.hasAggregates()) {
            return Optional.of("Views that return aggregate functions are not automatically updatable.");
        }
        if (body.hasWindows()) {
            return Optional.of("Views that return window functions are not automatically updatable.");
        }
        if (body.hasTargetSets()) {
            return Optional.of("Views that return set-returning functions are not automatically updatable.");
        }
        boolean single = body.from().items().size() == 1 && body.from().items().getFirst() instanceof RangeEntry.FromItem.Leaf l
                && body.rangeTable().get(l.rangeIndex()) instanceof RangeEntry.Relation r && "rvfp".indexOf(r.kind()) >= 0;
        return single ? Optional.empty()
                : Optional.of("Views that do not select from a single table or view are not automatically updatable.");
    }

    private static SqlError refusal(Query query, String view, String detail) {
        boolean merge = query.command() == Query.Command.MERGE;
        Query.Command command = !merge ? query.command() : query.mergeActions().stream().filter(m -> !m.nothing()).map(Query.MergeAction::command)
                .findFirst().orElse(Query.Command.INSERT);
        String using = merge ? " using MERGE" : "";
        String rule = merge ? " trigger." : " trigger or an unconditional ON " + command + " DO INSTEAD rule.";
        SqlError error = new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, switch (command) {
            case INSERT -> "cannot insert into view \"" + view + "\"";
            case UPDATE -> "cannot update view \"" + view + "\"";
            case DELETE, MERGE, SELECT -> "cannot delete from view \"" + view + "\"";
        });
        return error.detail(detail).hint("To enable " + switch (command) {
            case INSERT -> "inserting into the view";
            case UPDATE -> "updating the view";
            case DELETE, MERGE, SELECT -> "deleting from the view";
        } + using + ", provide an INSTEAD OF " + command + rule);
    }

    /** Assigned columns of the view as columns of the table. */
    private static List<TargetEntry> mapped(List<TargetEntry> targets, List<TargetEntry> columns, Relation view, Relation table,
            Query.Command command) {
        List<TargetEntry> made = new ArrayList<>();
        for (TargetEntry t : targets) {
            if (t.junk()) {
                made.add(t);
                continue;
            }
            Expr column = columns.get(t.attribute() - 1).expr();
            if (!(column instanceof Expr.Var v) || v.attribute() <= 0) {
                boolean system = column instanceof Expr.Var;
                throw SqlError.notSupported((command == Query.Command.INSERT ? "cannot insert into" : "cannot update") + " column \""
                        + view.column(t.attribute()).name() + "\" of view \"" + view.name() + "\"")
                        .detail(system ? "View columns that refer to system columns are not updatable."
                                : "View columns that are not columns of their base relation are not updatable.");
            }
            if (made.stream().anyMatch(o -> !o.junk() && o.attribute() == v.attribute())) {
                throw new SqlError(SqlState.SYNTAX_ERROR, "multiple assignments to same column \"" + table.column(v.attribute()).name() + "\"");
            }
            made.add(TargetEntry.of(t.expr(), t.name(), v.attribute()));
        }
        return made;
    }

    /** References to the view's columns, in this query and in its subqueries, as what the columns are. */
    private static final class Replacement extends ExprRewriter {
        private final Query query;
        private final Relation view;
        private final List<TargetEntry> columns;
        private final int base;
        private int depth;

        Replacement(Query query, Relation view, List<TargetEntry> columns, int base) {
            this.query = query;
            this.view = view;
            this.columns = columns;
            this.base = base;
        }

        /** Whether a range table entry is the view as target, as EXCLUDED, or as OLD or NEW. */
        boolean stands(int index) {
            return index == query.targetRelation() || query.onConflict().map(c -> c.excluded() == index).orElse(false)
                    || query.rangeTable().get(index) instanceof RangeEntry.Returned;
        }

        Query replaceIn(Query q) {
            return rewriteChildren(q);
        }

        @Override
        public Expr rewrite(Expr e) {
            if (e instanceof Expr.Var v && v.levelsUp() == depth && stands(v.rangeIndex())) {
                if (v.attribute() > 0) {
                    return moved(columns.get(v.attribute() - 1).expr(), v.rangeIndex(), depth);
                }
                List<Expr> fields = columns.stream().map(c -> moved(c.expr(), v.rangeIndex(), depth)).toList();
                return new Expr.RowLiteral(fields, view.rowType(), columns.stream().map(TargetEntry::name).toList(),
                        Expr.CallForm.IMPLICIT_CAST, 0);
            }
            return rewriteChildren(e);
        }

        /** An expression of the view's query about its one table, as one about an entry of this query. */
        Expr moved(Expr e, int rangeIndex, int levels) {
            return new ExprRewriter() {
                private int inner;

                @Override
                public Expr rewrite(Expr x) {
                    return x instanceof Expr.Var v && v.levelsUp() == inner && v.rangeIndex() == base
                            ? new Expr.Var(rangeIndex, v.attribute(), v.type(), v.typmod(), v.collation(), v.levelsUp() + levels, v.location())
                            : rewriteChildren(x);
                }

                @Override
                public Query rewrite(Query q) {
                    inner++;
                    Query made = rewriteChildren(q);
                    inner--;
                    return made;
                }
            }.rewrite(e);
        }

        @Override
        public Query rewrite(Query q) {
            depth++;
            Query made = rewriteChildren(q);
            depth--;
            return made;
        }
    }
}
