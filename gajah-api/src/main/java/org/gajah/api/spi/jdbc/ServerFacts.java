package org.gajah.api.spi.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

/** What stands behind the connection's metadata. */
public final class ServerFacts {
    private final DefaultConnection connection;
    private final Connection face;

    ServerFacts(DefaultConnection connection, Connection face) {
        this.connection = connection;
        this.face = face;
    }

    public Connection getConnection() {
        return face;
    }

    public String getURL() {
        return DefaultDriver.URL;
    }

    public String getUserName() {
        return connection.spi().execute("SELECT current_user").rows().row(0).getText(1);
    }

    public String getDatabaseProductName() {
        return "PostgreSQL";
    }

    public String getDatabaseProductVersion() {
        return connection.setting("server_version");
    }

    public int getDatabaseMajorVersion() {
        return Integer.parseInt(connection.setting("server_version_num")) / 10_000;
    }

    public int getDatabaseMinorVersion() {
        return Integer.parseInt(connection.setting("server_version_num")) % 10_000;
    }

    public String getDriverName() {
        return "Gajah SPI";
    }

    public String getDriverVersion() {
        return "1.0";
    }

    public int getDriverMajorVersion() {
        return 1;
    }

    public int getDriverMinorVersion() {
        return 0;
    }

    public int getJDBCMajorVersion() {
        return 4;
    }

    public int getJDBCMinorVersion() {
        return 3;
    }

    public String getIdentifierQuoteString() {
        return "\"";
    }

    public boolean storesLowerCaseIdentifiers() {
        return true;
    }

    public boolean storesUpperCaseIdentifiers() {
        return false;
    }

    public boolean supportsMixedCaseQuotedIdentifiers() {
        return true;
    }

    public boolean supportsTransactions() {
        return true;
    }

    public boolean supportsSavepoints() {
        return true;
    }

    public boolean supportsNamedParameters() {
        return false;
    }

    public boolean supportsBatchUpdates() {
        return true;
    }

    public boolean supportsGetGeneratedKeys() {
        return true;
    }

    public boolean supportsStoredProcedures() {
        return true;
    }

    public int getDefaultTransactionIsolation() {
        return Connection.TRANSACTION_READ_COMMITTED;
    }

    public boolean isReadOnly() {
        return connection.isReadOnly();
    }

    private ResultSet rows(String sql, Object... arguments) {
        return Face.of(ResultSet.class, new DefaultRows(Face.of(Statement.class, new DefaultStatement(connection)),
                connection.spi().execute(sql, arguments).rows()));
    }

    public ResultSet getSchemas() {
        return rows("SELECT nspname AS \"TABLE_SCHEM\", NULL AS \"TABLE_CATALOG\" FROM pg_catalog.pg_namespace ORDER BY 1");
    }

    /** Types are TABLE and VIEW; null is any. */
    public ResultSet getTables(String catalog, String schema, String table, String[] types) {
        return rows("""
                SELECT table_catalog AS "TABLE_CAT", table_schema AS "TABLE_SCHEM", table_name AS "TABLE_NAME",
                  CASE table_type WHEN 'BASE TABLE' THEN 'TABLE' ELSE table_type END AS "TABLE_TYPE", NULL AS "REMARKS"
                FROM information_schema.tables
                WHERE ($1 IS NULL OR table_schema LIKE $1) AND ($2 IS NULL OR table_name LIKE $2)
                  AND ($3 IS NULL OR CASE table_type WHEN 'BASE TABLE' THEN 'TABLE' ELSE table_type END = ANY (string_to_array($3, ',')))
                ORDER BY 4, 2, 3""", schema, table, types == null ? null : String.join(",", types));
    }

    public ResultSet getColumns(String catalog, String schema, String table, String column) {
        return rows("""
                SELECT table_catalog AS "TABLE_CAT", table_schema AS "TABLE_SCHEM", table_name AS "TABLE_NAME", column_name AS "COLUMN_NAME",
                  udt_name AS "TYPE_NAME", character_maximum_length AS "COLUMN_SIZE", numeric_scale AS "DECIMAL_DIGITS",
                  column_default AS "COLUMN_DEF", ordinal_position AS "ORDINAL_POSITION", is_nullable AS "IS_NULLABLE"
                FROM information_schema.columns
                WHERE ($1 IS NULL OR table_schema LIKE $1) AND ($2 IS NULL OR table_name LIKE $2) AND ($3 IS NULL OR column_name LIKE $3)
                ORDER BY 2, 3, 9""", schema, table, column);
    }

    public ResultSet getPrimaryKeys(String catalog, String schema, String table) {
        return rows("""
                SELECT k.table_catalog AS "TABLE_CAT", k.table_schema AS "TABLE_SCHEM", k.table_name AS "TABLE_NAME",
                  k.column_name AS "COLUMN_NAME", k.ordinal_position::smallint AS "KEY_SEQ", k.constraint_name AS "PK_NAME"
                FROM information_schema.key_column_usage k JOIN information_schema.table_constraints c USING (constraint_schema, constraint_name)
                WHERE c.constraint_type = 'PRIMARY KEY' AND ($1 IS NULL OR k.table_schema = $1) AND k.table_name = $2
                ORDER BY 4""", schema, table);
    }
}
