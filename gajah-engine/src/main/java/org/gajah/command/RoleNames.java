package org.gajah.command;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.ast.RoleSpec;
import org.gajah.catalog.RoleRow;

/** Finds the role that a statement names. */
final class RoleNames {
    private RoleNames() {
    }

    /** 42704 if there is no such role; PUBLIC is none. */
    static RoleRow resolve(RoleSpec spec, CommandContext context) {
        return switch (spec.kind()) {
            case NAME -> named(spec.name(), context);
            case CURRENT_ROLE, CURRENT_USER -> context.currentRole();
            case SESSION_USER -> named(context.settings().get("session_authorization"), context);
            case PUBLIC -> throw new SqlError(SqlState.UNDEFINED_OBJECT, "role \"public\" does not exist");
        };
    }

    private static RoleRow named(String name, CommandContext context) {
        return context.catalog().role(name).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist"));
    }
}
