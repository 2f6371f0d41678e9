package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DefElem;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.RoleSpec;
import org.gajah.ast.RoleStatement;
import org.gajah.catalog.Bootstrap;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;

/** GRANT and REVOKE of roles: rows of pg_auth_members, one for each grantor. PostgreSQL manual, section 21.3. */
final class RoleMemberships {
    private static final String CATALOG = "pg_auth_members";

    private final CommandContext context;

    RoleMemberships(CommandContext context) {
        this.context = context;
    }

    /** What is said about a membership; what is empty stays as it is, or as it is by default. */
    record Options(Optional<Boolean> admin, Optional<Boolean> inherit, Optional<Boolean> set) {
        static final Options NONE = new Options(Optional.empty(), Optional.empty(), Optional.empty());
        static final Options ADMIN = new Options(Optional.of(true), Optional.empty(), Optional.empty());

        static Options of(List<DefElem> written) {
            Options options = NONE;
            for (DefElem e : written) {
                Optional<Boolean> value = Optional.of(!(e.value().orElse(new DefElem.Value.Flag(true)) instanceof DefElem.Value.Flag(boolean on)) || on);
                options = switch (e.name()) {
                    case "admin" -> new Options(value, options.inherit, options.set);
                    case "inherit" -> new Options(options.admin, value, options.set);
                    case "set" -> new Options(options.admin, options.inherit, value);
                    default -> throw new SqlError(SqlState.SYNTAX_ERROR, "unrecognized role option \"" + e.name() + "\"").at(e.location());
                };
            }
            return options;
        }
    }

    String grant(RoleStatement.GrantRole g) {
        String tag = g.grant() ? "GRANT ROLE" : "REVOKE ROLE";
        context.requireWritable(tag);
        Options options = Options.of(g.options());
        Optional<RoleRow> grantor = g.grantor().map(r -> RoleNames.resolve(r, context));
        List<RoleRow> members = g.grantees().stream().map(r -> RoleNames.resolve(r, context)).toList();
        for (String name : g.granted()) {
            RoleRow role = RoleNames.resolve(new RoleSpec(RoleSpec.Kind.NAME, name, -1), context);
            requireMayGrant(role, g.grant());
            int by = grantor(role, grantor, g.grant());
            for (RoleRow member : members) {
                if (g.grant()) {
                    add(role, member, by, options);
                } else {
                    remove(role, member, by, options, g.behavior());
                }
            }
        }
        return tag;
    }

    private void requireMayGrant(RoleRow role, boolean grant) {
        if (grant && role.oid() == Rights.DATABASE_OWNER) {
            throw SqlError.notSupported("role \"" + role.name() + "\" cannot have explicit members");
        }
        String verb = grant ? "grant" : "revoke";
        RoleRow current = context.currentRole();
        SqlError denied = new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to " + verb + " role \"" + role.name() + "\"");
        if (role.superuser() && !current.superuser()) {
            throw denied.detail("Only roles with the SUPERUSER attribute may " + verb + " roles with the SUPERUSER attribute.");
        }
        if (!role.superuser() && !context.rights().isAdmin(current.oid(), role.oid())) {
            throw denied.detail("Only roles with the ADMIN option on role \"" + role.name() + "\" may " + verb + " this role.");
        }
    }

    /** As whom the membership is given or taken: the one named, or the nearest that may. */
    private int grantor(RoleRow role, Optional<RoleRow> named, boolean grant) {
        RoleRow current = context.currentRole();
        if (named.isEmpty()) {
            return current.superuser() ? Bootstrap.FIRST_SUPERUSER : context.rights().bestAdmin(current.oid(), role.oid()).orElseThrow(
                    () -> new SqlError(SqlState.INTERNAL_ERROR, "no possible grantors"));
        }
        RoleRow by = named.get();
        SqlError denied = new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, grant ? "permission denied to grant privileges as role \"" + by.name() + "\""
                : "permission denied to revoke privileges granted by role \"" + by.name() + "\"");
        if (!context.rights().has(current.oid(), by.oid())) {
            throw denied.detail("Only roles with privileges of role \"" + by.name() + "\" may "
                    + (grant ? "grant privileges as this role." : "revoke privileges granted by this role."));
        }
        boolean direct = by.oid() == Bootstrap.FIRST_SUPERUSER
                || context.rights().bestAdmin(by.oid(), role.oid()).filter(b -> b == by.oid()).isPresent();
        if (grant && !direct) {
            throw denied.detail("The grantor must have the ADMIN option on role \"" + role.name() + "\".");
        }
        return by.oid();
    }

    /** Makes one role a member of another, or changes the options of its membership. */
    void add(RoleRow role, RoleRow member, int grantor, Options options) {
        if (context.rights().memberOf(role.oid()).contains(member.oid())) {
            throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "role \"" + role.name() + "\" is a member of role \"" + member.name() + "\"");
        }
        if (options.admin.orElse(false) && grantor != Bootstrap.FIRST_SUPERUSER && adminComesFrom(role, grantor, member.oid())) {
            throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "ADMIN option cannot be granted back to your own grantor");
        }
        Optional<CatalogRow> old = row(role, member, grantor);
        if (old.isEmpty()) {
            context.writer().insert(CATALOG, new CatalogValues(CATALOG).set("oid", context.newOid()).set("roleid", role.oid())
                    .set("member", member.oid()).set("grantor", grantor).set("admin_option", options.admin.orElse(false))
                    .set("inherit_option", options.inherit.orElse(member.inherit())).set("set_option", options.set.orElse(true)).row());
        } else if (differs(old.get(), "admin_option", options.admin) || differs(old.get(), "inherit_option", options.inherit)
                || differs(old.get(), "set_option", options.set)) {
            context.writer().update(old.get(), changed(old.get(), options));
        } else {
            context.message("NOTICE", new SqlError(SqlState.SUCCESSFUL_COMPLETION, "role \"" + member.name()
                    + "\" has already been granted membership in role \"" + role.name() + "\" by role \"" + name(grantor) + "\""));
        }
        context.changed();
    }

    private boolean adminComesFrom(RoleRow role, int grantor, int member) {
        return grantor == member || context.catalog().rows(CATALOG, 2694, role.oid(), grantor).stream()
                .anyMatch(r -> r.flag("admin_option") && r.number("grantor") != grantor
                        && r.number("grantor") != Bootstrap.FIRST_SUPERUSER && adminComesFrom(role, r.number("grantor"), member));
    }

    private static boolean differs(CatalogRow row, String column, Optional<Boolean> wanted) {
        return wanted.isPresent() && wanted.get() != row.flag(column);
    }

    private static Object[] changed(CatalogRow row, Options options) {
        return row.with("admin_option", options.admin.orElse(row.flag("admin_option")), "inherit_option",
                options.inherit.orElse(row.flag("inherit_option")), "set_option", options.set.orElse(row.flag("set_option")));
    }

    private Optional<CatalogRow> row(RoleRow role, RoleRow member, int grantor) {
        return context.catalog().row(CATALOG, 2694, role.oid(), member.oid(), grantor);
    }

    private String name(int role) {
        return context.catalog().role(role).map(RoleRow::name).orElse("?");
    }

    /** Ends a membership, or with options only these. What a lost ADMIN option gave to others goes with CASCADE and else forbids it. */
    void remove(RoleRow role, RoleRow member, int grantor, Options options, DropBehavior behavior) {
        Optional<CatalogRow> found = row(role, member, grantor);
        if (found.isEmpty()) {
            context.message("WARNING", new SqlError(SqlState.WARNING, "role \"" + member.name()
                    + "\" has not been granted membership in role \"" + role.name() + "\" by role \"" + name(grantor) + "\""));
            return;
        }
        boolean whole = options.equals(Options.NONE);
        boolean losesAdmin = found.get().flag("admin_option") && (whole || options.admin.isPresent());
        if (whole) {
            context.writer().delete(found.get());
        } else {
            context.writer().update(found.get(), changed(found.get(), options));
        }
        context.changed();
        boolean stillAdmin = context.catalog().rows(CATALOG, 2694, role.oid(), member.oid()).stream().anyMatch(r -> r.flag("admin_option"));
        if (losesAdmin && !stillAdmin) {
            removeGrantedBy(role, member, behavior);
        }
    }

    private void removeGrantedBy(RoleRow role, RoleRow grantor, DropBehavior behavior) {
        for (CatalogRow row : context.catalog().rows(CATALOG, 2694, role.oid())) {
            if (row.number("grantor") == grantor.oid()) {
                if (behavior != DropBehavior.CASCADE) {
                    throw new SqlError(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "dependent privileges exist")
                            .hint("Use CASCADE to revoke them too.");
                }
                remove(role, context.catalog().role(row.number("member")).orElseThrow(), grantor.oid(), Options.NONE, behavior);
            }
        }
    }

    /** A role goes: its memberships and those in it. */
    void forget(RoleRow role) {
        context.catalog().rows(CATALOG, 2694, role.oid()).forEach(context.writer()::delete);
        context.catalog().rows(CATALOG, 2695, role.oid()).forEach(context.writer()::delete);
        context.changed();
    }
}
