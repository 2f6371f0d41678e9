package org.gajah.catalog;

import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The setting {@code restrict_nonsystem_relation_kind}, by which pg_dump and the like keep what users have made from running as a superuser. */
public final class RestrictedRelations {
    public static final String SETTING = "restrict_nonsystem_relation_kind";

    private RestrictedRelations() {
    }

    /** 55000 if the setting's value keeps a user's relation of this kind from being read or changed. */
    public static void require(String value, Relation relation) {
        if (value.isEmpty() || Integer.compareUnsigned(relation.oid(), Bootstrap.FIRST_USER_OID) < 0) {
            return;
        }
        String kinds = value.toLowerCase(Locale.ROOT);
        if (relation.kind() == 'v' && kinds.contains("view")) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "access to non-system view \"" + relation.name() + "\" is restricted");
        } else if (relation.kind() == 'f' && kinds.contains("foreign-table")) {
            throw new SqlError(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "access to non-system foreign table is restricted");
        }
    }
}
