package org.gajah.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/**
 * Makes an analyzed query ready for planning: views become the subqueries that they stand for, changes of views become changes of
 * their tables with the checks that the views ask for, computed columns become their expressions, columns that are not given a value become their defaults,
 * and the policies of tables are put in.
 * PostgreSQL manual, chapter 39.
 */
public final class Rewriter {
    private Rewriter() {
    }

    /** An analyzed statement, ready for planning. */
    public static Analyzed rewrite(Analyzed analyzed, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Query query = new Expansion(a).rewrite(analyzed.query());
        List<RequiredPermission> permissions = new ArrayList<>(analyzed.permissions());
        permissions.addAll(a.permissions.list());
        return new Analyzed(query, analyzed.parameters(), analyzed.columns(), permissions, analyzed.notices());
    }

    /** The query of a view, of a cursor or of COPY that was analyzed elsewhere, ready for planning. */
    public static Query rewrite(Query query, AnalyzeContext context) {
        return new Expansion(new Analysis(context)).rewrite(query);
    }

    /** The query of a view by itself, ready for planning, with what the view's owner must be allowed to do. */
    public static Analyzed view(Relation view, AnalyzeContext context) {
        Analysis a = new Analysis(context);
        Query body = a.stored.view(a.catalog.viewQuery(view.oid()).orElseThrow());
        Query query = new Expansion(a).rewrite(new ViewPermissions(a, view.owner()).gather(body));
        return new Analyzed(query, List.of(), List.of(), a.permissions.list(), List.of());
    }

    private static final class Expansion extends ExprRewriter {
        private final Analysis a;
        private final List<Integer> open = new ArrayList<>();

        Expansion(Analysis analysis) {
            a = analysis;
        }

        @Override
        public Query rewrite(Query query) {
            a.guard.enter();
            Query q = query;
            boolean readsTarget = RowSecurity.readsTarget(query);
            UpdatableView updatable = new UpdatableView(a);
            while (q.targetRelation() >= 0 && q.rangeTable().get(q.targetRelation()) instanceof RangeEntry.Relation r && r.kind() == 'v') {
                Relation view = a.catalog.relation(r.oid()).orElseThrow();
                if (InsteadOf.handles(view, q)) {
                    q = new InsteadOf(a).prepare(q, view);
                    break;
                }
                q = updatable.through(q, r);
            }
            materialized(q);
            q = new ComputedColumns(a).expand(q);
            q = views(rewriteChildren(q));
            if (a.context.policies().isPresent()) {
                q = new RowSecurity(a, a.context.policies().get(), this, open).apply(q, readsTarget);
            }
            a.guard.leave();
            if (q.targetRelation() < 0) {
                return q;
            }
            return q.rangeTable().get(q.targetRelation()) instanceof RangeEntry.Subquery ? InsteadOf.marked(q) : new ColumnDefaults(a).fill(q);
        }

        /** A materialized view is read like a table once it is filled, and changed by REFRESH only. */
        private void materialized(Query query) {
            for (int i = 0; i < query.rangeTable().size(); i++) {
                if (query.rangeTable().get(i) instanceof RangeEntry.Relation r && r.kind() == 'm') {
                    String name = a.catalog.relation(r.oid()).orElseThrow().name();
                    if (i == query.targetRelation()) {
                        throw new SqlError(SqlState.WRONG_OBJECT_TYPE, "cannot change materialized view \"" + name + "\"");
                    }
                    if (!a.catalog.isPopulated(r.oid())) {
                        throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "materialized view \"" + name
                                + "\" has not been populated").hint("Use the REFRESH MATERIALIZED VIEW command.");
                    }
                }
            }
        }

        private Query views(Query query) {
            Query q = pushLocks(query);
            List<RangeEntry> entries = new ArrayList<>();
            boolean changed = q != query;
            for (RangeEntry entry : q.rangeTable()) {
                boolean view = entry instanceof RangeEntry.Relation r && r.kind() == 'v';
                boolean sequence = entry instanceof RangeEntry.Relation r && r.kind() == 'S';
                changed |= view || sequence;
                entries.add(view ? view((RangeEntry.Relation) entry, marks(q, entry)) : sequence ? sequence((RangeEntry.Relation) entry) : entry);
            }
            if (!changed) {
                return query;
            }
            QueryBuilder builder = new QueryBuilder(q);
            builder.rangeTable = entries;
            return builder.build();
        }

        /** A sequence's one row. Nothing is logged in advance, so none of its numbers wait to be given out unlogged. */
        private RangeEntry sequence(RangeEntry.Relation r) {
            Query body = a.stored.view("SELECT last_value, 0::bigint AS log_cnt, is_called FROM pg_get_sequence_data("
                    + Integer.toUnsignedString(r.oid()) + "::oid::regclass)");
            return new RangeEntry.Subquery(rewrite(body), r.oid(), r.alias(), r.columnNames(), r.lateral());
        }

        private static List<Query.RowMark> marks(Query query, RangeEntry entry) {
            return query.rowMarks().stream().filter(m -> query.rangeTable().get(m.rangeIndex()) == entry).toList();
        }

        private RangeEntry view(RangeEntry.Relation r, List<Query.RowMark> marks) {
            if (open.contains(r.oid())) {
                throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "infinite recursion detected in rules for relation \"" + r.alias()
                        + "\"");
            }
            Relation relation = a.catalog.relation(r.oid()).orElseThrow();
            Query body = a.stored.view(a.catalog.viewQuery(r.oid()).orElseThrow());
            ViewOptions options = ViewOptions.of(a.catalog, r.oid());
            body = new ViewPermissions(a, options.invoker() ? 0 : relation.owner()).gather(body);
            open.add(r.oid());
            body = rewrite(marks.isEmpty() ? body : locked(body, marks.getFirst()));
            open.removeLast();
            if (options.barrier() && body.offset().isEmpty()) {
                QueryBuilder fenced = new QueryBuilder(body);
                fenced.offset = Optional.of(new Expr.Const(Oids.INT8, -1, 0, 0L, 0));
                body = fenced.build();
            }
            return new RangeEntry.Subquery(body, r.oid(), r.alias(), r.columnNames(), r.lateral());
        }

        /** Row locks on a subquery are locks on the tables in it. */
        private static Query pushLocks(Query query) {
            Query q = query;
            for (Query.RowMark mark : query.rowMarks()) {
                if (query.rangeTable().get(mark.rangeIndex()) instanceof RangeEntry.Subquery s) {
                    QueryBuilder builder = new QueryBuilder(q);
                    builder.rangeTable = new ArrayList<>(q.rangeTable());
                    builder.rangeTable.set(mark.rangeIndex(), new RangeEntry.Subquery(pushLocks(locked(s.query(), mark)), s.view(), s.alias(),
                            s.columnNames(), s.lateral()));
                    q = builder.build();
                }
            }
            return q;
        }

        private static Query locked(Query query, Query.RowMark mark) {
            List<Query.RowMark> marks = new ArrayList<>(query.rowMarks());
            for (int i = 0; i < query.rangeTable().size(); i++) {
                int index = i;
                RangeEntry entry = query.rangeTable().get(i);
                boolean lockable = entry instanceof RangeEntry.Relation || entry instanceof RangeEntry.Subquery;
                if (lockable && marks.stream().noneMatch(m -> m.rangeIndex() == index)) {
                    marks.add(new Query.RowMark(index, mark.strength(), mark.waitPolicy(), true));
                }
            }
            QueryBuilder builder = new QueryBuilder(query);
            builder.rowMarks = marks;
            return builder.build();
        }
    }
}
