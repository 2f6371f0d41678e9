package org.gajah.tests.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A session of an embedded database with explicit transactions.
 *
 * <p>SQLite's driver begins the next transaction as soon as one ends, which would hold the one writer's lock: it is left in
 * autocommit mode and told in SQL.
 */
final class EmbeddedSession implements AutoCloseable {
    private final Connection connection;
    private final Optional<PreparedStatement> begin;
    private final Optional<PreparedStatement> commit;
    private final Optional<PreparedStatement> rollback;
    private final Optional<PreparedStatement> force;

    EmbeddedSession(Connection connection, Competitor competitor) throws SQLException {
        this.connection = connection;
        boolean inSql = competitor.oneWriter();
        begin = prepare(inSql, "BEGIN IMMEDIATE");
        commit = prepare(inSql, "COMMIT");
        rollback = prepare(inSql, "ROLLBACK");
        force = prepare(competitor == Competitor.H2_FORCED, "CHECKPOINT SYNC");
        if (!inSql) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    private Optional<PreparedStatement> prepare(boolean wanted, String sql) throws SQLException {
        return wanted ? Optional.of(connection.prepareStatement(sql)) : Optional.empty();
    }

    Connection connection() {
        return connection;
    }

    void begin() throws SQLException {
        if (begin.isPresent()) {
            begin.orElseThrow().execute();
        }
    }

    /** Returns when the transaction is as durable as this competitor makes it. */
    void commit() throws SQLException {
        if (commit.isPresent()) {
            commit.orElseThrow().execute();
        } else {
            connection.commit();
        }
        if (force.isPresent()) {
            force.orElseThrow().execute();
        }
    }

    void rollback() throws SQLException {
        if (rollback.isPresent()) {
            rollback.orElseThrow().execute();
        } else {
            connection.rollback();
        }
    }

    @Override
    public void close() throws SQLException {
        if (begin.isEmpty()) {
            connection.rollback();
        }
        connection.close();
    }
}
