package org.gajah.analyze;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.Policy;
import org.gajah.catalog.PolicyRights;
import org.gajah.catalog.Relation;
import org.gajah.type.Oids;

/**
 * Row-level security: the policies of the tables in one query level. What limits the rows that are seen stands with the range table entry and
 * silently leaves rows out; what limits the rows that are written is a check that fails. PostgreSQL manual, section 5.9 and CREATE POLICY.
 *
 * <p>Permissive policies are alternatives, without one nothing is allowed; restrictive ones must hold besides, each by itself.
 */
final class RowSecurity {
    private static final char SELECT = 'r';
    private static final char INSERT = 'a';
    private static final char UPDATE = 'w';
    private static final char DELETE = 'd';

    private final Analysis a;
    private final PolicyRights rights;
    private final ExprRewriter views;
    private final List<Integer> open;

    /** @param views what puts views and policies into subqueries; {@code open} are the relations whose views or policies are being put in */
    RowSecurity(Analysis analysis, PolicyRights rights, ExprRewriter views, List<Integer> open) {
        this.a = analysis;
        this.rights = rights;
        this.views = views;
        this.open = open;
    }

    /** The query under the policies; {@code readsTarget} as {@link #readsTarget} says of the query that was written. */
    Query apply(Query query, boolean readsTarget) {
        QueryBuilder made = new QueryBuilder(query);
        made.rangeTable = new ArrayList<>(query.rangeTable());
        boolean restricted = false;
        for (int i = 0; i < made.rangeTable.size(); i++) {
            boolean excluded = query.onConflict().isPresent() && query.onConflict().get().excluded() == i;
            if (!excluded && made.rangeTable.get(i) instanceof RangeEntry.Relation r && (r.kind() == 'r' || r.kind() == 'p')) {
                Relation table = a.catalog.relation(r.oid()).orElseThrow();
                if (rights.of(table, r.asOwner()).isPresent()) {
                    restrict(made, i, r, table, readsTarget);
                    restricted = true;
                }
            }
        }
        return restricted ? new ComputedColumns(a).expand(made.build()) : query;
    }

    private void restrict(QueryBuilder made, int index, RangeEntry.Relation entry, Relation table, boolean readsTarget) {
        OfTable policies = new OfTable(table, entry.asOwner(), index);
        boolean target = index == made.targetRelation;
        Set<Expr> conditions = new LinkedHashSet<>();
        Set<Query.PolicyCheck> checks = new LinkedHashSet<>();
        if (!target) {
            boolean locked = made.rowMarks.stream().anyMatch(m -> m.rangeIndex() == index);
            (locked ? Stream.of(UPDATE, SELECT) : Stream.of(SELECT)).forEach(c -> conditions.addAll(policies.conditions(c)));
        } else {
            change(made, policies, readsTarget, conditions, checks);
        }
        boolean nested = Stream.concat(conditions.stream(), checks.stream().map(Query.PolicyCheck::condition))
                .anyMatch(e -> Exprs.any(e, x -> x instanceof Expr.SubLink));
        if (nested && open.contains(table.oid())) {
            throw new SqlError(SqlState.INVALID_OBJECT_DEFINITION, "infinite recursion detected in policy for relation \"" + table.name() + "\"");
        }
        open.add(table.oid());
        ViewPermissions permissions = new ViewPermissions(a, entry.asOwner());
        made.rangeTable.set(index, entry.with(conditions.stream().map(permissions::rewrite).map(views::rewrite).toList()));
        if (target) {
            made.policyChecks = checks.stream().map(c -> new Query.PolicyCheck(c.kind(), c.table(), c.policy(),
                    views.rewrite(permissions.rewrite(c.condition())))).toList();
        }
        open.removeLast();
        made.hasSubLinks |= nested;
    }

    /** What holds for the table that a statement changes. */
    private static void change(QueryBuilder made, OfTable policies, boolean reads, Set<Expr> conditions, Set<Query.PolicyCheck> checks) {
        switch (made.command) {
            case SELECT -> { }
            case INSERT -> {
                policies.newRows(INSERT, reads, checks);
                if (made.onConflict.isPresent() && made.onConflict.get().update()) {
                    policies.existingRows(UPDATE, Query.PolicyCheck.Kind.CONFLICT, checks);
                    if (reads) {
                        policies.existingRows(SELECT, Query.PolicyCheck.Kind.CONFLICT, checks);
                    }
                    policies.newRows(UPDATE, reads, checks);
                }
            }
            case UPDATE -> {
                conditions.addAll(policies.conditions(UPDATE));
                if (reads) {
                    conditions.addAll(policies.conditions(SELECT));
                }
                policies.newRows(UPDATE, reads, checks);
            }
            case DELETE -> {
                conditions.addAll(policies.conditions(DELETE));
                if (reads) {
                    conditions.addAll(policies.conditions(SELECT));
                }
            }
            case MERGE -> {
                if (reads) {
                    conditions.addAll(policies.conditions(SELECT));
                }
                policies.existingRows(UPDATE, Query.PolicyCheck.Kind.MERGE_UPDATE, checks);
                policies.newRows(UPDATE, reads, checks);
                policies.existingRows(DELETE, Query.PolicyCheck.Kind.MERGE_DELETE, checks);
                policies.newRows(INSERT, reads && made.returning.stream().anyMatch(t -> !t.junk()), checks);
            }
        }
    }

    /** The policies of one table that hold for who uses it, as conditions about one range table entry. */
    private final class OfTable {
        private final Relation table;
        private final List<Policy> policies;
        private final int index;

        OfTable(Relation table, int role, int index) {
            this.table = table;
            this.policies = table.rowSecurity().orElseThrow().policies().stream().filter(p -> rights.holdsFor(p, role)).toList();
            this.index = index;
        }

        private List<Policy> of(char command, boolean permissive) {
            return policies.stream().filter(p -> p.permissive() == permissive && p.isFor(command)).toList();
        }

        private Expr expression(String stored) {
            return VarShift.to(a.stored.expression(stored), index, 0);
        }

        /** Which rows a command may see: all of these must be true. */
        List<Expr> conditions(char command) {
            List<Expr> alternatives = of(command, true).reversed().stream().flatMap(p -> p.using().stream()).map(this::expression).toList();
            if (alternatives.isEmpty()) {
                return List.of(NEVER);
            }
            List<Expr> all = new ArrayList<>();
            of(command, false).stream().flatMap(p -> p.using().stream()).map(this::expression).forEach(all::add);
            all.add(any(alternatives));
            return all;
        }

        /** What must be true of new rows: WITH CHECK or else USING; where the statement reads the table, its rows must also be seen. */
        void newRows(char command, boolean seen, Set<Query.PolicyCheck> checks) {
            Query.PolicyCheck.Kind kind = command == INSERT ? Query.PolicyCheck.Kind.INSERT : Query.PolicyCheck.Kind.UPDATE;
            add(command, kind, false, checks);
            if (seen) {
                add(SELECT, kind, true, checks);
            }
        }

        /** What must be true, by USING, of rows that turn out to have to be changed. */
        void existingRows(char command, Query.PolicyCheck.Kind kind, Set<Query.PolicyCheck> checks) {
            add(command, kind, true, checks);
        }

        private void add(char command, Query.PolicyCheck.Kind kind, boolean using, Set<Query.PolicyCheck> checks) {
            List<Expr> alternatives = of(command, true).reversed().stream().flatMap(p -> condition(p, using).stream()).toList();
            if (alternatives.isEmpty()) {
                checks.add(new Query.PolicyCheck(kind, table.name(), Optional.empty(), NEVER));
                return;
            }
            checks.add(new Query.PolicyCheck(kind, table.name(), Optional.empty(), any(alternatives)));
            of(command, false).forEach(p -> condition(p, using).ifPresent(c -> checks.add(new Query.PolicyCheck(kind, table.name(),
                    Optional.of(p.name()), c))));
        }

        private Optional<Expr> condition(Policy p, boolean using) {
            return (using || p.check().isEmpty() ? p.using() : p.check()).map(this::expression);
        }
    }

    private static final Expr NEVER = new Expr.Const(Oids.BOOL, -1, 0, false, 0);

    private static Expr any(List<Expr> alternatives) {
        return alternatives.size() == 1 ? alternatives.getFirst() : new Expr.BoolExpr(Expr.BoolExpr.Op.OR, alternatives, 0);
    }

    /** Whether a statement that changes a table also reads it: a column in whatever place, or the keys that ON CONFLICT is about. */
    static boolean readsTarget(Query query) {
        if (query.targetRelation() < 0) {
            return false;
        }
        return query.onConflict().map(c -> !c.arbiters().isEmpty()).orElse(false) || new Reader(query).finds();
    }

    /** Looks for columns of the target in a query and the subqueries in it. */
    private static final class Reader extends ExprRewriter {
        private final Query query;
        private int depth;
        private boolean found;

        Reader(Query query) {
            this.query = query;
        }

        boolean finds() {
            rewriteChildren(query);
            return found;
        }

        @Override
        public Expr rewrite(Expr e) {
            found |= e instanceof Expr.Var v && v.levelsUp() == depth && (v.rangeIndex() == query.targetRelation()
                    || query.rangeTable().get(v.rangeIndex()) instanceof RangeEntry.Returned);
            return rewriteChildren(e);
        }

        @Override
        public Query rewrite(Query inner) {
            depth++;
            Query same = rewriteChildren(inner);
            depth--;
            return same;
        }
    }
}
