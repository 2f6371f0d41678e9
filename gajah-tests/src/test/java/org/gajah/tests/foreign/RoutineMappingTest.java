package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Routine mappings: what their makers may state, where they count, what becomes of them, and the check of what they claim. */
class RoutineMappingTest {
    private static OracleStandIn standIn;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        standIn = OracleStandIn.start("mappings", "PUBLIC");
        oracle = standIn.oracle();
        local = standIn.local();
        Lines.run(oracle, "CREATE TABLE word (id NUMBER(9) PRIMARY KEY, s VARCHAR2(20))", "INSERT INTO word VALUES (1, 'one'), (2, 'Two'), (3, NULL), (4, '')",
                "CREATE ALIAS TWICE FOR 'java.lang.Math.addExact(int, int)'");
        Lines.run(local, "CREATE FOREIGN TABLE word (id int OPTIONS (key 'true'), s varchar(20)) SERVER ora OPTIONS (\"table\" 'WORD')");
    }

    @AfterAll
    static void stop() throws SQLException {
        standIn.stop();
    }

    private static SQLException fails(String sql) {
        return assertThrows(SQLException.class, () -> Lines.run(local, sql));
    }

    private static String sent(String condition) throws SQLException {
        String sql = Lines.remote(local, "SELECT id FROM word WHERE " + condition);
        return sql.contains(" WHERE ") ? sql.substring(sql.indexOf(" WHERE ") + " WHERE ".length()) : "";
    }

    @Test
    void r3WithoutAUsableBodyHereItIsAnErrorOnlyIfTheCallIsNotSent() throws SQLException {
        Lines.run(local, "CREATE FUNCTION only_there(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RAISE 'only_there is a function of server ora'; END $$",
                "CREATE ROUTINE MAPPING only_there FOR FUNCTION only_there(int) SERVER ora OPTIONS (format 'TWICE(%1$s,%1$s)')");
        assertEquals(List.of("2"), Lines.of(local, "SELECT id FROM word WHERE only_there(id) = 4"));
        assertTrue(fails("SELECT only_there(id) FROM word").getMessage().contains("only_there is a function of server ora"), "not sent");
        Lines.run(local, "DROP FUNCTION only_there(int) CASCADE");
    }

    @Test
    void r4AMappingMayBeForAllServersOfAWrapperTypeOrVersionAndTheMostSpecificCounts() throws SQLException {
        standIn.server("ora12", "TYPE 'oracle' VERSION '12'", "PUBLIC");
        standIn.server("ora19", "TYPE 'oracle' VERSION '19'", "PUBLIC");
        standIn.server("common", "", "PUBLIC");
        Lines.run(local, "CREATE FOREIGN TABLE word19 (id int, s text) SERVER ora19 OPTIONS (\"table\" 'WORD')",
                "CREATE FOREIGN TABLE word12 (id int, s text) SERVER ora12 OPTIONS (\"table\" 'WORD')",
                "CREATE ROUTINE MAPPING a FOR FUNCTION abs(int) SERVER common OPTIONS (format 'ABS(%s)')");
        String query = "SELECT id FROM word12 WHERE abs(id) = 1";
        assertEquals("SELECT \"ID\" FROM \"WORD\"", Lines.remote(local, query));
        Lines.run(local, "ALTER ROUTINE MAPPING a OPTIONS (ADD scope 'wrapper')");
        assertTrue(Lines.remote(local, query).contains("ABS(\"ID\")"), "wrapper");
        Lines.run(local, "CREATE ROUTINE MAPPING b FOR FUNCTION abs(int) SERVER ora19 OPTIONS (format '(ABS(%s) + 0)', scope 'type')");
        assertTrue(Lines.remote(local, query).contains("(ABS(\"ID\") + 0)"), "type");
        assertTrue(sent("abs(id) = 1").contains("(ABS(\"ID\") = 1)"), "another type");
        Lines.run(local, "ALTER ROUTINE MAPPING b OPTIONS (SET scope 'version')");
        assertTrue(Lines.remote(local, query).contains("(ABS(\"ID\") = 1)"), "another version");
        assertTrue(Lines.remote(local, query.replace("12", "19")).contains("(ABS(\"ID\") + 0)"), "its own");
        Lines.run(local, "CREATE ROUTINE MAPPING c FOR FUNCTION abs(int) SERVER ora12 OPTIONS (format 'ABS(%s)', disabled 'true')");
        assertEquals("SELECT \"ID\" FROM \"WORD\"", Lines.remote(local, query));
        assertEquals("HV024", fails("ALTER ROUTINE MAPPING a OPTIONS (SET scope 'world')").getSQLState());
        Lines.run(local, "DROP SERVER common CASCADE", "DROP SERVER ora12 CASCADE", "DROP SERVER ora19 CASCADE");
        assertEquals("", sent("abs(id) = 1"));
    }

    @Test
    void r4TheTemplatesMappingsMayServeAllServers() throws SQLException {
        String all = "UPDATE oracle_fdw.pg_routine_mapping SET rmoptions = %s WHERE rmserver = (SELECT oid FROM pg_foreign_server WHERE srvname = 'oracle_fdw_template_server')";
        Lines.run(local, all.formatted("rmoptions || 'scope=wrapper'::text"));
        try {
            assertTrue(sent("lower(s) = 'two'").startsWith("((((LOWER(\"S\") = 'two') OR (LOWER(\"S\") IS NULL)) AND (\"S\" IS NOT NULL)))"), sent("lower(s) = 'two'"));
            assertEquals(List.of("2"), Lines.of(local, "SELECT id FROM word WHERE lower(s) = 'two'"));
        } finally {
            Lines.run(local, all.formatted("array_remove(rmoptions, 'scope=wrapper')"));
        }
        assertEquals("", sent("lower(s) = 'two'"));
    }

    @Test
    void r5CollationSafeStringsAreComparedThere() throws SQLException {
        Lines.run(local, "CREATE ROUTINE MAPPING up FOR FUNCTION upper(text) SERVER ora OPTIONS (format 'UPPER(%s)')");
        assertEquals("", sent("upper(s) < 'U'"));
        Lines.run(local, "ALTER ROUTINE MAPPING up OPTIONS (ADD collation_safe 'true')");
        assertEquals("((UPPER(\"S\") < 'U'))", sent("upper(s) < 'U'"));
        assertEquals("", sent("upper(s) > ''"));
        assertEquals(List.of("1", "2"), Lines.of(local, "SELECT id FROM word WHERE upper(s) < 'U' ORDER BY 1"));
        Lines.run(local, "DROP ROUTINE MAPPING up");
    }

    @Test
    void r5WhatNullGivesThereIsMadeWhatItGivesHere() throws SQLException {
        Lines.run(local, "CREATE FUNCTION shout(text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS $$ SELECT $1 || '!' $$", "ALTER FUNCTION shout(text) COST 9999",
                "CREATE FUNCTION kept(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN coalesce($1, 'none'); END $$",
                "CREATE ROUTINE MAPPING shout FOR FUNCTION shout(text) SERVER ora OPTIONS (format '(%s || ''!'')', null_on_null 'false')",
                "CREATE ROUTINE MAPPING kept FOR FUNCTION kept(text) SERVER ora OPTIONS (format 'RTRIM(%s)', null_on_null 'true')");
        assertEquals("(((\"S\" = 'x') OR (\"S\" IS NULL)))", sent("kept(s) = 'x'").replace("RTRIM(\"S\")", "\"S\""));
        assertEquals(List.of("3", "4"), Lines.of(local, "SELECT id FROM word WHERE kept(s) = 'none' ORDER BY 1"));
        if (!sent("shout(s) = 'one!'").isEmpty()) {
            assertEquals("(((CASE WHEN \"S\" IS NULL THEN NULL ELSE (\"S\" || '!') END) = 'one!'))", sent("shout(s) = 'one!'"));
        }
        assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM word WHERE shout(s) = 'one!'"));
        Lines.run(local, "DROP FUNCTION shout(text) CASCADE", "DROP FUNCTION kept(text) CASCADE");
    }

    @Test
    void r5WhatIsNotDeterministicIsNeverWrittenTwice() throws SQLException {
        Lines.run(local, "CREATE ROUTINE MAPPING m FOR FUNCTION mod(int, int) SERVER ora OPTIONS (format 'MOD(%s,%s)', deterministic 'false', exact 'false')",
                "CREATE ROUTINE MAPPING a FOR FUNCTION abs(int) SERVER ora OPTIONS (format '(%1$s * SIGN(%1$s))')");
        assertEquals("((\"ID\" IS NOT NULL))", sent("mod(id, 2) = 1"));
        Lines.run(local, "ALTER ROUTINE MAPPING m OPTIONS (DROP exact)");
        assertEquals("((MOD(\"ID\",2) = 1))", sent("mod(id, 2) = 1"));
        assertEquals("", sent("abs(mod(id, 2)) = 1"));
        assertEquals("(((\"ID\" * SIGN(\"ID\")) = 1))", sent("abs(id) = 1"));
        Lines.run(local, "DROP ROUTINE MAPPING m", "DROP ROUTINE MAPPING a");
    }

    @Test
    void r5WhatIsNotForWhereAloneIsComputedThere() throws SQLException {
        Lines.run(local, "CREATE ROUTINE MAPPING m FOR FUNCTION mod(int, int) SERVER ora OPTIONS (format 'MOD(%s,%s)', where_only 'false')");
        String query = "SELECT mod(id, 2), count(*) FROM word GROUP BY 1";
        assertEquals("SELECT MOD(\"ID\",2), count(*) FROM \"WORD\" GROUP BY MOD(\"ID\",2)", Lines.remote(local, query));
        assertEquals(List.of("0|2", "1|2"), Lines.of(local, query + " ORDER BY 1"));
        Lines.run(local, "ALTER ROUTINE MAPPING m OPTIONS (DROP where_only)");
        assertEquals("SELECT \"ID\" FROM \"WORD\"", Lines.remote(local, query));
        Lines.run(local, "DROP ROUTINE MAPPING m");
    }

    @Test
    void r7AMappingWithANameForbidsToDropWhatItIsAbout() throws SQLException {
        standIn.server("gone", "", "PUBLIC");
        Lines.run(local, "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
                "CREATE ROUTINE MAPPING mf FOR FUNCTION f(int) SERVER gone OPTIONS (format 'ABS(%s)')");
        SQLException e = fails("DROP FUNCTION f(int)");
        assertEquals("2BP01", e.getSQLState());
        assertTrue(e.getMessage().contains("routine mapping mf depends on function f(integer)"), e.getMessage());
        assertTrue(fails("DROP SERVER gone").getMessage().contains("routine mapping mf depends on server gone"), "server");
        Lines.run(local, "DROP FUNCTION f(int) CASCADE");
        assertEquals(List.of(), Lines.of(local, "SELECT 1 FROM information_schema.routine_mappings WHERE routine_mapping_name = 'mf'"));
        Lines.run(local, "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
                "INSERT INTO oracle_fdw.pg_routine_mapping SELECT 'f(int)', oid, '{format=ABS(%s)}' FROM pg_foreign_server WHERE srvname = 'gone'",
                "DROP FUNCTION f(int)", "INSERT INTO oracle_fdw.pg_routine_mapping SELECT 'abs(int)', oid, '{format=ABS(%s)}' FROM pg_foreign_server WHERE srvname = 'gone'",
                "DROP SERVER gone CASCADE");
        assertEquals(List.of(), Lines.of(local, "SELECT rmproc FROM oracle_fdw.pg_routine_mapping m WHERE NOT EXISTS (SELECT 1 FROM pg_foreign_server s WHERE s.oid = rmserver)"));
    }

    @Test
    void r7TheExtensionGoesWithAllItsMappings() throws SQLException {
        try (Gajah other = Gajah.inMemory(); Connection c = other.dataSource().getConnection()) {
            Lines.run(c, "CREATE EXTENSION oracle_fdw", "CREATE SERVER s FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver '')",
                    "CREATE ROUTINE MAPPING m FOR FUNCTION abs(int) SERVER s OPTIONS (format 'ABS(%s)')", "DROP EXTENSION oracle_fdw CASCADE", "CREATE EXTENSION oracle_fdw");
            assertEquals(List.of("1"), Lines.of(c, "SELECT count(DISTINCT rmserver) FROM oracle_fdw.pg_routine_mapping"));
        }
    }

    @Test
    void r9TheCheckTellsWhereTheTwoSidesDiffer() throws SQLException {
        Lines.run(local, "CREATE ROUTINE MAPPING good FOR FUNCTION abs(bigint) SERVER ora OPTIONS (format 'ABS(%s)')",
                "CREATE ROUTINE MAPPING wrong FOR FUNCTION mod(int, int) SERVER ora OPTIONS (format 'MOD(%2$s,%1$s)')",
                "CREATE ROUTINE MAPPING none FOR FUNCTION sign(numeric) SERVER ora OPTIONS (format 'NO_SUCH_FUNCTION(%s)')",
                "CREATE ROUTINE MAPPING longer FOR FUNCTION length(text) SERVER ora OPTIONS (format 'LENGTH(%s)', exact 'false')");
        assertEquals(List.of("'-9223372036854775808'"), Lines.of(local, "SELECT arguments FROM gajah.check_routine_mapping('good')"));
        assertTrue(Lines.of(local, "SELECT * FROM gajah.check_routine_mapping('wrong')").contains("'7', '3'|'1'|'3'|f"), "exchanged arguments");
        assertTrue(Lines.of(local, "SELECT there FROM gajah.check_routine_mapping('none') LIMIT 1").getFirst().startsWith("error "), "no such function there");
        assertEquals(List.of("''|'0'|NULL|t"), Lines.of(local, "SELECT * FROM gajah.check_routine_mapping('longer')"));
        assertTrue(Lines.of(local, "SELECT arguments FROM gajah.check_routine_mapping('wrong', '{12, no number}')").stream().anyMatch(l -> l.contains("'12'")), "samples of one's own");
        assertEquals("42704", fails("SELECT * FROM gajah.check_routine_mapping('nothing')").getSQLState());
        Lines.run(local, "CREATE ROLE checker", "GRANT SELECT ON oracle_fdw.pg_routine_mapping TO checker", "SET ROLE checker");
        assertEquals("42501", fails("SELECT * FROM gajah.check_routine_mapping('good')").getSQLState());
        Lines.run(local, "RESET ROLE", "DROP OWNED BY checker", "DROP ROLE checker");
        for (String name : List.of("good", "wrong", "none", "longer")) {
            Lines.run(local, "DROP ROUTINE MAPPING " + name);
        }
    }
}
