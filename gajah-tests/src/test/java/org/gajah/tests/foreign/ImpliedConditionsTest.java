package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What follows from a comparison loses no row: pictures and calls of many kinds are compared with what they give for the rows that there are,
 * and the answers are those of the same rows here. H2 in Oracle's mode is behind it, whose translate keeps letters that Oracle's and PostgreSQL's leave out.
 */
class ImpliedConditionsTest {
    private static final int ROWS = 60;
    private static final long SEED = 20240229;
    private static final List<String> MOMENT_PARTS = List.of("YYYY", "MM", "DD", "HH24", "MI", "SS", "MON", "Mon", "month", "MONTH", "DAY", "dy", "DDD", "HH12", "AM", "Q", "WW", "IW", "MS", "US", "yyyy", "dd", "J",
            "D", "Y", "YY", "IYYY", "FMMM", "SSSS", "TZ", "CC", "W", "RM", "DDth", "\"at\"");
    private static final List<String> BETWEEN = List.of("", "-", "/", " ", ".", ":", ", ");
    private static final List<String> NUMBER_PICTURES = List.of("9", "999", "FM999", "0000", "FM0000", "9.9", "FM990.00", "9,990.99", "FM9,990.99", "999990.999", "S999", "999MI", "PR999", "999PR", "9999V9", "L99", "99th", "B99",
            "FM999999999999.99999", "9.99EEEE", "RN", "99,99.9", "0.9");
    private static final List<String> STRINGS = List.of("length(s) = %s", "octet_length(s) = %s", "bit_length(s) = %s", "lower(s) = %s", "upper(s) = %s", "btrim(s) = %s", "btrim(s, ' x') = %s", "ltrim(s, 'a') = %s",
            "rtrim(s, '') = %s", "replace(s, 'a', '') = %s", "replace(s, 'a', 'bb') <> %s", "substr(s, 0, 2) = %s", "substr(s, 2) = %s", "substring(s, -2, 4) <> %s", "translate(s, 'ab', 'xy') = %s",
            "translate(s, 'ab', '') <> %s", "concat(s, '!') = %s", "concat(s, n) = %s", "concat(n, '') = %s", "concat(d, 'x') = %s", "concat(s, s) = %s", "upper(btrim(s)) = %s", "length(btrim(s, 'a')) <> %s",
            "octet_length(btrim(s)) > %s", "bit_length(s) <= %s", "concat(concat(n, '/'), i) = %s", "lower(s) LIKE %s", "btrim(s) IN (%s, 'x')", "btrim(s, 'x') NOT IN (%s, '')", "NOT (btrim(s) = %s)");

    private static OracleStandIn standIn;
    private static Connection oracle;
    private static Connection local;

    @BeforeAll
    static void start() throws SQLException {
        standIn = OracleStandIn.start("implied", "PUBLIC");
        oracle = standIn.oracle();
        local = standIn.local();
        Lines.run(oracle, "CREATE TABLE t (id NUMBER(9), s VARCHAR2(40), d TIMESTAMP(0), i NUMBER(9), n NUMBER(14, 4), f DOUBLE PRECISION)");
        Random random = new Random(SEED);
        for (int id = 1; id <= ROWS; id++) {
            Lines.run(oracle, "INSERT INTO t VALUES (" + id + ", " + string(random) + ", " + moment(random) + ", " + number(random, "%d", 2000) + ", " + number(random, "%d.%04d", 20_000) + ", "
                    + number(random, "%d.%02d", 300) + ")");
        }
        Lines.run(local, "CREATE FOREIGN TABLE t (id int, s text, d timestamp(0), i int, n numeric(14, 4), f float8) SERVER ora OPTIONS (table 'T')", "CREATE TABLE t_here AS SELECT * FROM t",
                "INSERT INTO oracle_fdw.pg_routine_mapping SELECT t.rmproc, s.oid, t.rmoptions FROM pg_foreign_server s, (SELECT r.* FROM oracle_fdw.pg_routine_mapping r,"
                        + " pg_foreign_server s WHERE srvname = 'oracle_fdw_template_server' AND r.rmserver = s.oid) t WHERE s.srvname = 'ora'");
    }

    private static String string(Random random) {
        List<String> pieces = List.of("a", "b", "ab", " ", "x", "\u00e9", "\u20ac", "\ud83d\ude00", "A", "1", "!", "");
        StringBuilder s = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            s.append(pieces.get(random.nextInt(pieces.size())));
        }
        return random.nextInt(8) == 0 ? "NULL" : "'" + s + "'";
    }

    private static String moment(Random random) {
        int year = List.of(1, 99, 987, 1900, 1999, 2023, 2024, 2024, 2025, 9999).get(random.nextInt(10));
        String time = random.nextInt(3) == 0 ? "00:00:00" : "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
        return random.nextInt(8) == 0 ? "NULL" : "TIMESTAMP '%04d-%02d-%02d %s'".formatted(year, 1 + random.nextInt(12), 1 + random.nextInt(28), time);
    }

    private static String number(Random random, String form, int most) {
        String sign = random.nextInt(3) == 0 ? "-" : "";
        int whole = random.nextBoolean() ? random.nextInt(12) : random.nextInt(most);
        int part = List.of(0, 5000, 50, 9999, 4999, 1, 25).get(random.nextInt(7));
        return random.nextInt(8) == 0 ? "NULL" : sign + form.formatted(whole, form.contains("02d") ? part / 100 : part);
    }

    @AfterAll
    static void stop() throws SQLException {
        standIn.stop();
    }

    /** How many rows came for conditions, each compared with what its left side gives for some row here. */
    private static int fetched(List<String> conditions) throws SQLException {
        int rows = 0;
        for (String condition : conditions) {
            String query = "SELECT id FROM t WHERE " + condition;
            assertEquals(Lines.of(local, query.replace(" t ", " t_here ") + " ORDER BY 1"), Lines.of(local, query + " ORDER BY 1"), condition);
            rows += Lines.of(oracle, Lines.remote(local, query)).size();
        }
        return rows;
    }

    /** More conditions than so many, for which less than this part of the rows is fetched. */
    private static void save(List<String> conditions, int least, double part) throws SQLException {
        assertTrue(conditions.size() > least, conditions.size() + " conditions");
        int rows = fetched(conditions);
        assertTrue(rows < conditions.size() * ROWS * part, rows + " rows for " + conditions.size());
    }

    /** A value as the text of some rows here, as a literal; none if it cannot be computed. */
    private static List<String> literals(String value, Random random, int count) throws SQLException {
        List<String> all;
        try {
            all = Lines.of(local, "SELECT DISTINCT quote_literal((" + value + ")::text) FROM t_here ORDER BY 1").stream().filter(l -> !l.equals("null")).toList();
        } catch (SQLException e) {
            return List.of();
        }
        List<String> some = new ArrayList<>();
        for (int i = 0; i < count && !all.isEmpty(); i++) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some;
    }

    @Test
    void picturesOfMoments() throws SQLException {
        Random random = new Random(SEED);
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            StringBuilder picture = new StringBuilder();
            for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
                picture.append(MOMENT_PARTS.get(i % 3 == 0 ? random.nextInt(MOMENT_PARTS.size()) : random.nextInt(10))).append(parts == 1 ? "" : BETWEEN.get(random.nextInt(BETWEEN.size())));
            }
            String call = "to_char(d, '" + picture + "')";
            for (String literal : literals(call, random, 2)) {
                conditions.add(call + " = " + literal);
            }
        }
        save(conditions, 200, 1.0 / 3);
    }

    @Test
    void picturesOfNumbers() throws SQLException {
        Random random = new Random(SEED);
        List<String> conditions = new ArrayList<>();
        for (String picture : NUMBER_PICTURES) {
            for (String column : List.of("i", "n", "f")) {
                String call = "to_char(" + column + ", '" + picture + "')";
                for (String literal : literals(call, random, 4)) {
                    conditions.add(call + " = " + literal);
                }
            }
        }
        save(conditions, 150, 1.0 / 2);
    }

    @Test
    void strings() throws SQLException {
        Random random = new Random(SEED);
        List<String> conditions = new ArrayList<>();
        for (String condition : STRINGS) {
            String value = condition.replaceFirst(" (=|<>|>|<=|LIKE|IN|NOT IN) .*", "").replaceFirst("^NOT \\(", "");
            boolean number = value.contains("length");
            for (String literal : literals(value, random, 8)) {
                conditions.add(condition.formatted(number ? literal.replace("'", "") : literal));
            }
            conditions.add(condition.formatted(number ? "0" : "''"));
        }
        save(conditions, 200, 2.0 / 3);
    }
}
