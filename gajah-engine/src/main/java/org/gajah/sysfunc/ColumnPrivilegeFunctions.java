package org.gajah.sysfunc;

import org.gajah.base.Slice;

/** has_column_privilege and has_any_column_privilege in all their forms: role, table and column by name or by number. */
public final class ColumnPrivilegeFunctions {
    private ColumnPrivilegeFunctions() {
    }

    private static int table(PrivilegeQuestion q, Slice name) {
        return q.object(org.gajah.catalog.AclKind.RELATION, name);
    }

    public static Boolean has_column_privilege_name_name_name(SystemContext context, Slice role, Slice table, Slice column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        int oid = table(q, table);
        return q.onColumn(q.role(role), oid, q.column(oid, column), privilege);
    }

    public static Boolean has_column_privilege_name_name_attnum(SystemContext context, Slice role, Slice table, int column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onColumn(q.role(role), table(q, table), column, privilege);
    }

    public static Boolean has_any_column_privilege_name_name(SystemContext context, Slice role, Slice table, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onAnyColumn(q.role(role), table(q, table), privilege);
    }

    public static Boolean has_column_privilege_name_id_name(SystemContext context, Slice role, int table, Slice column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        int oid = table;
        return q.onColumn(q.role(role), oid, q.column(oid, column), privilege);
    }

    public static Boolean has_column_privilege_name_id_attnum(SystemContext context, Slice role, int table, int column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onColumn(q.role(role), table, column, privilege);
    }

    public static Boolean has_any_column_privilege_name_id(SystemContext context, Slice role, int table, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onAnyColumn(q.role(role), table, privilege);
    }

    public static Boolean has_column_privilege_id_name_name(SystemContext context, int role, Slice table, Slice column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        int oid = table(q, table);
        return q.onColumn(role, oid, q.column(oid, column), privilege);
    }

    public static Boolean has_column_privilege_id_name_attnum(SystemContext context, int role, Slice table, int column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onColumn(role, table(q, table), column, privilege);
    }

    public static Boolean has_any_column_privilege_id_name(SystemContext context, int role, Slice table, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onAnyColumn(role, table(q, table), privilege);
    }

    public static Boolean has_column_privilege_id_id_name(SystemContext context, int role, int table, Slice column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        int oid = table;
        return q.onColumn(role, oid, q.column(oid, column), privilege);
    }

    public static Boolean has_column_privilege_id_id_attnum(SystemContext context, int role, int table, int column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onColumn(role, table, column, privilege);
    }

    public static Boolean has_any_column_privilege_id_id(SystemContext context, int role, int table, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onAnyColumn(role, table, privilege);
    }

    public static Boolean has_column_privilege_name_name(SystemContext context, Slice table, Slice column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        int oid = table(q, table);
        return q.onColumn(context.currentRole().oid(), oid, q.column(oid, column), privilege);
    }

    public static Boolean has_column_privilege_name_attnum(SystemContext context, Slice table, int column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onColumn(context.currentRole().oid(), table(q, table), column, privilege);
    }

    public static Boolean has_any_column_privilege_name(SystemContext context, Slice table, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onAnyColumn(context.currentRole().oid(), table(q, table), privilege);
    }

    public static Boolean has_column_privilege_id_name(SystemContext context, int table, Slice column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        int oid = table;
        return q.onColumn(context.currentRole().oid(), oid, q.column(oid, column), privilege);
    }

    public static Boolean has_column_privilege_id_attnum(SystemContext context, int table, int column, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onColumn(context.currentRole().oid(), table, column, privilege);
    }

    public static Boolean has_any_column_privilege_id(SystemContext context, int table, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onAnyColumn(context.currentRole().oid(), table, privilege);
    }
}
