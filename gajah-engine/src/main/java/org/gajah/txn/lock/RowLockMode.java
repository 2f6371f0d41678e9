package org.gajah.txn.lock;

/**
 * The four strengths of a row lock, weakest first. Each is one of the table modes, whose conflicts are exactly those of the
 * rows' (manual, table "Conflicting Row-Level Locks"); it is the mode that PostgreSQL shows for a wait on the row.
 */
public enum RowLockMode {
    /** FOR KEY SHARE: what a foreign key's check takes. */
    KEY_SHARE(LockMode.ACCESS_SHARE),
    /** FOR SHARE. */
    SHARE(LockMode.ROW_SHARE),
    /** FOR NO KEY UPDATE: also an UPDATE that changes no column of a key. */
    NO_KEY_UPDATE(LockMode.EXCLUSIVE),
    /** FOR UPDATE: also DELETE, and an UPDATE of a key. */
    UPDATE(LockMode.ACCESS_EXCLUSIVE);

    private final LockMode tableMode;

    RowLockMode(LockMode tableMode) {
        this.tableMode = tableMode;
    }

    /** The table mode that stands for it. */
    public LockMode tableMode() {
        return tableMode;
    }

    /** Whether two transactions cannot have this and {@code other} on the same row. */
    public boolean conflictsWith(RowLockMode other) {
        return tableMode.conflictsWith(other.tableMode);
    }
}
