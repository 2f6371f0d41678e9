package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;

import org.gajah.tests.corpus.Target;
import org.gajah.tests.corpus.Targets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What scripts written for oracle_fdw rely on, with H2 in Oracle's mode behind it. */
class OracleForeignTest {
    private static OracleStandIn standIn;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        standIn = OracleStandIn.start("oracle_fdw", "PUBLIC");
        oracle = standIn.oracle();
        local = standIn.local();
        Lines.run(oracle, "CREATE TABLE account (id NUMBER(10) PRIMARY KEY, filler VARCHAR2(20), amount NUMBER(12, 2))",
                "INSERT INTO account VALUES (1, 'xabc', 10), (2, '', 20.5), (3, 'other', 30)");
        Lines.run(local, "CREATE FOREIGN TABLE account (id int OPTIONS (key 'true'), filler varchar(20), amount numeric(12, 2)) SERVER ora OPTIONS (\"table\" 'ACCOUNT')");
    }

    @AfterAll
    static void stop() throws SQLException {
        standIn.stop();
    }

    private static SQLException fails(String sql) {
        return assertThrows(SQLException.class, () -> Lines.run(local, sql));
    }

    private static void map(String function, String options) throws SQLException {
        Lines.run(local, "INSERT INTO oracle_fdw.pg_routine_mapping SELECT '" + function + "', oid, '" + options + "' FROM pg_foreign_server WHERE srvname = 'ora'");
    }

    private static void unmap(String function) throws SQLException {
        Lines.run(local, "DELETE FROM oracle_fdw.pg_routine_mapping WHERE rmproc = '" + function + "'::regprocedure AND rmserver = (SELECT oid FROM"
                + " pg_foreign_server WHERE srvname = 'ora')");
    }

    @Test
    void anExtensionIsMadeAndGivesNoRows() throws IOException, SQLException {
        try (Target other = Targets.gajah(); Connection c = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + other.port() + "/postgres?preferQueryMode=simple", "postgres", "");
                Statement s = c.createStatement()) {
            assertFalse(s.execute("CREATE EXTENSION oracle_fdw"));
            assertEquals(List.of("31"), Lines.of(c, "SELECT count(*) FROM oracle_fdw.pg_routine_mapping"));
        }
    }

    @Test
    void f2ColumnsAreThoseAtTheirPlacesWhateverTheirNames() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE renamed (n int, s text) SERVER ora OPTIONS (\"table\" 'ACCOUNT')");
        assertEquals("SELECT \"FILLER\" FROM \"ACCOUNT\" WHERE ((\"ID\" = 1))", Lines.remote(local, "SELECT s FROM renamed WHERE n = 1"));
        assertEquals(List.of("xabc"), Lines.of(local, "SELECT s FROM renamed WHERE n = 1"));
    }

    @Test
    void f2MoreColumnsThanThereGiveAWarningAndNull() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE wide (id int OPTIONS (key 'true'), s text, a numeric, extra int) SERVER ora OPTIONS (\"table\" 'ACCOUNT')");
        try (Statement s = local.createStatement(); ResultSet r = s.executeQuery("SELECT extra FROM wide WHERE id = 1")) {
            assertTrue(r.next() && r.getObject(1) == null);
            SQLWarning w = s.getWarnings();
            assertEquals("column number 4 of foreign table \"wide\" does not exist in foreign Oracle table, will be replaced by NULL", w.getMessage());
        }
        Lines.run(local, "INSERT INTO wide VALUES (50, 'fifty', 5, 5)");
        assertEquals(List.of("50|fifty|5"), Lines.of(oracle, "SELECT * FROM account WHERE id = 50"));
        Lines.run(local, "DELETE FROM wide WHERE id = 50");
    }

    @Test
    void f2AQueryMayStandForTheTable() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE total (n bigint, s numeric) SERVER ora OPTIONS (\"table\" '(SELECT COUNT(*), SUM(id) FROM account WHERE id < 10)')");
        assertEquals(List.of("3|6"), Lines.of(local, "SELECT * FROM total"));
    }

    @Test
    void f22DiagnosisTellsWhatIsThereWithoutThePassword() throws SQLException {
        String text = Lines.of(local, "SELECT oracle_diag('ora')").getFirst();
        assertTrue(text.contains("server H2 ") && text.contains("read committed") && text.contains("jdbc:h2:mem:oracle_fdw"), text);
        assertTrue(Lines.of(local, "SELECT oracle_diag()").getFirst().startsWith("oracle_fdw 1.2 "), "without a server");
    }

    @Test
    void f23ExecuteRunsAnythingThereInTheTransaction() throws SQLException {
        Lines.run(local, "SELECT oracle_execute('ora', 'CREATE TABLE made (a NUMBER(5))')");
        local.setAutoCommit(false);
        Lines.run(local, "SELECT oracle_execute('ora', 'INSERT INTO made VALUES (7)')");
        local.rollback();
        local.setAutoCommit(true);
        assertEquals(List.of("0"), Lines.of(oracle, "SELECT COUNT(*) FROM made"));
        Lines.run(local, "CREATE ROLE nobody_there", "SET ROLE nobody_there");
        try {
            assertEquals("42501", fails("SELECT oracle_execute('ora', 'DROP TABLE made')").getSQLState());
        } finally {
            Lines.run(local, "RESET ROLE", "SELECT oracle_execute('ora', 'DROP TABLE made')");
        }
        assertEquals("42704", fails("SELECT oracle_execute('nowhere', 'SELECT 1')").getSQLState());
    }

    @Test
    void f21ConnectionsCanBeClosedOutsideATransactionThatUsesThem() throws SQLException {
        local.setAutoCommit(false);
        Lines.of(local, "SELECT count(*) FROM account");
        assertEquals("HV010", fails("SELECT oracle_close_connections()").getSQLState());
        local.rollback();
        local.setAutoCommit(true);
        Lines.run(local, "SELECT oracle_close_connections()");
        assertEquals(List.of("3"), Lines.of(local, "SELECT count(*) FROM account"));
    }

    @Test
    void f1ADatabaseLinkStandsBehindTheName() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE linked (a int) SERVER ora OPTIONS (\"table\" 'T', dblink 'OTHER.WORLD')");
        assertTrue(fails("SELECT * FROM linked").getMessage().contains("\"T\"@OTHER.WORLD"), "the link is asked for");
        assertEquals("HV024", fails("CREATE FOREIGN TABLE linked2 (a int) SERVER ora OPTIONS (\"table\" 'T', dblink 'a b')").getSQLState());
    }

    @Test
    void r2AFormatIsCheckedWhenTheMappingIsMade() {
        String insert = "INSERT INTO oracle_fdw.pg_routine_mapping VALUES ('mod(integer,integer)', 1, '{%s}')";
        for (String wrong : List.of("format=MOD(%s,%s,%s)", "format=MOD(%3$s,%1$s)", "format=MOD(%I,%s)", "format=MOD(%d)", "format=x%", "format=%0$s")) {
            SQLException e = fails(insert.replace("%s}", '"' + wrong + "\"}"));
            assertEquals("HV024", e.getSQLState(), wrong + ": " + e.getMessage());
        }
        assertEquals("HV00J", fails(insert.replace("%s}", "nargs=2}")).getSQLState());
        assertEquals("HV00J", fails("INSERT INTO oracle_fdw.pg_routine_mapping VALUES ('mod(integer,integer)', 1, NULL)").getSQLState());
        assertEquals("HV00D", fails(insert.replace("%s}", "format=x,nonsense=1}")).getSQLState());
        assertEquals("22023", fails(insert.replace("%s}", "format=x,nonsense}")).getSQLState());
        assertEquals("42601", fails(insert.replace("%s}", "format=x,exact=perhaps}")).getSQLState());
    }

    @Test
    void r2AVariadicFunctionNeedsItsNumberOfArguments() throws SQLException {
        assertEquals("HV00J", assertThrows(SQLException.class, () -> map("concat(\"any\")", "{\"format=CONCAT(%s,%s)\"}")).getSQLState());
        assertEquals("HV024", assertThrows(SQLException.class, () -> map("concat(\"any\")", "{\"format=CONCAT(%s,%s)\",nargs=two}")).getSQLState());
        assertEquals("HV024", assertThrows(SQLException.class, () -> map("concat(\"any\")", "{\"format=CONCAT(%s,%s)\",nargs=1}")).getSQLState());
        map("concat(\"any\")", "{\"format=CONCAT(%s,%s)\",nargs=2}");
        try {
            String two = "SELECT id FROM account WHERE concat(filler, 'd') = 'xabcd'";
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\" WHERE ((CONCAT(\"FILLER\",'d') = 'xabcd'))", Lines.remote(local, two));
            assertEquals(List.of("1"), Lines.of(local, two));
            assertEquals("SELECT \"ID\", \"FILLER\" FROM \"ACCOUNT\"", Lines.remote(local, "SELECT id FROM account WHERE concat(filler, 'd', 'e') = 'xabcde'"));
        } finally {
            unmap("concat(\"any\")");
        }
    }

    @Test
    void r2ArgumentsMayChangeOrderAndRepeat() throws SQLException {
        map("strpos(text,text)", "{\"format=INSTR(%1$s,%2$s) + 0 * LENGTH(%1$s)\"}");
        try {
            String query = "SELECT id FROM account WHERE strpos(filler, 'abc') = 2";
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\" WHERE ((INSTR(\"FILLER\",'abc') + 0 * LENGTH(\"FILLER\") = 2))", Lines.remote(local, query));
            assertEquals(List.of("1"), Lines.of(local, query));
        } finally {
            unmap("strpos(text,text)");
        }
    }

    @Test
    void r4AMappingCanBeSwitchedOff() throws SQLException {
        map("mod(integer,integer)", "{\"format=MOD(%s,%s)\",disabled=true}");
        try {
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\"", Lines.remote(local, "SELECT id FROM account WHERE mod(id, 2) = 1"));
        } finally {
            unmap("mod(integer,integer)");
        }
    }

    @Test
    void r10APlanThatIsKeptNoticesAMappingThatComesAndGoes() throws SQLException {
        Lines.run(local, "PREPARE odd AS SELECT id FROM account WHERE mod(id, 2) = 1");
        List<String> without = List.of("1", "3");
        try (PreparedStatement kept = local.prepareStatement("SELECT id FROM account WHERE mod(id, 2) = 1 ORDER BY 1")) {
            for (int i = 0; i < 7; i++) {
                assertEquals(without, Lines.of(local, "EXECUTE odd").stream().sorted().toList());
            }
            map("mod(integer,integer)", "{\"format=1 + 0 * MOD(%s,%s)\"}");
            try {
                assertEquals(List.of("1", "2", "3"), Lines.of(local, "EXECUTE odd").stream().sorted().toList());
                local.setAutoCommit(false);
                unmap("mod(integer,integer)");
                assertEquals(without, Lines.of(local, "EXECUTE odd").stream().sorted().toList(), "within the transaction");
                local.rollback();
                local.setAutoCommit(true);
                assertEquals(List.of("1", "2", "3"), Lines.of(local, "EXECUTE odd").stream().sorted().toList(), "rolled back");
            } finally {
                unmap("mod(integer,integer)");
            }
            assertEquals(without, Lines.of(local, "EXECUTE odd").stream().sorted().toList());
            try (ResultSet r = kept.executeQuery()) {
                assertTrue(r.next() && r.getInt(1) == 1);
            }
        }
    }

    /** The query is answered like one of a local table with the same rows, and this condition goes there. */
    private static void pushed(String condition, String there) throws SQLException {
        String query = "SELECT id FROM moment WHERE " + condition;
        String sent = Lines.remote(local, query);
        assertTrue(sent.endsWith(" WHERE " + there), sent);
        assertEquals(Lines.of(local, query.replace("moment", "moment_here") + " ORDER BY id"), Lines.of(local, query + " ORDER BY id"), condition);
    }

    private static void moments() throws SQLException {
        Lines.run(oracle, "CREATE TABLE IF NOT EXISTS moment (id NUMBER(10), d DATE, t TIMESTAMP(9), s VARCHAR2(20), n NUMBER(12, 2))", "DELETE FROM moment",
                "INSERT INTO moment VALUES (1, TIMESTAMP '2024-02-28 00:00:00', TIMESTAMP '2024-02-28 10:00:00.000000000', 'abc', 1.5)",
                "INSERT INTO moment VALUES (2, TIMESTAMP '2024-02-28 13:30:00', TIMESTAMP '2024-02-28 10:00:00.000000900', 'a_c', 2)",
                "INSERT INTO moment VALUES (3, TIMESTAMP '2024-02-29 00:00:00', TIMESTAMP '2024-02-28 10:00:00.000001000', 'ABC', -1)",
                "INSERT INTO moment VALUES (4, NULL, NULL, '', NULL)", "INSERT INTO moment VALUES (5, TIMESTAMP '2024-03-01 23:59:59', TIMESTAMP '2024-03-01 00:00:00', '100%', 7)");
        Lines.run(local, "DROP FOREIGN TABLE IF EXISTS moment", "DROP TABLE IF EXISTS moment_here",
                "CREATE FOREIGN TABLE moment (id int, d date, t timestamp, s text, n numeric) SERVER ora OPTIONS (\"table\" 'MOMENT')",
                "CREATE TABLE moment_here AS SELECT * FROM moment");
    }

    @Test
    void f5DatesThatHaveATimeThereCompareAsTheyDoHere() throws SQLException {
        moments();
        pushed("d = '2024-02-28'", "(((\"D\" >= DATE '2024-02-28') AND (\"D\" < DATE '2024-02-29')))");
        pushed("d <> '2024-02-28'", "(((\"D\" < DATE '2024-02-28') OR (\"D\" >= DATE '2024-02-29')))");
        pushed("d <= '2024-02-28'", "((\"D\" < DATE '2024-02-29'))");
        pushed("d > '2024-02-28'", "((\"D\" >= DATE '2024-02-29'))");
        pushed("d < '2024-02-29'", "((\"D\" < DATE '2024-02-29'))");
        pushed("date '2024-02-28' < d", "((\"D\" >= DATE '2024-02-29'))");
        pushed("d BETWEEN '2024-02-28' AND '2024-02-29'", "((\"D\" >= DATE '2024-02-28')) AND ((\"D\" < DATE '2024-03-01'))");
        pushed("t = '2024-02-28 10:00:00'", "(((\"T\" >= TIMESTAMP '2024-02-28 10:00:00') AND (\"T\" < TIMESTAMP '2024-02-28 10:00:00.000001')))");
        pushed("t > '2024-02-28 10:00:00'", "((\"T\" >= TIMESTAMP '2024-02-28 10:00:00.000001'))");
    }

    @Test
    void f5ListsPatternsArithmeticAndCasesGoThere() throws SQLException {
        moments();
        pushed("id IN (1, 3, 9)", "((\"ID\" IN (1, 3, 9)))");
        pushed("id NOT IN (1, 3)", "((\"ID\" NOT IN (1, 3)))");
        pushed("s IN ('abc', '', 'ABC')", "((\"S\" IN ('abc', 'ABC')))");
        pushed("s NOT IN ('abc', 'it''s')", "((\"S\" NOT IN ('abc', 'it''s')))");
        pushed("s LIKE 'a%'", "((\"S\" LIKE 'a%' ESCAPE '\\'))");
        pushed("s LIKE 'a\\_c'", "((\"S\" LIKE 'a\\_c' ESCAPE '\\'))");
        pushed("s NOT LIKE '%\\%'", "((\"S\" NOT LIKE '%\\%' ESCAPE '\\'))");
        pushed("id + 1 > 3", "(((\"ID\" + 1) > 3))");
        pushed("id * 2 - 1 = 5", "((((\"ID\" * 2) - 1) = 5))");
        pushed("coalesce(n, 0) = 0", "((COALESCE(\"N\", 0) = 0))");
        pushed("CASE WHEN id < 3 THEN n ELSE 0 END = 2", "(((CASE WHEN (\"ID\" < 3) THEN \"N\" ELSE 0 END) = 2))");
        pushed("n IS DISTINCT FROM 2", "((CASE WHEN \"N\" = 2 OR \"N\" IS NULL AND 2 IS NULL THEN 1 ELSE 0 END = 0))");
        pushed("n BETWEEN -1 AND 2 AND (s = 'ABC' OR id = 2)", "((\"N\" >= (-1))) AND ((\"N\" <= 2)) AND (((\"S\" = 'ABC') OR (\"ID\" = 2)))");
        assertTrue(Lines.explained(local, "SELECT id FROM moment WHERE id + 1 > 3").toString().contains("Not pushed down"), "rechecked");
        assertEquals("SELECT \"ID\", \"S\" FROM \"MOMENT\"", Lines.remote(local, "SELECT id FROM moment WHERE s LIKE 'a\\'").replace("\"S\", \"ID\"", "\"ID\", \"S\""));
    }

    @Test
    void f7ParametersAreBound() throws SQLException {
        moments();
        Lines.run(local, "SET plan_cache_mode = force_generic_plan");
        try (PreparedStatement s = local.prepareStatement("SELECT id FROM moment WHERE s = ? AND id = ANY (?) AND d >= ?")) {
            for (int i = 0; i < 6; i++) {
                s.setString(1, i == 5 ? "" : "abc");
                s.setArray(2, local.createArrayOf("int4", new Object[] {1, 2, 3, null, 7}));
                s.setObject(3, java.time.LocalDate.of(2024, 1, 1));
                try (ResultSet r = s.executeQuery()) {
                    assertEquals(i != 5, r.next());
                }
            }
        } finally {
            Lines.run(local, "RESET plan_cache_mode");
        }
    }

    @Test
    void aJoinWithALocalTableAsksForTheRowsOfItsKeys() throws SQLException {
        Lines.run(local, "CREATE TABLE wanted (k int, w text)", "INSERT INTO wanted SELECT i, 'w' || i FROM generate_series(-3000, 2) i", "ANALYZE wanted");
        String join = "SELECT id, filler, w FROM wanted JOIN account ON k = id ORDER BY 1";
        assertEquals("SELECT \"ID\", \"FILLER\" FROM \"ACCOUNT\" WHERE ((\"ID\" = ANY (:1)))", Lines.remote(local, join));
        assertEquals(List.of("1|xabc|w1", "2|null|w2"), Lines.of(local, join));
        assertEquals(List.of("xabc"), Lines.of(local, "SELECT filler FROM (VALUES ('xabc'), (''), (NULL)) v (f) JOIN account ON f = filler"));
    }

    @Test
    void r1StatementsOfTheStandardWriteTheSameRows() throws SQLException {
        Lines.run(local, "CREATE ROUTINE MAPPING odd FOR FUNCTION mod(int, int) SERVER ora OPTIONS (format 'MOD(%s,%s)')");
        try {
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\" WHERE ((MOD(\"ID\",2) = 1))", Lines.remote(local, "SELECT id FROM account WHERE mod(id, 2) = 1"));
            assertEquals("SELECT \"ID\" FROM \"ACCOUNT\"", Lines.remote(local, "SELECT id FROM account WHERE mod(id::bigint, 2) = 1"));
            assertEquals(List.of("mod(integer,integer)|{name=odd,\"format=MOD(%s,%s)\"}"), Lines.of(local,
                    "SELECT rmproc, rmoptions FROM oracle_fdw.pg_routine_mapping WHERE 'name=odd' = ANY (rmoptions)"));
            assertTrue(Lines.explained(local, "SELECT id FROM account WHERE mod(id, 2) = 1").toString().contains("Routine mappings: odd"), "EXPLAIN");
            assertEquals("42710", fails("CREATE ROUTINE MAPPING odd FOR FUNCTION abs(int) SERVER ora OPTIONS (format 'ABS(%s)')").getSQLState());
            assertEquals("42710", fails("CREATE ROUTINE MAPPING odd2 FOR FUNCTION mod(int, int) SERVER ora OPTIONS (format 'MOD(%s,%s)')").getSQLState());
            assertEquals("HV024", fails("ALTER ROUTINE MAPPING odd OPTIONS (SET format 'MOD(%s,%s,%s)')").getSQLState());
            Lines.run(local, "ALTER ROUTINE MAPPING odd OPTIONS (SET format 'REMAINDER(%2$s,%1$s)', ADD exact 'false')");
            assertEquals(List.of("odd|exact|false", "odd|format|REMAINDER(%2$s,%1$s)"), Lines.of(local,
                    "SELECT * FROM information_schema.routine_mapping_options WHERE routine_mapping_name = 'odd' ORDER BY 2"));
            assertTrue(Lines.remote(local, "SELECT id FROM account WHERE mod(id, 2) = 1").contains("REMAINDER(2,\"ID\") = 1) OR"), "altered");
            assertEquals("42704", fails("ALTER ROUTINE MAPPING odd OPTIONS (DROP nargs)").getSQLState());
        } finally {
            Lines.run(local, "DROP ROUTINE MAPPING odd");
        }
        assertEquals("SELECT \"ID\" FROM \"ACCOUNT\"", Lines.remote(local, "SELECT id FROM account WHERE mod(id, 2) = 1"));
        assertEquals("42704", fails("DROP ROUTINE MAPPING odd").getSQLState());
        Lines.run(local, "DROP ROUTINE MAPPING IF EXISTS odd");
        assertEquals("42883", fails("CREATE ROUTINE MAPPING x FOR FUNCTION nothing(int) SERVER ora OPTIONS (format 'x')").getSQLState());
        assertEquals("HV00J", fails("CREATE ROUTINE MAPPING x FOR FUNCTION abs(int) SERVER ora OPTIONS (exact 'true')").getSQLState());
    }

    @Test
    void r1ARoutineMayStillBeCalledMapping() throws SQLException {
        Lines.run(local, "CREATE FUNCTION mapping(int) RETURNS int LANGUAGE sql AS 'SELECT 1'", "ALTER ROUTINE mapping(int) COST 7", "ALTER ROUTINE mapping COST 8",
                "DROP ROUTINE mapping(int)");
        assertEquals("42601", fails("CREATE ROUTINE f() RETURNS int").getSQLState());
    }

    @Test
    void r8InformationSchemaHasTheMappings() throws SQLException {
        assertEquals(List.of("oracle_fdw_template_server|31"), Lines.of(local,
                "SELECT foreign_server_name, count(*) FROM information_schema.routine_mappings WHERE foreign_server_name LIKE '%template%' GROUP BY 1"));
        assertEquals(List.of("LENGTH(RTRIM(%s))"), Lines.of(local, "SELECT option_value FROM information_schema.routine_mapping_options WHERE option_name = 'format'"
                + " AND routine_mapping_name = 'length(character)@oracle_fdw_template_server'"));
        Lines.run(local, "CREATE ROLE reader", "SET ROLE reader");
        try {
            assertEquals(List.of("0"), Lines.of(local, "SELECT count(*) FROM information_schema.routine_mappings"));
            assertEquals("42501", fails("DROP ROUTINE MAPPING IF EXISTS odd").getSQLState());
        } finally {
            Lines.run(local, "RESET ROLE", "DROP ROLE reader");
        }
    }

    @Test
    void r1MappingsServeEveryWrapper() throws SQLException {
        Lines.run(oracle, "CREATE TABLE plain (\"a\" INT, \"s\" VARCHAR(20))", "INSERT INTO plain VALUES (1, 'one'), (2, 'Two')");
        Lines.run(local, "CREATE EXTENSION jdbc_fdw", "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname} dialect=other')",
                "CREATE SERVER other FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'h2', dbname 'oracle_fdw')",
                "CREATE USER MAPPING FOR PUBLIC SERVER other OPTIONS (user 'sa', password '')",
                "CREATE FOREIGN TABLE plain (a int, s text) SERVER other OPTIONS (table_name 'PLAIN')",
                "CREATE ROUTINE MAPPING minus FOR FUNCTION abs(int) SERVER other OPTIONS (format 'ABS(%s)')");
        assertEquals("SELECT \"s\" FROM \"PLAIN\" WHERE ((ABS(\"a\") = 2))", Lines.remote(local, "SELECT s FROM plain WHERE abs(a) = 2"));
        assertEquals(List.of("Two"), Lines.of(local, "SELECT s FROM plain WHERE abs(a) = 2"));
        Lines.run(local, "CREATE EXTENSION postgres_fdw", "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2'",
                "CREATE SERVER pg FOREIGN DATA WRAPPER postgres_fdw", "CREATE USER MAPPING FOR PUBLIC SERVER pg", "CREATE FOREIGN TABLE far (a int) SERVER pg",
                "ALTER FUNCTION twice(int) COST 1000",
                "CREATE ROUTINE MAPPING twice FOR FUNCTION twice(int) SERVER pg OPTIONS (format 'public.twice(%s)')");
        assertTrue(Lines.remote(local, "SELECT a FROM far WHERE twice(a) = 4").startsWith("SELECT a FROM public.far WHERE "), "sent");
    }

    @Test
    void f24ASchemaIsImported() throws SQLException {
        Lines.run(oracle, "CREATE SCHEMA shop", "CREATE TABLE shop.big_order (id NUMBER(18) PRIMARY KEY, total NUMBER(12, 2), made DATE, note CLOB, code RAW(16), \"Mixed\" VARCHAR2(7),"
                + " seen TIMESTAMP(3), size_of NUMBER(4))", "CREATE VIEW shop.totals AS SELECT total FROM shop.big_order",
                "INSERT INTO shop.big_order VALUES (1, 9.5, TIMESTAMP '2024-05-06 07:08:09', 'n', X'00112233445566778899aabbccddeeff', 'm', NULL, 3)");
        Lines.run(local, "CREATE SCHEMA shop", "IMPORT FOREIGN SCHEMA \"SHOP\" FROM SERVER ora INTO shop OPTIONS (readonly 'true', prefetch '100')");
        assertEquals(List.of("big_order|Mixed|character varying(7)|null", "big_order|code|uuid|null", "big_order|id|bigint|{key=true}", "big_order|made|timestamp(0) without time zone|null",
                "big_order|note|text|null", "big_order|seen|timestamp(3) without time zone|null", "big_order|size_of|smallint|null", "big_order|total|numeric(12,2)|null",
                "totals|total|numeric(12,2)|null"), Lines.of(local,
                "SELECT relname, attname, format_type(atttypid, atttypmod), attfdwoptions FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'shop'::regnamespace"
                + " AND attnum > 0 ORDER BY 1, 2"));
        assertEquals(List.of("{schema=SHOP,table=BIG_ORDER,readonly=true,prefetch=100}"), Lines.of(local,
                "SELECT ftoptions FROM pg_foreign_table WHERE ftrelid = 'shop.big_order'::regclass"));
        assertEquals(List.of("1|9.50|2024-05-06 07:08:09|n|00112233-4455-6677-8899-aabbccddeeff|m|null|3"), Lines.of(local, "SELECT * FROM shop.big_order"));
        assertEquals("55000", fails("DELETE FROM shop.big_order").getSQLState());
        Lines.run(local, "DROP SCHEMA shop CASCADE", "CREATE SCHEMA shop", "IMPORT FOREIGN SCHEMA \"SHOP\" LIMIT TO (totals, \"TOTALS\") FROM SERVER ora INTO shop OPTIONS (case 'keep')");
        assertEquals(List.of("TOTALS"), Lines.of(local, "SELECT relname FROM pg_class WHERE relnamespace = 'shop'::regnamespace"));
        assertEquals("HV00Q", fails("IMPORT FOREIGN SCHEMA \"NOWHERE\" FROM SERVER ora INTO shop").getSQLState());
        assertEquals("HV00D", fails("IMPORT FOREIGN SCHEMA \"SHOP\" FROM SERVER ora INTO shop OPTIONS (nonsense '1')").getSQLState());
    }

    /** Each default mapping that a row of the documented differences is about: the right answer, with the function sent to save rows. */
}
