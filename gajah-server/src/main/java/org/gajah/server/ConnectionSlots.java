package org.gajah.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** Counts sessions against {@code max_connections}, keeping the last {@code superuser_reserved_connections} for superusers. */
public final class ConnectionSlots {
    private final int most;
    private final int reserved;
    private final AtomicInteger taken = new AtomicInteger();

    public ConnectionSlots(int most, int reserved) {
        this.most = most;
        this.reserved = reserved;
    }

    /** Takes a slot; 53300 if there is none for this client. */
    public void take(boolean superuser) {
        int mine = taken.incrementAndGet();
        if (mine > most) {
            taken.decrementAndGet();
            throw new SqlError(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already");
        }
        if (!superuser && mine > most - reserved) {
            taken.decrementAndGet();
            throw new SqlError(SqlState.TOO_MANY_CONNECTIONS,
                    "remaining connection slots are reserved for roles with the SUPERUSER attribute");
        }
    }

    public void giveBack() {
        taken.decrementAndGet();
    }

    /** Slots in use. */
    public int taken() {
        return taken.get();
    }
}
