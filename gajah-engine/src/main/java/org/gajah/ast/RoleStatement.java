package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/**
 * Roles. Options are named superuser/inherit/createrole/createdb/canlogin/isreplication/bypassrls (flags), password,
 * connectionlimit, validUntil, addroleto/rolemembers/adminmembers (roles), sysid, as in PostgreSQL.
 */
public sealed interface RoleStatement extends Statement {
    /** CREATE ROLE, USER or GROUP. */
    record CreateRole(RoleKind kind, String name, List<DefElem> options, int location) implements RoleStatement {
    }

    /** The word used. */
    enum RoleKind { ROLE, USER, GROUP }

    /** ALTER ROLE; ALTER GROUP ADD|DROP USER is the option rolemembers with {@code add} accordingly. */
    record AlterRole(RoleSpec role, boolean add, List<DefElem> options) implements RoleStatement {
    }

    /** ALTER ROLE ... [IN DATABASE d] SET or RESET; without role it is ALL. */
    record AlterRoleSet(Optional<RoleSpec> role, Optional<String> database, SettingStatement setting)
            implements RoleStatement {
    }

    /** DROP ROLE. */
    record DropRole(List<RoleSpec> roles, boolean missingOk) implements RoleStatement {
    }

    /** GRANT role TO role, REVOKE role FROM role; options are admin, inherit and set. */
    record GrantRole(boolean grant, List<String> granted, List<RoleSpec> grantees, List<DefElem> options,
            Optional<RoleSpec> grantor, DropBehavior behavior) implements RoleStatement {
    }

    /** REASSIGN OWNED BY roles TO role. */
    record ReassignOwned(List<RoleSpec> roles, RoleSpec newRole) implements RoleStatement {
    }

    /** DROP OWNED BY roles. */
    record DropOwned(List<RoleSpec> roles, DropBehavior behavior) implements RoleStatement {
    }
}
