package org.gajah.client.copy;

import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;

import org.postgresql.PGConnection;

/**
 * A COPY FROM STDIN, row by row; writing waits while the server is behind.
 *
 * <p>{@link #finish} ends it well and says how many rows the server kept. {@link #close} without it makes the COPY fail, so that nothing
 * of it stays, and throws: where an exception has left the block, that one goes on and this one is its suppressed companion.
 * {@link #run} finishes by itself when its body returns.
 */
public final class CopyIn implements AutoCloseable {
    /** Writes the rows. */
    @FunctionalInterface
    public interface Body {
        /** Writes them. */
        void write(CopyIn copy) throws SQLException;
    }

    private final org.postgresql.copy.CopyIn copy;
    private final CopyProgress.Listener listener;
    private long rows;
    private long bytes;
    private boolean started;
    private boolean ended;

    private CopyIn(PGConnection connection, String sql, CopyProgress.Listener listener) throws SQLException {
        this.copy = connection.getCopyAPI().copyIn(sql);
        this.listener = listener;
    }

    /** Starts a COPY FROM STDIN. */
    public static CopyIn start(Connection connection, String sql) throws SQLException {
        return start(connection, sql, CopyProgress.NOBODY);
    }

    /** Starts a COPY FROM STDIN that tells how it goes. */
    public static CopyIn start(Connection connection, String sql, CopyProgress.Listener listener) throws SQLException {
        return new CopyIn(connection.unwrap(PGConnection.class), sql, listener);
    }

    /** A whole COPY: finished when the body returns, failed when it throws. Gives the rows that the server kept. */
    public static long run(Connection connection, String sql, Body body) throws SQLException {
        try (CopyIn in = start(connection, sql)) {
            body.write(in);
            return in.finish();
        }
    }

    /** Whether the data are in binary format. */
    public boolean isBinary() {
        return copy.getFormat() == 1;
    }

    /** Writes bytes in whatever format the COPY has, cut anywhere. */
    public void raw(byte[] data) throws SQLException {
        try {
            copy.writeToCopy(data, 0, data.length);
        } catch (SQLException e) {
            ended = !copy.isActive();
            throw e;
        }
        bytes += data.length;
    }

    /**
     * Writes a row in text format (not csv) or in binary; null is NULL. In binary a value's Java type must be its column's: Boolean, Short,
     * Integer, Long, Float, Double, UUID, String, or the bytes themselves.
     */
    public void row(Object... values) throws SQLException {
        if (isBinary() && !started) {
            raw(BinaryRow.HEADER);
        }
        started = true;
        raw(isBinary() ? BinaryRow.encode(values) : TextRow.encode(values));
        if (++rows % CopyProgress.STEP == 0) {
            listener.copied(progress());
        }
    }

    /** Writes rows as long as there are any. */
    public void rows(Iterator<Object[]> all) throws SQLException {
        while (all.hasNext()) {
            row(all.next());
        }
    }

    /** Writes records, their components in order; their class must be public or opened to this module. */
    public <R extends Record> void records(Class<R> type, Iterator<? extends R> all) throws SQLException {
        RecordComponent[] components = type.getRecordComponents();
        while (all.hasNext()) {
            R one = all.next();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                components[i].getAccessor().trySetAccessible();
                try {
                    values[i] = components[i].getAccessor().invoke(one);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalArgumentException("cannot read " + components[i] + " of " + type.getName(), e);
                }
            }
            row(values);
        }
    }

    /** What was written until now. */
    public CopyProgress progress() {
        return new CopyProgress(rows, bytes);
    }

    /** Ends the COPY well; gives the rows that the server kept. */
    public long finish() throws SQLException {
        if (isBinary() && bytes == 0) {
            raw(BinaryRow.HEADER);
            started = true;
        }
        if (isBinary() && started) {
            raw(BinaryRow.TRAILER);
        }
        ended = true;
        long kept = copy.endCopy();
        listener.copied(progress());
        return kept;
    }

    /** Makes the COPY fail on purpose: nothing of it stays. A transaction around it has failed then. */
    public void fail() throws SQLException {
        if (!ended) {
            ended = true;
            copy.cancelCopy();
        }
    }

    @Override
    public void close() throws SQLException {
        if (!ended) {
            fail();
            throw new CopyLeftEarlyException("the COPY was left before finish() and has failed; nothing of it was kept");
        }
    }
}
