package org.gajah.ast;

import java.util.List;
import java.util.Optional;

/** Transaction control. */
public sealed interface TransactionStatement extends Statement {
    /** Whether it begins, ends or divides a transaction, which routines may not do by a statement. */
    default boolean isControl() {
        return !(this instanceof SetConstraints || this instanceof LockTable);
    }

    /**
     * BEGIN or START TRANSACTION.
     *
     * @param start whether START TRANSACTION was written (it has its own command tag)
     */
    record Begin(boolean start, TransactionModes modes) implements TransactionStatement {
    }

    /** COMMIT or END. */
    record Commit(boolean chain) implements TransactionStatement {
    }

    /** ROLLBACK or ABORT. */
    record Rollback(boolean chain) implements TransactionStatement {
    }

    /** SAVEPOINT name. */
    record Savepoint(String name, int location) implements TransactionStatement {
    }

    /** RELEASE [SAVEPOINT] name. */
    record Release(String name, int location) implements TransactionStatement {
    }

    /** ROLLBACK TO [SAVEPOINT] name. */
    record RollbackTo(String name, int location) implements TransactionStatement {
    }

    /** PREPARE TRANSACTION 'id'. */
    record PrepareTransaction(String id, int location) implements TransactionStatement {
    }

    /** COMMIT PREPARED 'id'. */
    record CommitPrepared(String id, int location) implements TransactionStatement {
    }

    /** ROLLBACK PREPARED 'id'. */
    record RollbackPrepared(String id, int location) implements TransactionStatement {
    }

    /** SET CONSTRAINTS; no names stands for ALL. */
    record SetConstraints(List<RangeVar> constraints, boolean deferred) implements TransactionStatement {
    }

    /** LOCK TABLE. */
    record LockTable(List<RangeVar> relations, LockMode mode, boolean noWait) implements TransactionStatement {
    }

    /** What was said about a transaction; empty where nothing was. */
    record TransactionModes(Optional<Isolation> isolation, Optional<Boolean> readOnly, Optional<Boolean> deferrable) {
        /** Nothing was said. */
        public static final TransactionModes NONE =
                new TransactionModes(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Isolation levels. */
    enum Isolation {
        READ_UNCOMMITTED("read uncommitted"), READ_COMMITTED("read committed"), REPEATABLE_READ("repeatable read"),
        SERIALIZABLE("serializable");

        private final String text;

        Isolation(String text) {
            this.text = text;
        }

        /** The value of transaction_isolation. */
        public String text() {
            return text;
        }
    }

    /** Table locks, weakest first. */
    enum LockMode {
        ACCESS_SHARE, ROW_SHARE, ROW_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE, SHARE, SHARE_ROW_EXCLUSIVE, EXCLUSIVE,
        ACCESS_EXCLUSIVE
    }
}
