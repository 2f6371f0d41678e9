package org.gajah.catalog;

import java.util.Optional;

/** A row of pg_authid; {@code password} is the stored verifier. {@code validUntilMicros} counts from 2000-01-01 UTC, Long.MAX_VALUE is for ever. */
public record RoleRow(int oid, String name, boolean superuser, boolean inherit, boolean createRole, boolean createDatabase, boolean canLogin,
        boolean replication, boolean bypassRls, int connectionLimit, Optional<String> password, long validUntilMicros) {
}
