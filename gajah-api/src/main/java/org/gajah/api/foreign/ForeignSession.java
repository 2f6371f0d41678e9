package org.gajah.api.foreign;

import java.util.List;
import java.util.Optional;

/**
 * What one local session has open on a server for one local role: a transaction there for each one here. Used by one thread, but for
 * {@link #cancel}. Errors of the server are {@link org.gajah.api.SqlError}s.
 */
public interface ForeignSession {
    /** Begins a transaction if there is none, and makes savepoints until there are {@code depth} of them. */
    void begin(Isolation isolation, int depth);

    /** How much a transaction sees of others. */
    enum Isolation { READ_COMMITTED, REPEATABLE_READ, SERIALIZABLE }

    /** Runs a query; parameters as text, nothing for null. */
    ForeignRows query(RemoteStatement query, List<Optional<String>> parameters);

    /** What EXPLAIN shows of a query of which {@link RemoteStatement#hasNotes} says that there is something; it does not run. */
    default List<RemoteNote> notes(RemoteStatement query) {
        return List.of();
    }

    /**
     * What is known of a query's result before it runs.
     *
     * @param rows  how many there will be, as far as one knows; infinite if nobody does
     * @param plain whether the query is one without LIMIT, OFFSET and locks
     */
    record Expected(double rows, boolean plain) {
    }

    /** Runs a query of which something is known. */
    default ForeignRows query(RemoteStatement query, List<Optional<String>> parameters, Expected expected) {
        return query(query, parameters);
    }

    /** Begins a change row by row. */
    ForeignWriter write(RemoteStatement change);

    /** Runs a change of {@link ForeignPlanner#changeWhere}; gives the number of rows that changed. */
    long change(RemoteStatement change, List<Optional<String>> parameters);

    /** Runs any statement there, for a wrapper's functions. */
    default void execute(String statement) {
        throw org.gajah.api.SqlError.notSupported("statements of users cannot be run on this server");
    }

    /** Drops savepoints, but what was done stays: {@code depth} are left. */
    void release(int depth);

    /** Takes back what was done since savepoint number {@code depth}, from 1, was made; it stays. */
    void rollbackTo(int depth);

    /** Commits the transaction there; the local one commits next. */
    void commit();

    /** Rolls the transaction there back; never fails. */
    void rollback();

    /** Stops what runs there; called by another thread. */
    void cancel();

    /** Gives the connection back. */
    void close();
}
