package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Privileges on objects; those of roles are {@link RoleStatement.GrantRole}. */
public sealed interface GrantStatement extends Statement {
    /**
     * GRANT or REVOKE.
     *
     * @param privileges  empty for ALL
     * @param kind        TABLE if nothing was said
     * @param allIn       ALL ... IN SCHEMA: the objects are schemas
     * @param grantOption WITH GRANT OPTION, or GRANT OPTION FOR
     */
    record Grant(boolean grant, boolean grantOption, List<AccessPriv> privileges, ObjectKind kind, boolean allIn,
            List<ObjectRef> objects, List<RoleSpec> grantees, Optional<RoleSpec> grantor, DropBehavior behavior)
            implements GrantStatement {
    }

    /**
     * One privilege.
     *
     * @param name    folded; empty for ALL (columns)
     * @param columns maybe empty
     */
    record AccessPriv(Optional<String> name, List<String> columns) {
    }

    /** ALTER DEFAULT PRIVILEGES FOR ROLE roles IN SCHEMA schemas grant. */
    record AlterDefaultPrivileges(List<RoleSpec> roles, List<String> schemas, Grant action) implements GrantStatement {
    }
}
