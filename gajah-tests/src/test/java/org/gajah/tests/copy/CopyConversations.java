package org.gajah.tests.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conversations of {@link CopyBehavioursTest}; there is a table {@code t (a int, b text)}. */
final class CopyConversations {
    private static final byte[] HEADER = CopyClient.bytes(out -> {
        out.writeBytes("PGCOPY\n\u00ff\r\n\0");
        out.writeLong(0);
    });

    private CopyConversations() {}

    /** The state of the connection: C1 to C18 but those that need another connection. */
    static Map<String, CopyBehavioursTest.Conversation> protocol() {
        Map<String, CopyBehavioursTest.Conversation> all = new LinkedHashMap<>();
        all.put("C1: rows may be cut anywhere, the last newline is optional", c -> List.of(
                c.query("COPY t FROM STDIN").data("1\tx\n2").data("").data("\ty").data("\n3\tz").done().ask(), c.query("TABLE t").ask(),
                c.query("COPY t (b) FROM STDIN (FORMAT binary)").data(HEADER).done().ask()));
        all.put("C2: CopyFail is 57014 with its reason", c -> List.of(
                c.query("COPY t FROM STDIN").data("1\tx\n").fail("no more").ask(), c.query("TABLE t").ask()));
        all.put("C3: a bad row in the simple protocol is answered at once", c -> {
            List<String> said = new ArrayList<>(List.of(c.query("COPY t FROM STDIN").data("1\tx\ny\tz\n").ask()));
            said.add(c.data("3\tx\n").done().query("TABLE t").ask());
            said.add(c.query("COPY t FROM STDIN").data("y\tz\n").fail("late").query("SELECT 1").ask());
            said.addAll(c.answer(1));
            return said;
        });
        all.put("C4: after a bad row in the extended protocol everything is skipped up to Sync", c -> List.of(
                c.parse("COPY t FROM STDIN").bind().describe().execute(0).data("x\ty\n").data("1\tx\n").done().query("SELECT 1").sync().ask(),
                c.query("TABLE t").ask()));
        all.put("C5: the extended protocol; Sync and Flush during the copy are swallowed", c -> List.of(
                c.parse("COPY t FROM STDIN").bind().describe().execute(0).sync().data("1\tx\n").flush().sync().data("2\ty\n").done().sync().ask(),
                c.query("TABLE t").ask()));
        all.put("C6: a Query in the middle ends the connection", c -> c.query("COPY t FROM STDIN").data("1\tx\n").query("SELECT 1").send()
                .answer(9));
        all.put("C6: Terminate in the middle ends the connection", c -> c.query("COPY t FROM STDIN").data("1\tx\n").add('X', "").send().answer(9));
        all.put("C7: stray copy messages are ignored", c -> List.of(c.data("x").done().fail("x").query("SELECT 1").ask()));
        all.put("C8: one CopyData a row; a header without rows; max rows ignored", c -> {
            c.query("INSERT INTO t SELECT i, 'x' FROM generate_series(1, 3) i").ask();
            List<String> said = new ArrayList<>(List.of(c.query("COPY t TO STDOUT").send().rows().size() + " rows"));
            said.addAll(c.answer(1));
            said.add(c.query("COPY (SELECT 1 AS x WHERE false) TO STDOUT (FORMAT csv, HEADER)").send().rows().size() + " rows");
            said.addAll(c.answer(1));
            said.add(c.parse("COPY t TO STDOUT").bind().execute(1).sync().ask());
            return said;
        });
        all.put("C9: in a string of statements, both ways", c -> List.of(c.query("SELECT 1; COPY t FROM STDIN; SELECT 2; COPY t TO STDOUT; SELECT 3")
                .data("1\tx\n").done().ask()));
        all.put("C10: the tag counts the rows kept", c -> List.of(
                c.query("COPY t FROM STDIN WHERE a > 1").data("1\tx\n2\ty\n3\tz\n").done().ask(),
                c.query("COPY t FROM STDIN (ON_ERROR ignore)").data("1\tx\ny\tz\n").done().ask()));
        all.put("C14: the status byte tells whether the transaction failed", c -> List.of(
                c.query("BEGIN").ask(), c.query("COPY t FROM STDIN").data("x\ty\n").ask(), c.query("SELECT 1").ask(), c.query("ROLLBACK").ask(),
                c.query("BEGIN; SAVEPOINT s").ask(), c.query("COPY t FROM STDIN").data("1\tx\n").fail("f").ask(),
                c.query("ROLLBACK TO s; COPY t FROM STDIN").data("1\tx\n").done().ask(), c.query("COMMIT; TABLE t").ask()));
        all.put("C15: binary out: the header with the first row, the trailer by itself", c -> {
            c.query("INSERT INTO t VALUES (1, 'x'), (2, 'y')").ask();
            List<String> said = new ArrayList<>();
            for (byte[] row : c.query("COPY t TO STDOUT (FORMAT binary)").send().rows()) {
                said.add(java.util.HexFormat.of().formatHex(row));
            }
            said.addAll(c.answer(1));
            for (byte[] row : c.query("COPY (SELECT 1 WHERE false) TO STDOUT (FORMAT binary)").send().rows()) {
                said.add(java.util.HexFormat.of().formatHex(row));
            }
            return said;
        });
        all.put("C16: CopyFail with a client's error text leaves the connection usable", c -> List.of(
                c.query("BEGIN").ask(), c.query("COPY t FROM STDIN").data("1").fail("error from Python: ZeroDivisionError - division by zero").ask(),
                c.query("ROLLBACK").ask(), c.query("TABLE t").ask()));
        all.put("O16: binary: signature, field count, trailer, length", CopyConversations::binary);
        return all;
    }

    private static List<String> binary(CopyClient c) throws IOException {
        byte[] row = CopyClient.bytes(out -> {
            out.write(HEADER);
            out.writeShort(2);
            out.writeInt(4);
            out.writeInt(7);
            out.writeInt(1);
            out.writeByte('x');
        });
        byte[] trailer = {-1, -1};
        byte[] shortField = CopyClient.bytes(out -> {
            out.write(HEADER);
            out.writeShort(1);
            out.writeInt(4);
            out.writeInt(7);
        });
        c.query("CREATE TABLE t2 (a int8)").ask();
        return List.of(c.query("COPY t FROM STDIN (FORMAT binary)").data("PGCOPY\n.\r\n.........").done().ask(),
                c.query("COPY t (a) FROM STDIN (FORMAT binary)").data(row).done().ask(),
                c.query("COPY t FROM STDIN (FORMAT binary)").data(row).data(trailer).data("x").done().ask(),
                c.query("COPY t FROM STDIN (FORMAT binary)").data(row).done().ask(),
                c.query("COPY t2 FROM STDIN (FORMAT binary)").data(shortField).done().ask(), c.query("TABLE t").ask());
    }

    /** The options: O1 to O20. What needs no data is one line: a string of SQL, what stands after {@code <<} is the data. */
    static Map<String, CopyBehavioursTest.Conversation> options() {
        Map<String, CopyBehavioursTest.Conversation> all = new LinkedHashMap<>();
        sql(all, "O1: formats, and the old syntax", "COPY t FROM STDIN (FORMAT csv)<<1,x", "COPY t FROM STDIN (FORMAT xml)",
                "COPY t FROM STDIN WITH CSV HEADER DELIMITER AS ';'<<a;b\n2;y", "TABLE t");
        sql(all, "O2: HEADER and HEADER MATCH", "COPY t FROM STDIN (HEADER)<<x\ty\n1\tx", "COPY t FROM STDIN (HEADER match)<<a\tb\n1\tx",
                "COPY t FROM STDIN (HEADER match)<<a\tc\n1\tx", "COPY t FROM STDIN (FORMAT csv, HEADER match)<<a\n1", "COPY t TO STDOUT (HEADER match)",
                "COPY t TO STDOUT (HEADER)");
        sql(all, "O3: NULL, DEFAULT, QUOTE, ESCAPE, DELIMITER", "ALTER TABLE t ALTER b SET DEFAULT 'def'",
                "COPY t FROM STDIN (FORMAT csv, DEFAULT 'D')<<1,D\n2,\"D\"", "COPY t FROM STDIN (NULL 'nil', DELIMITER ';')<<3;nil\nnil;x",
                "COPY t FROM STDIN (FORMAT csv, QUOTE '!', ESCAPE '^')<<4,!a^!b!", "COPY t FROM STDIN (DELIMITER 'ab')",
                "COPY t FROM STDIN (DELIMITER 'é')", "TABLE t");
        sql(all, "O4: FORCE_NULL, FORCE_NOT_NULL, FORCE_QUOTE", "COPY t FROM STDIN (FORMAT csv, FORCE_NULL (b))<<1,\"\"",
                "COPY t FROM STDIN (FORMAT csv, FORCE_NOT_NULL (b))<<2,", "COPY t FROM STDIN (FORMAT csv, FORCE_NULL *)<<3,\"\"",
                "COPY t TO STDOUT (FORCE_QUOTE *)", "COPY t FROM STDIN (FORMAT csv, FORCE_QUOTE *)", "SELECT a, b IS NULL FROM t");
        sql(all, "O5: ON_ERROR ignore is for values only", "CREATE UNIQUE INDEX ON t (a)", "COPY t FROM STDIN (ON_ERROR ignore)<<1\tx\nz\ty\n3\tz",
                "COPY t FROM STDIN (ON_ERROR ignore)<<4", "COPY t FROM STDIN (ON_ERROR ignore)<<5\tx\ty", "COPY t FROM STDIN (ON_ERROR ignore)<<1\tx",
                "COPY t FROM STDIN (ON_ERROR ignore, FORMAT binary)", "TABLE t");
        sql(all, "O6: LOG_VERBOSITY", "COPY t FROM STDIN (ON_ERROR ignore, LOG_VERBOSITY verbose)<<1\tx\nz\ty\n99999999999\tz",
                "COPY t FROM STDIN (ON_ERROR ignore, LOG_VERBOSITY silent)<<1\tx\nz\ty");
        sql(all, "O7: REJECT_LIMIT", "COPY t FROM STDIN (ON_ERROR ignore, REJECT_LIMIT 1)<<z\tx\ny\ty", "COPY t FROM STDIN (REJECT_LIMIT 1)",
                "COPY t FROM STDIN (ON_ERROR ignore, REJECT_LIMIT 0)", "COPY t FROM STDIN (ON_ERROR ignore, REJECT_LIMIT 1)<<z\tx\n2\ty");
        sql(all, "O8: WHERE only in FROM", "COPY t TO STDOUT WHERE a > 1", "COPY t FROM STDIN WHERE b = 'y'<<1\tx\n2\ty", "TABLE t");
        sql(all, "O9: generated and identity columns, defaults", "CREATE TABLE t2 (i int GENERATED ALWAYS AS IDENTITY, a int, "
                + "g int GENERATED ALWAYS AS (a * 2) STORED, d text DEFAULT 'def')", "COPY t2 (g) FROM STDIN", "COPY t2 (a) FROM STDIN<<1",
                "COPY t2 (i, a) FROM STDIN<<77\t2", "COPY t2 TO STDOUT", "TABLE t2");
        sql(all, "O10: columns and views", "COPY t (nope) FROM STDIN", "COPY t (a, a) FROM STDIN", "CREATE TEMP VIEW v AS SELECT * FROM t",
                "COPY v FROM STDIN", "COPY v TO STDOUT", "COPY (SELECT * FROM v) TO STDOUT");
        sql(all, "O11: the end marker", "COPY t FROM STDIN<<1\tx\n\\.\n2\ty\n", "COPY t (b) FROM STDIN (FORMAT csv)<<\\.\nx\n", "TABLE t");
        sql(all, "O12: line ends, quotes and bytes", "COPY t FROM STDIN<<1\tx\r\n2\ty\n", "COPY t FROM STDIN<<1\tx\n2\ty\r\n",
                "COPY t FROM STDIN (FORMAT csv)<<1,\"x", "COPY t FROM STDIN<<1\ta\0b\n");
        all.put("O12: bytes that are not UTF-8", c -> List.of(c.query("COPY t FROM STDIN").data(new byte[] {'1', '\t', (byte) 0xe9, '\n'}).done().ask()));
        sql(all, "O13: FREEZE", "COPY t FROM STDIN (FREEZE)<<1\tx", "BEGIN; CREATE TEMP TABLE f (a int)", "COPY f FROM STDIN (FREEZE)<<1", "COMMIT");
        sql(all, "O14: queries", "COPY (SELECT 1) TO STDOUT", "COPY (VALUES (1), (2)) TO STDOUT", "COPY (INSERT INTO t VALUES (1, 'x') RETURNING a) TO STDOUT",
                "COPY (DELETE FROM t RETURNING a) TO STDOUT", "COPY (DELETE FROM t) TO STDOUT");
        sql(all, "O15: checks and foreign keys", "CREATE TABLE parent (id int PRIMARY KEY); INSERT INTO parent VALUES (1)",
                "CREATE TABLE t2 (a int CHECK (a < 10), p int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)", "COPY t2 FROM STDIN<<1\t1\n11\t1",
                "COPY t2 FROM STDIN<<1\t2", "BEGIN", "COPY t2 FROM STDIN<<1\t2", "COMMIT", "TABLE t2");
        all.put("O17: ENCODING converts", c -> List.of(
                c.query("COPY t FROM STDIN (ENCODING 'latin1')").data(new byte[] {'1', '\t', (byte) 0xe9, '\n'}).done().ask(), c.query("TABLE t").ask(),
                c.query("COPY t TO STDOUT (ENCODING 'latin1')").send().rows().getFirst()[2] + " " + c.answer(1),
                c.query("COPY t FROM STDIN (ENCODING 'nope')").ask()));
        sql(all, "O18: files and programs are for some roles", "CREATE ROLE copy_nobody; GRANT ALL ON t TO copy_nobody; SET ROLE copy_nobody",
                "COPY t FROM '/nowhere'", "COPY t TO '/nowhere'", "COPY t FROM PROGRAM 'true'", "RESET ROLE; REVOKE ALL ON t FROM copy_nobody");
        all.put("O19: a parameter in COPY is found missing when it runs", c -> List.of(
                c.parse("COPY (SELECT $1) TO STDOUT").bind().execute(0).sync().ask(), c.query("SELECT 1").ask()));
        return all;
    }

    private static void sql(Map<String, CopyBehavioursTest.Conversation> all, String name, String... lines) {
        all.put(name, c -> {
            List<String> said = new ArrayList<>();
            for (String line : lines) {
                int data = line.indexOf("<<");
                if (data < 0) {
                    said.add(c.query(line).ask());
                } else {
                    said.add(c.query(line.substring(0, data)).data(line.substring(data + 2)).done().ask());
                }
            }
            return said;
        });
    }
}
