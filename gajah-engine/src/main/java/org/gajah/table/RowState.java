package org.gajah.table;

/** The newest state of a row, whatever a snapshot says: for unique checks and READ COMMITTED's second look. */
public sealed interface RowState {
    /** There is a row, and it is committed or the own transaction's; {@code xid} wrote it last. */
    record Live(long xid) implements RowState {
    }

    /** There is no row: never was, rolled back, or deleted by a committed transaction or the own one. */
    record Dead() implements RowState {
    }

    /** Another running transaction has inserted, changed or deleted it last; what it looks like depends on {@code xid}'s end. */
    record InProgress(long xid, boolean inserting, boolean deleting) implements RowState {
    }

    RowState DEAD = new Dead();
}
