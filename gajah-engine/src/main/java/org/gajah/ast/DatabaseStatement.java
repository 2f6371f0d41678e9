package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Databases and tablespaces. */
public sealed interface DatabaseStatement extends Statement {
    /** CREATE DATABASE. */
    record CreateDatabase(String name, List<DefElem> options) implements DatabaseStatement {
    }

    /** ALTER DATABASE with options; SET TABLESPACE is the option {@code tablespace}. */
    record AlterDatabase(String name, List<DefElem> options) implements DatabaseStatement {
    }

    /** ALTER DATABASE ... SET or RESET. */
    record AlterDatabaseSet(String name, SettingStatement setting) implements DatabaseStatement {
    }

    /** ALTER DATABASE ... REFRESH COLLATION VERSION. */
    record RefreshCollationVersion(String name) implements DatabaseStatement {
    }

    /** DROP DATABASE. */
    record DropDatabase(String name, boolean missingOk, List<DefElem> options) implements DatabaseStatement {
    }

    /** CREATE TABLESPACE. */
    record CreateTablespace(String name, Optional<RoleSpec> owner, String directory, List<DefElem> options)
            implements DatabaseStatement {
    }

    /** ALTER TABLESPACE ... SET or RESET (options). */
    record AlterTablespace(String name, boolean reset, List<DefElem> options) implements DatabaseStatement {
    }

    /** DROP TABLESPACE. */
    record DropTablespace(String name, boolean missingOk) implements DatabaseStatement {
    }
}
