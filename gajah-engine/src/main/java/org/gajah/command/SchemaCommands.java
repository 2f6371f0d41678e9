package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.SchemaStatement.CreateSchema;

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
        context.writer().insert("pg_namespace", new CatalogValues("pg_namespace").set("oid", context.newOid()).set("nspname", name)
                .set("nspowner", owner).row());
        context.changed();
        return "CREATE SCHEMA";
    }
}
