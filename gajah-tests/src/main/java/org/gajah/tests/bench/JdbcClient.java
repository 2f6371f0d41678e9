package org.gajah.tests.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** An {@link EmbeddedClient} by JDBC. */
final class JdbcClient implements EmbeddedClient {
    private final EmbeddedSession session;
    private final PreparedStatement account;
    private final PreparedStatement balance;
    private final PreparedStatement teller;
    private final PreparedStatement branch;
    private final PreparedStatement history;

    JdbcClient(EmbeddedSession session) throws SQLException {
        this.session = session;
        Connection connection = session.connection();
        this.account = connection.prepareStatement("UPDATE accounts SET abalance = abalance + ? WHERE aid = ?");
        this.balance = connection.prepareStatement("SELECT abalance FROM accounts WHERE aid = ?");
        this.teller = connection.prepareStatement("UPDATE tellers SET tbalance = tbalance + ? WHERE tid = ?");
        this.branch = connection.prepareStatement("UPDATE branches SET bbalance = bbalance + ? WHERE bid = ?");
        this.history = connection.prepareStatement(
                "INSERT INTO history (tid, bid, aid, delta, mtime) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)");
    }

    @Override
    public void selectOnly() throws SQLException {
        session.connection().setAutoCommit(true);
    }

    @Override
    public boolean transaction(int delta, int aid, int tid, int bid) throws SQLException {
        session.begin();
        try {
            update(account, delta, aid);
            balance(aid);
            update(teller, delta, tid);
            update(branch, delta, bid);
            history.setInt(1, tid);
            history.setInt(2, bid);
            history.setInt(3, aid);
            history.setInt(4, delta);
            history.executeUpdate();
            session.commit();
            return true;
        } catch (SQLException e) {
            try {
                session.rollback();
            } catch (SQLException lost) {
                e.addSuppressed(lost);
                throw e;
            }
            if (!isWorthAnotherTry(e)) {
                throw e;
            }
            return false;
        }
    }

    private static void update(PreparedStatement statement, int delta, int key) throws SQLException {
        statement.setInt(1, delta);
        statement.setInt(2, key);
        statement.executeUpdate();
    }

    /** Deadlocks and time-outs of locks, class 40; a transaction that ends so counts for nothing. */
    private static boolean isWorthAnotherTry(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("40") || e.getErrorCode() == 50200;
    }

    @Override
    public int balance(int aid) throws SQLException {
        balance.setInt(1, aid);
        try (ResultSet row = balance.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("no account " + aid);
            }
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
