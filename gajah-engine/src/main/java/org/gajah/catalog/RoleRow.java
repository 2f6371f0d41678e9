package org.gajah.catalog;

import java.util.Optional;

/** A row of pg_authid; {@code password} is the stored verifier. {@code validUntil} is the text form. */
public record RoleRow(int oid, String name, boolean superuser, boolean inherit, boolean createRole, boolean createDatabase, boolean canLogin,
        boolean replication, boolean bypassRls, int connectionLimit, Optional<String> password, Optional<String> validUntil) {
}
