package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.TimeZone;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** F3 and F28: what values of other databases become here, intervals and moments above all, and what cannot become anything. */
class ForeignTypesTest {
    private static final String VIENNA = "Europe/Vienna";
    private static Gajah gajah;
    private static Connection h2;
    private static Connection hsqldb;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        gajah = Gajah.inMemory();
        local = gajah.dataSource().getConnection();
        h2 = DriverManager.getConnection("jdbc:h2:mem:types;MODE=Oracle;DB_CLOSE_DELAY=-1", "sa", "");
        hsqldb = DriverManager.getConnection("jdbc:hsqldb:mem:types;sql.syntax_ora=true", "sa", "");
        Lines.run(local, "SET TimeZone = 'UTC'", "CREATE EXTENSION oracle_fdw",
                "ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname}', ADD hsqldb 'url=jdbc:hsqldb:mem:{dbname}')");
        for (String name : List.of("h2", "hsqldb")) {
            Lines.run(local, "CREATE SERVER " + name + " FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver '" + name + "/types', isolation_level 'read_committed')",
                    "CREATE USER MAPPING FOR PUBLIC SERVER " + name + " OPTIONS (user 'sa', password '')");
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        local.close();
        gajah.close();
        h2.close();
        hsqldb.close();
    }

    private static String server(Connection c) {
        return c == h2 ? "h2" : "hsqldb";
    }

    /** A foreign table of this name and columns for a table there, made anew. */
    private static void foreign(Connection there, String name, String columns, String options) throws SQLException {
        Lines.run(local, "DROP FOREIGN TABLE IF EXISTS " + name, "CREATE FOREIGN TABLE " + name + " (" + columns + ") SERVER " + server(there) + " OPTIONS (\"table\" '"
                + name.toUpperCase(java.util.Locale.ROOT) + "'" + options + ")");
    }

    @Test
    void f3IntervalsComeAndGo() throws SQLException {
        for (Connection there : List.of(h2, hsqldb)) {
            Lines.run(there, "CREATE TABLE span (id INTEGER, ym INTERVAL YEAR TO MONTH, ds INTERVAL DAY TO SECOND)",
                    "INSERT INTO span VALUES (1, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 02:03:04.5' DAY TO SECOND)",
                    "INSERT INTO span VALUES (2, INTERVAL '-1-2' YEAR TO MONTH, INTERVAL '-1 02:03:04.5' DAY TO SECOND)", "INSERT INTO span VALUES (3, NULL, NULL)");
            foreign(there, "span", "id int OPTIONS (key 'true'), ym interval, ds interval", "");
            assertEquals(List.of("1|1 year 2 mons|1 day 02:03:04.5", "2|-1 years -2 mons|-1 days -02:03:04.5", "3|null|null"),
                    Lines.of(local, "SELECT id, ym::text, ds::text FROM span ORDER BY id"), server(there));
            Lines.run(local, "INSERT INTO span VALUES (4, '25 months', '3 days -00:00:01.25'), (5, '-1 month', '30:00')", "UPDATE span SET ds = '-5 hours' WHERE id = 3");
            assertEquals(List.of("3|null|-05:00:00", "4|2 years 1 mon|2 days 23:59:58.75", "5|-1 mons|1 day 06:00:00"),
                    Lines.of(local, "SELECT id, ym::text, ds::text FROM span WHERE id > 2 ORDER BY id"), server(there));
            assertEquals(List.of("4"), Lines.of(local, "SELECT id FROM span WHERE ym > '1 year 3 months'"), server(there));
            assertEquals("HV004", assertThrows(SQLException.class, () -> Lines.run(local, "UPDATE span SET ds = '1 month 1 day' WHERE id = 3")).getSQLState());
        }
    }

    @Test
    void f3IntervalsOfASingleFieldAreTheirs() throws SQLException {
        Lines.run(h2, "CREATE TABLE part (y INTERVAL YEAR, m INTERVAL MONTH, d INTERVAL DAY, h INTERVAL HOUR, n INTERVAL MINUTE, s INTERVAL SECOND, dh INTERVAL DAY TO HOUR, hm INTERVAL HOUR TO MINUTE,"
                + " ms INTERVAL MINUTE TO SECOND)", "INSERT INTO part VALUES (INTERVAL '3' YEAR, INTERVAL '4' MONTH, INTERVAL '5' DAY, INTERVAL '6' HOUR, INTERVAL '70' MINUTE, INTERVAL '8.25' SECOND,"
                + " INTERVAL '1 02' DAY TO HOUR, -INTERVAL '3:04' HOUR TO MINUTE, INTERVAL '5:06.5' MINUTE TO SECOND)");
        foreign(h2, "part", "y interval, m interval, d interval, h interval, n interval, s interval, dh interval, hm interval, ms interval", "");
        assertEquals(List.of("3 years|4 mons|5 days|06:00:00|01:10:00|00:00:08.25|1 day 02:00:00|-03:04:00|00:05:06.5"),
                Lines.of(local, "SELECT y::text, m::text, d::text, h::text, n::text, s::text, dh::text, hm::text, ms::text FROM part"));
    }

    @Test
    void f3WhatHasNoCounterpartIsAnErrorThatNamesColumnAndTypes() throws SQLException {
        Lines.run(h2, "CREATE TABLE odd (id NUMBER(5), g GEOMETRY, r RAW(16), d DATE)", "INSERT INTO odd VALUES (1, 'POINT (1 2)', X'00112233445566778899aabbccddeeff', TIMESTAMP '2024-05-06 07:08:09')");
        foreign(h2, "odd", "id int, g text, r uuid, d timestamptz", "");
        assertEquals(List.of("1|00112233-4455-6677-8899-aabbccddeeff|2024-05-06 07:08:09+00"), Lines.of(local, "SELECT id, r, d::text FROM odd"));
        SQLException e = assertThrows(SQLException.class, () -> Lines.of(local, "SELECT g FROM odd"));
        assertEquals("0A000", e.getSQLState());
        assertTrue(e.getMessage().contains("Oracle type GEOMETRY of column \"g\" of foreign table \"odd\" is not supported"), e.getMessage());
        foreign(h2, "odd", "id date, g text, r int, d bytea", "");
        for (String[] pair : new String[][] {{"id", "date", "NUMERIC"}, {"r", "int4", "BINARY VARYING"}, {"d", "bytea", "TIMESTAMP"}}) {
            SQLException wrong = assertThrows(SQLException.class, () -> Lines.of(local, "SELECT " + pair[0] + " FROM odd"));
            assertEquals("HV004", wrong.getSQLState(), wrong.getMessage());
            assertTrue(wrong.getMessage().contains("column \"" + pair[0] + "\" of foreign table \"odd\" is of type " + pair[1] + ", to which Oracle type " + pair[2]), wrong.getMessage());
        }
        assertEquals(List.of("1"), Lines.of(local, "SELECT count(*) FROM odd"));
    }

    /** What stands in for an Oracle here, and how far: H2 takes all that docs/foreign.md lists for NULL, HSQLDB none of it. */
    @Test
    void f3WhereTheStandInsForOracleTakeEmptyStringsForNull() throws SQLException {
        for (Connection there : List.of(h2, hsqldb)) {
            Lines.run(there, "CREATE TABLE hollow (v VARCHAR2(10), c CHAR(3), l CLOB)", "INSERT INTO hollow VALUES ('', '', '')");
            String expected = there == h2 ? "0" : "1";
            for (String value : List.of("v", "c", "l", "''", "TRIM(' ')", "SUBSTR('abc', 4)", "REPLACE('x', 'x', '')", "LTRIM('x', 'x')", "TRANSLATE('x', 'x', '')", "'' || ''", "UPPER('')",
                    "CAST('' AS VARCHAR(3))")) {
                assertEquals(List.of(expected), Lines.of(there, "SELECT COUNT(" + value + ") FROM hollow"), server(there) + " " + value);
            }
            foreign(there, "hollow", "v text, c text, l text", "");
            assertEquals(List.of("t|t"), Lines.of(local, "SELECT v IS NULL, l IS NULL FROM hollow"), server(there) + ": they come as NULL all the same");
        }
    }

    /** Half an hour before and behind each change of the clocks in Vienna in 2024, and the two half past two of the autumn. */
    private static final List<String> AROUND = List.of("2024-03-31 00:30:00+00", "2024-03-31 01:30:00+00", "2024-10-27 00:30:00+00", "2024-10-27 01:30:00+00");

    @Test
    void f28MomentsWithAZoneAreTheSameOnBothSidesOfAChangeOfClocks() throws SQLException {
        for (Connection there : List.of(h2, hsqldb)) {
            Lines.run(there, "CREATE TABLE moment (id INTEGER, t TIMESTAMP(6) WITH TIME ZONE)");
            foreign(there, "moment", "id int, t timestamptz", "");
            for (int i = 0; i < AROUND.size(); i++) {
                Lines.run(local, "INSERT INTO moment VALUES (" + i + ", '" + AROUND.get(i) + "')");
            }
            for (String zone : List.of("UTC", VIENNA, "America/St_Johns")) {
                Lines.run(local, "SET TimeZone = '" + zone + "'");
                assertEquals(List.of("t"), Lines.of(local, "SELECT array_agg(t ORDER BY id) = '{" + String.join(",", AROUND) + "}'::timestamptz[] FROM moment"), server(there) + " " + zone);
                assertEquals(List.of("2"), Lines.of(local, "SELECT count(*) FROM moment WHERE t >= '2024-10-27 02:30:00+02'"));
            }
            Lines.run(local, "SET TimeZone = 'UTC'");
        }
    }

    @Test
    void f28SetTimezoneMakesTheSessionsZoneThatOfTheSessionThere() throws SQLException {
        Lines.run(h2, "CREATE TABLE clock (id INTEGER, t TIMESTAMP WITH TIME ZONE)", "INSERT INTO clock VALUES (0, TIMESTAMP WITH TIME ZONE '2024-03-31 00:30:00+00'),"
                + " (1, TIMESTAMP WITH TIME ZONE '2024-03-31 01:30:00+00'), (2, TIMESTAMP WITH TIME ZONE '2024-10-27 00:30:00+00'), (3, TIMESTAMP WITH TIME ZONE '2024-10-27 01:30:00+00')");
        foreign(h2, "clock", "id int, t timestamp", "");
        Lines.run(local, "ALTER SERVER h2 OPTIONS (ADD set_timezone 'true')");
        try {
            for (String zone : List.of(VIENNA, "UTC", "+05:30", VIENNA)) {
                Lines.run(local, zone.startsWith("+") ? "SET TIME ZONE INTERVAL '5:30' HOUR TO MINUTE" : "SET TimeZone = '" + zone + "'");
                assertEquals(Lines.of(local, "SELECT (t::timestamptz)::timestamp::text FROM unnest('{" + String.join(",", AROUND) + "}'::timestamptz[]) t"),
                        Lines.of(local, "SELECT t::text FROM clock ORDER BY id"), zone);
            }
            Lines.run(local, "SET TimeZone = '<x>-3'");
            assertEquals("HV000", assertThrows(SQLException.class, () -> Lines.of(local, "SELECT * FROM clock")).getSQLState());
        } finally {
            Lines.run(local, "SET TimeZone = 'UTC'", "ALTER SERVER h2 OPTIONS (DROP set_timezone)");
        }
    }

    /** A time that this process's own zone leaves out is still that time. */
    @Test
    void f28TimesWithoutAZoneDoNotPassThroughTheZoneOfTheProcess() throws SQLException {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(VIENNA));
        try {
            for (Connection there : List.of(h2, hsqldb)) {
                Lines.run(there, "CREATE TABLE gap (id INTEGER, t TIMESTAMP)", "INSERT INTO gap VALUES (1, TIMESTAMP '2024-03-31 02:30:00')", "INSERT INTO gap VALUES (2, TIMESTAMP '2024-10-27 02:30:00')");
                foreign(there, "gap", "id int OPTIONS (key 'true'), t timestamp", "");
                assertEquals(List.of("2024-03-31 02:30:00", "2024-10-27 02:30:00"), Lines.of(local, "SELECT t::text FROM gap ORDER BY id"), server(there));
                Lines.run(local, "UPDATE gap SET t = '2024-03-31 02:45:00' WHERE id = 2");
                assertEquals(List.of("2"), Lines.of(local, "SELECT id FROM gap WHERE t = '2024-03-31 02:45:00'"), server(there));
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
