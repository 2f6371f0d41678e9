package org.gajah.ast;

/** One SQL statement as written. */
public sealed interface Statement
        permits PreparableStatement, CopyStatement, CursorStatement, DatabaseStatement, ExplainStatement, ExtensionStatement,
                ForeignStatement, FunctionStatement, GrantStatement, IndexStatement, MaintenanceStatement, NotifyStatement,
                ObjectStatement, PolicyStatement, PreparedStatement, RoleStatement, SchemaStatement, SequenceStatement,
                SettingStatement, TableStatement, TransactionStatement, TriggerStatement, TypeStatement, Unsupported,
                ViewStatement {
}
