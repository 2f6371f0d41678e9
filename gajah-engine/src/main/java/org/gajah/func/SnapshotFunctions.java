package org.gajah.func;

import java.util.Arrays;
import java.util.Iterator;

import org.gajah.base.Slice;
import org.gajah.type.XidSnapshot;

/** What can be asked of a pg_snapshot. PostgreSQL manual, section 9.27.8. */
public final class SnapshotFunctions {
    private SnapshotFunctions() {
    }

    public static long pg_snapshot_xmin(Slice snapshot) {
        return XidSnapshot.parse(snapshot).xmin();
    }

    public static long pg_snapshot_xmax(Slice snapshot) {
        return XidSnapshot.parse(snapshot).xmax();
    }

    public static Iterator<Object> pg_snapshot_xip(Slice snapshot) {
        return Arrays.stream(XidSnapshot.parse(snapshot).running()).mapToObj(xid -> (Object) xid).iterator();
    }

    public static boolean pg_visible_in_snapshot(long xid, Slice snapshot) {
        return XidSnapshot.parse(snapshot).sees(xid);
    }
}
