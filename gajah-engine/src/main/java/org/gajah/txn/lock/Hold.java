package org.gajah.txn.lock;

/**
 * What one owner has of one lock. Changed only under the mutex of the lock's stripe; it is taken out of the lock when no mode
 * is left in it.
 */
final class Hold {
    /** How long a mode is kept. */
    enum Duration {
        /** Until the transaction ends or rolls back to a savepoint before it. */
        TRANSACTION,
        /** Until it is given back as often as it was taken, or the session ends. */
        SESSION,
        /** As long as the owner's transaction id lives: entered by somebody else who met the owner's write. */
        IMPLIED
    }

    final LockOwner owner;
    Hold next;
    private int transactionModes;
    private int impliedModes;
    /** How often each mode was taken for the session; absent until one is. */
    private int[] sessionCounts = NO_COUNTS;

    private static final int[] NO_COUNTS = {};

    Hold(LockOwner owner) {
        this.owner = owner;
    }

    /** All modes held, as a set of bits. */
    int modes() {
        return transactionModes | impliedModes | sessionModes();
    }

    private int sessionModes() {
        int modes = 0;
        for (int i = 0; i < sessionCounts.length; i++) {
            if (sessionCounts[i] > 0) {
                modes |= 1 << i;
            }
        }
        return modes;
    }

    boolean has(LockMode mode) {
        return (modes() & mode.bit()) != 0;
    }

    boolean hasForTransaction(LockMode mode) {
        return (transactionModes & mode.bit()) != 0;
    }

    void add(LockMode mode, Duration duration) {
        switch (duration) {
            case TRANSACTION -> transactionModes |= mode.bit();
            case IMPLIED -> impliedModes |= mode.bit();
            case SESSION -> {
                if (sessionCounts.length == 0) {
                    sessionCounts = new int[9];
                }
                sessionCounts[mode.number()]++;
            }
        }
    }

    void addTransactionModes(int modes) {
        transactionModes |= modes;
    }

    void removeTransactionMode(LockMode mode) {
        transactionModes &= ~mode.bit();
    }

    void removeImplied() {
        impliedModes = 0;
    }

    boolean isForSession(LockMode mode) {
        return sessionCounts.length != 0 && sessionCounts[mode.number()] > 0;
    }

    void removeSession(LockMode mode) {
        sessionCounts[mode.number()]--;
    }

    void removeSession() {
        sessionCounts = NO_COUNTS;
    }
}
