package org.gajah.exec;

import org.gajah.analyze.Query.RowMark;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.table.RelationId;
import org.gajah.txn.lock.LockManager;
import org.gajah.txn.lock.LockOwner;
import org.gajah.txn.lock.LockTag;
import org.gajah.txn.lock.RowLockMode;

/** {@link RowLocks} of one session, in the server's lock manager. */
public final class SessionRowLocks implements RowLocks {
    private final LockManager locks;
    private final LockOwner owner;

    public SessionRowLocks(LockManager locks, LockOwner owner) {
        this.locks = locks;
        this.owner = owner;
    }

    @Override
    public void waitFor(long xid, RelationId relation, long tid) {
        if (xid != owner.xid()) {
            locks.waitFor(owner, xid, true);
        }
    }

    @Override
    public boolean lock(RelationId relation, String relationName, long tid, RowMark.Strength strength, RowMark.Wait wait, Writer writer) {
        RowLockMode mode = switch (strength) {
            case KEY_SHARE -> RowLockMode.KEY_SHARE;
            case SHARE -> RowLockMode.SHARE;
            case NO_KEY_UPDATE -> RowLockMode.NO_KEY_UPDATE;
            case UPDATE -> RowLockMode.UPDATE;
        };
        boolean mayWait = wait == RowMark.Wait.BLOCK;
        RowLockMode writerMode = writer.conflicting().ofKey() ? RowLockMode.UPDATE : RowLockMode.NO_KEY_UPDATE;
        boolean locked = locks.lockRow(owner, LockTag.tuple(relation.database(), relation.relation(), tid), mode, mayWait,
                () -> writer.conflicting().xid(), writerMode);
        if (!locked && wait == RowMark.Wait.NOWAIT) {
            throw new SqlError(SqlState.LOCK_NOT_AVAILABLE, "could not obtain lock on row in relation \"" + relationName + "\"");
        }
        return locked;
    }

    @Override
    public void awaitRow(long xid, RelationId relation, long tid, boolean keyChange) {
        RowLockMode mode = keyChange ? RowLockMode.UPDATE : RowLockMode.NO_KEY_UPDATE;
        LockTag row = LockTag.tuple(relation.database(), relation.relation(), tid);
        locks.awaitRow(owner, row, mode, xid);
    }

    @Override
    public void beforeChange(RelationId relation, long tid, boolean keyChange) {
        RowLockMode mode = keyChange ? RowLockMode.UPDATE : RowLockMode.NO_KEY_UPDATE;
        while (locks.forbidsWrite(owner, relation.database(), relation.relation(), tid, mode)) {
            locks.lockRow(owner, LockTag.tuple(relation.database(), relation.relation(), tid), mode, true);
        }
    }
}
