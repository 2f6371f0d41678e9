package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.gajah.tests.oracle.PostgresOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** F3: types that only Oracle's driver has names and numbers for. H2 is behind it, whose driver is made to say them. */
class OracleTypesTest {
    private static OracleStandIn standIn;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        OracleNames.register();
        standIn = OracleStandIn.start("oracle_types", "PUBLIC");
        oracle = standIn.oracle();
        local = standIn.local();
        Lines.run(local, "SET TimeZone = 'UTC'", "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD named 'url=" + OracleNames.SCHEME + "mem:{dbname}')",
                "CREATE SERVER named FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'named/oracle_types', isolation_level 'read_committed')",
                "CREATE USER MAPPING FOR PUBLIC SERVER named OPTIONS (user 'sa', password '')");
    }

    @AfterAll
    static void stop() throws SQLException {
        standIn.stop();
    }

    /** GETCLOBVAL is a function of the type there, of a schema of its name here. */
    @Test
    void documentsComeAsText() throws SQLException {
        Lines.run(oracle, "CREATE SCHEMA XMLTYPE", "CREATE ALIAS XMLTYPE.GETCLOBVAL AS 'String get(String s) { return s; }'", "CREATE TABLE docs (id NUMBER(5) PRIMARY KEY, doc CLOB)",
                "INSERT INTO docs VALUES (1, '<a>1</a>'), (2, NULL), (3, '<b/>')");
        Lines.run(local, "CREATE FOREIGN TABLE docs (id int OPTIONS (key 'true'), doc text) SERVER named OPTIONS (table 'DOCS')",
                "CREATE FOREIGN TABLE wrong_docs (id int, doc bytea) SERVER named OPTIONS (table 'DOCS')");
        assertEquals("SELECT \"ID\", XMLTYPE.GETCLOBVAL(\"DOC\") FROM \"DOCS\"", Lines.remote(local, "SELECT id, doc FROM docs"));
        assertEquals(List.of("1|<a>1</a>", "2|null", "3|<b/>"), Lines.of(local, "SELECT id, doc FROM docs ORDER BY id"));
        for (String query : List.of("SELECT id FROM docs WHERE doc = '<b/>'", "SELECT id FROM docs WHERE doc LIKE '<b%'", "SELECT id FROM docs WHERE doc IN ('<b/>', 'x')", "SELECT max(id) FROM docs GROUP BY doc HAVING doc > '<b'")) {
            String sent = Lines.remote(local, query);
            assertFalse(sent.contains(" WHERE ") || sent.contains("GROUP"), sent);
            assertEquals(List.of("3"), Lines.of(local, query), query);
        }
        assertEquals(List.of("2"), Lines.of(local, "SELECT id FROM docs WHERE doc IS NULL"));
        assertEquals(List.of("2"), Lines.of(local, "SELECT count(doc) FROM docs"));
        assertEquals(List.of("4|<c/>"), Lines.of(local, "INSERT INTO docs VALUES (4, '<c/>') RETURNING id, doc"));
        assertEquals(List.of("<d/>"), Lines.of(local, "UPDATE docs SET doc = '<d/>' WHERE id = 4 RETURNING doc"));
        assertTrue(Lines.remote(local, "DELETE FROM docs WHERE id = 4 RETURNING doc").contains("XMLTYPE.GETCLOBVAL(\"DOC\")"), "given back as text");
        assertEquals(List.of("<d/>"), Lines.of(local, "DELETE FROM docs WHERE id = 4 RETURNING doc"));
        SQLException e = assertThrows(SQLException.class, () -> Lines.of(local, "SELECT doc FROM wrong_docs"));
        assertEquals("HV004", e.getSQLState());
        assertTrue(e.getMessage().contains("is of type bytea, to which Oracle type SYS.XMLTYPE cannot be converted"), e.getMessage());
    }

    @Test
    void shapesAreRefusedByName() throws SQLException {
        Lines.run(oracle, "CREATE TABLE shapes (id NUMBER(5), shape VARCHAR2(10))", "INSERT INTO shapes VALUES (1, 'x')");
        Lines.run(local, "CREATE FOREIGN TABLE shapes (id int, shape text) SERVER named OPTIONS (table 'SHAPES')");
        SQLException e = assertThrows(SQLException.class, () -> Lines.of(local, "SELECT shape FROM shapes"));
        assertEquals("0A000", e.getSQLState());
        assertTrue(e.getMessage().contains("Oracle type MDSYS.SDO_GEOMETRY of column \"shape\" of foreign table \"shapes\" is not supported"), e.getMessage());
        assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM shapes"));
    }

    /** A LONG is fetched, and nothing is done with it there. */
    @Test
    void longsAreOnlyFetched() throws SQLException {
        Lines.run(oracle, "CREATE TABLE longs (id NUMBER(5), old VARCHAR2(100))", "INSERT INTO longs VALUES (1, 'one'), (2, NULL), (3, 'three')");
        Lines.run(local, "CREATE FOREIGN TABLE longs (id int, old text) SERVER named OPTIONS (table 'LONGS')",
                "CREATE ROUTINE MAPPING long_length FOR FUNCTION length(text) SERVER named OPTIONS (format 'LENGTH(%s)', exact 'false')");
        for (String condition : List.of("old = 'three'", "length(old) = 5", "old LIKE 'th%'", "old IN ('three', 'x')")) {
            assertEquals("SELECT \"ID\", \"OLD\" FROM \"LONGS\"", Lines.remote(local, "SELECT id FROM longs WHERE " + condition), condition);
            assertEquals(List.of("3"), Lines.of(local, "SELECT id FROM longs WHERE " + condition));
        }
        assertEquals(List.of("2"), Lines.of(local, "SELECT count(old) FROM longs"));
        assertFalse(Lines.remote(local, "SELECT count(old) FROM longs").contains("count"), "COUNT takes no LONG");
        assertTrue(Lines.remote(local, "SELECT id FROM longs WHERE old IS NOT NULL").contains("IS NOT NULL"), "but this does");
    }

    @Test
    void momentsAndIntervalsHaveOraclesNumbers() throws SQLException {
        Lines.run(oracle, "CREATE TABLE times (id NUMBER(5), ltz TIMESTAMP(6) WITH TIME ZONE, tz TIMESTAMP(6) WITH TIME ZONE, ym VARCHAR2(20), ds VARCHAR2(30))",
                "INSERT INTO times VALUES (1, TIMESTAMP WITH TIME ZONE '2024-03-31 01:30:00+00', TIMESTAMP WITH TIME ZONE '2024-03-31 01:30:00+05:30', '-1-2', '1 2:3:4.5'), (2, NULL, NULL, '10-0', '-0 0:0:0.25')");
        Lines.run(local, "CREATE FOREIGN TABLE times (id int, ltz timestamptz, tz timestamptz, ym interval, ds interval) SERVER named OPTIONS (table 'TIMES')",
                "CREATE FOREIGN TABLE clocks (id int, ltz timestamp, tz timestamp, ym text, ds text) SERVER named OPTIONS (table 'TIMES')");
        assertEquals(List.of("1|2024-03-31 01:30:00+00|2024-03-30 20:00:00+00|-1 years -2 mons|1 day 02:03:04.5", "2|null|null|10 years|-00:00:00.25"),
                Lines.of(local, "SELECT id, ltz::text, tz::text, ym::text, ds::text FROM times ORDER BY id"));
        assertEquals(List.of("1|2024-03-31 01:30:00|-1-2|1 2:3:4.5"), Lines.of(local, "SELECT id, tz::text, ym, ds FROM clocks WHERE id = 1"));
        assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM times WHERE ltz >= '2024-03-31 01:00:00+00' AND ds > '1 day'"));
    }

    /** Numbers that are rounded on the way: what is sent keeps those next to the one that is asked for. */
    @Test
    void floatsAreComparedWithARange() throws SQLException {
        Lines.run(oracle, "CREATE TABLE floats (id NUMBER(5), bf REAL, bd DOUBLE PRECISION, n NUMBER(30, 20))",
                "INSERT INTO floats VALUES (1, 0.1, 0.1, 0.1), (2, 0.3, 1e300, 0.30000000000000000001), (3, NULL, NULL, NULL), (4, -5, -0.0, 1)");
        Lines.run(local, "CREATE FOREIGN TABLE floats (id int, bf float8, bd float8, n float8) SERVER named OPTIONS (table 'FLOATS')", "CREATE TABLE floats_here AS SELECT * FROM floats");
        for (String condition : List.of("bd = 0.1", "bd > 0.1", "bd >= 0.1", "bd < 1", "0 = bd", "0 >= bd", "n = 0.3", "n > 0.3", "n <= 0.3", "bf > 0.2", "bf < 0", "bd = 0.1::numeric + 0", "n IN (0.3, 1)")) {
            assertEquals(Lines.of(local, "SELECT id FROM floats_here WHERE " + condition + " ORDER BY 1"), Lines.of(local, "SELECT id FROM floats WHERE " + condition + " ORDER BY 1"), condition);
            String sent = Lines.remote(local, "SELECT id FROM floats WHERE " + condition);
            assertTrue(condition.contains("IN") || sent.contains(" WHERE ") && Lines.of(oracle, sent).size() < 4, sent);
        }
        for (String condition : List.of("bd = 1e300", "bd <> 0.1", "bd = 'NaN'", "bd < 'Infinity'")) {
            assertEquals(Lines.of(local, "SELECT id FROM floats_here WHERE " + condition + " ORDER BY 1"), Lines.of(local, "SELECT id FROM floats WHERE " + condition + " ORDER BY 1"), condition);
            assertFalse(Lines.remote(local, "SELECT id FROM floats WHERE " + condition).contains(" WHERE "), condition);
        }
    }

    /** An xml column of a PostgreSQL behind jdbc_fdw is what JDBC calls SQLXML. */
    @Test
    void documentsOfOthersComeAsText() throws IOException, SQLException {
        try (PostgresOracle server = PostgresOracle.start();
                Connection postgres = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", "postgres", "")) {
            Lines.run(postgres, "CREATE TABLE docs (id int PRIMARY KEY, doc xml)", "INSERT INTO docs VALUES (1, '<a>1</a>'), (2, NULL)");
            Lines.run(local, "CREATE EXTENSION jdbc_fdw",
                    "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD pg 'url=jdbc:postgresql://{host}:{port}/{dbname}?stringtype=unspecified')",
                    "CREATE SERVER pg FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'pg', host '127.0.0.1', port '" + server.port() + "', dbname 'postgres')",
                    "CREATE USER MAPPING FOR PUBLIC SERVER pg OPTIONS (user 'postgres')", "CREATE FOREIGN TABLE pg_docs (id int OPTIONS (key 'true'), doc text) SERVER pg OPTIONS (table_name 'docs')");
            assertEquals(List.of("1|<a>1</a>", "2|null"), Lines.of(local, "SELECT id, doc FROM pg_docs ORDER BY id"));
            assertEquals("SELECT \"id\", \"doc\" FROM \"docs\"", Lines.remote(local, "SELECT id FROM pg_docs WHERE doc = '<a>1</a>'"));
            assertEquals(List.of("1"), Lines.of(local, "SELECT id FROM pg_docs WHERE doc = '<a>1</a>'"));
            Lines.run(local, "INSERT INTO pg_docs VALUES (3, '<c/>')", "UPDATE pg_docs SET doc = '<b/>' WHERE id = 2");
            assertEquals(List.of("2|<b/>", "3|<c/>"), Lines.of(postgres, "SELECT id, doc FROM docs WHERE id > 1 ORDER BY id"));
            notWithoutALock();
        }
    }

    /** Of a database that has no words for a lock, rows that are deleted are given back only if nobody can have changed them. */
    private static void notWithoutALock() throws SQLException {
        SQLException e = assertThrows(SQLException.class, () -> Lines.of(local, "DELETE FROM pg_docs WHERE id = 3 RETURNING doc"));
        assertEquals("0A000", e.getSQLState(), e.getMessage());
        assertTrue(e.getMessage().contains("RETURNING of rows that are deleted on this server is not supported at isolation level READ COMMITTED"), e.getMessage());
        assertEquals(List.of("3"), Lines.of(local, "SELECT count(*) FROM pg_docs"));
        Lines.run(local, "DELETE FROM pg_docs WHERE id = 1", "ALTER SERVER pg OPTIONS (ADD isolation_level 'serializable')");
        assertEquals(List.of("<c/>"), Lines.of(local, "DELETE FROM pg_docs WHERE id = 3 RETURNING doc"));
        assertEquals(List.of("2"), Lines.of(local, "SELECT id FROM pg_docs"));
    }
}
