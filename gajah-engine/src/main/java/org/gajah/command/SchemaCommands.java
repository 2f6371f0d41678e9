package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.SchemaStatement.CreateSchema;
import org.gajah.catalog.AclKind;
import org.gajah.catalog.CatalogRow;
import org.gajah.type.Privilege;

/** CREATE SCHEMA. */
final class SchemaCommands {
    private final CommandContext context;

    SchemaCommands(CommandContext context) {
        this.context = context;
    }

    String create(CreateSchema s, CommandOutput output) {
        context.requireWritable("CREATE SCHEMA");
        if (!s.elements().isEmpty()) {
            throw SqlError.notSupported("CREATE SCHEMA with further statements is not supported");
        }
        int owner = s.owner().map(r -> RoleNames.resolve(r, context).oid()).orElse(context.currentRole().oid());
        String name = s.name().orElseGet(() -> RoleNames.resolve(s.owner().orElseThrow(), context).name());
        if (name.startsWith("pg_")) {
            throw new SqlError(SqlState.RESERVED_NAME, "unacceptable schema name \"" + name + "\"")
                    .detail("The prefix \"pg_\" is reserved for system schemas.");
        }
        if (context.catalog().schema(name).isPresent()) {
            if (s.ifNotExists()) {
                context.message("NOTICE", new SqlError(SqlState.DUPLICATE_SCHEMA, "schema \"" + name + "\" already exists, skipping"));
                return "CREATE SCHEMA";
            }
            throw new SqlError(SqlState.DUPLICATE_SCHEMA, "schema \"" + name + "\" already exists");
        }
        requireRights(s, owner);
        context.writer().insert("pg_namespace", new CatalogValues("pg_namespace").set("oid", context.newOid()).set("nspname", name)
                .set("nspowner", owner).set("nspacl", new DefaultPrivileges(context).forNew(AclKind.SCHEMA, owner, 0)).row());
        context.changed();
        return "CREATE SCHEMA";
    }

    /** Who makes a schema needs CREATE on the database, and for somebody else the right to act as that role. */
    private void requireRights(CreateSchema s, int owner) {
        CatalogRow database = context.catalog().row("pg_database", 2672, context.database()).orElseThrow();
        int role = context.currentRole().oid();
        if ((context.rights().held(role, AclKind.DATABASE, database) & Privilege.CREATE.bit()) == 0) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for database " + database.text("datname"));
        }
        new Owners(context).requireMaySet(owner);
    }
}
