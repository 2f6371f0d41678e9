package org.gajah.client.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import org.postgresql.PGConnection;

/**
 * A COPY TO STDOUT, row by row; the server sends no faster than the program reads.
 *
 * <p>{@link #close} after everything was read does nothing. Earlier it cancels the COPY, reads what is left, and throws: where an
 * exception has left the block, that one goes on and this one is its suppressed companion; where nothing has, the program hears that
 * it has left early. To stop early on purpose call {@link #cancel}, or throw {@link Rollback} in a {@link TransactionBlock}.
 */
public final class CopyOut implements AutoCloseable {
    private final PGConnection connection;
    private final org.postgresql.copy.CopyOut copy;
    private final CopyProgress.Listener listener;
    private long rows;
    private long bytes;
    private boolean started;
    private boolean ended;

    private CopyOut(PGConnection connection, String sql, CopyProgress.Listener listener) throws SQLException {
        this.connection = connection;
        this.copy = connection.getCopyAPI().copyOut(sql);
        this.listener = listener;
    }

    /** Starts a COPY TO STDOUT. */
    public static CopyOut start(Connection connection, String sql) throws SQLException {
        return start(connection, sql, CopyProgress.NOBODY);
    }

    /** Starts a COPY TO STDOUT that tells how it goes. */
    public static CopyOut start(Connection connection, String sql, CopyProgress.Listener listener) throws SQLException {
        return new CopyOut(connection.unwrap(PGConnection.class), sql, listener);
    }

    /** Whether the data are in binary format. */
    public boolean isBinary() {
        return copy.getFormat() == 1;
    }

    /** The next row as the server sent it, in any format; empty at the end. */
    public Optional<byte[]> next() throws SQLException {
        if (ended) {
            return Optional.empty();
        }
        byte[] data;
        try {
            data = copy.readFromCopy();
        } catch (SQLException e) {
            ended = true;
            throw e;
        }
        if (data == null) {
            ended = true;
            listener.copied(progress());
            return Optional.empty();
        }
        bytes += data.length;
        if (++rows % CopyProgress.STEP == 0) {
            listener.copied(progress());
        }
        return Optional.of(data);
    }

    /** The next row's values in text format (not csv); null is NULL. Empty at the end. */
    public Optional<String[]> nextRow() throws SQLException {
        if (isBinary()) {
            throw new IllegalStateException("the COPY is in binary format: use nextBinaryRow");
        }
        return next().map(TextRow::decode);
    }

    /** The next row's values in binary format; null is NULL. Empty at the end. */
    public Optional<byte[][]> nextBinaryRow() throws SQLException {
        if (!isBinary()) {
            throw new IllegalStateException("the COPY is in text format: use nextRow");
        }
        boolean first = !started;
        started = true;
        Optional<byte[][]> row = next().filter(m -> first || m.length != 2).map(m -> BinaryRow.decode(m, first));
        if (row.isPresent() && (!first || row.get().length > 0)) {
            return row;
        }
        while (next().isPresent()) {
            continue;
        }
        return Optional.empty();
    }

    /** What was read until now. */
    public CopyProgress progress() {
        return new CopyProgress(rows, bytes);
    }

    /**
     * Ends the COPY before its end and reads what is still on its way. A transaction around it has failed then.
     *
     * @throws SQLException what the server says other than that the COPY was cancelled
     */
    public void cancel() throws SQLException {
        if (ended) {
            return;
        }
        ended = true;
        connection.cancelQuery();
        try {
            while (copy.readFromCopy() != null) {
                continue;
            }
        } catch (SQLException e) {
            if (!"57014".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        if (!ended) {
            cancel();
            throw new CopyLeftEarlyException("the COPY was left before all of its rows were read, and was cancelled. "
                    + "To stop early on purpose call cancel(), or throw Rollback in a TransactionBlock");
        }
    }
}
