package org.gajah.client.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * A block of statements that happens wholly or not at all: a transaction, or within one a savepoint, so that what surrounds it is
 * untouched by its failure.
 */
public final class TransactionBlock {
    /** The block's statements. */
    @FunctionalInterface
    public interface Body {
        /** Runs them. */
        void run() throws SQLException;
    }

    private TransactionBlock() {
    }

    /**
     * Runs the body. When it returns, what it did is kept; when it throws, that is taken back, and the exception goes on unless it is a
     * {@link Rollback}.
     *
     * @throws SQLException what the body has thrown, or what the server says to the commit
     */
    public static void run(Connection connection, Body body) throws SQLException {
        if (connection.getAutoCommit()) {
            connection.setAutoCommit(false);
            try {
                outermost(connection, body);
            } finally {
                connection.setAutoCommit(true);
            }
        } else {
            nested(connection, body);
        }
    }

    private static void outermost(Connection connection, Body body) throws SQLException {
        try {
            body.run();
        } catch (Rollback asked) {
            connection.rollback();
            return;
        } catch (SQLException | RuntimeException | Error e) {
            takeBack(e, connection::rollback);
            throw e;
        }
        connection.commit();
    }

    private static void nested(Connection connection, Body body) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            body.run();
        } catch (Rollback asked) {
            connection.rollback(savepoint);
            return;
        } catch (SQLException | RuntimeException | Error e) {
            takeBack(e, () -> connection.rollback(savepoint));
            throw e;
        }
        connection.releaseSavepoint(savepoint);
    }

    private static void takeBack(Throwable reason, Body rollback) {
        try {
            rollback.run();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
