package org.gajah.txn.lock;

import java.util.OptionalLong;

/**
 * A row of {@code pg_locks}.
 *
 * @param virtualTransaction who has it or waits for it, as session number / transaction number
 * @param fastPath whether it is known to the session's own slots only
 * @param waitStartMicros since when it is waited for, in microseconds since 1970 UTC
 */
public record LockStatus(LockTag tag, LockMode mode, boolean granted, boolean fastPath, int pid, String virtualTransaction,
        OptionalLong waitStartMicros) {
    static LockStatus held(LockOwner owner, LockTag tag, LockMode mode, boolean fastPath) {
        return new LockStatus(tag, mode, true, fastPath, owner.pid(), owner.virtualTransaction(), OptionalLong.empty());
    }

    static LockStatus awaited(Request request, LockTag tag, LockMode mode) {
        return new LockStatus(tag, mode, false, false, request.owner.pid(), request.owner.virtualTransaction(),
                OptionalLong.of(request.sinceEpochMicros));
    }
}
