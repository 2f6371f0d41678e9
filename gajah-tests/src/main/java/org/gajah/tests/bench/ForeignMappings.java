package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gajah.api.Gajah;

/** What each default routine mapping of oracle_fdw saves: a condition over it with the mapping and without any, H2 in Oracle's mode being the remote. */
final class ForeignMappings implements Workload {
    private static final String NAME = "foreign-mapping";
    private static final int ROWS = 100_000;
    private static final Pattern FETCHED = Pattern.compile("actual rows=(\\d+)|Rows Removed by Filter: (\\d+)");
    private static final Map<String, String> CONDITIONS = conditions();

    private static Map<String, String> conditions() {
        Map<String, String> c = new LinkedHashMap<>();
        c.put("btrim(text)", "btrim(s) = 'row 77'");
        c.put("btrim(text,text)", "btrim(s, 'r') = 'ow 77'");
        c.put("ltrim(text)", "ltrim(s) = 'row 77'");
        c.put("ltrim(text,text)", "ltrim(s, 'r') = 'ow 77'");
        c.put("rtrim(text)", "rtrim(s) = 'row 77'");
        c.put("rtrim(text,text)", "rtrim(s, '7') = 'row '");
        c.put("length(text)", "length(s) = 5");
        c.put("length(character)", "length(c) = 5");
        c.put("char_length(text)", "char_length(s) = 5");
        c.put("char_length(character)", "char_length(c) = 5");
        c.put("character_length(text)", "character_length(s) = 5");
        c.put("character_length(character)", "character_length(c) = 5");
        c.put("octet_length(text)", "octet_length(s) = 5");
        c.put("bit_length(text)", "bit_length(s) = 40");
        c.put("lower(text)", "lower(s) = 'row 77'");
        c.put("upper(text)", "upper(s) = 'ROW 77'");
        c.put("replace(text,text,text)", "replace(s, 'row', 'line') = 'line 77'");
        c.put("substring(text,integer)", "substring(s, 5) = '77'");
        c.put("substring(text,integer,integer)", "substring(s, 5, 4) = '7777'");
        c.put("substr(text,integer)", "substr(s, 5) = '77'");
        c.put("substr(text,integer,integer)", "substr(s, 5, 4) = '7777'");
        c.put("translate(text,text,text)", "translate(s, 'row', 'ROW') = 'ROW 77'");
        c.put("concat(\"any\")", "concat(s, s) = 'row 77row 77'");
        c.put("to_number(text,text)", "to_number(digits, '99999') = 77");
        c.put("to_date(text,text)", "to_date(made, 'YYYY-MM-DD') = '2024-03-01'");
        c.put("to_timestamp(text,text)", "to_timestamp(made, 'YYYY-MM-DD') = '2024-03-01'");
        c.put("to_char(timestamp without time zone,text)", "to_char(at, 'YYYY-MM-DD') = '2024-03-01'");
        c.put("to_char(integer,text)", "to_char(id, 'FM99999') = '77'");
        c.put("to_char(double precision,text)", "to_char(f, 'FM99999') = '77'");
        c.put("to_char(numeric,text)", "to_char(n, 'FM99999') = '77'");
        c.put("text(character)", "text(c) = 'row 77'");
        return c;
    }

    @Override
    public List<String> names() {
        return List.of(NAME);
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        List<Row> rows = new ArrayList<>();
        try (Gajah gajah = Gajah.inMemory(); Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement();
                Connection remote = DriverManager.getConnection("jdbc:h2:mem:mappings;MODE=Oracle"); Statement there = remote.createStatement()) {
            there.execute("CREATE TABLE wide (id NUMBER(10) PRIMARY KEY, s VARCHAR2(40), c CHAR(12), digits VARCHAR2(10), made VARCHAR2(10), at TIMESTAMP, f DOUBLE PRECISION, n NUMBER(10, 2))");
            there.execute("INSERT INTO wide SELECT x, 'row ' || x, 'row ' || x, x, TO_CHAR(DATEADD('DAY', MOD(x, 1000), DATE '2023-01-01'), 'YYYY-MM-DD'),"
                    + " DATEADD('DAY', MOD(x, 1000), TIMESTAMP '2023-01-01 12:00:00'), x, x FROM system_range(1, " + ROWS + ")");
            prepare(s);
            for (Map.Entry<String, String> e : CONDITIONS.entrySet()) {
                rows.add(measure(stage, s, e.getKey(), e.getValue()));
            }
        }
        return rows;
    }

    private static void prepare(Statement s) throws SQLException {
        s.execute("CREATE EXTENSION oracle_fdw");
        s.execute("ALTER FOREIGN DATA WRAPPER oracle_fdw OPTIONS (ADD mode 'url=jdbc:h2:mem:{dbname}')");
        s.execute("CREATE USER MAPPING FOR PUBLIC SERVER oracle_fdw_template_server OPTIONS (user '', password '')");
        for (String server : List.of("mapped", "plain")) {
            s.execute("CREATE SERVER " + server + " FOREIGN DATA WRAPPER oracle_fdw OPTIONS (dbserver 'mode/mappings', isolation_level 'read_committed')");
            s.execute("CREATE USER MAPPING FOR PUBLIC SERVER " + server + " OPTIONS (user '', password '')");
            s.execute("CREATE FOREIGN TABLE " + server + " (id int, s varchar(40), c char(12), digits varchar(10), made varchar(10), at timestamp, f double precision, n numeric(10, 2))"
                    + " SERVER " + server + " OPTIONS (\"table\" 'WIDE')");
        }
        s.execute("INSERT INTO oracle_fdw.pg_routine_mapping SELECT rmproc, (SELECT oid FROM pg_foreign_server WHERE srvname = 'mapped'), rmoptions"
                + " FROM oracle_fdw.pg_routine_mapping WHERE rmserver = (SELECT oid FROM pg_foreign_server WHERE srvname = 'oracle_fdw_template_server')");
    }

    private static Row measure(Stage stage, Statement s, String mapping, String condition) throws IOException, SQLException {
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        attempts.put("pushed down", () -> seconds(s, "mapped", condition));
        attempts.put("not", () -> seconds(s, "plain", condition));
        for (Rounds.Attempt attempt : attempts.values()) {
            attempt.measure();
        }
        String name = NAME + " " + mapping + ", " + fetched(s, condition) + " of " + ROWS + " rows fetched";
        Map<String, Double> medians = Rounds.medians(name, stage.options().rounds(), attempts);
        return new Row(name, Unit.SECONDS, medians.get("pushed down"), "no push-down", medians.get("not"), new Goal.Nothing());
    }

    private static double seconds(Statement s, String table, String condition) throws SQLException {
        long start = System.nanoTime();
        s.execute("SELECT count(id) FROM " + table + " WHERE " + condition + " AND random() < 2");
        return (System.nanoTime() - start) / 1e9;
    }

    /** How many rows the scan got: those that it gave and those that it left out. */
    private static long fetched(Statement s, String condition) throws SQLException {
        long count = 0;
        boolean scan = false;
        try (ResultSet r = s.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT count(id) FROM mapped WHERE " + condition + " AND random() < 2")) {
            while (r.next()) {
                scan |= r.getString(1).contains("Foreign Scan");
                Matcher m = FETCHED.matcher(r.getString(1));
                if (scan && m.find()) {
                    count += Long.parseLong(m.group(1) == null ? m.group(2) : m.group(1));
                }
            }
        }
        return count;
    }
}
