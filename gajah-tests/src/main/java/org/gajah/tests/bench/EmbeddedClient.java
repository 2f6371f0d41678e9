package org.gajah.tests.bench;

import java.sql.SQLException;

/** What one thread does to an embedded database. */
interface EmbeddedClient extends AutoCloseable {
    /** From now on there are only {@link #balance}s, each its own transaction. */
    void selectOnly() throws SQLException;

    /** Three updates, a select and an insert, as pgbench's TPC-B script has them; false if it is worth another try. */
    boolean transaction(int delta, int aid, int tid, int bid) throws SQLException;

    /** A prepared select by the primary key. */
    int balance(int aid) throws SQLException;

    @Override
    void close() throws SQLException;
}
