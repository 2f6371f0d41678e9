package org.gajah.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.ForeignSession;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.UserMapping;
import org.gajah.base.Slice;
import org.gajah.catalog.CatalogView;
import org.gajah.catalog.RoleRow;
import org.gajah.command.FileDefaults;
import org.gajah.command.FileSession;
import org.gajah.command.FileWrapper;
import org.gajah.foreign.ForeignCatalog;

/**
 * What a session has open on foreign servers: for each server and role one session of the wrapper, from its first use in a transaction
 * to the transaction's end. They commit one after the other just before the local transaction does, which is not atomic.
 */
final class ForeignConnections {
    private record Place(int server, int role) {
    }

    private final SessionImpl session;
    private final Map<Place, ForeignSession> open = new LinkedHashMap<>();
    private volatile List<ForeignSession> sessions = List.of();

    ForeignConnections(SessionImpl session) {
        this.session = session;
    }

    /** The session on a server for the current role, in a transaction with as many savepoints as the local one. */
    ForeignSession at(int server) {
        return at(server, 0);
    }

    /** The same for a role, the current one if it is 0. */
    ForeignSession at(int server, int as) {
        CatalogView catalog = session.transactions().catalog();
        int role = as == 0 ? session.context().currentRole().oid() : as;
        ForeignSession found = open.computeIfAbsent(new Place(server, role), place -> {
            ForeignServer there = ForeignCatalog.server(catalog, server);
            ForeignWrapper wrapper = ForeignCatalog.wrapper(catalog, there);
            Optional<UserMapping> mapping = ForeignCatalog.mapping(catalog, server, role);
            if (mapping.isEmpty() && wrapper.needsUserMapping()) {
                throw new SqlError(SqlState.UNDEFINED_OBJECT, "user mapping not found for user \"" + catalog.role(role).map(RoleRow::name).orElse("")
                        + "\", server \"" + there.name() + "\"");
            }
            ForeignSession made = wrapper instanceof FileWrapper ? new FileSession(machine()) : wrapper.open(there, mapping, session.settings()::get);
            session.cancelFlag().alsoTell(this::cancel);
            return made;
        });
        sessions = List.copyOf(open.values());
        found.begin(switch (session.transactions().isolation()) {
            case READ_COMMITTED -> ForeignSession.Isolation.READ_COMMITTED;
            case REPEATABLE_READ -> ForeignSession.Isolation.REPEATABLE_READ;
        }, session.transactions().depth());
        return found;
    }

    private FileDefaults defaults(int table) {
        return new FileDefaults(new SessionCommandContext(session, session.runner(), Slice.EMPTY, BoundParameters.NONE), table,
                value -> new OneRow(session, session.runner()).evaluate(List.of(value))[0]);
    }

    private FileSession.Machine machine() {
        return new FileSession.Machine(session.instance().hostFiles(), session.cancelFlag()::check, notice -> session.message("NOTICE", notice),
                () -> session.settings().get("client_encoding"), () -> session.instance().serverSettings().get("gajah.copy_program").equals("on"), this::defaults);
    }

    /** Whether this transaction has used a server. */
    boolean has(int server) {
        return open.keySet().stream().anyMatch(p -> p.server == server);
    }

    /** Asked for by another thread: each server is told by a thread of its own, since that may take a while. */
    private void cancel() {
        for (ForeignSession s : sessions) {
            Thread.ofVirtual().name("gajah foreign cancel").start(s::cancel);
        }
    }

    /** The local transaction is about to commit. */
    void beforeCommit() {
        for (ForeignSession s : open.values()) {
            s.commit();
        }
    }

    void released(int depth) {
        open.values().forEach(s -> s.release(depth));
    }

    void rolledBackTo(int depth) {
        open.values().forEach(s -> s.rollbackTo(depth));
    }

    /** The local transaction is over; what is still open there is rolled back. */
    void ended() {
        if (!open.isEmpty()) {
            session.cancelFlag().alsoTell(() -> { });
            for (ForeignSession s : open.values()) {
                s.rollback();
                s.close();
            }
            open.clear();
            sessions = List.of();
        }
    }
}
