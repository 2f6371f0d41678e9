package org.gajah.tests.protocol;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Conversations by the name of what they show. They find a table t of five rows. */
final class Conversations {
    /** What is said; everything heard is kept by the talk. */
    @FunctionalInterface
    interface Conversation {
        void with(Talk talk) throws IOException;
    }

    private static final byte[] FIVE = {0, 0, 0, 5};

    private Conversations() {
    }

    static Map<String, Conversation> all() {
        Map<String, Conversation> all = new LinkedHashMap<>();
        all.put("describe of statements", Conversations::describedStatements);
        all.put("describe of portals", Conversations::describedPortals);
        all.put("describe of what gives no rows", Conversations::describedCommands);
        all.put("formats of parameters and results", Conversations::formats);
        all.put("65,535 parameters", Conversations::manyParameters);
        all.put("row limits suspend portals", Conversations::rowLimits);
        all.put("names of statements and portals", Conversations::names);
        all.put("portals live as long as their transaction", Conversations::livesOfPortals);
        all.put("SQL's own cursors and prepared statements", Conversations::mixedWithSql);
        all.put("errors skip to Sync", Conversations::errors);
        all.put("what stands before Sync is one transaction", Conversations::pipelines);
        all.put("transactions within a pipeline", Conversations::pipelinedTransactions);
        all.put("strings of several statements", Conversations::strings);
        all.put("plans of changed tables", Conversations::changedTables);
        all.put("types of parameters", Conversations::parameterTypes);
        all.put("flush", talk -> talk.parse("", "SELECT 1").flush(1).bind("", "").flush(1).execute("", 0).flush(2).sync());
        StatusConversations.addTo(all);
        return all;
    }

    private static void describedStatements(Talk talk) throws IOException {
        talk.parse("", "SELECT id, name, amount, at, id + 1, 'x', $1::int, $2 || 'y', count(*) OVER () AS all FROM t WHERE id = $3").describe('S', "").sync();
        talk.parse("named", "SELECT * FROM t WHERE name = $1").describe('S', "named").sync();
        talk.describe('S', "named").describe('S', "").sync();
        talk.describe('S', "nope").sync();
        talk.parse("i", "INSERT INTO t (id, name) VALUES ($1, $2) RETURNING id, amount").describe('S', "i").sync();
        talk.parse("v", "VALUES (1, 'a'), ($1, $2)").describe('S', "v").sync();
        talk.parse("w", "WITH d AS (DELETE FROM t WHERE id = $1 RETURNING *) SELECT id, name FROM d").describe('S', "w").sync();
        talk.add('D', new byte[] {'Q', 0}).sync();
    }

    private static void describedPortals(Talk talk) throws IOException {
        talk.parse("", "SELECT id, name FROM t WHERE id < $1").bind("", "", "3").describe('P', "").execute("", 0).sync();
        talk.parse("s", "SELECT id, name, amount FROM t WHERE id = $1")
                .bind("p", "s", new int[] {1}, new byte[][] {FIVE}, 1, 0, 1).describe('P', "p").execute("p", 0).describe('P', "p").sync();
        talk.describe('P', "p").sync();
        talk.bind("one", "s", new int[0], new byte[][] {"1".getBytes()}, 1).describe('P', "one").execute("one", 0).sync();
        talk.parse("", "").describe('S', "").bind("", "").describe('P', "").execute("", 0).sync();
    }

    private static void describedCommands(Talk talk) throws IOException {
        String[] commands = {"BEGIN", "SAVEPOINT s", "UPDATE t SET amount = 1", "SET work_mem = '1MB'", "CREATE TEMP TABLE x (a int)",
            "DECLARE c CURSOR FOR SELECT id, name FROM t", "ROLLBACK", "SHOW work_mem", "EXPLAIN SELECT 1", "EXPLAIN (FORMAT json) SELECT 1",
            "CREATE TABLE y AS SELECT 1 AS a", "SELECT 1 AS b INTO z", "TRUNCATE z", "COMMENT ON TABLE z IS 'z'", "ANALYZE z", "VACUUM z", "LOCK TABLE z", "DO 'BEGIN END'",
            "LISTEN n", "UNLISTEN *", "CHECKPOINT", "DISCARD PLANS", "DEALLOCATE ALL", "SHOW ALL"};
        for (String command : commands) {
            talk.parse("", command).describe('S', "").bind("", "").describe('P', "").sync();
        }
        talk.run("BEGIN").sync().run("DECLARE c CURSOR FOR SELECT id, name FROM t").sync();
        talk.parse("", "FETCH 2 FROM c").describe('S', "").bind("", "").describe('P', "").execute("", 0).sync();
        talk.run("MOVE 1 FROM c").sync().run("CLOSE c").sync().run("ROLLBACK").sync();
        talk.query("PREPARE q (int) AS SELECT id, name FROM t WHERE id = $1");
        talk.parse("", "EXECUTE q (2)").describe('S', "").bind("", "").describe('P', "").execute("", 0).sync();
    }

    private static void formats(Talk talk) throws IOException {
        talk.parse("s", "SELECT $1::int4, $2::int4, $3::text").sync();
        byte[] x = {'x'};
        talk.bind("", "s", new int[] {1}, new byte[][] {FIVE, FIVE, x}, 1).execute("", 0).sync();
        talk.bind("", "s", new int[] {1, 0, 1}, new byte[][] {FIVE, {'6'}, null}, 0, 1, 0).execute("", 0).sync();
        talk.bind("", "s", new int[] {1, 0}, new byte[][] {FIVE, {'6'}, x}).execute("", 0).sync();
        talk.bind("", "s", new int[] {1}, new byte[][] {FIVE, FIVE}).execute("", 0).sync();
        talk.bind("", "s", new int[] {0}, new byte[][] {{'1'}, {'1'}, x}, 1, 1).execute("", 0).sync();
        talk.bind("", "s", new int[] {1}, new byte[][] {{0, 0, 5}, FIVE, x}).execute("", 0).sync();
        talk.bind("", "s", new int[] {1}, new byte[][] {{0, 0, 0, 0, 5}, FIVE, x}).execute("", 0).sync();
        talk.bind("", "s", new int[] {0}, new byte[][] {{'x'}, FIVE, x}).execute("", 0).sync();
        talk.bind("", "s", new int[] {0}, new byte[][] {{'1'}, {'1'}, {(byte) 0xff}}).execute("", 0).sync();
        talk.bind("", "s", new int[] {1}, new byte[][] {FIVE, FIVE, {'a', 0, 'b'}}).execute("", 0).sync();
        talk.bind("", "s", new int[] {1}, new byte[][] {null, null, null}).execute("", 0).sync();
    }

    private static void manyParameters(Talk talk) throws IOException {
        int count = 65_535;
        StringBuilder sql = new StringBuilder("SELECT count(*), sum(v) FROM (VALUES ($1::int)");
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            values[i] = Integer.toString(i);
            if (i > 0) {
                sql.append(", ($").append(i + 1).append(')');
            }
        }
        talk.parse("", sql + ") AS q (v)").describe('S', "").bind("", "", values).execute("", 0).sync();
        StringBuilder list = new StringBuilder("SELECT id FROM t WHERE id IN ($1");
        for (int i = 1; i < count; i++) {
            list.append(", $").append(i + 1);
        }
        talk.parse("", list + ") ORDER BY id").bind("", "", values).execute("", 0).sync();
        talk.bind("", "", new String[count - 1]).sync();
        talk.parse("", "SELECT $2147483648::int").sync();
    }

    private static void rowLimits(Talk talk) throws IOException {
        talk.query("BEGIN");
        talk.parse("s", "SELECT id FROM t ORDER BY id").bind("p", "s").execute("p", 2).sync();
        talk.execute("p", 2).execute("p", 2).execute("p", 2).execute("p", 0).sync();
        talk.bind("q", "s").execute("q", 5).execute("q", 1).sync();
        talk.parse("u", "UPDATE t SET amount = 2 WHERE id < 4 RETURNING id").bind("r", "u").execute("r", 1).execute("r", 1).execute("r", 0).sync();
        talk.parse("n", "INSERT INTO t (id) VALUES (10), (11)").bind("x", "n").execute("x", 1).sync();
        talk.execute("x", 0).sync();
        talk.query("ROLLBACK");
        talk.parse("", "SELECT generate_series(1, 3)").bind("", "").execute("", 1).execute("", 1).execute("", -1).sync();
        talk.parse("", "SHOW work_mem").bind("", "").execute("", 1).execute("", 1).sync();
    }

    private static void names(Talk talk) throws IOException {
        talk.parse("s", "SELECT 1").parse("s", "SELECT 2").sync();
        talk.bind("p", "s").bind("p", "s").sync();
        talk.bind("p", "nope").sync().execute("nope", 0).sync().bind("", "").sync();
        talk.parse("", "SELECT 1").parse("", "SELECT 2").bind("", "").bind("", "").execute("", 0).sync();
        talk.close('S', "s").close('S', "s").close('P', "nope").close('S', "").close('P', "").sync();
        talk.bind("", "s").sync().bind("", "").sync();
        talk.parse("s", "SELECT nope").sync().bind("", "s").sync();
        talk.parse("m", "SELECT 1; SELECT 2").sync().parse("e", "SELEC 1").sync();
        talk.add('C', new byte[] {'Q', 0}).sync();
        talk.parse("A \"strange\" name", "SELECT 1").sync();
        talk.query("SELECT name, statement, parameter_types, result_types, from_sql FROM pg_prepared_statements ORDER BY 1");
    }

    private static void livesOfPortals(Talk talk) throws IOException {
        talk.parse("s", "SELECT id FROM t ORDER BY id").bind("p", "s").execute("p", 1).sync().execute("p", 1).sync();
        talk.query("BEGIN").bind("p", "s").execute("p", 1).sync().execute("p", 1).sync();
        talk.query("SELECT name, statement, is_holdable, is_binary, is_scrollable FROM pg_cursors");
        talk.query("FETCH 1 FROM p").query("SAVEPOINT a").bind("q", "s").execute("q", 1).sync().query("ROLLBACK TO a").execute("q", 1).sync();
        talk.query("ROLLBACK TO a").execute("p", 1).sync().query("COMMIT").execute("p", 1).sync();
        talk.query("BEGIN").bind("", "s").execute("", 1).sync().execute("", 1).sync().query("SELECT 0").execute("", 1).sync().query("ROLLBACK");
        talk.close('S', "s").bind("", "s").sync();
        talk.query("BEGIN").parse("t", "SELECT id FROM t ORDER BY id").bind("z", "t").close('S', "t").execute("z", 1).close('P', "z").execute("z", 1).sync();
        talk.query("ROLLBACK");
    }

    private static void mixedWithSql(Talk talk) throws IOException {
        talk.query("PREPARE byname (int) AS SELECT id FROM t WHERE id > $1 ORDER BY id").bind("", "byname", "3").describe('P', "").execute("", 0).sync();
        talk.parse("bymessage", "SELECT $1::int * 2").sync().query("EXECUTE bymessage (21)").query("DEALLOCATE bymessage").bind("", "bymessage", "1").sync();
        talk.query("BEGIN; DECLARE c SCROLL CURSOR FOR SELECT id FROM t ORDER BY id").describe('P', "c").execute("c", 2).sync();
        talk.query("FETCH BACKWARD 1 FROM c").query("CLOSE c").execute("c", 1).sync().query("ROLLBACK");
        talk.query("BEGIN; DECLARE b BINARY CURSOR FOR SELECT id FROM t ORDER BY id").query("FETCH 1 FROM b").execute("b", 1).sync().query("COMMIT");
        talk.query("DECLARE h CURSOR WITH HOLD FOR SELECT id FROM t ORDER BY id").execute("h", 2).sync().query("FETCH 1 FROM h").close('P', "h").sync();
        talk.query("FETCH 1 FROM h").query("DISCARD ALL").bind("", "byname", "3").sync();
    }

    private static void errors(Talk talk) throws IOException {
        talk.run("SELECT 1/(id - 1) FROM t ORDER BY id").run("SELECT 2").parse("never", "SELECT 3").sync().bind("", "never").sync();
        talk.query("BEGIN").run("SELECT 1/(id - 1) FROM t ORDER BY id").sync().run("SELECT 1").sync().parse("", "ROLLBACK").bind("", "").execute("", 0).sync();
        talk.query("BEGIN; SELECT nope").parse("r", "ROLLBACK").sync().parse("", "SELECT 1").sync().close('S', "r").sync().query("COMMIT");
        talk.run("INSERT INTO t (id) VALUES ($1)", "1").sync();
        talk.run("SELECT $1::int", "many").sync();
        talk.run("SELECT id FROM t WHERE id / (id - 3) > 0 ORDER BY id").sync();
        talk.query("SELECT 1/(id - 3) FROM t ORDER BY id");
        talk.query("SELECT");
        talk.query("SELECT FROM t WHERE id = 'x'").query("SELECT * FROM t JOIN u USING (id)").query("SELECT 'unfinished");
        talk.query("/* nothing */ ; ;").query("").query(";");
    }

    private static void pipelines(Talk talk) throws IOException {
        talk.run("INSERT INTO t (id) VALUES (20)").run("INSERT INTO t (id) VALUES (21)").run("INSERT INTO t (id) VALUES (20)").sync();
        talk.query("SELECT count(*) FROM t");
        talk.run("INSERT INTO t (id) VALUES (20)").sync().run("INSERT INTO t (id) VALUES (20)").sync();
        talk.query("SELECT count(*) FROM t");
        talk.run("SELECT count(*) FROM t").run("DELETE FROM t WHERE id = 20").run("SELECT count(*) FROM t").sync();
        talk.run("SET LOCAL work_mem = '3MB'").run("SHOW work_mem").sync().run("SHOW work_mem").sync();
        talk.run("SAVEPOINT a").sync().run("VACUUM t").sync();
        talk.run("SELECT 1").run("VACUUM t").sync().run("CREATE DATABASE never").run("SELECT 1").sync().query("DROP DATABASE IF EXISTS never");
    }

    private static void pipelinedTransactions(Talk talk) throws IOException {
        talk.run("BEGIN").run("INSERT INTO t (id) VALUES (30)").run("COMMIT").run("INSERT INTO t (id) VALUES (31)").run("SELECT 1/(id - 1) FROM t ORDER BY id").sync();
        talk.query("SELECT id FROM t WHERE id > 29");
        talk.run("INSERT INTO t (id) VALUES (32)").run("COMMIT").run("SELECT 1/(id - 1) FROM t ORDER BY id").sync().query("SELECT id FROM t WHERE id > 29");
        talk.run("INSERT INTO t (id) VALUES (33)").run("ROLLBACK").run("INSERT INTO t (id) VALUES (34)").sync().query("SELECT id FROM t WHERE id > 29");
        talk.run("BEGIN").run("SELECT 1/(id - 1) FROM t ORDER BY id").run("ROLLBACK").sync().run("ROLLBACK").sync().run("ROLLBACK").sync();
        talk.run("INSERT INTO t (id) VALUES (35)").run("BEGIN").run("SELECT nope").sync().query("COMMIT").query("SELECT id FROM t WHERE id > 34");
    }

    private static void strings(Talk talk) throws IOException {
        talk.query("INSERT INTO t (id) VALUES (40); SELECT 1/(id - 1) FROM t ORDER BY id; SELECT 2").query("SELECT id FROM t WHERE id >= 40");
        talk.query("INSERT INTO t (id) VALUES (40); COMMIT; INSERT INTO t (id) VALUES (41); SELECT 1/(id - 1) FROM t ORDER BY id").query("SELECT id FROM t WHERE id >= 40");
        talk.query("BEGIN; INSERT INTO t (id) VALUES (42); COMMIT; INSERT INTO t (id) VALUES (43); SELECT 1/(id - 1) FROM t ORDER BY id").query("SELECT id FROM t WHERE id >= 40");
        talk.query("INSERT INTO t (id) VALUES (44); BEGIN; INSERT INTO t (id) VALUES (45); ROLLBACK").query("SELECT id FROM t WHERE id >= 40");
        talk.query("SELECT 1; SELEC 2; SELECT 3").query("BEGIN; SELECT 1/(id - 1) FROM t ORDER BY id; ROLLBACK").query("ROLLBACK").query("SAVEPOINT a; SELECT 1");
        talk.query("SET LOCAL work_mem = '3MB'; SHOW work_mem").query("SHOW work_mem").query("SELECT 1; VACUUM t").query("VACUUM t; SELECT 1");
        talk.query("BEGIN; BEGIN; COMMIT; COMMIT").query("SELECT $1").query("START TRANSACTION READ ONLY; DELETE FROM t").query("COMMIT");
        talk.query("COMMIT AND CHAIN").query("BEGIN; COMMIT AND CHAIN").query("ROLLBACK AND CHAIN; SELECT 5; COMMIT");
    }

    private static void changedTables(Talk talk) throws IOException {
        talk.parse("s", "SELECT * FROM t WHERE id = $1").parse("i", "INSERT INTO t VALUES ($1)").sync();
        talk.bind("", "s", "1").describe('P', "").execute("", 0).sync().query("ALTER TABLE t ADD COLUMN extra text DEFAULT 'e'");
        talk.bind("", "s", "1").execute("", 0).sync().bind("", "i", "50").execute("", 0).sync();
        talk.query("ALTER TABLE t DROP COLUMN extra").bind("", "s", "1").execute("", 0).sync();
        talk.query("ALTER TABLE t RENAME COLUMN name TO label").bind("", "s", "1").describe('P', "").execute("", 0).sync();
        talk.query("ALTER TABLE t ALTER COLUMN id TYPE bigint").bind("", "s", "1").execute("", 0).sync();
        talk.query("DROP TABLE t").bind("", "s", "1").execute("", 0).sync().bind("", "i", "1").execute("", 0).sync();
    }

    private static void parameterTypes(Talk talk) throws IOException {
        String[] statements = {"SELECT $1", "SELECT $1 + 1", "SELECT $1 || $2", "SELECT * FROM t WHERE amount > $1 AND name LIKE $2 AND at < $3", "SELECT $2::int",
            "INSERT INTO t VALUES ($1, $2, $3, $4)", "UPDATE t SET name = $1 WHERE id = $2", "SELECT $1 IS NULL", "SELECT coalesce($1, 5)", "SELECT $1::text, $1",
            "SELECT $1 = ANY($2::int[])", "SELECT id FROM t LIMIT $1 OFFSET $2", "SELECT CASE WHEN $1 THEN $2 ELSE 1.5 END", "SELECT ARRAY[$1, 2]", "SELECT ($1, 'x') = (1, $2)",
            "SELECT now() - $1", "SELECT at + $1 FROM t", "SELECT $1::int, $1::text", "SELECT abs($1)", "SELECT upper($1), substring($2 FROM $3)", "SELECT jsonb_build_object('a', $1)",
            "SELECT $1 BETWEEN 1 AND 2", "VALUES ($1, 1), (2, $2)", "SELECT $1 UNION SELECT 1", "SELECT id FROM t WHERE name IN ($1, $2)", "SELECT generate_series(1, $1)",
            "DELETE FROM t WHERE id = $1 RETURNING $2::int", "SELECT sum($1) FROM t", "SELECT $0", "SELECT $1::nope", "SET work_mem = $1", "CREATE TABLE q AS SELECT $1::int AS a"};
        for (String statement : statements) {
            talk.parse("", statement).describe('S', "").sync();
        }
        talk.parse("", "SELECT $1", 23).describe('S', "").sync().parse("", "SELECT $1 + $2", 0, 1700).describe('S', "").sync();
        talk.parse("", "SELECT 1", 23, 25).describe('S', "").bind("", "", "1", "x").execute("", 0).sync();
        talk.parse("", "SELECT $1", 705).describe('S', "").bind("", "", "u").execute("", 0).sync().parse("", "SELECT $1::text", 705).describe('S', "").sync();
    }
}
