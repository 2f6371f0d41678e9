package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** SQL/MED: wrappers, servers, user mappings, foreign tables. */
public sealed interface ForeignStatement extends Statement {
    /** CREATE FOREIGN DATA WRAPPER; {@code functions} holds handler and validator, NO HANDLER without value. */
    record CreateWrapper(String name, List<DefElem> functions, List<DefElem> options) implements ForeignStatement {
    }

    /** ALTER FOREIGN DATA WRAPPER. */
    record AlterWrapper(String name, List<DefElem> functions, List<DefElem> options) implements ForeignStatement {
    }

    /** CREATE SERVER. */
    record CreateServer(String name, boolean ifNotExists, Optional<String> type, Optional<String> version,
            String wrapper, List<DefElem> options) implements ForeignStatement {
    }

    /** ALTER SERVER; {@code hasVersion} with an empty version is VERSION NULL. */
    record AlterServer(String name, boolean hasVersion, Optional<String> version, List<DefElem> options)
            implements ForeignStatement {
    }

    /** CREATE USER MAPPING. */
    record CreateUserMapping(RoleSpec user, String server, boolean ifNotExists, List<DefElem> options)
            implements ForeignStatement {
    }

    /** ALTER USER MAPPING. */
    record AlterUserMapping(RoleSpec user, String server, List<DefElem> options) implements ForeignStatement {
    }

    /** DROP USER MAPPING. */
    record DropUserMapping(RoleSpec user, String server, boolean missingOk) implements ForeignStatement {
    }

    /** CREATE ROUTINE MAPPING. */
    record CreateRoutineMapping(String name, ObjectRef.OfFunction function, String server, List<DefElem> options) implements ForeignStatement {
    }

    /** ALTER ROUTINE MAPPING. */
    record AlterRoutineMapping(String name, List<DefElem> options) implements ForeignStatement {
    }

    /** DROP ROUTINE MAPPING. */
    record DropRoutineMapping(String name, boolean missingOk) implements ForeignStatement {
    }

    /** CREATE FOREIGN TABLE: a table, with a server and options. */
    record CreateForeignTable(TableStatement.CreateTable table, String server, List<DefElem> options)
            implements ForeignStatement {
    }

    /** IMPORT FOREIGN SCHEMA. */
    record ImportForeignSchema(String remoteSchema, ImportScope scope, List<RangeVar> tables, String server,
            String localSchema, List<DefElem> options) implements ForeignStatement {
    }

    /** Which tables are imported. */
    enum ImportScope { ALL, LIMIT_TO, EXCEPT }
}
