package org.gajah.sysfunc;

import java.util.Iterator;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.txn.lock.LockStatus;
import org.gajah.txn.lock.LockTag;
import org.gajah.type.ArrayValue;
import org.gajah.type.Oids;
import org.gajah.vector.IntVector;

/** What locks there are and who waits for whom. PostgreSQL manual, sections 9.26 (session information) and 53.12 (pg_locks). */
public final class LockFunctions {
    /** Microseconds from 1970 to 2000. */
    private static final long EPOCH_SHIFT_MICROS = 946_684_800_000_000L;

    private LockFunctions() {
    }

    /** The rows of pg_locks. */
    public static Iterator<Object[]> pg_lock_status(SystemContext context) {
        return context.locks().status().stream().map(LockFunctions::row).iterator();
    }

    private static Object[] row(LockStatus status) {
        LockTag tag = status.tag();
        Object[] row = new Object[16];
        row[0] = Slice.of(tag.kind().pgName());
        switch (tag.kind()) {
            case RELATION -> {
                row[1] = tag.field1();
                row[2] = tag.field2();
            }
            case TUPLE -> {
                row[1] = tag.field1();
                row[2] = tag.field2();
                row[3] = tag.field3();
                row[4] = tag.field4();
            }
            case VIRTUAL_TRANSACTION -> row[5] = Slice.of(tag.field1() + "/" + tag.field2());
            case TRANSACTION -> row[6] = (int) tag.xid();
            case OBJECT, ADVISORY -> {
                row[1] = tag.field1();
                row[7] = tag.field2();
                row[8] = tag.field3();
                row[9] = tag.field4();
            }
        }
        row[10] = Slice.of(status.virtualTransaction());
        row[11] = status.pid();
        row[12] = Slice.of(status.mode().pgName());
        row[13] = status.granted();
        row[14] = status.fastPath();
        if (status.waitStartMicros().isPresent()) {
            row[15] = status.waitStartMicros().getAsLong() - EPOCH_SHIFT_MICROS;
        }
        return row;
    }

    public static ArrayValue pg_blocking_pids(SystemContext context, int pid) {
        return array(context.locks().blockingPids(pid));
    }

    /** Nobody waits for a safe snapshot: there are no serializable transactions. */
    public static ArrayValue pg_safe_snapshot_blocking_pids(SystemContext context, int pid) {
        return array(new int[0]);
    }

    private static ArrayValue array(int[] values) {
        IntVector elements = new IntVector(Math.max(1, values.length));
        for (int i = 0; i < values.length; i++) {
            elements.put(i, values[i]);
        }
        return ArrayValue.of(Oids.INT4, elements, values.length);
    }

    public static boolean pg_isolation_test_session_is_blocked(SystemContext context, int pid, ArrayValue interesting) {
        int[] pids = new int[interesting.count()];
        for (int i = 0; i < pids.length; i++) {
            if (interesting.elements().isNull(i)) {
                throw new SqlError(SqlState.INTERNAL_ERROR, "array must not contain nulls");
            }
            pids[i] = ((IntVector) interesting.elements()).values[i];
        }
        return context.locks().isBlockedBy(pid, pids);
    }
}
