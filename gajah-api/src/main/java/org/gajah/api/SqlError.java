package org.gajah.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one error type that users see: a SQLSTATE with PostgreSQL's message fields.
 *
 * <p>Messages follow PostgreSQL's style: lower case, no final period, no class names, and PostgreSQL's own text when the
 * condition is PostgreSQL's. Fields that were not set are absent, never null.
 */
public final class SqlError extends RuntimeException implements Cloneable {
    private static final long serialVersionUID = 1L;

    private enum Field { DETAIL, HINT, CONTEXT, SCHEMA, TABLE, COLUMN, DATA_TYPE, CONSTRAINT, INTERNAL_QUERY, ROUTINE, CODE }

    private final SqlState state;
    // Set once, before anybody sees the error.
    private transient Map<Field, String> fields;
    private int position;
    private int internalPosition;
    private boolean contextIsWhole;

    /** An error without further fields. */
    public SqlError(SqlState state, String message) {
        this(state, message, Map.of(), 0, 0, null);
    }

    /** An error that another exception caused; the cause is for the server's log, never for the client. */
    public SqlError(SqlState state, String message, Throwable cause) {
        this(state, message, Map.of(), 0, 0, cause);
    }

    private SqlError(SqlState state, String message, Map<Field, String> fields, int position, int internalPosition, Throwable cause) {
        super(message, cause);
        this.state = state;
        this.fields = fields;
        this.position = position;
        this.internalPosition = internalPosition;
    }

    /** An error that a program of the user's raises: it knows no stack trace, which would tell nothing of the program and is dear. */
    public static SqlError raised(SqlState state, String message) {
        return new SqlError(state, message, false);
    }

    private SqlError(SqlState state, String message, boolean traced) {
        super(message, null, true, traced);
        this.state = state;
        this.fields = Map.of();
    }

    /** {@code 0A000}: {@code what} is not there, and says so. */
    public static SqlError notSupported(String what) {
        return new SqlError(SqlState.FEATURE_NOT_SUPPORTED, what);
    }

    /** This error with a DETAIL. */
    public SqlError detail(String detail) {
        return with(Field.DETAIL, detail);
    }

    /** This error with a HINT. */
    public SqlError hint(String hint) {
        return with(Field.HINT, hint);
    }

    /** This error at a place in the statement: {@code position} counts characters (code points) from 1; 0 is unknown. */
    public SqlError at(int position) {
        return with(fields, position, internalPosition);
    }

    /** This error with one more line of CONTEXT below those it has. */
    public SqlError context(String line) {
        return contextIsWhole ? this : with(Field.CONTEXT, context().map(above -> above + "\n" + line).orElse(line));
    }

    /** This error, whose CONTEXT already tells of all that runs: nothing more is added to it. */
    public SqlError withWholeContext() {
        SqlError error = copy();
        error.contextIsWhole = true;
        return error;
    }

    /** This error about a table. */
    public SqlError table(String schema, String table) {
        return with(Field.SCHEMA, schema).with(Field.TABLE, table);
    }

    /** This error about a column of a table. */
    public SqlError column(String schema, String table, String column) {
        return table(schema, table).with(Field.COLUMN, column);
    }

    /** This error about a constraint of a table. */
    public SqlError constraint(String schema, String table, String constraint) {
        return table(schema, table).with(Field.CONSTRAINT, constraint);
    }

    /** This error about a data type (a domain). */
    public SqlError dataType(String schema, String dataType) {
        return with(Field.SCHEMA, schema).with(Field.DATA_TYPE, dataType);
    }

    /** This error about a constraint of a data type (a domain). */
    public SqlError dataTypeConstraint(String schema, String dataType, String constraint) {
        return dataType(schema, dataType).with(Field.CONSTRAINT, constraint);
    }

    /** This error in a statement that the user did not type: the position, from 1, and the statement's text. */
    public SqlError internal(int position, String query) {
        return with(Field.INTERNAL_QUERY, query).with(0, position);
    }

    /** This error from a function of PostgreSQL's source that clients know by its name. */
    public SqlError routine(String name) {
        return with(Field.ROUTINE, name);
    }

    /** This error with a SQLSTATE of a program's own: five digits and upper case letters. */
    public SqlError code(String code) {
        return with(Field.CODE, code);
    }

    private SqlError with(Field field, String value) {
        Map<Field, String> more = new EnumMap<>(Field.class);
        more.putAll(fields);
        more.put(field, value);
        return with(more, position, internalPosition);
    }

    private SqlError with(int newPosition, int newInternalPosition) {
        return with(fields, newPosition, newInternalPosition);
    }

    private SqlError with(Map<Field, String> newFields, int newPosition, int newInternalPosition) {
        SqlError error = copy();
        error.fields = newFields;
        error.position = newPosition;
        error.internalPosition = newInternalPosition;
        return error;
    }

    /** A copy with the same stack trace, which it would be dear to take anew. */
    private SqlError copy() {
        try {
            return (SqlError) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The SQLSTATE. */
    public SqlState state() {
        return state;
    }

    /** The SQLSTATE as clients get it: that of {@link #state}, unless a program has chosen its own. */
    public String code() {
        return field(Field.CODE).orElse(state.code());
    }

    /** DETAIL. */
    public Optional<String> detail() {
        return field(Field.DETAIL);
    }

    /** HINT. */
    public Optional<String> hint() {
        return field(Field.HINT);
    }

    /** Characters from the statement's start, from 1; 0 is unknown. */
    public int position() {
        return position;
    }

    /** CONTEXT, innermost line first. */
    public Optional<String> context() {
        return field(Field.CONTEXT);
    }

    /** The schema that the error is about. */
    public Optional<String> schemaName() {
        return field(Field.SCHEMA);
    }

    /** The table that the error is about. */
    public Optional<String> tableName() {
        return field(Field.TABLE);
    }

    /** The column that the error is about. */
    public Optional<String> columnName() {
        return field(Field.COLUMN);
    }

    /** The data type that the error is about. */
    public Optional<String> dataTypeName() {
        return field(Field.DATA_TYPE);
    }

    /** The constraint that the error is about. */
    public Optional<String> constraintName() {
        return field(Field.CONSTRAINT);
    }

    /** The position in {@link #internalQuery}, from 1; 0 is unknown. */
    public int internalPosition() {
        return internalPosition;
    }

    /** The statement that the server ran on its own and that failed. */
    public Optional<String> internalQuery() {
        return field(Field.INTERNAL_QUERY);
    }

    /** The function of PostgreSQL's source, where clients ask for it. */
    public Optional<String> routine() {
        return field(Field.ROUTINE);
    }

    private Optional<String> field(Field field) {
        return Optional.ofNullable(fields.get(field)).filter(value -> !value.isEmpty());
    }
}
