package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Row security policies. */
public sealed interface PolicyStatement extends Statement {
    /** CREATE POLICY; {@code command} is all, select, insert, update or delete. */
    record CreatePolicy(String name, RangeVar table, boolean permissive, String command, List<RoleSpec> roles,
            Optional<Expression> using, Optional<Expression> withCheck) implements PolicyStatement {
    }

    /** ALTER POLICY; no roles means they stay. */
    record AlterPolicy(String name, RangeVar table, List<RoleSpec> roles, Optional<Expression> using,
            Optional<Expression> withCheck) implements PolicyStatement {
    }
}
