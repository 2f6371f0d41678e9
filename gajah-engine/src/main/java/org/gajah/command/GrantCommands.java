package org.gajah.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.GrantStatement;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.RoleSpec;
import org.gajah.base.Slice;
import org.gajah.catalog.Acl;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Rights;
import org.gajah.type.Privilege;

/** GRANT and REVOKE on objects and columns. PostgreSQL manual, section 5.8. */
final class GrantCommands {
    private final CommandContext context;

    GrantCommands(CommandContext context) {
        this.context = context;
    }

    String run(GrantStatement statement) {
        return switch (statement) {
            case GrantStatement.Grant g -> grant(g);
            case GrantStatement.AlterDefaultPrivileges a -> new DefaultPrivileges(context).alter(a);
        };
    }

    private String grant(GrantStatement.Grant grant) {
        String tag = grant.grant() ? "GRANT" : "REVOKE";
        context.requireWritable(tag);
        grant.grantor().ifPresent(g -> {
            if (RoleNames.resolve(g, context).oid() != context.currentRole().oid()) {
                throw SqlError.notSupported("grantor must be current user");
            }
        });
        List<Integer> grantees = grantees(grant);
        Requested requested = requested(grant);
        for (AclObject object : new AclObjects(context).of(grant)) {
            apply(grant, object, requested, grantees);
            context.changed();
        }
        return tag;
    }

    /** The roles that the statement names; 0 is PUBLIC. */
    private List<Integer> grantees(GrantStatement.Grant grant) {
        return grantees(grant, context);
    }

    static List<Integer> grantees(GrantStatement.Grant grant, CommandContext context) {
        List<Integer> grantees = new ArrayList<>();
        for (RoleSpec spec : grant.grantees()) {
            boolean everybody = spec.kind() == RoleSpec.Kind.PUBLIC;
            if (everybody && grant.grantOption() && grant.grant()) {
                throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "grant options can only be granted to roles");
            }
            grantees.add(everybody ? 0 : RoleNames.resolve(spec, context).oid());
        }
        return grantees;
    }

    /** What is asked for: of the object, and of columns by name. {@code all} is ALL PRIVILEGES. */
    private record Requested(boolean all, long mask, Map<String, Long> columns) {
    }

    private static Requested requested(GrantStatement.Grant grant) {
        AclKind kind = kindOf(grant.kind());
        long allowed = kind == AclKind.RELATION ? AclKind.RELATION.all() | AclKind.SEQUENCE.all() : kind.all();
        long mask = 0;
        Map<String, Long> columns = new HashMap<>();
        for (GrantStatement.AccessPriv p : grant.privileges()) {
            if (p.columns().isEmpty()) {
                mask |= bit(p, allowed, kind == AclKind.RELATION ? "relation" : wordOf(grant.kind()));
            } else {
                if (kind != AclKind.RELATION) {
                    throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "column privileges are only valid for relations");
                }
                long onColumn = p.name().isEmpty() ? AclKind.COLUMN.all() : bit(p, AclKind.COLUMN.all(), "column");
                p.columns().forEach(c -> columns.merge(c, onColumn, (a, b) -> a | b));
            }
        }
        return new Requested(grant.privileges().isEmpty(), mask, columns);
    }

    static long bit(GrantStatement.AccessPriv p, long allowed, String word) {
        String name = p.name().orElse("");
        Privilege privilege = Privilege.named(name).orElseThrow(
                () -> new SqlError(SqlState.SYNTAX_ERROR, "unrecognized privilege type \"" + name + "\""));
        if ((allowed & privilege.bit()) == 0) {
            throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "invalid privilege type " + privilege.words() + " for " + word);
        }
        return privilege.bit();
    }

    private static String wordOf(ObjectKind kind) {
        return kind == ObjectKind.ROUTINE ? "function" : kindOf(kind) == AclKind.FUNCTION || kind == ObjectKind.DOMAIN
                ? kind.words().toLowerCase(java.util.Locale.ROOT) : kindOf(kind).word();
    }

    static AclKind kindOf(ObjectKind kind) {
        return switch (kind) {
            case TABLE, VIEW -> AclKind.RELATION;
            case SEQUENCE -> AclKind.SEQUENCE;
            case SCHEMA -> AclKind.SCHEMA;
            case DATABASE -> AclKind.DATABASE;
            case FUNCTION, PROCEDURE, ROUTINE -> AclKind.FUNCTION;
            case LANGUAGE -> AclKind.LANGUAGE;
            case TABLESPACE -> AclKind.TABLESPACE;
            case TYPE, DOMAIN -> AclKind.TYPE;
            case PARAMETER -> AclKind.PARAMETER;
            case FOREIGN_DATA_WRAPPER -> AclKind.FOREIGN_DATA_WRAPPER;
            case SERVER -> AclKind.FOREIGN_SERVER;
            default -> throw SqlError.notSupported("GRANT on " + kind.words() + " is not supported");
        };
    }

    private void apply(GrantStatement.Grant grant, AclObject object, Requested requested, List<Integer> grantees) {
        long mask = requested.all ? object.kind().all() : fitting(object, requested.mask);
        boolean whole = requested.all || requested.mask != 0;
        if (whole) {
            long applied = change(grant, object, requested.all, mask, grantees);
            boolean tableWide = !grant.grant() && object.kind() == AclKind.RELATION && (applied & AclKind.COLUMN.all()) != 0;
            if (tableWide) {
                revokeOnColumns(grant, object, applied & AclKind.COLUMN.all(), grantees);
            }
        }
        requested.columns.forEach((name, bits) -> change(grant, column(object, name), false, bits, grantees));
    }

    /** GRANT ON TABLE takes sequences too, and then only what sequences have. */
    private long fitting(AclObject object, long mask) {
        if (object.kind() == AclKind.SEQUENCE && (mask & ~AclKind.SEQUENCE.all()) != 0) {
            context.message("WARNING", new SqlError(SqlState.INVALID_GRANT_OPERATION,
                    "sequence \"" + object.name() + "\" only supports USAGE, SELECT, and UPDATE privileges"));
            return mask & AclKind.SEQUENCE.all();
        }
        if (object.kind() == AclKind.RELATION && (mask & Privilege.USAGE.bit()) != 0) {
            throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "invalid privilege type USAGE for table");
        }
        return mask;
    }

    private AclObject column(AclObject table, String name) {
        CatalogRow row = context.catalog().row("pg_attribute", 2658, table.row().number("oid"), Slice.of(name))
                .filter(r -> !r.flag("attisdropped")).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_COLUMN,
                        "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist"));
        return new AclObject(AclKind.COLUMN, row, table.owner(), table.word(), table.name(), row.number("attnum"));
    }

    private void revokeOnColumns(GrantStatement.Grant grant, AclObject table, long bits, List<Integer> grantees) {
        for (CatalogRow row : context.catalog().rows("pg_attribute", 2659, table.row().number("oid"))) {
            if (!row.flag("attisdropped") && row.get("attacl") != null) {
                change(grant, new AclObject(AclKind.COLUMN, row, table.owner(), table.word(), table.name(), row.number("attnum")), true, bits,
                        grantees);
            }
        }
    }

    /** Changes one ACL as far as the current role may; gives what was really granted or revoked. */
    private long change(GrantStatement.Grant grant, AclObject object, boolean all, long mask, List<Integer> grantees) {
        Rights rights = context.rights();
        Acl acl = Acl.of(object.row().get(object.kind().aclColumn())).orElseGet(() -> object.kind().initial(object.owner()));
        Grantor grantor = grantor(object, acl, mask, rights);
        long able = mask & grantor.options;
        if (able == 0 && grantor.options == 0) {
            requireAnything(object, acl, grantor.role, rights);
        }
        warn(grant.grant(), object, all, able, mask);
        Acl changed = acl;
        for (int grantee : grantees) {
            changed = grant.grant() ? changed.grant(grantee, grantor.role, able, grant.grantOption(), object.owner())
                    : changed.revoke(grantee, grantor.role, able, grant.grantOption(), object.owner(),
                            grant.behavior() == DropBehavior.CASCADE, rights::of);
        }
        write(object, changed);
        return able;
    }

    private void write(AclObject object, Acl acl) {
        boolean isDefault = object.kind() == AclKind.PARAMETER && acl.sameAs(AclKind.PARAMETER.initial(object.owner()))
                || object.kind() == AclKind.COLUMN && acl.items().isEmpty();
        if (isDefault && object.kind() == AclKind.PARAMETER) {
            context.writer().delete(object.row());
        } else {
            context.writer().update(object.row(), object.row().with(object.kind().aclColumn(), isDefault ? null : acl.value()));
        }
    }

    /** As whom the grant is recorded, and what that role may grant. */
    private record Grantor(int role, long options) {
    }

    /** The owner if the current role has its rights, else the role among its own that may grant the most. */
    private Grantor grantor(AclObject object, Acl acl, long mask, Rights rights) {
        int current = context.currentRole().oid();
        if (rights.owns(current, object.owner())) {
            return new Grantor(object.owner(), mask);
        }
        Grantor best = new Grantor(current, 0);
        for (int role : rights.of(current)) {
            long options = optionsOf(object, acl, role) & mask;
            if (Long.bitCount(options) > Long.bitCount(best.options)) {
                best = new Grantor(role, options);
            }
        }
        return best;
    }

    /** What a role by itself may grant; on a column also what it may grant on the table. */
    private long optionsOf(AclObject object, Acl acl, int role) {
        long options = 0;
        for (var item : acl.items()) {
            options |= item.grantee() == role ? item.options() : 0;
        }
        if (object.column() != 0) {
            CatalogRow table = context.catalog().row("pg_class", 2662, object.row().number("attrelid")).orElseThrow();
            for (var item : AclKind.RELATION.acl(table).items()) {
                options |= item.grantee() == role ? item.options() : 0;
            }
        }
        return options;
    }

    /** Somebody without any right on the object may not even try. */
    private void requireAnything(AclObject object, Acl acl, int role, Rights rights) {
        long held = object.column() == 0 ? rights.held(role, object.kind(), object.row()) | acl.options(rights.of(role), object.owner())
                : rights.held(role, context.catalog().relation(object.row().number("attrelid")).orElseThrow())
                        | rights.heldOnColumn(role, object.row().number("attrelid"), object.column());
        if ((held & object.kind().all()) == 0) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, object.column() == 0 ? "permission denied for " + object.word() + " " + object.name()
                    : "permission denied for " + object.described());
        }
    }

    private void warn(boolean grant, AclObject object, boolean all, long able, long mask) {
        String verb = grant ? " privileges were granted for " : " privileges could be revoked for ";
        SqlState state = grant ? SqlState.PRIVILEGE_NOT_GRANTED : SqlState.PRIVILEGE_NOT_REVOKED;
        if (able == 0) {
            context.message("WARNING", new SqlError(state, "no" + verb + object.described()));
        } else if (!all && able != mask) {
            context.message("WARNING", new SqlError(state, "not all" + verb + object.described()));
        }
    }
}
