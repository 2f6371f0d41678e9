package org.gajah.tests.copy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The conversations of {@link CopyBehavioursTest} about loads of so many rows that indexes are written in runs. */
final class CopyLargeConversations {
    private static final int ROWS = 150_000;
    private static final String CHECK = "SET enable_seqscan = off; SELECT count(*), sum(a), min(b), max(b) FROM t WHERE a > -1; "
            + "SELECT count(*), max(a) FROM t WHERE b >= '5' AND b < '7'; SELECT a, b FROM t WHERE b = '77777' ORDER BY a; SELECT count(*) FROM t WHERE b IS NULL; "
            + "SET enable_seqscan = on; SELECT count(*), max(a) FROM t WHERE b >= '5' AND b < '7'";

    private CopyLargeConversations() {}

    static Map<String, CopyBehavioursTest.Conversation> all() {
        Map<String, CopyBehavioursTest.Conversation> all = new LinkedHashMap<>();
        all.put("many rows into unique and other indexes", c -> load(c, CopyLargeConversations::row, "ALTER TABLE t ADD UNIQUE (a); CREATE INDEX ON t (b)"));
        all.put("many rows into partial and expression indexes, many equal keys, nulls", c -> load(c, CopyLargeConversations::row,
                "CREATE INDEX ON t (b) WHERE a % 2 = 0; CREATE UNIQUE INDEX ON t ((a + 1)); CREATE INDEX ON t ((a % 3)); CREATE INDEX ON t (b, a DESC)"));
        all.put("a key that comes twice, far apart", c -> load(c, i -> i == 120_001 ? row(17) : row(i), "ALTER TABLE t ADD UNIQUE (a)"));
        all.put("keys that come twice in two indexes: the first line is told", c -> load(c,
                i -> i == 3_000 ? row(2_999) : i == 1_500 ? "-5\t" + (7L * 99 % 100_003) + "\n" : row(i),
                "ALTER TABLE t ADD UNIQUE (a); CREATE UNIQUE INDEX ON t (b) WHERE a < 100 AND a <> 1"));
        all.put("a key that is taken before a line that is bad", c -> load(c, i -> i == 40_000 ? row(1) : i == 90_000 ? "x\ty\n" : row(i),
                "ALTER TABLE t ADD UNIQUE (a)"));
        all.put("a bad line before a key that is taken", c -> load(c, i -> i == 90_000 ? row(1) : i == 40_000 ? "x\ty\n" : row(i),
                "ALTER TABLE t ADD UNIQUE (a)"));
        all.put("keys of rows that are gone, and a key of the table", c -> {
            c.query("ALTER TABLE t ADD UNIQUE (a); INSERT INTO t SELECT i, 'old' FROM generate_series(1, 5000) i; DELETE FROM t WHERE a <> 4711").ask();
            return List.of(load(c, CopyLargeConversations::row, "SELECT 1").toString(),
                    load(c, CopyLargeConversations::row, "DELETE FROM t").toString());
        });
        all.put("NULLS NOT DISTINCT", c -> load(c, CopyLargeConversations::row, "CREATE UNIQUE INDEX ON t (b) NULLS NOT DISTINCT"));
        all.put("a deferrable key that comes twice", c -> load(c, i -> i == 2_000 ? row(17) : row(i), "ALTER TABLE t ADD UNIQUE (a) DEFERRABLE"));
        return all;
    }

    private static String row(int i) {
        return i + "\t" + (i % 1000 == 0 ? "\\N" : Long.toString(7L * i % 100_003)) + "\n";
    }

    private static List<String> load(CopyClient client, IntFunction<String> row, String setup) throws IOException {
        String made = client.query(setup).ask();
        client.query("COPY t FROM STDIN");
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            piece.append(row.apply(i));
            if (piece.length() > 50_000) {
                client.data(piece.toString());
                piece.setLength(0);
            }
        }
        return List.of(made, client.data(piece.toString()).done().ask(), client.query(CHECK).ask());
    }
}
