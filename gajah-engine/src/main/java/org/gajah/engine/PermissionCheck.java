package org.gajah.engine;

import java.util.List;
import java.util.Set;

import org.gajah.analyze.Expr;
import org.gajah.analyze.ExprRewriter;
import org.gajah.analyze.Query;
import org.gajah.analyze.RequiredPermission;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RestrictedRelations;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.sysfunc.RelationKinds;
import org.gajah.txn.lock.LockMode;
import org.gajah.type.Privilege;

/** Checks that a role may do to relations and functions what a query does. */
final class PermissionCheck {
    private final SessionContext context;
    private final CatalogView catalog;
    private final Rights rights;

    PermissionCheck(SessionContext context, CatalogView catalog) {
        this.context = context;
        this.catalog = catalog;
        this.rights = new Rights(catalog);
    }

    void require(List<RequiredPermission> permissions) {
        RoleRow current = context.currentRole();
        String restricted = context.setting(RestrictedRelations.SETTING);
        for (RequiredPermission p : permissions) {
            RestrictedRelations.require(restricted, catalog.relation(p.relation()).orElseThrow());
            RoleRow role = p.asOwner() == 0 ? current : catalog.role(p.asOwner()).orElse(current);
            if (!role.superuser()) {
                require(p, role.oid());
            }
        }
    }

    private void require(RequiredPermission p, int role) {
        Relation relation = catalog.relation(p.relation()).orElseThrow();
        long needed = switch (p.mode()) {
            case SELECT -> Privilege.SELECT.bit();
            case INSERT -> Privilege.INSERT.bit();
            case UPDATE, MERGE, LOCK -> Privilege.UPDATE.bit();
            case DELETE -> Privilege.DELETE.bit();
        };
        if ((rights.held(role, relation) & needed) == 0 && !onColumns(relation, p, role, needed)) {
            throw denied(relation);
        }
    }

    /** 42501 unless the current role may LOCK TABLE so: what it may do to the table, or to run maintenance, decides. */
    void requireLock(Relation relation, LockMode mode) {
        String letters = switch (mode) {
            case ACCESS_SHARE -> "rawdDm";
            case ROW_SHARE, ROW_EXCLUSIVE -> "awdDm";
            case SHARE_UPDATE_EXCLUSIVE, SHARE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE, ACCESS_EXCLUSIVE -> "wdDm";
        };
        if ((rights.held(context.currentRole().oid(), relation) & Privilege.mask(letters)) == 0) {
            throw denied(relation);
        }
    }

    /** The error of somebody who may not do that to a relation. */
    static SqlError denied(Relation relation) {
        return new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for " + RelationKinds.word(relation.kind()) + " " + relation.name());
    }

    /** Each column that is used must allow it; a query that uses none, such as a count, needs any one. A whole row needs all. */
    private boolean onColumns(Relation relation, RequiredPermission p, int role, long needed) {
        if (p.mode() == RequiredPermission.Mode.DELETE) {
            return false;
        }
        List<Integer> all = relation.columns().stream().filter(c -> !c.dropped()).map(Relation.Column::number).toList();
        if (p.columns().isEmpty()) {
            return all.stream().anyMatch(c -> (rights.heldOnColumn(role, relation.oid(), c) & needed) != 0);
        }
        Set<Integer> used = p.columns();
        return used.stream().allMatch(c -> c == 0 ? all.stream().allMatch(each -> holds(role, relation, each, needed))
                : holds(role, relation, c, needed));
    }

    private boolean holds(int role, Relation relation, int column, long needed) {
        return (rights.heldOnColumn(role, relation.oid(), column) & needed) != 0;
    }

    /** 42501 if the query calls a function that the current role may not call. */
    void requireFunctions(Query query) {
        RoleRow role = context.currentRole();
        Set<Integer> guarded = role.superuser() ? Set.of() : catalog.guardedFunctions();
        if (!guarded.isEmpty()) {
            new Calls(guarded, role.oid()).rewrite(query);
        }
    }

    /** Looks at each function that is called. */
    private final class Calls extends ExprRewriter {
        private final Set<Integer> guarded;
        private final int role;

        Calls(Set<Integer> guarded, int role) {
            this.guarded = guarded;
            this.role = role;
        }

        @Override
        public Expr rewrite(Expr e) {
            switch (e) {
                case Expr.FunctionCall f -> look(f.function());
                case Expr.OperatorCall o -> look(o.function());
                case Expr.AggregateCall a -> look(a.function());
                case Expr.WindowCall w -> look(w.function());
                default -> { }
            }
            return rewriteChildren(e);
        }

        private void look(int function) {
            if (guarded.contains(function)) {
                requireFunction(function, role);
            }
        }
    }

    /** 42501 unless the current role may call the function. */
    void requireFunction(int function) {
        requireFunction(function, context.currentRole().oid());
    }

    private void requireFunction(int function, int role) {
        catalog.row("pg_proc", 2690, function).filter(r -> (rights.held(role, AclKind.FUNCTION, r) & Privilege.EXECUTE.bit()) == 0)
                .ifPresent(r -> {
                    throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for " + (r.letter("prokind") == 'p' ? "procedure "
                            : r.letter("prokind") == 'a' ? "aggregate " : "function ") + r.text("proname"));
                });
    }
}
