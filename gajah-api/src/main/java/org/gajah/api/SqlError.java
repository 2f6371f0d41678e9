package org.gajah.api;

import java.util.Optional;

/**
 * The one error type that users see: a SQLSTATE with PostgreSQL's message fields.
 *
 * <p>Messages follow PostgreSQL's style: lower case, no final period, no class names, and PostgreSQL's own text when the
 * condition is PostgreSQL's. Fields that were not set are absent, never null.
 */
public final class SqlError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SqlState state;
    private final transient Fields fields;

    private record Fields(String detail, String hint, int position, String context, String schema, String table,
            String column, String dataType, String constraint, int internalPosition, String internalQuery) {
        static final Fields NONE = new Fields("", "", 0, "", "", "", "", "", "", 0, "");
    }

    /** An error without further fields. */
    public SqlError(SqlState state, String message) {
        this(state, message, Fields.NONE, null);
    }

    /** An error that another exception caused; the cause is for the server's log, never for the client. */
    public SqlError(SqlState state, String message, Throwable cause) {
        this(state, message, Fields.NONE, cause);
    }

    private SqlError(SqlState state, String message, Fields fields, Throwable cause) {
        super(message, cause);
        this.state = state;
        this.fields = fields;
    }

    /** {@code 0A000}: {@code what} is not there, and says so. */
    public static SqlError notSupported(String what) {
        return new SqlError(SqlState.FEATURE_NOT_SUPPORTED, what);
    }

    /** This error with a DETAIL. */
    public SqlError detail(String detail) {
        return with(new Fields(detail, fields.hint, fields.position, fields.context, fields.schema, fields.table,
                fields.column, fields.dataType, fields.constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error with a HINT. */
    public SqlError hint(String hint) {
        return with(new Fields(fields.detail, hint, fields.position, fields.context, fields.schema, fields.table,
                fields.column, fields.dataType, fields.constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error at a place in the statement: {@code position} counts characters (code points) from 1; 0 is unknown. */
    public SqlError at(int position) {
        return with(new Fields(fields.detail, fields.hint, position, fields.context, fields.schema, fields.table,
                fields.column, fields.dataType, fields.constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error with one more line of CONTEXT below those it has. */
    public SqlError context(String line) {
        String all = fields.context.isEmpty() ? line : fields.context + "\n" + line;
        return with(new Fields(fields.detail, fields.hint, fields.position, all, fields.schema, fields.table,
                fields.column, fields.dataType, fields.constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error about a table. */
    public SqlError table(String schema, String table) {
        return with(new Fields(fields.detail, fields.hint, fields.position, fields.context, schema, table,
                fields.column, fields.dataType, fields.constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error about a column of a table. */
    public SqlError column(String schema, String table, String column) {
        return with(new Fields(fields.detail, fields.hint, fields.position, fields.context, schema, table,
                column, fields.dataType, fields.constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error about a constraint of a table. */
    public SqlError constraint(String schema, String table, String constraint) {
        return with(new Fields(fields.detail, fields.hint, fields.position, fields.context, schema, table,
                fields.column, fields.dataType, constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error about a data type (a domain). */
    public SqlError dataType(String schema, String dataType) {
        return with(new Fields(fields.detail, fields.hint, fields.position, fields.context, schema, fields.table,
                fields.column, dataType, fields.constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error about a constraint of a data type (a domain). */
    public SqlError dataTypeConstraint(String schema, String dataType, String constraint) {
        return with(new Fields(fields.detail, fields.hint, fields.position, fields.context, schema, fields.table,
                fields.column, dataType, constraint, fields.internalPosition, fields.internalQuery));
    }

    /** This error in a statement that the user did not type: the position, from 1, and the statement's text. */
    public SqlError internal(int position, String query) {
        return with(new Fields(fields.detail, fields.hint, 0, fields.context, fields.schema, fields.table,
                fields.column, fields.dataType, fields.constraint, position, query));
    }

    private SqlError with(Fields changed) {
        SqlError error = new SqlError(state, getMessage(), changed, getCause());
        error.setStackTrace(getStackTrace());
        return error;
    }

    /** The SQLSTATE. */
    public SqlState state() {
        return state;
    }

    /** DETAIL. */
    public Optional<String> detail() {
        return present(fields.detail);
    }

    /** HINT. */
    public Optional<String> hint() {
        return present(fields.hint);
    }

    /** Characters from the statement's start, from 1; 0 is unknown. */
    public int position() {
        return fields.position;
    }

    /** CONTEXT, innermost line first. */
    public Optional<String> context() {
        return present(fields.context);
    }

    /** The schema that the error is about. */
    public Optional<String> schemaName() {
        return present(fields.schema);
    }

    /** The table that the error is about. */
    public Optional<String> tableName() {
        return present(fields.table);
    }

    /** The column that the error is about. */
    public Optional<String> columnName() {
        return present(fields.column);
    }

    /** The data type that the error is about. */
    public Optional<String> dataTypeName() {
        return present(fields.dataType);
    }

    /** The constraint that the error is about. */
    public Optional<String> constraintName() {
        return present(fields.constraint);
    }

    /** The position in {@link #internalQuery}, from 1; 0 is unknown. */
    public int internalPosition() {
        return fields.internalPosition;
    }

    /** The statement that the server ran on its own and that failed. */
    public Optional<String> internalQuery() {
        return present(fields.internalQuery);
    }

    private static Optional<String> present(String field) {
        return field.isEmpty() ? Optional.empty() : Optional.of(field);
    }
}
