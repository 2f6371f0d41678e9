package org.gajah.tests.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Lock;

/** One thread's transactions: three updates, a select and an insert, as pgbench's TPC-B script has them. */
final class TpcbThread {
    private final EmbeddedSession session;
    private final Competitor competitor;
    private final Lock writer;
    private final int scale;
    private final SplittableRandom random = new SplittableRandom();
    private final PreparedStatement account;
    private final PreparedStatement balance;
    private final PreparedStatement teller;
    private final PreparedStatement branch;
    private final PreparedStatement history;
    private long done;
    private Optional<SQLException> failure = Optional.empty();

    TpcbThread(EmbeddedSession session, Competitor competitor, Lock writer, int scale) throws SQLException {
        this.session = session;
        this.competitor = competitor;
        this.writer = writer;
        this.scale = scale;
        Connection connection = session.connection();
        this.account = connection.prepareStatement("UPDATE accounts SET abalance = abalance + ? WHERE aid = ?");
        this.balance = connection.prepareStatement("SELECT abalance FROM accounts WHERE aid = ?");
        this.teller = connection.prepareStatement("UPDATE tellers SET tbalance = tbalance + ? WHERE tid = ?");
        this.branch = connection.prepareStatement("UPDATE branches SET bbalance = bbalance + ? WHERE bid = ?");
        this.history = connection.prepareStatement(
                "INSERT INTO history (tid, bid, aid, delta, mtime) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)");
    }

    /** Runs transactions until the clock says {@code end}. */
    void run(long end) {
        try {
            while (System.nanoTime() < end) {
                if (competitor.oneWriter()) {
                    writer.lock();
                    try {
                        transaction();
                    } finally {
                        writer.unlock();
                    }
                } else {
                    transaction();
                }
            }
        } catch (SQLException e) {
            failure = Optional.of(e);
        }
    }

    private void transaction() throws SQLException {
        session.begin();
        try {
            statements(random.nextInt(-5000, 5001), 1 + random.nextInt(scale * 100_000), 1 + random.nextInt(scale * 10),
                    1 + random.nextInt(scale));
            session.commit();
            done++;
        } catch (SQLException e) {
            session.rollback();
            if (!isWorthAnotherTry(e)) {
                throw e;
            }
        }
    }

    private void statements(int delta, int aid, int tid, int bid) throws SQLException {
        update(account, delta, aid);
        balance.setInt(1, aid);
        try (ResultSet row = balance.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("no account " + aid);
            }
        }
        update(teller, delta, tid);
        update(branch, delta, bid);
        history.setInt(1, tid);
        history.setInt(2, bid);
        history.setInt(3, aid);
        history.setInt(4, delta);
        history.executeUpdate();
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

    /** Closes the session; the number of transactions, or what went wrong. */
    long finish() throws SQLException {
        if (failure.isPresent()) {
            throw failure.orElseThrow();
        }
        session.close();
        return done;
    }
}
