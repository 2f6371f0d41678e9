package org.gajah.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.RoleStatement;
import org.gajah.catalog.Acl;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.RoleRow;
import org.gajah.catalog.SchemaRow;
import org.gajah.type.AclItem;

/** REASSIGN OWNED, DROP OWNED, and what stands in the way of DROP ROLE. */
final class OwnedCommands {
    private static final int DETAIL_LINES = 100;

    private static final int SUPERUSER = 10;

    private final CommandContext context;

    OwnedCommands(CommandContext context) {
        this.context = context;
    }

    String reassign(RoleStatement.ReassignOwned r) {
        context.requireWritable("REASSIGN OWNED");
        List<RoleRow> roles = r.roles().stream().map(s -> RoleNames.resolve(s, context)).toList();
        roles.forEach(role -> requireRights(role, "reassign", "reassign objects owned by it."));
        RoleRow owner = RoleNames.resolve(r.newRole(), context);
        requireRights(owner, "reassign", "reassign objects to it.");
        for (RoleRow role : roles) {
            requireUnpinned(role, "reassign ownership of objects owned by");
            new Owners(context).reassign(role.oid(), owner.oid());
        }
        return "REASSIGN OWNED";
    }

    private void requireRights(RoleRow role, String verb, String what) {
        if (!context.rights().has(context.currentRole().oid(), role.oid())) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to " + verb + " objects")
                    .detail("Only roles with privileges of role \"" + role.name() + "\" may " + what);
        }
    }

    private static void requireUnpinned(RoleRow role, String what) {
        if (Integer.compareUnsigned(role.oid(), Bootstrap.FIRST_USER_OID) < 0) {
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "cannot " + what + " role " + role.name()
                    + " because they are required by the database system");
        }
    }

    String drop(RoleStatement.DropOwned d) {
        context.requireWritable("DROP OWNED");
        List<RoleRow> roles = new ArrayList<>();
        for (RoleSpec spec : d.roles()) {
            RoleRow role = RoleNames.resolve(spec, context);
            requireRights(role, "drop", "drop objects owned by it.");
            roles.add(role);
        }
        DropPlan plan = new DropPlan(context);
        boolean any = false;
        for (RoleRow role : roles) {
            requireUnpinned(role, "drop objects owned by");
            revokeAll(role);
            for (Dependencies.Ref policy : new PolicyCommands(context).release(role.oid())) {
                plan.add(policy);
                any = true;
            }
            for (Dependencies.Ref plain : new OwnedObjects(context.catalog()).plain(role.oid())) {
                plan.add(plain);
                any = true;
            }
            for (OwnedObjects.Owned object : new OwnedObjects(context.catalog()).of(role.oid())) {
                boolean here = object.kind() != AclKind.DATABASE && object.kind() != AclKind.TABLESPACE;
                if (here) {
                    plan.add(object.ref());
                    any = true;
                }
            }
        }
        if (any) {
            plan.run(d.behavior());
        }
        return "DROP OWNED";
    }

    /** Takes a role out of all ACLs of this database and of what databases share; what it granted on goes too. */
    private void revokeAll(RoleRow role) {
        for (OwnedObjects.Granted granted : new OwnedObjects(context.catalog()).grantedTo(role.oid())) {
            List<AclItem> left = granted.acl().items().stream().filter(i -> i.grantee() != role.oid() && i.grantor() != role.oid()).toList();
            if (granted.kind() == AclKind.PARAMETER && new Acl(left).sameAs(AclKind.PARAMETER.initial(SUPERUSER))) {
                context.writer().delete(granted.row());
                continue;
            }
            Object value = granted.kind() == AclKind.COLUMN && left.isEmpty() ? null : new Acl(left).value();
            context.writer().update(granted.row(), granted.row().with(granted.kind().aclColumn(), value));
        }
        for (CatalogRow row : context.catalog().allRows("pg_default_acl")) {
            Acl acl = Acl.of(row.get("defaclacl")).orElse(new Acl(List.of()));
            if (row.number("defaclrole") == role.oid()) {
                context.writer().delete(row);
            } else if (acl.mentions(role.oid())) {
                context.writer().update(row, row.with("defaclacl", new Acl(acl.items().stream().filter(i -> i.grantee() != role.oid()).toList()).value()));
            }
        }
        context.changed();
    }

    /** 2BP01 if anything in any database belongs to the role, or names it in an ACL. */
    void requireNothingOf(RoleRow role) {
        if (Integer.compareUnsigned(role.oid(), Bootstrap.FIRST_USER_OID) < 0) {
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "cannot drop role " + role.name()
                    + " because it is required by the database system");
        }
        List<String> lines = new ArrayList<>(hereOf(role));
        for (CatalogRow database : context.catalog().allRows("pg_database")) {
            if (database.number("oid") != context.database()) {
                int count = context.inDatabase(database.number("oid"), catalog -> countLocal(new OwnedObjects(catalog), role.oid()));
                if (count > 0) {
                    lines.add(count + (count == 1 ? " object" : " objects") + " in database " + database.text("datname"));
                }
            }
        }
        if (!lines.isEmpty()) {
            List<String> shown = lines.size() > DETAIL_LINES ? new ArrayList<>(lines.subList(0, DETAIL_LINES)) : lines;
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "role \"" + role.name() + "\" cannot be dropped because some objects depend on it")
                    .detail(String.join("\n", shown));
        }
    }

    private static int countLocal(OwnedObjects objects, int role) {
        return objects.plain(role).size() + objects.policies(role).size() + (int) (objects.of(role).stream().filter(o -> !isShared(o.kind())).count()
                + objects.grantedTo(role).stream().filter(g -> !isShared(g.kind())).map(OwnedObjects.Granted::ref).distinct().count());
    }

    private static boolean isShared(AclKind kind) {
        return kind == AclKind.DATABASE || kind == AclKind.TABLESPACE || kind == AclKind.PARAMETER;
    }

    private record Line(Dependencies.Ref ref, int order, String text) {
    }

    private List<String> hereOf(RoleRow role) {
        ObjectNames names = new ObjectNames(context);
        OwnedObjects objects = new OwnedObjects(context.catalog());
        List<Line> lines = new ArrayList<>();
        objects.of(role.oid()).forEach(o -> lines.add(new Line(o.ref(), 1, "owner of " + names.describe(o.ref()))));
        objects.plain(role.oid()).forEach(ref -> lines.add(new Line(ref, 1, "owner of " + names.describe(ref))));
        objects.grantedTo(role.oid()).forEach(g -> lines.add(new Line(g.ref(), 0, "privileges for " + names.describe(g.ref()))));
        objects.policies(role.oid()).forEach(ref -> lines.add(new Line(ref, 0, "target of " + names.describe(ref))));
        for (CatalogRow row : context.catalog().allRows("pg_default_acl")) {
            Dependencies.Ref ref = new Dependencies.Ref(826, row.number("oid"), 0);
            if (row.number("defaclrole") == role.oid()) {
                lines.add(new Line(ref, 1, "owner of " + names.describe(ref)));
            } else if (Acl.of(row.get("defaclacl")).map(a -> a.mentions(role.oid())).orElse(false)) {
                lines.add(new Line(ref, 0, "privileges for " + names.describe(ref)));
            }
        }
        return lines.stream().sorted(Comparator.comparingLong((Line l) -> Integer.toUnsignedLong(l.ref.oid())).thenComparingInt(l -> l.order)
                .thenComparingInt(l -> l.ref.column())).map(Line::text).distinct().toList();
    }
}
