package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;

/**
 * A change of a view as a change of the table behind it, if the view is simple enough (manual, CREATE VIEW, "Updatable Views").
 * The table takes the view's place in the range table; references to the view's columns become what the columns are.
 */
final class UpdatableView {
    private final Analysis a;

    UpdatableView(Analysis analysis) {
        a = analysis;
    }

    Query through(Query query, RangeEntry.Relation entry) {
        Relation view = a.catalog.relation(entry.oid()).orElseThrow();
        Query body = a.stored.view(a.catalog.viewQuery(entry.oid()).orElseThrow());
        Optional<String> obstacle = obstacle(body);
        if (obstacle.isPresent()) {
            throw refusal(query.command(), view.name(), obstacle.get());
        }
        int base = ((RangeEntry.FromItem.Leaf) body.from().items().getFirst()).rangeIndex();
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
                made.rangeTable.set(i, new RangeEntry.Relation(table.oid(), table.kind(), r.alias(), names, true, table.inherit(), r.lateral()));
            } else if (replacement.stands(i) && before instanceof RangeEntry.Returned r) {
                made.rangeTable.set(i, new RangeEntry.Returned(r.isNew(), table.oid(), r.alias(), names));
            }
        }
        made.targets = mapped(replaced.targets(), columns, view, query.command());
        made.onConflict = replaced.onConflict().map(c -> new Query.OnConflict(c.update(), c.arbiters(), mapped(c.set(), columns, view,
                Query.Command.UPDATE), c.where(), c.excluded()));
        if (query.command() == Query.Command.UPDATE || query.command() == Query.Command.DELETE) {
            made.from = new RangeEntry.FromExpr(replaced.from().items(), both(replaced.from().where(),
                    body.from().where().map(w -> replacement.moved(w, query.targetRelation(), 0))));
        } else if (query.command() == Query.Command.MERGE) {
            throw SqlError.notSupported("MERGE into view \"" + view.name() + "\" is not implemented yet");
        }
        made.hasSubLinks |= body.hasSubLinks();
        permissions(query.command(), table.oid(), view.owner());
        return made.build();
    }

    private void permissions(Query.Command command, int table, int owner) {
        RequiredPermission.Mode mode = switch (command) {
            case INSERT -> RequiredPermission.Mode.INSERT;
            case UPDATE -> RequiredPermission.Mode.UPDATE;
            case DELETE -> RequiredPermission.Mode.DELETE;
            case MERGE, SELECT -> RequiredPermission.Mode.SELECT;
        };
        a.permissions.require(table, mode, owner);
    }

    private static Optional<Expr> both(Optional<Expr> x, Optional<Expr> y) {
        return x.isEmpty() ? y : y.isEmpty() ? x : Optional.of(new Expr.BoolExpr(Expr.BoolExpr.Op.AND, List.of(x.get(), y.get()), 0));
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

    private static SqlError refusal(Query.Command command, String view, String detail) {
        SqlError error = switch (command) {
            case INSERT -> new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot insert into view \"" + view + "\"")
                    .hint("To enable inserting into the view, provide an INSTEAD OF INSERT trigger or an unconditional ON INSERT DO INSTEAD rule.");
            case UPDATE -> new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot update view \"" + view + "\"")
                    .hint("To enable updating the view, provide an INSTEAD OF UPDATE trigger or an unconditional ON UPDATE DO INSTEAD rule.");
            case DELETE -> new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot delete from view \"" + view + "\"")
                    .hint("To enable deleting from the view, provide an INSTEAD OF DELETE trigger or an unconditional ON DELETE DO INSTEAD rule.");
            case MERGE, SELECT -> new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "cannot execute MERGE on view \"" + view + "\"");
        };
        return error.detail(detail);
    }

    /** Assigned columns of the view as columns of the table. */
    private static List<TargetEntry> mapped(List<TargetEntry> targets, List<TargetEntry> columns, Relation view, Query.Command command) {
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
