package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Map;

/** The script of oracle_fdw: the table of routine mappings, and a template server with those of functions that Oracle has too. */
final class OracleMappings {
    static final String TABLE = "oracle_fdw.pg_routine_mapping";
    private static final String SUBSTRING = "CASE WHEN %2$s < 1 THEN %1$s ELSE SUBSTR(%1$s,%2$s) END";
    private static final String SUBSTRING_FOR = "CASE WHEN %2$s < 1 THEN SUBSTR(%1$s,1,GREATEST(%2$s + %3$s - 1, 0)) ELSE SUBSTR(%1$s,%2$s,%3$s) END";
    private static final List<Map.Entry<String, String>> DEFAULTS = List.of(Map.entry("btrim(text)", "TRIM(%s)"),
            Map.entry("btrim(text,text)", "LTRIM(RTRIM(%1$s,%2$s),%2$s)"), Map.entry("ltrim(text)", "LTRIM(%s)"),
            Map.entry("ltrim(text,text)", "LTRIM(%s,%s)"), Map.entry("rtrim(text)", "RTRIM(%s)"), Map.entry("rtrim(text,text)", "RTRIM(%s,%s)"),
            Map.entry("length(text)", "LENGTH(%s)"), Map.entry("length(character)", "LENGTH(RTRIM(%s))"), Map.entry("char_length(text)", "LENGTH(%s)"),
            Map.entry("char_length(character)", "LENGTH(RTRIM(%s))"), Map.entry("character_length(text)", "LENGTH(%s)"),
            Map.entry("character_length(character)", "LENGTH(RTRIM(%s))"), Map.entry("octet_length(text)", "LENGTHB(%s)"),
            Map.entry("bit_length(text)", "LENGTHB(%s) * 8"), Map.entry("lower(text)", "LOWER(%s)"), Map.entry("upper(text)", "UPPER(%s)"),
            Map.entry("replace(text,text,text)", "REPLACE(%s,%s,%s)"), Map.entry("substring(text,integer)", SUBSTRING),
            Map.entry("substring(text,integer,integer)", SUBSTRING_FOR), Map.entry("substr(text,integer)", SUBSTRING),
            Map.entry("substr(text,integer,integer)", SUBSTRING_FOR), Map.entry("translate(text,text,text)", "TRANSLATE(%s,%s,%s)"),
            Map.entry("concat(\"any\")", "CONCAT(%s,%s)"), Map.entry("to_number(text,text)", "TO_NUMBER(%s,%s)"),
            Map.entry("to_date(text,text)", "TO_DATE(%s,%s)"), Map.entry("to_timestamp(text,text)", "TO_TIMESTAMP(%s,%s)"),
            Map.entry("to_char(timestamp without time zone,text)", "TO_CHAR(%s,%s)"), Map.entry("to_char(integer,text)", "TO_CHAR(%s,%s)"),
            Map.entry("to_char(double precision,text)", "TO_CHAR(%s,%s)"), Map.entry("to_char(numeric,text)", "TO_CHAR(%s,%s)"),
            Map.entry("text(character)", "RTRIM(%s)"));

    private OracleMappings() {
    }

    static String script() {
        StringBuilder sql = new StringBuilder("""
                CREATE SCHEMA oracle_fdw;
                CREATE TABLE oracle_fdw.pg_routine_mapping (rmproc regprocedure, rmserver oid, rmoptions text[],
                    PRIMARY KEY (rmproc, rmserver));
                CREATE FUNCTION oracle_fdw.pg_routine_mapping_changed() RETURNS trigger AS 'MODULE_PATHNAME' LANGUAGE C;
                CREATE TRIGGER pg_routine_mapping_check BEFORE INSERT OR UPDATE ON oracle_fdw.pg_routine_mapping
                    FOR EACH ROW EXECUTE FUNCTION oracle_fdw.pg_routine_mapping_changed();
                CREATE TRIGGER pg_routine_mapping_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON oracle_fdw.pg_routine_mapping
                    FOR EACH STATEMENT EXECUTE FUNCTION oracle_fdw.pg_routine_mapping_changed();
                CREATE FUNCTION oracle_fdw.routine_mapping_name(regprocedure, oid, text[]) RETURNS text LANGUAGE sql STABLE AS $$
                    SELECT coalesce((SELECT substr(o, 6) FROM unnest($3) o WHERE o LIKE 'name=%' LIMIT 1),
                        left($1::text || '@' || (SELECT srvname FROM pg_catalog.pg_foreign_server WHERE oid = $2), 63)) $$;
                CREATE FUNCTION gajah.check_routine_mapping(mapping text, samples text[] DEFAULT '{}', server text DEFAULT NULL,
                    OUT arguments text, OUT here text, OUT there text, OUT rechecked boolean) RETURNS SETOF record
                    AS 'MODULE_PATHNAME', 'check_routine_mapping' LANGUAGE C;
                CREATE VIEW information_schema.routine_mappings AS SELECT
                    oracle_fdw.routine_mapping_name(rmproc, rmserver, rmoptions)::information_schema.sql_identifier AS routine_mapping_name,
                    current_database()::information_schema.sql_identifier AS specific_catalog,
                    n.nspname::information_schema.sql_identifier AS specific_schema,
                    (p.proname || '_' || p.oid)::information_schema.sql_identifier AS specific_name,
                    current_database()::information_schema.sql_identifier AS foreign_server_catalog,
                    s.srvname::information_schema.sql_identifier AS foreign_server_name
                    FROM oracle_fdw.pg_routine_mapping m JOIN pg_catalog.pg_proc p ON p.oid = m.rmproc JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                    JOIN pg_catalog.pg_foreign_server s ON s.oid = m.rmserver WHERE pg_catalog.has_server_privilege(s.oid, 'USAGE');
                CREATE VIEW information_schema.routine_mapping_options AS SELECT
                    oracle_fdw.routine_mapping_name(rmproc, rmserver, rmoptions)::information_schema.sql_identifier AS routine_mapping_name,
                    split_part(o, '=', 1)::information_schema.sql_identifier AS option_name,
                    substr(o, strpos(o, '=') + 1)::information_schema.character_data AS option_value
                    FROM oracle_fdw.pg_routine_mapping, unnest(rmoptions) o WHERE o NOT LIKE 'name=%'
                    AND rmserver IN (SELECT s.oid FROM pg_catalog.pg_foreign_server s WHERE pg_catalog.has_server_privilege(s.oid, 'USAGE'));
                GRANT USAGE ON SCHEMA oracle_fdw TO PUBLIC;
                GRANT SELECT ON information_schema.routine_mappings, information_schema.routine_mapping_options TO PUBLIC;
                CREATE SERVER oracle_fdw_template_server FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver '');
                INSERT INTO oracle_fdw.pg_routine_mapping SELECT f::regprocedure, s.oid, string_to_array(o, ';') FROM pg_foreign_server s, (VALUES
                """);
        String separator = "";
        for (Map.Entry<String, String> e : DEFAULTS) {
            String nargs = e.getKey().startsWith("concat") ? ";nargs=2" : "";
            sql.append(separator).append("('").append(e.getKey()).append("', 'format=").append(e.getValue()).append(nargs).append(";exact=false')");
            separator = ", ";
        }
        return sql.append(") v (f, o) WHERE srvname = 'oracle_fdw_template_server';").toString();
    }
}
