package org.gajah.txn.lock;

/** PostgreSQL's eight lock modes, weakest first, and what each conflicts with (manual, table "Conflicting Lock Modes"). */
public enum LockMode {
    ACCESS_SHARE("AccessShareLock", 8),
    ROW_SHARE("RowShareLock", 7, 8),
    ROW_EXCLUSIVE("RowExclusiveLock", 5, 6, 7, 8),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock", 4, 5, 6, 7, 8),
    SHARE("ShareLock", 3, 4, 6, 7, 8),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock", 3, 4, 5, 6, 7, 8),
    EXCLUSIVE("ExclusiveLock", 2, 3, 4, 5, 6, 7, 8),
    ACCESS_EXCLUSIVE("AccessExclusiveLock", 1, 2, 3, 4, 5, 6, 7, 8);

    private static final LockMode[] ALL = values();

    private final String pgName;
    private final int bit;
    private final int conflicts;

    LockMode(String pgName, int... conflictNumbers) {
        this.pgName = pgName;
        this.bit = 1 << number();
        int mask = 0;
        for (int number : conflictNumbers) {
            mask |= 1 << number;
        }
        this.conflicts = mask;
    }

    /** PostgreSQL's number of the mode: 1 to 8. */
    public int number() {
        return ordinal() + 1;
    }

    /** The mode's name in {@code pg_locks} and in messages. */
    public String pgName() {
        return pgName;
    }

    /** Whether two owners cannot have this and {@code other} on the same thing. */
    public boolean conflictsWith(LockMode other) {
        return (conflicts & other.bit) != 0;
    }

    /** The mode as one bit of a set of modes. */
    int bit() {
        return bit;
    }

    /** The set of modes that this one conflicts with. */
    int conflicts() {
        return conflicts;
    }

    /** Weak modes never conflict with each other, so they need not meet in the shared table. */
    boolean isWeak() {
        return this.compareTo(SHARE_UPDATE_EXCLUSIVE) < 0;
    }

    /** Strong modes conflict with some weak one. */
    boolean isStrong() {
        return this.compareTo(SHARE_UPDATE_EXCLUSIVE) > 0;
    }

    static LockMode ofNumber(int number) {
        return ALL[number - 1];
    }
}
