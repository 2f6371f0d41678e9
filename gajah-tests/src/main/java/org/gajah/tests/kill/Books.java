package org.gajah.tests.kill;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What must be true after a restart. */
final class Books {
    private static final int KEYS_AT_ONCE = 1000;

    private final Connection connection;

    Books(Connection connection) {
        this.connection = connection;
    }

    /** Something that was promised and is not so. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Broken(otherwise);
        }
    }

    /** pgbench's sums agree; {@code history} has all that was there before and was acknowledged, and at most those in flight. */
    long pgbench(long historyBefore, long processed, int clients) throws SQLException {
        long history = number("SELECT sum(delta) FROM pgbench_history");
        for (String sum : List.of("sum(abalance) FROM pgbench_accounts", "sum(tbalance) FROM pgbench_tellers",
                "sum(bbalance) FROM pgbench_branches")) {
            long balance = number("SELECT " + sum);
            require(balance == history, sum + " is " + balance + ", the history's is " + history);
        }
        long rows = number("SELECT count(*) FROM pgbench_history");
        require(rows >= historyBefore + processed && rows <= historyBefore + processed + clients,
                "the history has " + rows + " rows after " + historyBefore + " and " + processed + " acknowledged");
        return rows;
    }

    /** All of a ledger client's transactions up to the last acknowledged one, at most one more, each of them whole. */
    long ledger(int client, long acknowledged, long before) throws SQLException {
        String mine = " FROM ledger WHERE client = " + client;
        require(number("SELECT count(*)" + mine + " AND n < 0") == 0, "what was rolled back is there");
        long last = number("SELECT max(n)" + mine);
        require(last == acknowledged || last == acknowledged + 1, "client " + client + " is at " + last + " after " + acknowledged);
        require(number("SELECT count(DISTINCT n)" + mine) == last && number("SELECT count(*)" + mine) == 2 * last,
                "client " + client + " has not each of " + last + " transactions twice");
        TreeSet<String> made = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'made\\_" + client + "\\_%'")) {
            while (rows.next()) {
                made.add(rows.getString(1));
            }
        }
        long newest = last / LedgerClient.DDL_EVERY * LedgerClient.DDL_EVERY;
        require(made.equals(newest == 0 ? new TreeSet<>() : new TreeSet<>(List.of(LedgerClient.tableOf(client, newest)))),
                "client " + client + " at " + last + " has tables " + made);
        if (newest > 0) {
            number("SELECT count(*) FROM " + LedgerClient.tableOf(client, newest));
        }
        long bulks = last / LedgerClient.BULK_EVERY - before / LedgerClient.BULK_EVERY;
        require(number("SELECT count(*) FROM bulk WHERE client = " + client) == bulks * LedgerClient.BULK_ROWS
                && number("SELECT count(DISTINCT (n, i)) FROM bulk WHERE client = " + client) == bulks * LedgerClient.BULK_ROWS,
                "client " + client + " has not " + bulks + " large transactions");
        return last;
    }

    /** Each row that a scan of the table finds is found through its index, with the same content; nothing else is. */
    void agrees(String table, String key, String content, String condition) throws SQLException {
        Map<Object, Object> scanned = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + key + ", " + content + " FROM " + table + " WHERE " + condition)) {
            while (rows.next()) {
                require(scanned.put(rows.getObject(1), rows.getObject(2)) == null, table + " has key " + rows.getObject(1) + " twice");
            }
        }
        String type = scanned.isEmpty() || scanned.keySet().iterator().next() instanceof Integer ? "int4" : "int8";
        String lookup = "SELECT " + key + ", " + content + " FROM " + table + " WHERE " + key + " = ANY (?) AND " + condition;
        Object[] keys = scanned.keySet().toArray();
        execute("SET enable_seqscan = off");
        try (PreparedStatement statement = connection.prepareStatement(lookup)) {
            for (int from = 0; from < keys.length; from += KEYS_AT_ONCE) {
                Array some = connection.createArrayOf(type, java.util.Arrays.copyOfRange(keys, from, Math.min(keys.length, from + KEYS_AT_ONCE)));
                statement.setArray(1, some);
                if (from == 0) {
                    require(usesIndex(lookup, some), lookup + " does not use the index: this test needs another way to read it");
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        Object found = scanned.remove(rows.getObject(1));
                        require(rows.getObject(2).equals(found), table + ": key " + rows.getObject(1) + " has " + found
                                + " in the table and " + rows.getObject(2) + " through the index");
                    }
                }
            }
        }
        execute("RESET enable_seqscan");
        require(scanned.isEmpty(), table + ": the index does not lead to " + scanned.size() + " rows, of them " + scanned.keySet().stream().findFirst());
    }

    private boolean usesIndex(String lookup, Array keys) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement explain = connection.createStatement();
                ResultSet rows = explain.executeQuery("EXPLAIN " + lookup.replace("?", "'" + keys + "'"))) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString().contains("Index");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
