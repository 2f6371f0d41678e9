package org.gajah.tests.oracle;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * Writes the engine's catalog data from a freshly initialised PostgreSQL: {@code ExtractCatalogs DIRECTORY}.
 *
 * <p>Running it twice writes the same bytes: rows are in primary key order and statistics are blank.
 */
public final class ExtractCatalogs {
    /** Catalogs whose rows Gajah does not start with: it derives them or has another form of them. */
    private static final List<String> LEFT_OUT =
            List.of("pg_depend", "pg_shdepend", "pg_rewrite", "pg_statistic", "pg_attrdef");

    private static final Map<String, String> NORMALISED = Map.ofEntries(
            Map.entry("pg_class.relpages", "0"), Map.entry("pg_class.reltuples", "'-1'::float4"),
            Map.entry("pg_class.relallvisible", "0"), Map.entry("pg_class.relallfrozen", "0"),
            Map.entry("pg_class.relfrozenxid", "CASE WHEN relfrozenxid = '0' THEN 0 ELSE 3 END"),
            Map.entry("pg_class.relminmxid", "CASE WHEN relminmxid = '0' THEN 0 ELSE 1 END"),
            Map.entry("pg_database.datfrozenxid", "3"), Map.entry("pg_database.datminmxid", "1"),
            Map.entry("pg_authid.rolpassword", "NULL"),
            Map.entry("pg_attribute.attmissingval", "NULL"),
            Map.entry("pg_proc.proargdefaults", "pg_get_expr(proargdefaults, 0)"),
            Map.entry("pg_proc.prosqlbody", "pg_get_function_sqlbody(oid)"),
            Map.entry("pg_type.typdefaultbin", "NULL"),
            Map.entry("pg_class.relpartbound", "NULL"),
            Map.entry("pg_constraint.conbin", "pg_get_expr(conbin, conrelid)"),
            Map.entry("pg_index.indexprs", "pg_get_expr(indexprs, indrelid)"),
            Map.entry("pg_index.indpred", "pg_get_expr(indpred, indrelid)"));

    /** What initdb imported from the operating system differs from machine to machine. */
    private static final Map<String, String> ONLY = Map.of("pg_collation", "oid < 10000",
            "pg_description", "classoid <> 'pg_collation'::regclass OR objoid < 10000");

    /** The settings that SHOW knows and pg_settings hides. */
    private static final String HIDDEN = """
            ('is_superuser', 'off', 'off', NULL, 'Unreported', 'Shows whether the current user is a superuser.', NULL,
                'internal', 'bool', NULL, NULL, NULL::text[], '{NO_SHOW_ALL,NOT_IN_SAMPLE}'::text[], true),
            ('role', 'none', 'none', NULL, 'Unreported', 'Sets the current role.', NULL,
                'user', 'string', NULL, NULL, NULL, '{NO_SHOW_ALL,NO_RESET_ALL,NOT_IN_SAMPLE}', false),
            ('seed', '0', '0', NULL, 'Unreported', 'Sets the seed for random-number generation.', NULL,
                'user', 'real', '-1', '1', NULL, '{NO_SHOW_ALL,NO_RESET,NO_RESET_ALL,NOT_IN_SAMPLE}', false),
            ('session_authorization', NULL, NULL, NULL, 'Unreported', 'Sets the session user name.', NULL,
                'user', 'string', NULL, NULL, NULL, '{NO_SHOW_ALL,NO_RESET_ALL,NOT_IN_SAMPLE}', true)""";

    /** A column of a catalog; functions are written as their OIDs because their names are not unique. */
    private record Column(String name, boolean function) {
        String item(String catalog) {
            String expression = NORMALISED.get(catalog + "." + name);
            return expression != null ? expression + " AS " + name : function ? name + "::oid AS " + name : name;
        }
    }

    private ExtractCatalogs() {}

    /** Entry point of {@code ./extract-catalogs}. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path directory = Path.of(arguments[0]);
        Files.createDirectories(directory);
        try (Stream<Path> old = Files.list(directory)) {
            for (Path file : old.filter(f -> f.toString().endsWith(".tsv")).toList()) {
                Files.delete(file);
            }
        }
        try (PostgresOracle oracle = PostgresOracle.start(); Connection connection = oracle.connect("postgres")) {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            execute(connection, "SET quote_all_identifiers = off");
            for (CatalogFile file : catalogs(connection)) {
                file.write(directory, postgres);
            }
            for (CatalogFile file : derived(postgres)) {
                file.write(directory, postgres);
            }
            Path share = oracle.home().resolve("share/postgresql");
            writeSqlStates(share.resolve("errcodes.txt"), directory.resolve("sqlstates.tsv"));
            writeAbbreviations(share.resolve("timezonesets/Default"), directory.resolve("timezone_abbreviations.tsv"));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One file for every catalog that has rows. */
    private static List<CatalogFile> catalogs(Connection connection) throws SQLException {
        List<CatalogFile> files = new ArrayList<>();
        for (Map.Entry<String, List<Column>> catalog : columns(connection).entrySet()) {
            String name = catalog.getKey();
            List<String> items = catalog.getValue().stream().map(column -> column.item(name)).toList();
            String where = ONLY.containsKey(name) ? " WHERE " + ONLY.get(name) : "";
            if (!LEFT_OUT.contains(name) && count(connection, "SELECT count(*) FROM " + name + where) > 0) {
                String key = catalog.getValue().getFirst().name().equals("oid") ? "oid" : primaryKey(connection, name);
                files.add(new CatalogFile(name,
                        "SELECT " + String.join(", ", items) + " FROM " + name + " t" + where + " ORDER BY " + keyed(key)));
            }
        }
        return files;
    }

    private static String keyed(String key) {
        return String.join(", ", Stream.of(key.split(", ")).map(k -> "t." + k).toList());
    }

    private static Map<String, List<Column>> columns(Connection connection) throws SQLException {
        Map<String, List<Column>> columns = new TreeMap<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("""
                SELECT c.relname, a.attname, a.atttypid = 'regproc'::regtype FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
                ORDER BY c.relname, a.attnum""")) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>()).add(
                        new Column(rows.getString(2), rows.getBoolean(3)));
            }
        }
        return columns;
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String primaryKey(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("""
                SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM pg_index i
                CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, n)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE i.indisprimary AND i.indrelid = '%s'::regclass""".formatted(table))) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Files that are views on the catalogs, or facts that no catalog holds. */
    private static List<CatalogFile> derived(PGConnection connection) {
        String reported = "'" + String.join("','", connection.getParameterStatuses().keySet()) + "'";
        return List.of(
                new CatalogFile("system_catalogs", """
                        SELECT c.oid, c.relname AS name, c.relisshared AS shared, c.reltype AS rowtype,
                            (SELECT array_agg(a.attname || ' ' || a.atttypid::oid || ' ' || a.atttypmod || ' '
                                    || a.attnotnull::int || ' ' || a.attcollation ORDER BY a.attnum)
                             FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns,
                            (SELECT coalesce(array_agg(i.indexrelid || ' ' || ic.relname || ' ' || i.indisunique::int || ' '
                                    || i.indisprimary::int || ' ' || replace(i.indkey::text, ' ', ',') || ' '
                                    || replace(i.indclass::text, ' ', ',') ORDER BY i.indexrelid), '{}')
                             FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid WHERE i.indrelid = c.oid) AS indexes
                        FROM pg_class c WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' ORDER BY c.oid"""),
                new CatalogFile("system_views", """
                        SELECT c.oid, n.nspname AS schema, c.relname AS name, c.reltype AS rowtype,
                            pg_get_viewdef(c.oid) AS definition
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind = 'v' AND n.nspname IN ('pg_catalog', 'information_schema') ORDER BY c.oid"""),
                information("sql_features"), information("sql_implementation_info"), information("sql_parts"),
                information("sql_sizing"),
                new CatalogFile("settings", """
                        SELECT name, boot_val, CASE WHEN source = 'command line' THEN boot_val
                                WHEN category = 'File Locations' THEN NULL ELSE reset_val END AS reset_val,
                            unit, category, short_desc, extra_desc, context, vartype, min_val, max_val, enumvals,
                            pg_settings_get_flags(name) AS flags, name IN (%s) AS reported
                        FROM pg_settings UNION ALL VALUES %s ORDER BY 1""".formatted(reported, HIDDEN)),
                new CatalogFile("keywords", "SELECT word, catcode, barelabel, catdesc, baredesc FROM pg_get_keywords() ORDER BY 1"),
                new CatalogFile("timezone_names", "SELECT name FROM pg_timezone_names WHERE name !~ '^posix' ORDER BY 1"));
    }

    private static CatalogFile information(String table) {
        return new CatalogFile("information_schema." + table, "SELECT * FROM information_schema." + table + " ORDER BY 1, 2");
    }

    /** The data lines of errcodes.txt: code, severity class, macro without its prefix, PL/pgSQL's condition name or \N. */
    private static void writeSqlStates(Path source, Path target) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
            out.write("code\tseverity\tmacro\tcondition\n");
            for (String line : Files.readAllLines(source)) {
                String[] words = line.strip().split("\\s+");
                if (words.length >= 3 && words[0].length() == 5 && words[2].startsWith("ERRCODE_")) {
                    out.write(String.join("\t", words[0], words[1], words[2].substring("ERRCODE_".length()),
                            words.length > 3 ? words[3] : "\\N") + "\n");
                }
            }
        }
    }

    /** A time zone abbreviation set: abbreviation, seconds east of Greenwich, daylight saving, or the zone that decides both. */
    private static void writeAbbreviations(Path source, Path target) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
            out.write("abbreviation\toffset_seconds\tis_dst\tzone\n");
            for (String line : Files.readAllLines(source)) {
                int comment = line.indexOf('#');
                String[] words = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+");
                if (words.length >= 2) {
                    boolean fixed = words[1].matches("-?[0-9]+");
                    String dst = words.length > 2 && words[2].equals("D") ? "t" : "f";
                    out.write(words[0] + "\t" + (fixed ? words[1] + "\t" + dst + "\t\\N" : "\\N\t\\N\t" + words[1]) + "\n");
                }
            }
        }
    }
}
