package org.gajah.plan;

/** A relation that a plan touches: what to lock before running it and what a change of makes the plan stale. */
public record RelationUse(int oid, Access access) {
    /** Weakest first; they stand for AccessShareLock, RowShareLock and RowExclusiveLock. */
    public enum Access { READ, ROW_LOCK, WRITE }
}
