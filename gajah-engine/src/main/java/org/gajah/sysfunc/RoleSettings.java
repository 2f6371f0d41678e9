package org.gajah.sysfunc;

import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Rights;
import org.gajah.catalog.RoleRow;
import org.gajah.settings.Settings;

/**
 * The settings role and session_authorization, by whatever way they are set. Both are checked against memberships, and
 * is_superuser follows them.
 *
 * @param session       the role whose memberships count for SET ROLE
 * @param authenticated the role that the client logged in as
 * @param underDefiner  whether a SECURITY DEFINER function runs, which must not set them
 */
public record RoleSettings(CatalogView catalog, Settings settings, RoleRow session, RoleRow authenticated, boolean underDefiner) {
    /** Whether a setting is one of these. */
    public static boolean isOne(String name) {
        return name.equalsIgnoreCase("role") || name.equalsIgnoreCase("session_authorization");
    }

    /** SET one of them. */
    public void set(String name, String value, boolean local) {
        if (underDefiner) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "cannot set parameter \"" + name.toLowerCase(Locale.ROOT)
                    + "\" within security-definer function");
        }
        if (name.equalsIgnoreCase("role")) {
            setRole(value, local);
        } else {
            setSession(value, local);
        }
    }

    /** RESET one of them. */
    public void reset(String name) {
        set(name, settings.resetValue(name), false);
    }

    private RoleRow find(String name) {
        return catalog.role(name).orElseThrow(() -> new SqlError(SqlState.INVALID_PARAMETER_VALUE, "role \"" + name + "\" does not exist"));
    }

    private void setRole(String value, boolean local) {
        RoleRow role = session;
        if (!value.equals("none")) {
            role = find(value);
            requireMaySet(role);
        }
        settings.put("role", value, local);
        settings.put("is_superuser", onOff(role), local);
    }

    /** 42501 unless the session's role may become this one. */
    public void requireMaySet(RoleRow role) {
        if (!new Rights(catalog).maySet(session.oid(), role.oid())) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to set role \"" + role.name() + "\"");
        }
    }

    private void setSession(String value, boolean local) {
        RoleRow role = find(value);
        boolean superuser = catalog.role(authenticated.oid()).map(RoleRow::superuser).orElse(false);
        if (role.oid() != authenticated.oid() && !superuser) {
            throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied to set session authorization \"" + value + "\"");
        }
        settings.put("session_authorization", value, local);
        settings.put("role", "none", local);
        settings.put("is_superuser", onOff(role), local);
    }

    private static String onOff(RoleRow role) {
        return role.superuser() ? "on" : "off";
    }
}
