package org.gajah.fdw.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ImportRequest;

/** IMPORT FOREIGN SCHEMA of oracle_fdw and jdbc_fdw: what the driver tells of a schema's tables, columns and primary keys. */
final class JdbcImport {
    private static final List<String> OPTIONS = List.of("case", "collation", "dblink", "readonly", "skip_tables", "skip_views", "skip_matviews", "max_long",
            "sample_percent", "prefetch", "lob_prefetch", "nchar", "set_timezone");
    private static final List<String> COPIED = List.of("dblink", "readonly", "max_long", "sample_percent", "prefetch", "lob_prefetch");
    private static final int UUID_BYTES = 16;

    private final ForeignServer server;
    private final ImportRequest request;
    private final boolean oracle;

    JdbcImport(ForeignServer server, ImportRequest request, boolean oracle) {
        this.server = server;
        this.request = request;
        this.oracle = oracle;
    }

    /** 42601 or HV00D unless the options are known. */
    JdbcImport checked() {
        request.options().forEach((name, value) -> {
            if (!OPTIONS.contains(name)) {
                throw new SqlError(SqlState.FDW_INVALID_OPTION_NAME, "invalid option \"" + name + "\"")
                        .hint("Valid options in this context are: " + String.join(", ", OPTIONS));
            }
            if (name.equals("case") && !List.of("keep", "lower", "smart").contains(value)) {
                throw new SqlError(SqlState.FDW_INVALID_ATTRIBUTE_VALUE, "invalid value for option \"case\"").hint("Valid values in this context are: keep, lower, smart");
            }
        });
        return this;
    }

    /** A statement for each table, by its local name. */
    Map<String, String> statements(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        Map<String, String> statements = new TreeMap<>();
        boolean any = false;
        for (Table table : tables(about)) {
            any = true;
            statement(about, table).ifPresent(sql -> statements.put(folded(table.name), sql));
        }
        if (!any) {
            requireSchema(about);
        }
        return statements;
    }

    private void requireSchema(DatabaseMetaData about) throws SQLException {
        try (ResultSet r = about.getSchemas(null, escaped(about, request.schema()))) {
            if (!r.next()) {
                throw new SqlError(SqlState.FDW_SCHEMA_NOT_FOUND, "remote schema \"" + request.schema() + "\" does not exist")
                        .hint("Enclose the schema name in double quotes to prevent case folding.");
            }
        }
    }

    private static String escaped(DatabaseMetaData about, String name) throws SQLException {
        String escape = about.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private record Table(String schema, String name) {
    }

    private List<Table> tables(DatabaseMetaData about) throws SQLException {
        List<String> kinds = new ArrayList<>();
        if (!OptionValues.flag(request.options(), "skip_tables", false)) {
            kinds.addAll(List.of("TABLE", "BASE TABLE"));
        }
        if (!OptionValues.flag(request.options(), "skip_views", false)) {
            kinds.add("VIEW");
        }
        if (!OptionValues.flag(request.options(), "skip_matviews", false)) {
            kinds.add("MATERIALIZED VIEW");
        }
        List<Table> tables = new ArrayList<>();
        try (ResultSet r = about.getTables(null, escaped(about, request.schema()), "%", kinds.toArray(String[]::new))) {
            while (r.next()) {
                tables.add(new Table(r.getString("TABLE_SCHEM"), r.getString("TABLE_NAME")));
            }
        }
        return tables;
    }

    private Optional<String> statement(DatabaseMetaData about, Table table) throws SQLException {
        Set<String> keys = new HashSet<>();
        try (ResultSet r = about.getPrimaryKeys(null, table.schema, table.name)) {
            while (r.next()) {
                keys.add(r.getString("COLUMN_NAME"));
            }
        }
        List<String> columns = new ArrayList<>();
        try (ResultSet r = about.getColumns(null, escaped(about, table.schema), escaped(about, table.name), "%")) {
            while (r.next()) {
                String name = r.getString("COLUMN_NAME");
                String kind = r.getString("TYPE_NAME");
                Optional<String> type = type(r.getInt("DATA_TYPE"), kind == null ? "" : kind.toUpperCase(Locale.ROOT), r.getInt("COLUMN_SIZE"),
                        r.getInt("DECIMAL_DIGITS"));
                if (type.isEmpty()) {
                    request.warnings().accept(new SqlError(SqlState.WARNING, "column \"" + name + "\" of table \"" + table.name + "\" has type " + kind
                            + (oracle ? ", whose values cannot be fetched" : ", which cannot be imported")));
                    if (!oracle) {
                        continue;
                    }
                }
                columns.add(PostgresNames.quote(folded(name)) + " " + type.orElse("text") + columnOptions(name, keys.contains(name))
                        + (r.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls ? " NOT NULL" : ""));
            }
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of("CREATE FOREIGN TABLE " + PostgresNames.quote(folded(table.name)) + " (" + String.join(", ", columns)
                + ") SERVER " + PostgresNames.quote(server.name()) + " OPTIONS (" + tableOptions(table) + ")");
    }

    private String columnOptions(String name, boolean key) {
        List<String> options = new ArrayList<>();
        if (!oracle) {
            options.add("column_name " + PostgresWriter.literal(name));
        }
        if (key) {
            options.add("key 'true'");
        }
        return options.isEmpty() ? "" : " OPTIONS (" + String.join(", ", options) + ")";
    }

    private String tableOptions(Table table) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(oracle ? "schema" : "schema_name", table.schema);
        options.put(oracle ? "table" : "table_name", table.name);
        COPIED.stream().filter(request.options()::containsKey).forEach(o -> options.put(o, request.options().get(o)));
        List<String> written = new ArrayList<>();
        options.forEach((name, value) -> written.add("\"" + name + "\" " + PostgresWriter.literal(value)));
        return String.join(", ", written);
    }

    /** A name as it is here: by default, one without lower-case letters is folded. */
    private String folded(String name) {
        return switch (request.options().getOrDefault("case", "smart")) {
            case "keep" -> name;
            case "lower" -> name.toLowerCase(Locale.ROOT);
            default -> name.equals(name.toUpperCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT) : name;
        };
    }

    /** The local type that holds all values of a remote one; nothing if there is none. */
    private Optional<String> type(int code, String name, int size, int digits) {
        if (name.equals("DATE") && (code == Types.TIMESTAMP || oracle)) {
            return Optional.of("timestamp(0) without time zone");
        }
        if (code == RemoteRow.ORACLE_MONTHS || code == RemoteRow.ORACLE_SECONDS || name.startsWith("INTERVAL")) {
            boolean seconds = code == RemoteRow.ORACLE_SECONDS || name.contains("SECOND");
            return Optional.of(seconds ? "interval(" + Math.clamp(digits, 0, 6) + ")" : "interval");
        }
        if (name.contains("XMLTYPE")) {
            return Optional.of("text");
        }
        return Optional.ofNullable(switch (code) {
            case Types.NUMERIC, Types.DECIMAL -> number(size, digits);
            case Types.TINYINT, Types.SMALLINT -> "smallint";
            case Types.INTEGER -> "integer";
            case Types.BIGINT -> "bigint";
            case Types.REAL, RemoteRow.ORACLE_SINGLE -> "real";
            case Types.FLOAT, Types.DOUBLE, RemoteRow.ORACLE_DOUBLE -> "double precision";
            case Types.BOOLEAN, Types.BIT -> "boolean";
            case Types.CHAR, Types.NCHAR -> "character(" + Math.max(1, size) + ")";
            case Types.VARCHAR, Types.NVARCHAR -> size > 0 && size < 10_000_000 ? "character varying(" + size + ")" : "text";
            case Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB, Types.SQLXML -> "text";
            case Types.DATE -> "date";
            case Types.TIMESTAMP -> "timestamp(" + Math.clamp(digits, 0, 6) + ") without time zone";
            case Types.TIMESTAMP_WITH_TIMEZONE, RemoteRow.ORACLE_ZONED, RemoteRow.ORACLE_LOCAL_ZONED -> "timestamp(" + Math.clamp(digits, 0, 6) + ") with time zone";
            case Types.BINARY, Types.VARBINARY -> oracle && size == UUID_BYTES ? "uuid" : "bytea";
            case Types.LONGVARBINARY, Types.BLOB -> "bytea";
            default -> null;
        });
    }

    private static String number(int precision, int scale) {
        if (precision <= 0 || precision > 1000 || scale < 0 && precision == 0) {
            return "numeric";
        }
        if (scale == 0) {
            return precision < 5 ? "smallint" : precision < 10 ? "integer" : precision < 19 ? "bigint" : "numeric(" + precision + ")";
        }
        return scale > 0 && scale <= 1000 ? "numeric(" + Math.max(precision, scale) + ", " + scale + ")" : "numeric";
    }
}
