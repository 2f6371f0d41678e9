package org.gajah.catalog;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Whom the policies of tables hold for. Superusers, roles with BYPASSRLS and the table's owner are free of them, the owner unless the table
 * says FORCE ROW LEVEL SECURITY. PostgreSQL manual, section 5.9.
 *
 * @param current the current role
 * @param enabled the setting row_security: without it what would be restricted is an error
 */
public record PolicyRights(CatalogView catalog, IntSupplier current, BooleanSupplier enabled) {
    /** The role itself, or the current one for 0. */
    public int role(int role) {
        return role == 0 ? current.getAsInt() : role;
    }

    /** Whether a table's rows are restricted for a role, or for the current one if it is 0. */
    public boolean restricts(Relation table, int role) {
        if (table.rowSecurity().isEmpty()) {
            return false;
        }
        int who = role(role);
        boolean free = catalog.role(who).map(r -> r.superuser() || r.bypassRls()).orElse(false);
        return !free && (table.rowSecurity().get().forced() || !new Rights(catalog).owns(who, table.owner()));
    }

    /** The policies of a table that restrict a role; 42501 if the setting does not want any. */
    public Optional<Relation.RowSecurity> of(Relation table, int role) {
        if (!restricts(table, role)) {
            return Optional.empty();
        }
        if (!enabled.getAsBoolean()) {
            SqlError error = new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "query would be affected by row-level security policy for table \""
                    + table.name() + "\"");
            throw new Rights(catalog).owns(role(role), table.owner())
                    ? error.hint("To disable the policy for the table's owner, use ALTER TABLE NO FORCE ROW LEVEL SECURITY.") : error;
        }
        return table.rowSecurity();
    }

    /** Whether a policy holds for a role. */
    public boolean holdsFor(Policy policy, int role) {
        return policy.roles().stream().anyMatch(r -> r == 0 || new Rights(catalog).has(role(role), r));
    }
}
