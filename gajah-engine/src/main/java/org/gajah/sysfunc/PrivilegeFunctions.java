package org.gajah.sysfunc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.gajah.analyze.Names;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogRow;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.Relation;
import org.gajah.catalog.RoleRow;

/** Questions about what a role may do. PostgreSQL manual, table 9.75. */
public final class PrivilegeFunctions {
    private static final Map<String, Character> LETTERS = Map.ofEntries(Map.entry("SELECT", 'r'), Map.entry("INSERT", 'a'), Map.entry("UPDATE", 'w'),
            Map.entry("DELETE", 'd'), Map.entry("TRUNCATE", 'D'), Map.entry("REFERENCES", 'x'), Map.entry("TRIGGER", 't'), Map.entry("MAINTAIN", 'm'),
            Map.entry("USAGE", 'U'), Map.entry("CREATE", 'C'), Map.entry("CONNECT", 'c'), Map.entry("TEMPORARY", 'T'), Map.entry("TEMP", 'T'));

    private PrivilegeFunctions() {
    }

    // ---- tables and sequences ----

    public static Boolean has_table_privilege_name_name(SystemContext context, Slice role, Slice table, Slice privilege) {
        return onRelation(context, role(context, role), relation(context, table), privilege);
    }

    public static Boolean has_table_privilege_name_id(SystemContext context, Slice role, int table, Slice privilege) {
        return onRelation(context, role(context, role), table, privilege);
    }

    public static Boolean has_table_privilege_id_id(SystemContext context, int role, int table, Slice privilege) {
        return onRelation(context, role(context, role), table, privilege);
    }

    public static Boolean has_table_privilege_name(SystemContext context, Slice table, Slice privilege) {
        return onRelation(context, context.currentRole(), relation(context, table), privilege);
    }

    public static Boolean has_table_privilege_id(SystemContext context, int table, Slice privilege) {
        return onRelation(context, context.currentRole(), table, privilege);
    }

    public static Boolean has_any_column_privilege_id(SystemContext context, int table, Slice privilege) {
        return onRelation(context, context.currentRole(), table, privilege);
    }

    public static Boolean has_any_column_privilege_name(SystemContext context, Slice table, Slice privilege) {
        return onRelation(context, context.currentRole(), relation(context, table), privilege);
    }

    public static Boolean has_column_privilege_id_attnum(SystemContext context, int table, int column, Slice privilege) {
        return onRelation(context, context.currentRole(), table, privilege);
    }

    public static Boolean has_sequence_privilege_id(SystemContext context, int sequence, Slice privilege) {
        return onRelation(context, context.currentRole(), sequence, privilege);
    }

    public static Boolean has_sequence_privilege_name(SystemContext context, Slice sequence, Slice privilege) {
        return onRelation(context, context.currentRole(), relation(context, sequence), privilege);
    }

    private static int relation(SystemContext context, Slice name) {
        return Names.relation(Identifiers.split(name.toString()), VisibilityFunctions.analysis(context)).oid();
    }

    private static Boolean onRelation(SystemContext context, RoleRow role, int oid, Slice privilege) {
        return context.catalog().row("pg_class", 2662, oid)
                .map(r -> holds(context, role, r, "relowner", "relacl", "", privilege)).orElse(null);
    }

    // ---- schemas and databases ----

    public static Boolean has_schema_privilege_name(SystemContext context, Slice schema, Slice privilege) {
        return onSchema(context, context.currentRole(), schema(context, schema), privilege);
    }

    public static Boolean has_schema_privilege_id(SystemContext context, int schema, Slice privilege) {
        return onSchema(context, context.currentRole(), schema, privilege);
    }

    public static Boolean has_schema_privilege_name_name(SystemContext context, Slice role, Slice schema, Slice privilege) {
        return onSchema(context, role(context, role), schema(context, schema), privilege);
    }

    private static int schema(SystemContext context, Slice name) {
        return context.catalog().schema(name.toString()).orElseThrow(() -> new SqlError(SqlState.INVALID_SCHEMA_NAME,
                "schema \"" + name + "\" does not exist")).oid();
    }

    private static Boolean onSchema(SystemContext context, RoleRow role, int oid, Slice privilege) {
        return context.catalog().row("pg_namespace", 2685, oid)
                .map(r -> holds(context, role, r, "nspowner", "nspacl", "", privilege)).orElse(null);
    }

    public static Boolean has_database_privilege_name(SystemContext context, Slice database, Slice privilege) {
        return onDatabase(context, context.currentRole(), database, privilege);
    }

    public static Boolean has_database_privilege_name_name(SystemContext context, Slice role, Slice database, Slice privilege) {
        return onDatabase(context, role(context, role), database, privilege);
    }

    public static Boolean has_database_privilege_id(SystemContext context, int database, Slice privilege) {
        return context.catalog().row("pg_database", 2672, database)
                .map(r -> holds(context, context.currentRole(), r, "datdba", "datacl", "Tc", privilege)).orElse(null);
    }

    private static Boolean onDatabase(SystemContext context, RoleRow role, Slice database, Slice privilege) {
        CatalogRow row = context.catalog().row("pg_database", 2671, database).orElseThrow(() -> new SqlError(SqlState.INVALID_CATALOG_NAME,
                "database \"" + database + "\" does not exist"));
        return holds(context, role, row, "datdba", "datacl", "Tc", privilege);
    }

    // ---- roles ----

    public static boolean pg_has_role_name(SystemContext context, Slice of, Slice privilege) {
        return isMember(context, context.currentRole(), role(context, of).oid());
    }

    public static boolean pg_has_role_id(SystemContext context, int of, Slice privilege) {
        return isMember(context, context.currentRole(), of);
    }

    public static boolean pg_has_role_name_name(SystemContext context, Slice role, Slice of, Slice privilege) {
        return isMember(context, role(context, role), role(context, of).oid());
    }

    public static boolean pg_has_role_name_id(SystemContext context, Slice role, int of, Slice privilege) {
        return isMember(context, role(context, role), of);
    }

    private static boolean isMember(SystemContext context, RoleRow role, int of) {
        return role.superuser() || roles(context.catalog(), role.oid()).contains(of);
    }

    private static RoleRow role(SystemContext context, Slice name) {
        return context.catalog().role(name.toString()).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "role \"" + name + "\" does not exist"));
    }

    private static RoleRow role(SystemContext context, int oid) {
        return context.catalog().role(oid).orElseThrow(() -> new SqlError(SqlState.UNDEFINED_OBJECT,
                "role with OID " + Integer.toUnsignedString(oid) + " does not exist"));
    }

    /** A role and all that it is a member of. */
    private static Set<Integer> roles(CatalogView catalog, int role) {
        Set<Integer> found = new HashSet<>(Set.of(role));
        Deque<Integer> open = new ArrayDeque<>(Set.of(role));
        while (!open.isEmpty()) {
            catalog.rows("pg_auth_members", 2695, open.pop()).forEach(r -> {
                if (found.add(r.number("roleid"))) {
                    open.push(r.number("roleid"));
                }
            });
        }
        return found;
    }

    /** Whether the role has one of the privileges, which are written between commas. */
    private static boolean holds(SystemContext context, RoleRow role, CatalogRow row, String ownerColumn, String aclColumn, String toPublic,
            Slice privileges) {
        Set<Integer> roles = roles(context.catalog(), role.oid());
        boolean all = role.superuser() || roles.contains(row.number(ownerColumn));
        boolean held = false;
        for (String part : privileges.toString().split(",")) {
            String name = part.strip().toUpperCase(Locale.ROOT);
            boolean option = name.endsWith(" WITH GRANT OPTION");
            Character letter = LETTERS.get(option ? name.substring(0, name.indexOf(" WITH")) : name);
            if (letter == null) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"" + part.strip() + "\"");
            }
            held |= all || granted(context.catalog(), row.texts(aclColumn), roles, letter, option)
                    || row.get(aclColumn) == null && toPublic.indexOf(letter) >= 0 && !option;
        }
        return held;
    }

    private static boolean granted(CatalogView catalog, List<String> acl, Set<Integer> roles, char letter, boolean option) {
        for (String entry : acl) {
            int equals = entry.indexOf('=');
            int slash = entry.lastIndexOf('/');
            String grantee = entry.substring(0, equals).replace("\"", "");
            boolean concerned = grantee.isEmpty() || catalog.role(grantee).map(r -> roles.contains(r.oid())).orElse(false);
            int at = entry.substring(0, slash).indexOf(letter, equals + 1);
            if (concerned && at >= 0 && (!option || entry.charAt(at + 1) == '*')) {
                return true;
            }
        }
        return false;
    }
}
