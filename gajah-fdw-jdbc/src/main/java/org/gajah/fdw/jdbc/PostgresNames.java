package org.gajah.fdw.jdbc;

import java.util.Map;
import java.util.Set;

import org.gajah.api.foreign.ForeignType;

/** Names as PostgreSQL writes them: identifiers with quotes where they are needed, types in SQL's words. */
final class PostgresNames {
    private static final Set<String> QUOTED = Set.of(("all analyse analyze and any array as asc asymmetric authorization between bigint binary bit "
            + "boolean both case cast char character check coalesce collate collation column concurrently constraint create cross current_catalog "
            + "current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do "
            + "else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in initially "
            + "inner inout int integer intersect interval into is isnull join json_array json_arrayagg json_exists json_object json_objectagg json_query "
            + "json_scalar json_serialize json_table json_value lateral leading least left like limit localtime localtimestamp merge_action national "
            + "natural nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position "
            + "precision primary real references returning right row select session_user setof similar smallint some substring symmetric "
            + "system_user table tablesample then time timestamp to trailing treat trim true union unique user using values varchar variadic "
            + "verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot "
            + "xmlserialize xmltable json").split(" "));
    private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("int4", "integer"), Map.entry("int8", "bigint"),
            Map.entry("int2", "smallint"), Map.entry("float8", "double precision"), Map.entry("float4", "real"), Map.entry("bool", "boolean"),
            Map.entry("varchar", "character varying"), Map.entry("bpchar", "character"), Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("timestamptz", "timestamp with time zone"), Map.entry("time", "time without time zone"),
            Map.entry("timetz", "time with time zone"), Map.entry("varbit", "bit varying"));
    private static final int HEADER = 4;

    private PostgresNames() {
    }

    static String quote(String name) {
        boolean plain = !name.isEmpty() && !Character.isDigit(name.charAt(0)) && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
                || c == '_');
        return plain && !QUOTED.contains(name) ? name : always(name);
    }

    static String always(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String type(ForeignType type) {
        boolean array = type.name().endsWith("[]");
        String name = array ? type.name().substring(0, type.name().length() - 2) : type.name();
        int m = type.typmod();
        String written = name.equals("bpchar") && m < 0 ? "bpchar" : TYPES.getOrDefault(name, name);
        if (m >= 0) {
            written = switch (name) {
                case "varchar", "bpchar" -> written + "(" + (m - HEADER) + ")";
                case "numeric" -> written + "(" + ((m - HEADER) >> 16) + "," + ((short) ((m - HEADER) << 5) >> 5) + ")";
                case "timestamp", "timestamptz", "time", "timetz" -> written.replaceFirst("(timestamp|time)", "$1(" + m + ")");
                case "bit", "varbit" -> written + "(" + m + ")";
                default -> written;
            };
        }
        return array ? written + "[]" : written;
    }
}
