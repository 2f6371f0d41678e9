package org.gajah.sysfunc;

import java.util.Locale;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.Rights;

/** Whether a role belongs to another: pg_has_role in its forms. */
public final class RoleFunctions {
    private RoleFunctions() {
    }

    public static boolean pg_has_role_name(SystemContext context, Slice of, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return has(q, context.currentRole().oid(), q.roleNamed(of), privilege);
    }

    public static boolean pg_has_role_id(SystemContext context, int of, Slice privilege) {
        return has(new PrivilegeQuestion(context), context.currentRole().oid(), of, privilege);
    }

    public static boolean pg_has_role_name_name(SystemContext context, Slice role, Slice of, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return has(q, q.roleNamed(role), q.roleNamed(of), privilege);
    }

    public static boolean pg_has_role_name_id(SystemContext context, Slice role, int of, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return has(q, q.roleNamed(role), of, privilege);
    }

    public static boolean pg_has_role_id_name(SystemContext context, int role, Slice of, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return has(q, role, q.roleNamed(of), privilege);
    }

    public static boolean pg_has_role_id_id(SystemContext context, int role, int of, Slice privilege) {
        return has(new PrivilegeQuestion(context), role, of, privilege);
    }

    private static boolean has(PrivilegeQuestion q, int role, int of, Slice privileges) {
        Rights rights = q.rights();
        boolean has = false;
        for (String part : privileges.toString().split(",", -1)) {
            has |= switch (part.strip().toUpperCase(Locale.ROOT)) {
                case "USAGE" -> rights.has(role, of);
                case "MEMBER" -> rights.isMember(role, of);
                case "SET" -> rights.maySet(role, of);
                case "USAGE WITH GRANT OPTION", "USAGE WITH ADMIN OPTION", "MEMBER WITH GRANT OPTION", "MEMBER WITH ADMIN OPTION",
                     "SET WITH GRANT OPTION", "SET WITH ADMIN OPTION" -> rights.isAdmin(role, of);
                default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"" + part.strip() + "\"");
            };
        }
        return has;
    }
}
