package org.gajah.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Counts sessions against {@code max_connections}, keeping the last {@code superuser_reserved_connections} for superusers and those
 * before them, {@code reserved_connections}, for members of pg_use_reserved_connections.
 */
public final class ConnectionSlots {
    /** What somebody may take: the more, the later in this list. */
    public enum Claim { ORDINARY, RESERVED, SUPERUSER }

    private final ServerConfig.Places places;
    private final AtomicInteger taken = new AtomicInteger();

    public ConnectionSlots(ServerConfig.Places places) {
        this.places = places;
    }

    /** Takes a slot; 53300 if there is none for this client. */
    public void take(Claim claim) {
        int left = places.most() - taken.incrementAndGet();
        if (left < 0) {
            throw refusal("sorry, too many clients already");
        }
        if (claim != Claim.SUPERUSER && left < places.forSuperusers()) {
            throw refusal("remaining connection slots are reserved for roles with the SUPERUSER attribute");
        }
        if (claim == Claim.ORDINARY && left < places.forSuperusers() + places.reserved()) {
            throw refusal("remaining connection slots are reserved for roles with privileges of the \"pg_use_reserved_connections\" role");
        }
    }

    private SqlError refusal(String message) {
        taken.decrementAndGet();
        return new SqlError(SqlState.TOO_MANY_CONNECTIONS, message);
    }

    public void giveBack() {
        taken.decrementAndGet();
    }

    /** Slots in use. */
    public int taken() {
        return taken.get();
    }
}
