package org.gajah.command;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.Persistence;
import org.gajah.ast.RangeVar;
import org.gajah.catalog.SchemaRow;

/** In which schema a new object goes. */
final class Namespaces {
    private final CommandContext context;

    Namespaces(CommandContext context) {
        this.context = context;
    }

    /** For a relation by name: its schema if written, pg_temp for a temporary one, else where CREATE goes. */
    int forNew(RangeVar name, Persistence persistence) {
        if (persistence == Persistence.TEMPORARY) {
            if (name.schema().isPresent() && !name.schema().get().equals("pg_temp")) {
                throw new SqlError(SqlState.INVALID_TABLE_DEFINITION, "cannot create temporary relation in non-temporary schema")
                        .at(name.location());
            }
            return context.temporaryNamespace();
        }
        if (name.schema().isEmpty()) {
            return context.creationNamespace();
        }
        if (name.schema().get().equals("pg_catalog")) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create \"pg_catalog." + name.relation() + "\"")
                    .detail("System catalog modifications are currently disallowed.");
        }
        return named(name.schema().get());
    }

    /** The same for CREATE TABLE, whose errors point to the name. */
    int forNewTable(RangeVar name, Persistence persistence) {
        try {
            return forNew(name, persistence);
        } catch (SqlError e) {
            throw e.position() == 0 && !name.schema().equals(Optional.of("pg_catalog")) ? e.at(name.location()) : e;
        }
    }

    /** A schema that must be there. */
    int named(String schema) {
        if (schema.equals("pg_temp")) {
            return context.temporaryNamespace();
        }
        int oid = context.catalog().schema(schema).map(SchemaRow::oid).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                "schema \"" + schema + "\" does not exist"));
        if (oid == 11) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to create in schema \"pg_catalog\"")
                    .detail("System catalog modifications are currently disallowed.");
        }
        context.requireCreate(oid);
        return oid;
    }

    boolean isTemporary(int namespace) {
        return context.catalog().schema(namespace).map(s -> s.name().startsWith("pg_temp_")).orElse(false);
    }
}
