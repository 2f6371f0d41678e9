package org.gajah.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gajah.api.SqlError;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.settings.ServerSettings;
import org.gajah.type.TypeContext;
import org.gajah.vector.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that has seen a statement's like before answers as one that has not. */
class KeptPlansTest {
    private static final String[] TEMPLATES = {
        "SELECT * FROM t WHERE id = #", "SELECT s, n FROM t WHERE id = -#", "SELECT * FROM t WHERE id = # AND s = '@'",
        "SELECT * FROM t WHERE # = id AND b > #", "SELECT id FROM t WHERE b = # ORDER BY 1", "SELECT id, s FROM t ORDER BY # LIMIT #",
        "SELECT b % 3, count(*) FROM t WHERE id < # GROUP BY 1 ORDER BY #", "SELECT id + #, '@' FROM t WHERE id = #",
        "SELECT #, '@', -#", "INSERT INTO t VALUES (#, '@', #, '2020-01-0#', #)", "INSERT INTO t (id, n) VALUES (#, -#)",
        "INSERT INTO t (id, s) VALUES (#, '@') ON CONFLICT (id) DO UPDATE SET b = t.b + #", "UPDATE t SET b = b - #, s = '@' WHERE id = #",
        "UPDATE t SET n = n * # WHERE id = #", "UPDATE t SET v = '@@@' WHERE id = #", "UPDATE t SET b = -# WHERE id = # RETURNING id, b",
        "UPDATE t SET d = '2020-01-1#' WHERE id = #", "UPDATE t SET b = b / # WHERE id = #", "DELETE FROM t WHERE id = #",
        "DELETE FROM t WHERE id = # AND b BETWEEN # AND #", "SELECT * FROM t WHERE id = # AND s LIKE '@%'", "SELECT * FROM t WHERE s = '@' AND b = #",
        "SELECT * FROM t WHERE id IN (#, #)", "SELECT * FROM t WHERE id = '#'", "SELECT * FROM t WHERE id = '@'", "SELECT d + # FROM t WHERE id = #",
        "SELECT * FROM t WHERE id = # FOR UPDATE", "SELECT * FROM t WHERE n = # AND id = #", "SELECT CASE WHEN id = # THEN '@' ELSE s END FROM t WHERE id = #",
        "SELECT * FROM t WHERE id = # OR id = #", "SELECT (SELECT max(b) FROM t WHERE id < #) FROM t WHERE id = #",
        "INSERT INTO t VALUES (#, '@', 1#.5#, 'nonsense', 1)", "SELECT id::numeric(5,#) FROM t WHERE id = #", "SELECT varchar(#) 'abcdef'"};

    private static final String[] CONTROLS = {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT a", "SAVEPOINT b", "ROLLBACK TO a", "RELEASE b",
        "SET search_path = pg_catalog", "SET LOCAL search_path = pg_catalog", "RESET search_path", "SET work_mem = '1MB'", "SET work_mem = nonsense",
        "BEGIN READ ONLY", "SET TRANSACTION READ ONLY", "START TRANSACTION ISOLATION LEVEL REPEATABLE READ", "COMMIT AND CHAIN"};

    private final List<Cluster> clusters = new ArrayList<>();

    @AfterEach
    void close() {
        clusters.forEach(Cluster::close);
    }

    @Test
    void answersAreThoseOfAFreshSession() {
        long seed = System.nanoTime();
        System.out.println("KeptPlansTest seed " + seed);
        Random random = new Random(seed);
        Cluster keeping = cluster();
        Cluster fresh = cluster();
        Session one = connect(keeping);
        for (int i = 0; i < 1500; i++) {
            if (i % 400 == 200) {
                String ddl = random.nextBoolean() ? "CREATE INDEX ON t (b)" : "ALTER TABLE t ALTER n TYPE numeric(" + (4 + random.nextInt(4)) + ",1)";
                assertEquals(run(connect(fresh), ddl), run(one, ddl), "seed " + seed);
            }
            String sql = filled(TEMPLATES[random.nextInt(TEMPLATES.length)], random);
            try (Session other = connect(fresh)) {
                assertEquals(sorted(run(other, sql)), sorted(run(one, sql)), "seed " + seed + ", statement " + i + ": " + sql);
            }
        }
        one.close();
    }

    @Test
    void textsOfSeveralAnswerAsInAFreshSession() {
        long seed = System.nanoTime();
        System.out.println("KeptPlansTest seed " + seed);
        Random random = new Random(seed);
        Cluster fresh = cluster();
        Session one = connect(cluster());
        for (int i = 0; i < 500; i++) {
            String sql = several(random);
            try (Session other = connect(fresh)) {
                assertEquals(sorted(run(other, sql)), sorted(run(one, sql)), "seed " + seed + ", text " + i + ": " + sql);
            }
            run(one, "ROLLBACK; RESET search_path; RESET work_mem");
        }
        one.close();
    }

    private static String several(Random random) {
        StringBuilder sql = new StringBuilder(random.nextInt(4) == 0 ? "BEGIN;" : "");
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(12);
            sql.append(i == 0 ? "" : ";").append(kind == 0 ? CONTROLS[random.nextInt(CONTROLS.length)]
                    : kind == 1 ? new String[] {"", "  ", "SELEC", "SHOW work_mem", "SELECT 'ä' -- ;\n", "TABLE t"}[random.nextInt(6)]
                    : filled(TEMPLATES[random.nextInt(random.nextBoolean() ? 6 : TEMPLATES.length)], random));
        }
        return sql.append(random.nextInt(4) == 0 ? ";COMMIT" : "").toString();
    }

    @Test
    void whatPassesIsReadAnew() {
        Session one = connect(cluster());
        String sql = "SELECT * FROM t WHERE id = 1 AND d = 'today'";
        for (int i = 0; i < 3; i++) {
            assertEquals("SELECT 0", run(one, sql));
        }
        assertEquals("UPDATE 1", run(one, "UPDATE t SET d = current_date WHERE id = 1"));
        assertEquals(2, run(one, sql).lines().count());
    }

    @Test
    void settingsAndRolesArePartOfWhatIsKept() {
        Session one = connect(cluster());
        run(one, "CREATE SCHEMA other; CREATE TABLE other.t (id int); CREATE ROLE nobody; GRANT USAGE ON SCHEMA other TO nobody");
        String sql = "SELECT count(*) FROM t";
        for (int i = 0; i < 3; i++) {
            assertEquals("6\nSELECT 1", run(one, sql));
        }
        run(one, "SET search_path = other");
        assertEquals("0\nSELECT 1", run(one, sql));
        run(one, "SET ROLE nobody");
        assertEquals("error 42501 permission denied for table t at 0", run(one, sql));
        run(one, "RESET ROLE; SET search_path = public");
        assertEquals("6\nSELECT 1", run(one, sql));
        run(one, "SET datestyle = 'ISO, DMY'");
        String date = "UPDATE t SET d = '02/03/2020' WHERE id = 1 RETURNING d";
        assertEquals("2020-03-02\nUPDATE 1", run(one, date));
        assertEquals("2020-03-02\nUPDATE 1", run(one, date));
        run(one, "SET datestyle = 'ISO, MDY'");
        assertEquals("2020-02-03\nUPDATE 1", run(one, date));
    }

    @Test
    void aPlanForASmallTableIsNotKeptWhenTheTableGrows() {
        Session one = connect(cluster());
        String sql = "SELECT id FROM t WHERE b = 77777";
        for (int i = 0; i < 3; i++) {
            run(one, sql);
        }
        assertEquals("INSERT 0 99900\nCREATE INDEX", run(one, "INSERT INTO t (id, b) SELECT i, i FROM generate_series(100, 99999) i; CREATE INDEX ON t (b)"));
        assertEquals("77777\nSELECT 1", run(one, sql));
    }

    /** Rows come in any order: another plan may have another one. */
    private static List<String> sorted(String answer) {
        return answer.lines().sorted().toList();
    }

    private static String filled(String template, Random random) {
        StringBuilder sql = new StringBuilder();
        for (char c : template.toCharArray()) {
            switch (c) {
                case '#' -> sql.append(random.nextInt(10));
                case '@' -> sql.append(new String[] {"a", "it''s", "", "Zürich", "77"}[random.nextInt(5)]);
                default -> sql.append(c);
            }
        }
        return sql.toString();
    }

    private Cluster cluster() {
        Cluster cluster = Instance.open(SystemEnv.inMemory(), new ServerSettings());
        clusters.add(cluster);
        try (Session session = connect(cluster)) {
            run(session, "CREATE TABLE t (id int PRIMARY KEY, s text, n numeric(5,2), d date, b bigint, v varchar(4))");
            run(session, "INSERT INTO t SELECT i, 'a', i, '2020-01-01', i FROM generate_series(1, 6) i");
        }
        return cluster;
    }

    private static Session connect(Cluster cluster) {
        return cluster.connect(new Cluster.ConnectionRequest("postgres", "postgres", List.of(), Optional.empty(), new Deaf()));
    }

    private static String run(Session session, String sql) {
        Lines lines = new Lines();
        try {
            session.query(Slice.of(sql), lines);
        } catch (SqlError e) {
            return "error " + e.state().code() + " " + e.getMessage() + " at " + e.position();
        }
        return String.join("\n", lines.lines);
    }

    private record Deaf() implements Client {
        @Override
        public void message(String severity, SqlError message) {
        }

        @Override
        public void parameterStatus(String name, String value) {
        }

        @Override
        public void notification(int processId, String channel, Slice payload) {
        }

        @Override
        public void wake() {
        }

        @Override
        public void terminate(SqlError reason) {
        }
    }

    private static final class Lines implements ResultSink {
        final List<String> lines = new ArrayList<>();
        private List<ResultColumn> columns = List.of();
        private TypeContext context;

        @Override
        public void columns(List<ResultColumn> given, TypeContext types) {
            columns = given;
            context = types;
        }

        @Override
        public void rows(Batch batch) {
            for (int i = 0; i < batch.count(); i++) {
                int row = batch.selection().row(i);
                List<String> fields = new ArrayList<>();
                for (int c = 0; c < columns.size(); c++) {
                    ByteSink out = new ByteSink();
                    if (!batch.column(c).isNull(row)) {
                        columns.get(c).codec().format(batch.column(c), row, context, out);
                    }
                    fields.add(out.toString());
                }
                lines.add(String.join("|", fields));
            }
        }

        @Override
        public void complete(String tag) {
            lines.add(tag);
        }

        @Override
        public void suspended() {
        }

        @Override
        public void empty() {
        }

        @Override
        public CopyInput copyIn(boolean binary, int columnCount) {
            throw new IllegalStateException("no COPY here");
        }

        @Override
        public CopyOutput copyOut(boolean binary, int columnCount) {
            throw new IllegalStateException("no COPY here");
        }
    }
}
