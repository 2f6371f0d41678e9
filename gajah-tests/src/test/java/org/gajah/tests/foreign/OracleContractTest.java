package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What users of oracle_fdw rely on, a test for each line of the list that no other class has, with H2 in Oracle's mode behind it. */
class OracleContractTest {
    private static OracleStandIn standIn;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        standIn = OracleStandIn.start("contract", "CURRENT_USER");
        oracle = standIn.oracle();
        local = standIn.local();
        Lines.run(oracle, "CREATE TABLE acc (id NUMBER(10) PRIMARY KEY, name VARCHAR2(20), amount NUMBER(12, 2), opened DATE)",
                "INSERT INTO acc SELECT x, 'n' || MOD(x, 4), CASE WHEN MOD(x, 5) = 0 THEN NULL ELSE x * 1.5 END, DATEADD(DAY, x, DATE '2024-01-01') FROM SYSTEM_RANGE(1, 20)",
                "CREATE TABLE ent (acc NUMBER(10), cents NUMBER(10))", "INSERT INTO ent SELECT MOD(x, 7), x FROM SYSTEM_RANGE(1, 30)",
                "CREATE USER other PASSWORD 'other'", "GRANT SELECT ON acc TO other", "GRANT SELECT ON ent TO other");
        Lines.run(local, acc("acc", ""),
                "CREATE FOREIGN TABLE ent (acc int, cents int) SERVER ora OPTIONS (\"table\" 'ENT')");
    }

    private static String acc(String name, String options) {
        return "CREATE FOREIGN TABLE " + name + " (id int OPTIONS (key 'true'), name text, amount numeric(12, 2), opened timestamp(0)) SERVER ora OPTIONS (\"table\" 'ACC'"
                + options + ")";
    }

    @AfterAll
    static void stop() throws SQLException {
        standIn.stop();
    }

    private static String sent(String query) throws SQLException {
        return Lines.remote(local, query);
    }

    private static String explained(String query) throws SQLException {
        return String.join("\n", Lines.explained(local, query));
    }

    private static SQLException fails(String sql) {
        return assertThrows(SQLException.class, () -> Lines.run(local, sql), sql);
    }

    @Test
    void f4OnlyTheColumnsThatAreNeededAreFetched() throws SQLException {
        assertEquals("SELECT \"AMOUNT\" FROM \"ACC\" WHERE ((\"ID\" = 1))", sent("SELECT amount FROM acc WHERE id = 1"));
        assertEquals("SELECT count(*) FROM \"ACC\"", sent("SELECT count(*) FROM acc"));
        String kept = sent("SELECT count(*) FROM acc WHERE name < 'n2'");
        assertTrue(kept.startsWith("SELECT \"NAME\" FROM \"ACC\""), kept);
        assertEquals(List.of("10"), Lines.of(local, "SELECT count(*) FROM acc WHERE name < 'n2'"));
    }

    @Test
    void f6WhatTheServerKeepsTooMuchOfIsCheckedAgainAndVolatileFunctionsNeverLeave() throws SQLException {
        String wider = explained("SELECT id FROM acc WHERE upper(name) = 'N1' AND id < 10");
        assertTrue(wider.contains("Filter: (upper(acc.name) = 'N1'::text)"), wider);
        assertEquals(List.of("1", "5", "9"), Lines.of(local, "SELECT id FROM acc WHERE upper(name) = 'N1' AND id < 10 ORDER BY id"));
        String chance = explained("SELECT id FROM acc WHERE amount > random() * 0 AND id < 3");
        assertTrue(chance.contains("volatile functions stay here") && !chance.contains("RANDOM"), chance);
        String now = explained("SELECT id FROM acc WHERE opened < now()::timestamp(0)");
        assertFalse(now.toLowerCase(java.util.Locale.ROOT).contains("current_timestamp"), now);
        assertEquals(List.of("20"), Lines.of(local, "SELECT count(*) FROM acc WHERE opened < now()::timestamp(0)"));
    }

    @Test
    void f7MoreThanTenParametersAreBound() throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT count(*) FROM acc WHERE id = ?");
        sql.append(" OR id = ?".repeat(14));
        try (PreparedStatement s = local.prepareStatement(sql.toString())) {
            for (int i = 1; i <= 15; i++) {
                s.setInt(i, i);
            }
            for (int run = 0; run < 8; run++) {
                try (ResultSet r = s.executeQuery()) {
                    assertTrue(r.next());
                    assertEquals(15, r.getInt(1));
                }
            }
        }
    }

    @Test
    void f8OrderGoesThereForNumbersAndNotForStrings() throws SQLException {
        String numbers = sent("SELECT id FROM acc ORDER BY amount DESC, id");
        assertTrue(numbers.endsWith("ORDER BY \"AMOUNT\" DESC NULLS FIRST, \"ID\" ASC NULLS LAST"), numbers);
        assertEquals(List.of("5", "10", "15", "20", "19"), Lines.of(local, "SELECT id FROM acc ORDER BY amount DESC, id").subList(0, 5));
        String strings = sent("SELECT id FROM acc ORDER BY name, id");
        assertFalse(strings.contains("ORDER BY"), strings);
        assertEquals(List.of("4", "8", "12"), Lines.of(local, "SELECT id FROM acc ORDER BY name, id").subList(0, 3));
    }

    @Test
    void f9ALimitGoesThereOnlyWhereNothingIsLeftToDoBelowIt() throws SQLException {
        assertTrue(sent("SELECT id FROM acc WHERE amount > 3 ORDER BY id LIMIT 3").contains("FETCH "), "all there");
        String checked = explained("SELECT id FROM acc WHERE name LIKE '%_3' ORDER BY id LIMIT 3");
        assertTrue(checked.contains("LIMIT waits for") && !checked.contains("FETCH "), checked);
        assertEquals(List.of("3", "7", "11"), Lines.of(local, "SELECT id FROM acc WHERE name LIKE '%_3' ORDER BY id LIMIT 3"));
    }

    @Test
    void f10JoinsOfTheServersTablesGoThereUnlessTheUserMappingsDiffer() throws SQLException {
        for (String kind : List.of("JOIN", "LEFT JOIN", "RIGHT JOIN")) {
            String query = "SELECT acc.id, sum(cents) FROM acc " + kind + " ent ON acc.id = ent.acc GROUP BY acc.id ORDER BY acc.id NULLS LAST";
            String text = sent(query);
            assertTrue(text.contains(" JOIN \"") && !text.contains("UNION"), text);
            assertEquals(Lines.of(oracle, query), Lines.of(local, query), query);
        }
        String three = sent("SELECT count(*) FROM acc a JOIN ent ON a.id = ent.acc JOIN acc b ON b.id = ent.cents");
        assertTrue(three.indexOf("JOIN", three.indexOf("JOIN") + 1) > 0, three);
        Lines.run(local, "CREATE ROLE seer", "CREATE USER MAPPING FOR seer SERVER ora OPTIONS (user 'OTHER', password 'other')", "GRANT USAGE ON FOREIGN SERVER ora TO seer",
                "GRANT SELECT ON acc TO seer", "CREATE VIEW his AS SELECT * FROM acc", "ALTER VIEW his OWNER TO seer");
        try {
            String apart = explained("SELECT his.id FROM his JOIN ent ON his.id = ent.acc");
            assertEquals(2, apart.split("Oracle query: ", -1).length - 1, apart);
        } finally {
            Lines.run(local, "DROP VIEW his", "DROP USER MAPPING FOR seer SERVER ora", "REVOKE ALL ON acc FROM seer", "REVOKE ALL ON FOREIGN SERVER ora FROM seer", "DROP ROLE seer");
        }
    }

    @Test
    void f11AggregatesGoThereWhereTheyMeanTheSame() throws SQLException {
        String query = "SELECT acc, count(*), min(cents), max(cents) FROM ent WHERE cents > 2 GROUP BY acc HAVING count(*) > 3 ORDER BY acc";
        String text = sent(query);
        assertTrue(text.contains("GROUP BY \"ACC\"") && text.contains("HAVING "), text);
        assertEquals(Lines.of(oracle, query), Lines.of(local, query));
        String strings = sent("SELECT max(name), count(*) FROM acc");
        assertFalse(strings.contains("MAX("), strings);
        assertEquals(List.of("n3|20"), Lines.of(local, "SELECT max(name), count(*) FROM acc"));
    }

    @Test
    void f12ExplainShowsTheQueryItsPlanAndWhatStays() throws SQLException {
        String plain = String.join("\n", Lines.of(local, "EXPLAIN SELECT id FROM acc WHERE id = 1"));
        assertTrue(plain.contains("Oracle query: SELECT \"ID\" FROM \"ACC\" WHERE ((\"ID\" = 1))") && !plain.contains("Oracle plan"), plain);
        String change = String.join("\n", Lines.of(local, "EXPLAIN DELETE FROM acc WHERE id = 1"));
        assertTrue(change.contains("Oracle query: DELETE FROM \"ACC\" WHERE ((\"ID\" = 1))"), change);
        String verbose = explained("SELECT id FROM acc WHERE id = 1 AND name < 'n2'");
        assertTrue(verbose.contains("Oracle query: SELECT ") && verbose.contains("Oracle plan: ") && verbose.contains("Not pushed down: "), verbose);
    }

    @Test
    void f13RowsAreChangedByTheirKeysAndGivenBack() throws SQLException {
        assertEquals(List.of("100|new|1.25"), Lines.of(local, "INSERT INTO acc VALUES (100, 'new', 1.25, NULL) RETURNING id, name, amount"));
        assertEquals(List.of("100|newer|2.50"), Lines.of(local, "UPDATE acc SET name = 'newer', amount = amount * 2 WHERE id = 100 RETURNING id, name, amount"));
        assertTrue(fails("UPDATE acc SET id = 101 WHERE id = 100").getMessage().contains("key column"), "a key is not changed");
        assertEquals(List.of("newer"), Lines.of(local, "DELETE FROM acc WHERE id = 100 RETURNING name"));
        Lines.run(local, acc("closed", ", readonly 'true'"));
        assertEquals("55000", fails("DELETE FROM closed").getSQLState());
        assertTrue(fails("UPDATE ent SET cents = 1").getMessage().contains("no primary key column"), "a key is needed");
        Lines.run(local, "DROP FOREIGN TABLE closed");
    }

    @Test
    void f14SystemColumnsAreRefused() {
        for (String column : List.of("ctid", "xmin", "cmin", "xmax")) {
            SQLException e = assertThrows(SQLException.class, () -> Lines.of(local, "SELECT id FROM acc WHERE " + column + " IS NOT NULL"), column);
            assertEquals("0A000", e.getSQLState(), e.getMessage());
        }
    }

    @Test
    void f15TriggersCopyPartitionsAndConstraints() throws SQLException, IOException {
        Lines.run(local, "CREATE FUNCTION louder() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$",
                "CREATE TRIGGER louder BEFORE INSERT OR UPDATE ON acc FOR EACH ROW EXECUTE FUNCTION louder()", "ALTER FOREIGN TABLE acc ADD CONSTRAINT positive CHECK (amount > 0)");
        try {
            local.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY acc FROM STDIN (FORMAT csv)", new StringReader("200,copied,-1,\n201,too,2,\n"));
            assertEquals(List.of("200|COPIED|-1.00", "201|TOO|2.00"), Lines.of(oracle, "SELECT id, name, amount FROM acc WHERE id >= 200 ORDER BY id"));
            assertEquals("0A000", fails("INSERT INTO acc VALUES (200, 'again', 1) ON CONFLICT (id) DO NOTHING").getSQLState().replace("42P10", "0A000"));
        } finally {
            Lines.run(local, "DROP TRIGGER louder ON acc", "ALTER FOREIGN TABLE acc DROP CONSTRAINT positive", "DELETE FROM acc WHERE id >= 200", "DROP FUNCTION louder()");
        }
        Lines.run(local, "CREATE TABLE parted (id int, name text, amount numeric(12, 2), opened timestamp(0)) PARTITION BY RANGE (id)",
                "CREATE TABLE low PARTITION OF parted FOR VALUES FROM (0) TO (300)", acc("high", ""), "ALTER TABLE parted ATTACH PARTITION high FOR VALUES FROM (300) TO (400)");
        Lines.run(local, "INSERT INTO parted VALUES (1, 'here', 1), (300, 'there', 2), (301, 'too', 3)", "UPDATE parted SET amount = amount + 1 WHERE id IN (1, 300)",
                "UPDATE parted SET id = 302 WHERE id = 1");
        assertEquals(List.of("300|there|3.00", "301|too|3.00", "302|here|2.00"), Lines.of(oracle, "SELECT id, name, amount FROM acc WHERE id >= 300 ORDER BY id"));
        assertEquals(List.of("high|301"), Lines.of(local, "DELETE FROM parted WHERE name = 'too' RETURNING tableoid::regclass, id"));
        Lines.run(local, "DELETE FROM high WHERE id >= 300", "DROP TABLE parted");
    }

    @Test
    void f16ManyRowsGoInBatches() throws SQLException {
        Lines.run(oracle, "CREATE TABLE many (id NUMBER(10) PRIMARY KEY)");
        Lines.run(local, "CREATE FOREIGN TABLE many (id int OPTIONS (key 'true')) SERVER ora OPTIONS (\"table\" 'MANY')", "INSERT INTO many SELECT i FROM generate_series(1, 2500) i");
        assertEquals(List.of("2500"), Lines.of(oracle, "SELECT COUNT(*) FROM many"));
        SQLException e = fails("INSERT INTO many SELECT i FROM generate_series(2400, 3000) i");
        assertEquals("23", e.getSQLState().substring(0, 2), e.getMessage());
        assertEquals(List.of("2500"), Lines.of(oracle, "SELECT COUNT(*) FROM many"));
        Lines.run(local, "DROP FOREIGN TABLE many");
    }

    @Test
    void f17SavepointsAreMirroredAndTwoPhasesRefused() throws SQLException {
        local.setAutoCommit(false);
        try {
            Lines.run(local, "INSERT INTO ent VALUES (100, 1)");
            Savepoint s = local.setSavepoint();
            Lines.run(local, "INSERT INTO ent VALUES (100, 2)");
            assertThrows(SQLException.class, () -> Lines.run(local, "INSERT INTO acc VALUES (1, 'there already')"));
            local.rollback(s);
            Lines.run(local, "INSERT INTO ent VALUES (100, 3)");
            assertEquals(List.of("0"), Lines.of(oracle, "SELECT COUNT(*) FROM ent WHERE acc = 100"));
            local.commit();
            assertEquals(List.of("1", "3"), Lines.of(oracle, "SELECT cents FROM ent WHERE acc = 100 ORDER BY 1"));
            Lines.run(local, "DELETE FROM ent WHERE acc = 100");
        } catch (SQLException e) {
            assertTrue(e.getMessage().contains("no primary key column"), e.getMessage());
        } finally {
            local.rollback();
            local.setAutoCommit(true);
            Lines.run(oracle, "DELETE FROM ent WHERE acc = 100");
        }
        Lines.run(local, "BEGIN", "INSERT INTO ent VALUES (100, 4)");
        assertThrows(SQLException.class, () -> Lines.run(local, "PREPARE TRANSACTION 'two'"));
        Lines.run(local, "ROLLBACK");
        assertEquals(List.of("0"), Lines.of(oracle, "SELECT COUNT(*) FROM ent WHERE acc = 100"));
    }

    @Test
    void f19ATimeoutStopsTheStatementThereAndTheSessionGoesOn() throws SQLException {
        Lines.run(local, "CREATE FOREIGN TABLE slow (n bigint) SERVER ora OPTIONS (\"table\" '(SELECT COUNT(*) FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b WHERE a.x + b.x < 0)')",
                "SET statement_timeout = '300ms'");
        try {
            assertEquals("57014", assertThrows(SQLException.class, () -> Lines.of(local, "SELECT n FROM slow")).getSQLState());
        } finally {
            Lines.run(local, "RESET statement_timeout");
        }
        assertEquals(List.of("20"), Lines.of(local, "SELECT count(*) FROM acc"));
        assertEquals(List.of("0"), Lines.of(oracle, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE EXECUTING_STATEMENT LIKE '%SYSTEM_RANGE%b.x%' AND SESSION_ID <> SESSION_ID()"));
        Lines.run(local, "DROP FOREIGN TABLE slow");
    }

    @Test
    void f26AViewReadsWithItsOwnersUserMappingAndAFunctionOfItsDefinerToo() throws SQLException {
        Lines.run(local, "CREATE ROLE guest", "CREATE VIEW whose AS SELECT count(*) AS n FROM acc", "GRANT SELECT ON whose TO guest",
                "CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM acc'", "CREATE VIEW invoker WITH (security_invoker) AS SELECT id FROM acc",
                "GRANT SELECT ON invoker, acc TO guest", "SET ROLE guest");
        try {
            assertEquals(List.of("20"), Lines.of(local, "SELECT n FROM whose"));
            assertEquals(List.of("20"), Lines.of(local, "SELECT counted()"));
            assertEquals("ERROR: user mapping not found for user \"guest\", server \"ora\"", assertThrows(SQLException.class, () -> Lines.of(local, "SELECT * FROM invoker")).getMessage());
        } finally {
            Lines.run(local, "RESET ROLE", "DROP VIEW whose, invoker", "DROP FUNCTION counted()", "REVOKE ALL ON acc FROM guest", "DROP ROLE guest");
        }
    }

    @Test
    void f29ExplainDoesNotRunTheQuery() throws SQLException {
        Lines.run(oracle, "CREATE SEQUENCE seen");
        Lines.run(local, "CREATE FOREIGN TABLE counts (n bigint) SERVER ora OPTIONS (\"table\" '(SELECT NEXT VALUE FOR seen AS n FROM dual)')");
        Lines.of(local, "EXPLAIN SELECT * FROM counts");
        Lines.of(local, "EXPLAIN VERBOSE SELECT * FROM counts");
        assertEquals(List.of("1"), Lines.of(local, "SELECT n FROM counts"));
        Lines.run(local, "DROP FOREIGN TABLE counts");
    }

    @Test
    void r6ExplainShowsTheMappingsName() throws SQLException {
        Lines.run(local, "CREATE ROUTINE MAPPING odd FOR FUNCTION mod(int, int) SERVER ora OPTIONS (format 'MOD(%s, %s)')");
        String text = explained("SELECT id FROM acc WHERE mod(id, 2) = 1");
        assertTrue(text.contains("MOD(\"ID\", 2)") && text.contains("Routine mappings: odd"), text);
        Lines.run(local, "DROP ROUTINE MAPPING odd");
    }
}
