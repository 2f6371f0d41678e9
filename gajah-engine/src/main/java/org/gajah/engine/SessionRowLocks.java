package org.gajah.engine;

import org.gajah.analyze.Query.RowMark;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.exec.RowLocks;
import org.gajah.table.RelationId;
import org.gajah.txn.lock.LockManager;
import org.gajah.txn.lock.LockTag;
import org.gajah.txn.lock.RowLockMode;

/** Row locks and waits of one session, through the cluster's lock manager. */
final class SessionRowLocks implements RowLocks {
    private final SessionImpl session;

    SessionRowLocks(SessionImpl session) {
        this.session = session;
    }

    private LockManager locks() {
        return session.instance().locks();
    }

    private static LockTag tag(RelationId relation, long tid) {
        return LockTag.tuple(relation.database(), relation.relation(), tid);
    }

    @Override
    public void waitFor(long xid, RelationId relation, long tid) {
        locks().waitFor(session.lockOwner(), xid, true);
        session.cancelFlag().check();
    }

    @Override
    public boolean lock(RelationId relation, String relationName, long tid, RowMark.Strength strength, RowMark.Wait wait,
            Writer writer) {
        RowLockMode mode = switch (strength) {
            case KEY_SHARE -> RowLockMode.KEY_SHARE;
            case SHARE -> RowLockMode.SHARE;
            case NO_KEY_UPDATE -> RowLockMode.NO_KEY_UPDATE;
            case UPDATE -> RowLockMode.UPDATE;
        };
        session.transactions().requireId();
        RowLockMode writerMode = writer.conflicting().ofKey() ? RowLockMode.UPDATE : RowLockMode.NO_KEY_UPDATE;
        boolean got = locks().lockRow(session.lockOwner(), tag(relation, tid), mode, wait == RowMark.Wait.BLOCK,
                () -> writer.conflicting().xid(), writerMode);
        if (!got && wait == RowMark.Wait.NOWAIT) {
            throw new SqlError(SqlState.LOCK_NOT_AVAILABLE, "could not obtain lock on row in relation \"" + relationName + "\"");
        }
        return got;
    }

    @Override
    public int mark() {
        return session.lockOwner().mark();
    }

    @Override
    public void release(int mark) {
        locks().releaseSince(session.lockOwner(), mark);
    }

    @Override
    public void awaitRow(long xid, RelationId relation, long tid, boolean keyChange) {
        RowLockMode mode = keyChange ? RowLockMode.UPDATE : RowLockMode.NO_KEY_UPDATE;
        locks().awaitRow(session.lockOwner(), tag(relation, tid), mode, xid);
    }
}
