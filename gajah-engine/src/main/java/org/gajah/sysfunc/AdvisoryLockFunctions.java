package org.gajah.sysfunc;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.txn.lock.LockMode;
import org.gajah.txn.lock.LockTag;

/** Locks whose meaning the application gives them. PostgreSQL manual, section 9.28.10. */
public final class AdvisoryLockFunctions {
    private AdvisoryLockFunctions() {
    }

    private static LockTag tag(SystemContext context, long key) {
        return LockTag.advisory(context.databaseOid(), key);
    }

    private static LockTag tag(SystemContext context, int key1, int key2) {
        return LockTag.advisory(context.databaseOid(), key1, key2);
    }

    private static boolean forSession(SystemContext context, LockTag tag, LockMode mode, boolean mayWait) {
        return context.locks().lockForSession(context.lockOwner(), tag, mode, mayWait);
    }

    private static boolean forTransaction(SystemContext context, LockTag tag, LockMode mode, boolean mayWait) {
        return context.locks().lock(context.lockOwner(), tag, mode, mayWait);
    }

    private static boolean unlock(SystemContext context, LockTag tag, LockMode mode) {
        boolean had = context.locks().unlockForSession(context.lockOwner(), tag, mode);
        if (!had) {
            context.message("WARNING", new SqlError(SqlState.WARNING, "you don't own a lock of type " + mode.pgName()));
        }
        return had;
    }

    public static void pg_advisory_unlock_all(SystemContext context) {
        context.locks().unlockAllAdvisory(context.lockOwner());
    }

    public static void pg_advisory_lock_int8(SystemContext context, long key) {
        forSession(context, tag(context, key), LockMode.EXCLUSIVE, true);
    }

    public static void pg_advisory_xact_lock_int8(SystemContext context, long key) {
        forTransaction(context, tag(context, key), LockMode.EXCLUSIVE, true);
    }

    public static boolean pg_try_advisory_lock_int8(SystemContext context, long key) {
        return forSession(context, tag(context, key), LockMode.EXCLUSIVE, false);
    }

    public static boolean pg_try_advisory_xact_lock_int8(SystemContext context, long key) {
        return forTransaction(context, tag(context, key), LockMode.EXCLUSIVE, false);
    }

    public static boolean pg_advisory_unlock_int8(SystemContext context, long key) {
        return unlock(context, tag(context, key), LockMode.EXCLUSIVE);
    }

    public static void pg_advisory_lock_shared_int8(SystemContext context, long key) {
        forSession(context, tag(context, key), LockMode.SHARE, true);
    }

    public static void pg_advisory_xact_lock_shared_int8(SystemContext context, long key) {
        forTransaction(context, tag(context, key), LockMode.SHARE, true);
    }

    public static boolean pg_try_advisory_lock_shared_int8(SystemContext context, long key) {
        return forSession(context, tag(context, key), LockMode.SHARE, false);
    }

    public static boolean pg_try_advisory_xact_lock_shared_int8(SystemContext context, long key) {
        return forTransaction(context, tag(context, key), LockMode.SHARE, false);
    }

    public static boolean pg_advisory_unlock_shared_int8(SystemContext context, long key) {
        return unlock(context, tag(context, key), LockMode.SHARE);
    }

    public static void pg_advisory_lock_int4(SystemContext context, int key1, int key2) {
        forSession(context, tag(context, key1, key2), LockMode.EXCLUSIVE, true);
    }

    public static void pg_advisory_xact_lock_int4(SystemContext context, int key1, int key2) {
        forTransaction(context, tag(context, key1, key2), LockMode.EXCLUSIVE, true);
    }

    public static boolean pg_try_advisory_lock_int4(SystemContext context, int key1, int key2) {
        return forSession(context, tag(context, key1, key2), LockMode.EXCLUSIVE, false);
    }

    public static boolean pg_try_advisory_xact_lock_int4(SystemContext context, int key1, int key2) {
        return forTransaction(context, tag(context, key1, key2), LockMode.EXCLUSIVE, false);
    }

    public static boolean pg_advisory_unlock_int4(SystemContext context, int key1, int key2) {
        return unlock(context, tag(context, key1, key2), LockMode.EXCLUSIVE);
    }

    public static void pg_advisory_lock_shared_int4(SystemContext context, int key1, int key2) {
        forSession(context, tag(context, key1, key2), LockMode.SHARE, true);
    }

    public static void pg_advisory_xact_lock_shared_int4(SystemContext context, int key1, int key2) {
        forTransaction(context, tag(context, key1, key2), LockMode.SHARE, true);
    }

    public static boolean pg_try_advisory_lock_shared_int4(SystemContext context, int key1, int key2) {
        return forSession(context, tag(context, key1, key2), LockMode.SHARE, false);
    }

    public static boolean pg_try_advisory_xact_lock_shared_int4(SystemContext context, int key1, int key2) {
        return forTransaction(context, tag(context, key1, key2), LockMode.SHARE, false);
    }

    public static boolean pg_advisory_unlock_shared_int4(SystemContext context, int key1, int key2) {
        return unlock(context, tag(context, key1, key2), LockMode.SHARE);
    }
}
