package org.gajah.table;

/** What became of an attempt to change a row: PostgreSQL's TM_Result. Only {@link Ok} has changed anything. */
public sealed interface TupleOutcome {
    /** Done. */
    record Ok() implements TupleOutcome {
    }

    /** The own transaction has already changed the row in the current command (or a later one), by {@code commandId}. */
    record SelfModified(int commandId) implements TupleOutcome {
    }

    /** Another transaction has changed the row and committed after the snapshot; the newest version is at {@code tid}. */
    record Updated(long tid) implements TupleOutcome {
    }

    /**
     * Another transaction has deleted the row and committed after the snapshot.
     *
     * @param moved whether it has put the row into another partition
     */
    record Deleted(boolean moved) implements TupleOutcome {
    }

    /**
     * Another transaction, still running, has changed or deleted the row: wait for it and try again. Without an xid (0) nobody has,
     * but somebody's row lock forbids it.
     *
     * @param ofKey whether it deletes the row or changes what foreign keys may refer to
     */
    record BeingModified(long xid, boolean ofKey) implements TupleOutcome {
    }

    /** No version of the row is visible. */
    record Invisible() implements TupleOutcome {
    }

    TupleOutcome OK = new Ok();
    TupleOutcome ROW_LOCKED = new BeingModified(0, false);
    TupleOutcome DELETED = new Deleted(false);
    TupleOutcome MOVED = new Deleted(true);
    TupleOutcome INVISIBLE = new Invisible();
}
