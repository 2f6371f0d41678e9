package org.gajah.tests.kill;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.gajah.tests.process.ServerProcess;

/**
 * A client that numbers its transactions and remembers the last one that the server acknowledged.
 *
 * <p>Transaction n inserts two rows; every {@link #DDL_EVERY}th makes a table named after it and drops the one before, every
 * {@link #BULK_EVERY}th inserts many rows. Between them it rolls back transactions whose numbers are negative.
 */
final class LedgerClient implements Runnable {
    static final int CLIENTS = 2;
    static final int DDL_EVERY = 10;
    static final int BULK_EVERY = 25;
    static final int BULK_ROWS = 3000;
    private static final int ROLLBACK_EVERY = 4;

    private final ServerProcess server;
    private final String database;
    private final int client;
    private volatile long acknowledged;

    /** Goes on behind transaction {@code last}. */
    LedgerClient(ServerProcess server, String database, int client, long last) {
        this.server = server;
        this.database = database;
        this.client = client;
        this.acknowledged = last;
    }

    static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ledger (client int, n bigint, part int, note text, PRIMARY KEY (client, n, part))");
            statement.execute("CREATE INDEX ledger_note ON ledger (note)");
            statement.execute("CREATE TABLE bulk (client int, n bigint, i int)");
        }
    }

    long acknowledged() {
        return acknowledged;
    }

    /** Until the server goes away. */
    @Override
    public void run() {
        try (Connection connection = server.connect(database);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO ledger VALUES (?, ?, ?, ?)");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (true) {
                long n = acknowledged + 1;
                if (n % ROLLBACK_EVERY == 0) {
                    insertPair(insert, -n);
                    connection.rollback();
                }
                insertPair(insert, n);
                if (n % DDL_EVERY == 0) {
                    statement.execute("CREATE TABLE " + tableOf(client, n) + " (id int PRIMARY KEY, body text)");
                    statement.execute("DROP TABLE IF EXISTS " + tableOf(client, n - DDL_EVERY));
                }
                if (n % BULK_EVERY == 0) {
                    statement.execute("INSERT INTO bulk SELECT " + client + ", " + n + ", g FROM generate_series(1, " + BULK_ROWS + ") g");
                }
                connection.commit();
                acknowledged = n;
            }
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
                System.err.println("ledger client " + client + " after " + acknowledged + ": " + e);
            }
        }
    }

    private void insertPair(PreparedStatement insert, long n) throws SQLException {
        for (int part = 0; part < 2; part++) {
            insert.setInt(1, client);
            insert.setLong(2, n);
            insert.setInt(3, part);
            insert.setString(4, "note " + n);
            insert.executeUpdate();
        }
    }

    static String tableOf(int client, long n) {
        return "made_" + client + "_" + n;
    }
}
