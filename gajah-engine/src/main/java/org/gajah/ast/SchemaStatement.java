package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Schemas. */
public sealed interface SchemaStatement extends Statement {
    /**
     * CREATE SCHEMA; name or owner, or both, are there.
     *
     * @param elements the statements that follow without semicolon
     */
    record CreateSchema(Optional<String> name, Optional<RoleSpec> owner, boolean ifNotExists,
            List<Statement> elements) implements SchemaStatement {
    }
}
