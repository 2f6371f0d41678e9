package org.gajah.type;

import java.util.Arrays;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;

/**
 * A value of pg_snapshot: every transaction below {@code xmin} had ended, none from {@code xmax} on had begun, {@code running} were under
 * way, in order and without repetitions. It is kept as its text, {@code xmin:xmax:xid,...}.
 */
public record XidSnapshot(long xmin, long xmax, long[] running) {
    /** Reads the text; 22P02 if it is none. */
    public static XidSnapshot parse(Slice text) {
        String[] parts = text.toString().split(":", -1);
        try {
            if (parts.length == 3) {
                String[] ids = parts[2].isEmpty() ? new String[0] : parts[2].split(",", -1);
                long[] running = new long[ids.length];
                for (int i = 0; i < ids.length; i++) {
                    running[i] = Long.parseUnsignedLong(ids[i]);
                }
                return of(Long.parseUnsignedLong(parts[0]), Long.parseUnsignedLong(parts[1]), running);
            }
        } catch (NumberFormatException e) {
            throw invalid(text);
        } catch (SqlError e) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    private static SqlError invalid(Slice text) {
        return Errors.invalidSyntax("pg_snapshot", text);
    }

    /** Checks the order of the numbers; 22P03 if it is wrong. */
    static XidSnapshot of(long xmin, long xmax, long[] running) {
        boolean good = xmin > 0 && xmax >= xmin;
        for (int i = 0; i < running.length; i++) {
            good &= running[i] >= xmin && running[i] < xmax && (i == 0 || running[i] >= running[i - 1]);
        }
        if (!good) {
            throw new SqlError(SqlState.INVALID_BINARY_REPRESENTATION, "invalid external pg_snapshot data");
        }
        return new XidSnapshot(xmin, xmax, Arrays.stream(running).distinct().toArray());
    }

    /** Whether the transaction had ended by then. */
    public boolean sees(long xid) {
        return xid < xmin || xid < xmax && Arrays.binarySearch(running, xid) < 0;
    }

    /** The text form. */
    public Slice text() {
        StringBuilder out = new StringBuilder().append(xmin).append(':').append(xmax).append(':');
        for (int i = 0; i < running.length; i++) {
            out.append(i == 0 ? "" : ",").append(running[i]);
        }
        return Slice.of(out.toString());
    }
}
