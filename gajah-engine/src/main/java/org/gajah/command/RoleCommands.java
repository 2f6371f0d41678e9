package org.gajah.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.RoleStatement;
import org.gajah.base.ScramVerifier;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.RoleRow;
import org.gajah.type.Oids;
import org.gajah.type.TypeCodec;
import org.gajah.vector.Vector;

/** CREATE, ALTER and DROP ROLE, and membership. */
final class RoleCommands {
    private final CommandContext context;

    RoleCommands(CommandContext context) {
        this.context = context;
    }

    String run(RoleStatement statement) {
        return switch (statement) {
            case RoleStatement.CreateRole c -> create(c);
            case RoleStatement.AlterRole a -> alter(a);
            case RoleStatement.DropRole d -> drop(d);
            case RoleStatement.GrantRole g -> grant(g);
            case RoleStatement.AlterRoleSet s -> new StoredSettings(context).alterRole(s);
            case RoleStatement.ReassignOwned r -> throw SqlError.notSupported("REASSIGN OWNED is not supported");
            case RoleStatement.DropOwned d -> throw SqlError.notSupported("DROP OWNED is not supported");
        };
    }

    private void requireMayManage(String what) {
        RoleRow role = context.currentRole();
        if (!role.superuser() && !role.createRole()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to " + what + " role")
                    .detail("Only roles with the CREATEROLE attribute may " + what + " roles.");
        }
    }

    private String create(RoleStatement.CreateRole c) {
        context.requireWritable("CREATE ROLE");
        requireMayManage("create");
        if (c.name().startsWith("pg_")) {
            throw new SqlError(SqlState.RESERVED_NAME, "role name \"" + c.name() + "\" is reserved")
                    .detail("Role names starting with \"pg_\" are reserved.");
        }
        if (context.catalog().role(c.name()).isPresent()) {
            throw new SqlError(SqlState.DUPLICATE_OBJECT, "role \"" + c.name() + "\" already exists");
        }
        int oid = context.newOid();
        CatalogValues row = new CatalogValues("pg_authid").set("oid", oid).set("rolname", c.name()).yes("rolinherit")
                .no("rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication", "rolbypassrls")
                .set("rolcanlogin", c.kind() == RoleStatement.RoleKind.USER).set("rolconnlimit", -1);
        for (DefElem option : c.options()) {
            column(option).ifPresent(name -> row.set(name, value(option)));
        }
        context.writer().insert("pg_authid", row.row());
        context.changed();
        for (DefElem option : c.options()) {
            switch (option.name()) {
                case "addroleto" -> roles(option).forEach(r -> addMember(RoleNames.resolve(r, context).oid(), oid, false));
                case "rolemembers" -> roles(option).forEach(r -> addMember(oid, RoleNames.resolve(r, context).oid(), false));
                case "adminmembers" -> roles(option).forEach(r -> addMember(oid, RoleNames.resolve(r, context).oid(), true));
                default -> { }
            }
        }
        return "CREATE ROLE";
    }

    private static List<RoleSpec> roles(DefElem option) {
        return option.value().orElseThrow() instanceof DefElem.Value.Roles r ? r.roles() : List.of();
    }

    private static Optional<String> column(DefElem option) {
        return Optional.ofNullable(switch (option.name()) {
            case "superuser" -> "rolsuper";
            case "inherit" -> "rolinherit";
            case "createrole" -> "rolcreaterole";
            case "createdb" -> "rolcreatedb";
            case "canlogin" -> "rolcanlogin";
            case "isreplication" -> "rolreplication";
            case "bypassrls" -> "rolbypassrls";
            case "connectionlimit" -> "rolconnlimit";
            case "password" -> "rolpassword";
            case "validUntil" -> "rolvaliduntil";
            case "addroleto", "rolemembers", "adminmembers", "sysid" -> null;
            default -> throw new SqlError(SqlState.INTERNAL_ERROR, "option \"" + option.name() + "\" not recognized");
        });
    }

    private Object value(DefElem option) {
        boolean risky = List.of("superuser", "isreplication", "bypassrls").contains(option.name());
        if (risky && !context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to alter role")
                    .detail("Only roles with the SUPERUSER attribute may change the SUPERUSER attribute.");
        }
        if (option.value().isEmpty()) {
            return null;
        }
        return switch (option.value().get()) {
            case DefElem.Value.Flag f -> f.value();
            case DefElem.Value.Number n -> Integer.parseInt(n.value());
            case DefElem.Value.Text t when option.name().equals("password") -> password(t.value());
            case DefElem.Value.Text t -> timestamp(t.value());
            default -> throw new SqlError(SqlState.SYNTAX_ERROR, "option \"" + option.name() + "\" has a wrong value");
        };
    }

    /** A verifier as it is; anything else is a password to be kept as a verifier. An empty one is none. */
    private Object password(String text) {
        if (text.isEmpty()) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "empty string is not a valid password, clearing password"));
            return null;
        }
        if (ScramVerifier.parse(text).isPresent()) {
            return Slice.of(text);
        }
        byte[] salt = new byte[ScramVerifier.SALT_LENGTH];
        context.randomBytes(salt);
        return Slice.of(ScramVerifier.of(text, salt, (int) context.settings().number("scram_iterations")).text());
    }

    private Object timestamp(String text) {
        TypeCodec codec = context.catalog().codec(Oids.TIMESTAMPTZ);
        Vector one = Vector.of(codec.carrier(), 1);
        codec.parse(Slice.of(text), -1, context.analysis().types(), one, 0);
        return one.get(0);
    }

    private CatalogRow row(RoleRow role) {
        return context.catalog().row("pg_authid", 2677, role.oid()).orElseThrow();
    }

    private String alter(RoleStatement.AlterRole a) {
        context.requireWritable("ALTER ROLE");
        RoleRow role = RoleNames.resolve(a.role(), context);
        boolean ownPassword = role.oid() == context.currentRole().oid() && a.options().stream().allMatch(o -> o.name().equals("password"));
        if (!ownPassword) {
            requireMayManage("alter");
        }
        if (role.superuser() && !context.currentRole().superuser()) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to alter role")
                    .detail("Only roles with the SUPERUSER attribute may alter roles with the SUPERUSER attribute.");
        }
        CatalogRow row = row(role);
        Object[] values = row.values();
        for (DefElem option : a.options()) {
            if (option.name().equals("rolemembers")) {
                roles(option).forEach(r -> {
                    int member = RoleNames.resolve(r, context).oid();
                    if (a.add()) {
                        addMember(role.oid(), member, false);
                    } else {
                        removeMember(role, RoleNames.resolve(r, context));
                    }
                });
            } else if (column(option).isPresent()) {
                values = new CatalogRow(row.table(), row.tid(), values).with(column(option).get(), value(option));
            }
        }
        context.writer().update(row, values);
        context.changed();
        return "ALTER ROLE";
    }

    private String drop(RoleStatement.DropRole d) {
        context.requireWritable("DROP ROLE");
        requireMayManage("drop");
        for (RoleSpec spec : d.roles()) {
            Optional<RoleRow> found = context.catalog().role(spec.name());
            if (found.isEmpty()) {
                if (!d.missingOk()) {
                    throw new SqlError(SqlState.UNDEFINED_OBJECT, "role \"" + spec.name() + "\" does not exist");
                }
                context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "role \"" + spec.name() + "\" does not exist, skipping"));
                continue;
            }
            RoleRow role = found.get();
            if (role.oid() == context.currentRole().oid()) {
                throw new SqlError(SqlState.OBJECT_IN_USE, "current user cannot be dropped");
            }
            requireNothingOwned(role);
            context.catalog().rows("pg_auth_members", 2694, role.oid()).forEach(context.writer()::delete);
            context.catalog().rows("pg_auth_members", 2695, role.oid()).forEach(context.writer()::delete);
            context.catalog().rows("pg_db_role_setting", 2965, 0, role.oid()).forEach(context.writer()::delete);
            context.writer().delete(row(role));
            context.changed();
        }
        return "DROP ROLE";
    }

    private void requireNothingOwned(RoleRow role) {
        List<String> owned = new ArrayList<>();
        context.catalog().allRows("pg_class").stream().filter(r -> r.number("relowner") == role.oid() && r.letter("relkind") != 'i')
                .forEach(r -> owned.add("owner of " + ObjectNames.kind(r.letter("relkind")) + " " + r.text("relname")));
        context.catalog().allRows("pg_namespace").stream().filter(r -> r.number("nspowner") == role.oid())
                .forEach(r -> owned.add("owner of schema " + r.text("nspname")));
        context.catalog().allRows("pg_database").stream().filter(r -> r.number("datdba") == role.oid())
                .forEach(r -> owned.add("owner of database " + r.text("datname")));
        context.catalog().allRows("pg_class").stream().filter(r -> r.textIfAny("relname").isPresent()
                && r.texts("relacl").stream().anyMatch(e -> e.startsWith(role.name() + "=")))
                .forEach(r -> owned.add("privileges for " + ObjectNames.kind(r.letter("relkind")) + " " + r.text("relname")));
        if (!owned.isEmpty()) {
            throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "role \"" + role.name()
                    + "\" cannot be dropped because some objects depend on it").detail(String.join("\n", owned));
        }
    }

    private String grant(RoleStatement.GrantRole g) {
        String tag = g.grant() ? "GRANT ROLE" : "REVOKE ROLE";
        context.requireWritable(tag);
        boolean admin = g.options().stream().anyMatch(o -> o.name().equals("admin")
                && !(o.value().isPresent() && o.value().get() instanceof DefElem.Value.Flag f && !f.value()));
        for (String name : g.granted()) {
            RoleRow role = context.catalog().role(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                    "role \"" + name + "\" does not exist"));
            requireAdmin(role);
            for (RoleSpec grantee : g.grantees()) {
                RoleRow member = RoleNames.resolve(grantee, context);
                if (g.grant()) {
                    addMember(role.oid(), member.oid(), admin);
                } else {
                    removeMember(role, member);
                }
            }
        }
        return tag;
    }

    private void requireAdmin(RoleRow role) {
        RoleRow current = context.currentRole();
        boolean admin = context.catalog().rows("pg_auth_members", 2694, role.oid(), current.oid()).stream().anyMatch(r -> r.flag("admin_option"));
        if (!current.superuser() && !admin) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to grant role \"" + role.name() + "\"")
                    .detail("Only roles with the ADMIN option on role \"" + role.name() + "\" may grant this role.");
        }
    }

    private void addMember(int role, int member, boolean admin) {
        if (role == member || isMember(role, member)) {
            throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "role \"" + name(role) + "\" is a member of role \"" + name(member) + "\"");
        }
        Optional<CatalogRow> old = context.catalog().rows("pg_auth_members", 2694, role, member).stream().findFirst();
        if (old.isPresent()) {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "role \"" + name(member)
                    + "\" has already been granted membership in role \"" + name(role) + "\" by role \"" + name(old.get().number("grantor")) + "\""));
            return;
        }
        context.writer().insert("pg_auth_members", new CatalogValues("pg_auth_members").set("oid", context.newOid()).set("roleid", role)
                .set("member", member).set("grantor", context.currentRole().oid()).set("admin_option", admin).yes("inherit_option", "set_option").row());
        context.changed();
    }

    /** Whether {@code role} is a member of {@code of}, directly or not. */
    private boolean isMember(int role, int of) {
        return context.catalog().rows("pg_auth_members", 2695, role).stream()
                .anyMatch(r -> r.number("roleid") == of || isMember(r.number("roleid"), of));
    }

    private String name(int role) {
        return context.catalog().role(role).map(RoleRow::name).orElse("?");
    }

    private void removeMember(RoleRow role, RoleRow member) {
        List<CatalogRow> rows = context.catalog().rows("pg_auth_members", 2694, role.oid(), member.oid());
        if (rows.isEmpty()) {
            context.message("WARNING", new SqlError(SqlState.WARNING, "role \"" + member.name()
                    + "\" has not been granted membership in role \"" + role.name() + "\" by role \"" + context.currentRole().name() + "\""));
        }
        rows.forEach(context.writer()::delete);
        context.changed();
    }
}
