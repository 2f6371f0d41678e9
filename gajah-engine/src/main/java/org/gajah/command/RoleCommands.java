package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.RoleStatement;
import org.gajah.base.Slice;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.RoleRow;

/** CREATE, ALTER, DROP and RENAME of roles. */
final class RoleCommands {
    private static final String[][] ATTRIBUTES = {{"createdb", "CREATEDB"}, {"isreplication", "REPLICATION"}, {"bypassrls", "BYPASSRLS"}};

    private final CommandContext context;

    RoleCommands(CommandContext context) {
        this.context = context;
    }

    String run(RoleStatement statement) {
        return switch (statement) {
            case RoleStatement.CreateRole c -> create(c);
            case RoleStatement.AlterRole a -> alter(a);
            case RoleStatement.DropRole d -> drop(d);
            case RoleStatement.GrantRole g -> new RoleMemberships(context).grant(g);
            case RoleStatement.AlterRoleSet s -> new StoredSettings(context).alterRole(s);
            case RoleStatement.ReassignOwned r -> new OwnedCommands(context).reassign(r);
            case RoleStatement.DropOwned d -> new OwnedCommands(context).drop(d);
        };
    }

    private static SqlError denied(String verb, String detail) {
        return new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to " + verb + " role").detail(detail);
    }

    private static SqlError exists(String name) {
        return new SqlError(SqlState.DUPLICATE_OBJECT, "role \"" + name + "\" already exists");
    }

    private static void requireUnreserved(String name) {
        if (name.startsWith("pg_")) {
            throw new SqlError(SqlState.RESERVED_NAME, "role name \"" + name + "\" is reserved")
                    .detail("Role names starting with \"pg_\" are reserved.");
        }
    }

    private boolean currentHas(String attribute) {
        RoleRow role = context.currentRole();
        return role.superuser() || switch (attribute) {
            case "createdb" -> role.createDatabase();
            case "isreplication" -> role.replication();
            default -> role.bypassRls();
        };
    }

    private String create(RoleStatement.CreateRole c) {
        context.requireWritable("CREATE ROLE");
        RoleOptions options = new RoleOptions(c.options(), context);
        requireMayCreate(options);
        requireUnreserved(c.name());
        if (context.catalog().role(c.name()).isPresent()) {
            throw exists(c.name());
        }
        int oid = context.newOid();
        CatalogValues row = new CatalogValues("pg_authid").set("oid", oid).set("rolname", Names63.cut(c.name())).yes("rolinherit")
                .no("rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication", "rolbypassrls")
                .set("rolcanlogin", c.kind() == RoleStatement.RoleKind.USER).set("rolconnlimit", -1);
        for (DefElem option : c.options()) {
            if (option.name().equals("sysid")) {
                context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "SYSID can no longer be specified"));
            }
            RoleOptions.column(option).ifPresent(name -> row.set(name, options.value(option)));
        }
        context.writer().insert("pg_authid", row.row());
        context.changed();
        addMembers(context.catalog().role(oid).orElseThrow(), options);
        return "CREATE ROLE";
    }

    private void requireMayCreate(RoleOptions options) {
        RoleRow current = context.currentRole();
        if (current.superuser()) {
            return;
        }
        if (!current.createRole()) {
            throw denied("create", "Only roles with the CREATEROLE attribute may create roles.");
        }
        if (options.isOn("superuser")) {
            throw denied("create", "Only roles with the SUPERUSER attribute may create roles with the SUPERUSER attribute.");
        }
        for (String[] attribute : ATTRIBUTES) {
            if (options.isOn(attribute[0]) && !currentHas(attribute[0])) {
                throw denied("create", "Only roles with the " + attribute[1] + " attribute may create roles with the " + attribute[1]
                        + " attribute.");
            }
        }
    }

    /** Who is not a superuser gets a membership in what he makes, so that he can go on with it. */
    private void addMembers(RoleRow role, RoleOptions options) {
        RoleMemberships memberships = new RoleMemberships(context);
        RoleRow current = context.currentRole();
        for (RoleSpec spec : options.roles("addroleto")) {
            memberships.grant(new RoleStatement.GrantRole(true, List.of(RoleNames.resolve(spec, context).name()),
                    List.of(new RoleSpec(RoleSpec.Kind.NAME, role.name(), -1)), List.of(), Optional.empty(), DropBehavior.RESTRICT));
        }
        if (!current.superuser()) {
            memberships.add(role, current, Bootstrap.FIRST_SUPERUSER,
                    new RoleMemberships.Options(Optional.of(true), Optional.of(false), Optional.of(false)));
        }
        int grantor = current.superuser() ? Bootstrap.FIRST_SUPERUSER : current.oid();
        options.roles("adminmembers").forEach(r -> memberships.add(role, RoleNames.resolve(r, context), grantor, RoleMemberships.Options.ADMIN));
        options.roles("rolemembers").forEach(r -> memberships.add(role, RoleNames.resolve(r, context), grantor, RoleMemberships.Options.NONE));
    }

    private CatalogRow row(RoleRow role) {
        return context.catalog().row("pg_authid", 2677, role.oid()).orElseThrow();
    }

    private String alter(RoleStatement.AlterRole a) {
        context.requireWritable("ALTER ROLE");
        RoleOptions options = new RoleOptions(a.options(), context);
        requireNotReserved(a.role());
        RoleRow role = RoleNames.resolve(a.role(), context);
        requireMayAlter(role, options);
        if (options.has("superuser") && !options.isOn("superuser") && role.oid() == Bootstrap.FIRST_SUPERUSER) {
            throw SqlError.notSupported("permission denied to alter role").detail("The bootstrap superuser must have the SUPERUSER attribute.");
        }
        CatalogRow row = row(role);
        Object[] values = row.values();
        for (DefElem option : a.options()) {
            Optional<String> column = RoleOptions.column(option);
            if (column.isPresent()) {
                values = new CatalogRow(row.table(), row.tid(), values).with(column.get(), options.value(option));
            }
        }
        context.writer().update(row, values);
        context.changed();
        alterMembers(role, options, a.add());
        return "ALTER ROLE";
    }

    private static void requireNotReserved(RoleSpec spec) {
        if (spec.kind() == RoleSpec.Kind.NAME && spec.name().startsWith("pg_")) {
            throw new SqlError(SqlState.RESERVED_NAME, "role name \"" + spec.name() + "\" is reserved").detail("Cannot alter reserved roles.");
        }
    }

    private void alterMembers(RoleRow role, RoleOptions options, boolean add) {
        RoleMemberships memberships = new RoleMemberships(context);
        int grantor = context.currentRole().superuser() ? Bootstrap.FIRST_SUPERUSER
                : context.rights().bestAdmin(context.currentRole().oid(), role.oid()).orElse(context.currentRole().oid());
        for (RoleSpec spec : options.roles("rolemembers")) {
            RoleRow member = RoleNames.resolve(spec, context);
            if (add) {
                memberships.add(role, member, grantor, RoleMemberships.Options.NONE);
            } else {
                memberships.remove(role, member, grantor, RoleMemberships.Options.NONE, DropBehavior.RESTRICT);
            }
        }
    }

    private void requireMayAlter(RoleRow role, RoleOptions options) {
        RoleRow current = context.currentRole();
        if (current.superuser()) {
            return;
        }
        if (role.superuser()) {
            throw denied("alter", "Only roles with the SUPERUSER attribute may alter roles with the SUPERUSER attribute.");
        }
        if (options.has("superuser")) {
            throw denied("alter", "Only roles with the SUPERUSER attribute may change the SUPERUSER attribute.");
        }
        boolean admin = context.rights().isAdmin(current.oid(), role.oid());
        boolean onlyPassword = options.all().stream().allMatch(o -> o.name().equals("password"));
        if (!current.createRole() || !admin) {
            requireOwnPassword(role, options, onlyPassword);
            return;
        }
        for (String[] attribute : ATTRIBUTES) {
            if (options.has(attribute[0]) && !currentHas(attribute[0])) {
                throw denied("alter", "Only roles with the " + attribute[1] + " attribute may change the " + attribute[1] + " attribute.");
            }
        }
    }

    private void requireOwnPassword(RoleRow role, RoleOptions options, boolean onlyPassword) {
        boolean members = options.all().stream().allMatch(o -> o.name().equals("rolemembers")) && !options.all().isEmpty();
        if (members && context.rights().isAdmin(context.currentRole().oid(), role.oid())) {
            return;
        }
        if (!onlyPassword) {
            throw denied("alter", "Only roles with the CREATEROLE attribute and the ADMIN option on role \"" + role.name()
                    + "\" may alter this role.");
        }
        if (options.has("password") && role.oid() != context.currentRole().oid()) {
            throw denied("alter", "To change another role's password, the current user must have the CREATEROLE attribute and the ADMIN option on the role.");
        }
    }

    /** ALTER ROLE ... RENAME TO. */
    void rename(RoleSpec spec, String name) {
        RoleRow role = RoleNames.resolve(spec, context);
        if (role.oid() == context.sessionRole().oid()) {
            throw SqlError.notSupported("session user cannot be renamed");
        }
        if (role.oid() == context.currentRole().oid()) {
            throw SqlError.notSupported("current user cannot be renamed");
        }
        requireNotReserved(spec);
        requireUnreserved(name);
        if (context.catalog().role(name).isPresent()) {
            throw exists(name);
        }
        RoleRow current = context.currentRole();
        if (role.superuser() && !current.superuser()) {
            throw denied("rename", "Only roles with the SUPERUSER attribute may rename roles with the SUPERUSER attribute.");
        }
        if (!current.superuser() && (!current.createRole() || !context.rights().isAdmin(current.oid(), role.oid()))) {
            throw denied("rename", "Only roles with the CREATEROLE attribute and the ADMIN option on role \"" + role.name()
                    + "\" may rename this role.");
        }
        CatalogRow row = row(role);
        context.writer().update(row, row.with("rolname", Slice.of(Names63.cut(name))));
    }

    private String drop(RoleStatement.DropRole d) {
        context.requireWritable("DROP ROLE");
        RoleRow current = context.currentRole();
        if (!current.superuser() && !current.createRole()) {
            throw denied("drop", "Only roles with the CREATEROLE attribute and the ADMIN option on the target roles may drop roles.");
        }
        List<RoleRow> roles = new ArrayList<>();
        for (RoleSpec spec : d.roles()) {
            if (spec.kind() != RoleSpec.Kind.NAME) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "cannot use special role specifier in DROP ROLE");
            }
            Optional<RoleRow> found = context.catalog().role(spec.name());
            if (found.isEmpty() && !d.missingOk()) {
                throw new SqlError(SqlState.UNDEFINED_OBJECT, "role \"" + spec.name() + "\" does not exist");
            } else if (found.isEmpty()) {
                context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "role \"" + spec.name() + "\" does not exist, skipping"));
            } else {
                requireMayDrop(found.get());
                roles.add(found.get());
            }
        }
        roles.forEach(new RoleMemberships(context)::forget);
        context.changed();
        for (RoleRow role : roles) {
            new OwnedCommands(context).requireNothingOf(role);
            context.catalog().allRows("pg_db_role_setting").stream().filter(r -> r.number("setrole") == role.oid()).forEach(context.writer()::delete);
            context.catalog().rows("pg_shdescription", 2397, role.oid(), Dependencies.ROLE).forEach(context.writer()::delete);
            context.writer().delete(row(role));
            context.changed();
        }
        return "DROP ROLE";
    }

    private void requireMayDrop(RoleRow role) {
        RoleRow current = context.currentRole();
        if (role.oid() == current.oid()) {
            throw new SqlError(SqlState.OBJECT_IN_USE, "current user cannot be dropped");
        }
        if (role.oid() == context.sessionRole().oid()) {
            throw new SqlError(SqlState.OBJECT_IN_USE, "session user cannot be dropped");
        }
        if (role.superuser() && !current.superuser()) {
            throw denied("drop", "Only roles with the SUPERUSER attribute may drop roles with the SUPERUSER attribute.");
        }
        if (!context.rights().isAdmin(current.oid(), role.oid())) {
            throw denied("drop", "Only roles with the CREATEROLE attribute and the ADMIN option on role \"" + role.name() + "\" may drop this role.");
        }
    }
}
