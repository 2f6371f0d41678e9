package org.gajah.fdw.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignType;
import org.gajah.api.foreign.ImportRequest;
import org.gajah.api.foreign.OptionNames;
import org.gajah.api.foreign.RowTarget;

/** IMPORT FOREIGN SCHEMA of postgres_fdw: reads the tables of a schema out of the server's catalogs. */
final class PostgresImport {
    private static final Set<String> OPTIONS = Set.of("import_collate", "import_default", "import_generated", "import_not_null");
    private static final ForeignType TEXT = new ForeignType(25, "text", -1);
    private static final String COLUMNS = "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 't' ELSE 'f' END,"
            + " CASE WHEN a.attcollation <> t.typcollation THEN quote_ident(n2.nspname) || '.' || quote_ident(l.collname) END,"
            + " CASE WHEN d.oid IS NOT NULL AND a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,"
            + " CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END, CASE WHEN c.relispartition THEN 't' ELSE 'f' END FROM pg_class c JOIN pg_namespace n ON c.relnamespace = n.oid"
            + " LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_type t ON t.oid = a.atttypid"
            + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation l ON l.oid = a.attcollation"
            + " LEFT JOIN pg_namespace n2 ON n2.oid = l.collnamespace WHERE c.relkind IN ('r', 'v', 'f', 'm', 'p')"
            + " AND n.nspname = ? ORDER BY c.relname, a.attnum";

    private PostgresImport() {
    }

    /** A statement for each table, by the table's name. */
    static Map<String, String> statements(ForeignServer server, ForeignSession session, ImportRequest request) {
        request.options().forEach((name, value) -> {
            if (!OPTIONS.contains(name)) {
                throw OptionNames.unknown(SqlState.FDW_INVALID_OPTION_NAME, name, List.copyOf(OPTIONS));
            }
            OptionValues.requireFlag(name, value);
        });
        RemoteSql schemas = new RemoteSql("", "", "SELECT nspname FROM pg_namespace WHERE nspname = ?", List.of(new RemoteSql.Bound(0, TEXT)),
                List.of(TEXT), 1);
        if (rows(session, schemas, request.schema()).isEmpty()) {
            throw new SqlError(SqlState.FDW_SCHEMA_NOT_FOUND, "schema \"" + request.schema() + "\" is not present on foreign server \"" + server.name()
                    + "\"");
        }
        RemoteSql columns = new RemoteSql("", "", COLUMNS, List.of(new RemoteSql.Bound(0, TEXT)), java.util.Collections.nCopies(WIDTH, TEXT), 0);
        Map<String, List<String[]>> tables = new LinkedHashMap<>();
        rows(session, columns, request.schema()).stream().filter(r -> r[7].equals("f") || request.named().contains(r[0])).forEach(r -> tables.computeIfAbsent(r[0], k -> new ArrayList<>()).add(r));
        Map<String, String> statements = new LinkedHashMap<>();
        tables.forEach((table, of) -> statements.put(table, statement(server, request, table, of)));
        return statements;
    }

    private static final int WIDTH = 8;

    private static String statement(ForeignServer server, ImportRequest request, String table, List<String[]> columns) {
        List<String> written = new ArrayList<>();
        for (String[] c : columns) {
            if (c[1] != null) {
                written.add(column(request.options(), c));
            }
        }
        return "CREATE FOREIGN TABLE " + PostgresNames.quote(table) + " (" + String.join(", ", written) + ") SERVER " + PostgresNames.quote(server.name())
                + " OPTIONS (schema_name " + PostgresWriter.literal(request.schema()) + ", table_name " + PostgresWriter.literal(table) + ")";
    }

    private static String column(Map<String, String> options, String[] c) {
        StringBuilder out = new StringBuilder(PostgresNames.quote(c[1]) + " " + c[2] + " OPTIONS (column_name " + PostgresWriter.literal(c[1]) + ")");
        if (c[4] != null && OptionValues.flag(options, "import_collate", true)) {
            out.append(" COLLATE ").append(c[4]);
        }
        if (c[5] != null && OptionValues.flag(options, "import_default", false)) {
            out.append(" DEFAULT ").append(c[5]);
        }
        if (c[6] != null && OptionValues.flag(options, "import_generated", true)) {
            out.append(" GENERATED ALWAYS AS (").append(c[6]).append(") STORED");
        }
        if (c[3].equals("t") && OptionValues.flag(options, "import_not_null", true)) {
            out.append(" NOT NULL");
        }
        return out.toString();
    }

    static List<String[]> rows(ForeignSession session, RemoteSql sql, String parameter) {
        Texts texts = new Texts(sql.outputs().size());
        try (ForeignRows rows = session.query(sql, List.of(Optional.of(parameter)))) {
            while (rows.fetch(texts, Integer.MAX_VALUE) > 0) {
                continue;
            }
        }
        return texts.rows;
    }

    /** Rows of text. */
    private static final class Texts implements RowTarget {
        private final List<String[]> rows = new ArrayList<>();
        private String[] row;

        Texts(int width) {
            row = new String[width];
        }

        @Override
        public void setLong(int column, long value) {
            row[column] = Long.toString(value);
        }

        @Override
        public void setDouble(int column, double value) {
            row[column] = Double.toString(value);
        }

        @Override
        public void setBoolean(int column, boolean value) {
            row[column] = value ? "t" : "f";
        }

        @Override
        public void setText(int column, String value) {
            row[column] = value;
        }

        @Override
        public void setText(int column, byte[] utf8, int offset, int length) {
            row[column] = new String(utf8, offset, length, StandardCharsets.UTF_8);
        }

        @Override
        public void setBytes(int column, byte[] value) {
            row[column] = Arrays.toString(value);
        }

        @Override
        public void endRow() {
            rows.add(row);
            row = new String[row.length];
        }
    }
}
