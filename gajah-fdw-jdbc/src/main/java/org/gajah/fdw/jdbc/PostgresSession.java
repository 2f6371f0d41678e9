package org.gajah.fdw.jdbc;

import java.util.List;
import java.util.Optional;

import org.gajah.api.foreign.ForeignRows;
import org.gajah.api.foreign.RemoteStatement;

/**
 * A session on a PostgreSQL server. What is fetched in portions runs without parallel workers there, so a result that is expected to be one portion is
 * asked for as a whole, with a LIMIT that keeps it from being more than that; if it would have been, the query runs again, in portions and on the same snapshot.
 */
final class PostgresSession extends JdbcSession {
    /** Estimates may be wrong by this much before a query runs twice. */
    private static final int MARGIN = 2;

    PostgresSession(Target target, JdbcValues values, Isolations isolations) {
        super(target, values, isolations);
    }

    @Override
    public ForeignRows query(RemoteStatement query, List<Optional<String>> parameters, Expected expected) {
        RemoteSql remote = (RemoteSql) query;
        boolean small = expected.plain() && expected.rows() * MARGIN <= remote.fetchSize();
        return small ? atMost(remote.fetchSize(), remote.as(remote.sql() + " LIMIT " + (remote.fetchSize() + 1)), parameters)
                .orElseGet(() -> query(query, parameters)) : query(query, parameters);
    }
}
