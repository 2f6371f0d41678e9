package org.gajah.sysfunc;

import org.gajah.base.Slice;
import org.gajah.catalog.AclKind;

/**
 * Whether a role may do something to an object: has_table_privilege and its kin, each in six forms (role and object by name or by oid,
 * or the current role). PostgreSQL manual, table 9.75. Those about columns are {@link ColumnPrivilegeFunctions}.
 */
public final class PrivilegeFunctions {
    private PrivilegeFunctions() {
    }

    private static Boolean named(SystemContext context, AclKind kind, Slice role, Slice object, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.holds(kind, q.role(role), object, privilege);
    }

    private static Boolean named(SystemContext context, AclKind kind, int role, Slice object, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.holds(kind, role, object, privilege);
    }

    private static Boolean byOid(SystemContext context, AclKind kind, Slice role, int object, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.holds(kind, q.role(role), object, privilege);
    }

    private static Boolean byOid(SystemContext context, AclKind kind, int role, int object, Slice privilege) {
        return new PrivilegeQuestion(context).holds(kind, role, object, privilege);
    }

    private static int self(SystemContext context) {
        return context.currentRole().oid();
    }

    // ---- table ----

    public static Boolean has_table_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.RELATION, role, object, privilege);
    }

    public static Boolean has_table_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.RELATION, role, object, privilege);
    }

    public static Boolean has_table_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.RELATION, role, object, privilege);
    }

    public static Boolean has_table_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.RELATION, role, object, privilege);
    }

    public static Boolean has_table_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.RELATION, self(context), object, privilege);
    }

    public static Boolean has_table_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.RELATION, self(context), object, privilege);
    }

    // ---- sequence ----

    public static Boolean has_sequence_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.SEQUENCE, role, object, privilege);
    }

    public static Boolean has_sequence_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.SEQUENCE, role, object, privilege);
    }

    public static Boolean has_sequence_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.SEQUENCE, role, object, privilege);
    }

    public static Boolean has_sequence_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.SEQUENCE, role, object, privilege);
    }

    public static Boolean has_sequence_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.SEQUENCE, self(context), object, privilege);
    }

    public static Boolean has_sequence_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.SEQUENCE, self(context), object, privilege);
    }

    // ---- database ----

    public static Boolean has_database_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.DATABASE, role, object, privilege);
    }

    public static Boolean has_database_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.DATABASE, role, object, privilege);
    }

    public static Boolean has_database_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.DATABASE, role, object, privilege);
    }

    public static Boolean has_database_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.DATABASE, role, object, privilege);
    }

    public static Boolean has_database_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.DATABASE, self(context), object, privilege);
    }

    public static Boolean has_database_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.DATABASE, self(context), object, privilege);
    }

    // ---- function ----

    public static Boolean has_function_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.FUNCTION, role, object, privilege);
    }

    public static Boolean has_function_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.FUNCTION, role, object, privilege);
    }

    public static Boolean has_function_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.FUNCTION, role, object, privilege);
    }

    public static Boolean has_function_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.FUNCTION, role, object, privilege);
    }

    public static Boolean has_function_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.FUNCTION, self(context), object, privilege);
    }

    public static Boolean has_function_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.FUNCTION, self(context), object, privilege);
    }

    // ---- language ----

    public static Boolean has_language_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.LANGUAGE, role, object, privilege);
    }

    public static Boolean has_language_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.LANGUAGE, role, object, privilege);
    }

    public static Boolean has_language_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.LANGUAGE, role, object, privilege);
    }

    public static Boolean has_language_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.LANGUAGE, role, object, privilege);
    }

    public static Boolean has_language_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.LANGUAGE, self(context), object, privilege);
    }

    public static Boolean has_language_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.LANGUAGE, self(context), object, privilege);
    }

    // ---- schema ----

    public static Boolean has_schema_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.SCHEMA, role, object, privilege);
    }

    public static Boolean has_schema_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.SCHEMA, role, object, privilege);
    }

    public static Boolean has_schema_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.SCHEMA, role, object, privilege);
    }

    public static Boolean has_schema_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.SCHEMA, role, object, privilege);
    }

    public static Boolean has_schema_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.SCHEMA, self(context), object, privilege);
    }

    public static Boolean has_schema_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.SCHEMA, self(context), object, privilege);
    }

    // ---- tablespace ----

    public static Boolean has_tablespace_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.TABLESPACE, role, object, privilege);
    }

    public static Boolean has_tablespace_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.TABLESPACE, role, object, privilege);
    }

    public static Boolean has_tablespace_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.TABLESPACE, role, object, privilege);
    }

    public static Boolean has_tablespace_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.TABLESPACE, role, object, privilege);
    }

    public static Boolean has_tablespace_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.TABLESPACE, self(context), object, privilege);
    }

    public static Boolean has_tablespace_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.TABLESPACE, self(context), object, privilege);
    }

    // ---- foreign data wrapper ----

    public static Boolean has_foreign_data_wrapper_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.FOREIGN_DATA_WRAPPER, role, object, privilege);
    }

    public static Boolean has_foreign_data_wrapper_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.FOREIGN_DATA_WRAPPER, role, object, privilege);
    }

    public static Boolean has_foreign_data_wrapper_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.FOREIGN_DATA_WRAPPER, role, object, privilege);
    }

    public static Boolean has_foreign_data_wrapper_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.FOREIGN_DATA_WRAPPER, role, object, privilege);
    }

    public static Boolean has_foreign_data_wrapper_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.FOREIGN_DATA_WRAPPER, self(context), object, privilege);
    }

    public static Boolean has_foreign_data_wrapper_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.FOREIGN_DATA_WRAPPER, self(context), object, privilege);
    }

    // ---- server ----

    public static Boolean has_server_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.FOREIGN_SERVER, role, object, privilege);
    }

    public static Boolean has_server_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.FOREIGN_SERVER, role, object, privilege);
    }

    public static Boolean has_server_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.FOREIGN_SERVER, role, object, privilege);
    }

    public static Boolean has_server_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.FOREIGN_SERVER, role, object, privilege);
    }

    public static Boolean has_server_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.FOREIGN_SERVER, self(context), object, privilege);
    }

    public static Boolean has_server_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.FOREIGN_SERVER, self(context), object, privilege);
    }

    // ---- type ----

    public static Boolean has_type_privilege_name_name(SystemContext context, Slice role, Slice object, Slice privilege) {
        return named(context, AclKind.TYPE, role, object, privilege);
    }

    public static Boolean has_type_privilege_name_id(SystemContext context, Slice role, int object, Slice privilege) {
        return byOid(context, AclKind.TYPE, role, object, privilege);
    }

    public static Boolean has_type_privilege_id_name(SystemContext context, int role, Slice object, Slice privilege) {
        return named(context, AclKind.TYPE, role, object, privilege);
    }

    public static Boolean has_type_privilege_id_id(SystemContext context, int role, int object, Slice privilege) {
        return byOid(context, AclKind.TYPE, role, object, privilege);
    }

    public static Boolean has_type_privilege_name(SystemContext context, Slice object, Slice privilege) {
        return named(context, AclKind.TYPE, self(context), object, privilege);
    }

    public static Boolean has_type_privilege_id(SystemContext context, int object, Slice privilege) {
        return byOid(context, AclKind.TYPE, self(context), object, privilege);
    }

    // ---- settings ----

    public static boolean has_parameter_privilege_name_name(SystemContext context, Slice role, Slice parameter, Slice privilege) {
        PrivilegeQuestion q = new PrivilegeQuestion(context);
        return q.onParameter(q.role(role), parameter, privilege);
    }

    public static boolean has_parameter_privilege_id_name(SystemContext context, int role, Slice parameter, Slice privilege) {
        return new PrivilegeQuestion(context).onParameter(role, parameter, privilege);
    }

    public static boolean has_parameter_privilege_name(SystemContext context, Slice parameter, Slice privilege) {
        return new PrivilegeQuestion(context).onParameter(self(context), parameter, privilege);
    }
}
