package org.gajah.command;

import java.util.List;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.DropBehavior;
import org.gajah.ast.GrantStatement;
import org.gajah.ast.ObjectKind;
import org.gajah.ast.RoleSpec;
import org.gajah.catalog.Acl;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.Rights;
import org.gajah.catalog.SchemaRow;

/** ALTER DEFAULT PRIVILEGES, and what it means for a new object: pg_default_acl. */
final class DefaultPrivileges {
    private static final String CATALOG = "pg_default_acl";
    private static final int BY_OWNER = 827;

    private final CommandContext context;

    DefaultPrivileges(CommandContext context) {
        this.context = context;
    }

    String alter(GrantStatement.AlterDefaultPrivileges a) {
        context.requireWritable("ALTER DEFAULT PRIVILEGES");
        List<RoleSpec> roles = a.roles().isEmpty() ? List.of(new RoleSpec(RoleSpec.Kind.CURRENT_ROLE, "", -1)) : a.roles();
        List<Integer> grantees = GrantCommands.grantees(a.action(), context);
        AclKind kind = kindOf(a.action().kind());
        long mask = mask(a.action(), kind);
        for (RoleSpec spec : roles) {
            int role = RoleNames.resolve(spec, context).oid();
            if (!context.rights().has(context.currentRole().oid(), role)) {
                throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to change default privileges");
            }
            List<Integer> schemas = a.schemas().isEmpty() ? List.of(0) : a.schemas().stream().map(this::schema).toList();
            for (int schema : schemas) {
                change(a.action(), kind, mask, role, schema, grantees);
            }
        }
        return "ALTER DEFAULT PRIVILEGES";
    }

    private int schema(String name) {
        return context.catalog().schema(name).map(SchemaRow::oid).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                "schema \"" + name + "\" does not exist"));
    }

    private static AclKind kindOf(ObjectKind kind) {
        return kind == ObjectKind.LARGE_OBJECT ? AclKind.LARGE_OBJECT : GrantCommands.kindOf(kind);
    }

    private static long mask(GrantStatement.Grant action, AclKind kind) {
        long mask = action.privileges().isEmpty() ? kind.all() : 0;
        for (GrantStatement.AccessPriv p : action.privileges()) {
            if (!p.columns().isEmpty()) {
                throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "default privileges cannot be set for columns");
            }
            mask |= GrantCommands.bit(p, kind.all(), kind == AclKind.RELATION ? "relation" : kind.word());
        }
        return mask;
    }

    static char letter(AclKind kind) {
        return switch (kind) {
            case RELATION -> 'r';
            case SEQUENCE -> 'S';
            case FUNCTION -> 'f';
            case TYPE -> 'T';
            case SCHEMA -> 'n';
            case LARGE_OBJECT -> 'L';
            case COLUMN, DATABASE, LANGUAGE, TABLESPACE, PARAMETER, FOREIGN_DATA_WRAPPER, FOREIGN_SERVER ->
                throw new IllegalStateException(kind + " has no default privileges");
        };
    }

    /** For all schemas the list starts from what holds by itself; for one schema it only adds to that. */
    private void change(GrantStatement.Grant action, AclKind kind, long mask, int role, int schema, List<Integer> grantees) {
        if (schema != 0 && (kind == AclKind.SCHEMA || kind == AclKind.LARGE_OBJECT)) {
            throw new SqlError(SqlState.INVALID_GRANT_OPERATION, "cannot use IN SCHEMA clause when using GRANT/REVOKE ON "
                    + (kind == AclKind.SCHEMA ? "SCHEMAS" : "LARGE OBJECTS"));
        }
        Acl initial = schema == 0 ? kind.initial(role) : new Acl(List.of());
        Optional<CatalogRow> row = context.catalog().row(CATALOG, BY_OWNER, role, schema, (int) letter(kind));
        Acl acl = row.flatMap(r -> Acl.of(r.get("defaclacl"))).orElse(initial);
        Rights rights = context.rights();
        for (int grantee : grantees) {
            acl = action.grant() ? acl.grant(grantee, role, mask, action.grantOption(), role)
                    : acl.revoke(grantee, role, mask, action.grantOption(), role, action.behavior() == DropBehavior.CASCADE, rights::of);
        }
        if (acl.sameAs(initial)) {
            row.ifPresent(context.writer()::delete);
        } else if (row.isPresent()) {
            context.writer().update(row.get(), row.get().with("defaclacl", acl.value()));
        } else {
            context.writer().insert(CATALOG, new CatalogValues(CATALOG).set("oid", context.newOid()).set("defaclrole", role)
                    .set("defaclnamespace", schema).set("defaclobjtype", letter(kind)).set("defaclacl", acl.value()).row());
        }
        context.changed();
    }

    /** The ACL column of an object that a role makes in a schema; null if nothing was said about such. */
    Object forNew(AclKind kind, int owner, int schema) {
        Optional<Acl> general = row(owner, 0, kind);
        Optional<Acl> inSchema = schema == 0 ? Optional.empty() : row(owner, schema, kind);
        Acl initial = kind.initial(owner);
        Acl acl = general.orElse(initial).plus(inSchema.orElse(new Acl(List.of())));
        return acl.sameAs(initial) ? null : acl.value();
    }

    private Optional<Acl> row(int owner, int schema, AclKind kind) {
        return context.catalog().row(CATALOG, BY_OWNER, owner, schema, (int) letter(kind)).flatMap(r -> Acl.of(r.get("defaclacl")));
    }
}
