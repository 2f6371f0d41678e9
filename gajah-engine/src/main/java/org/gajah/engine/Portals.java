package org.gajah.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** A session's portals by name. They end with their transaction, but for held cursors. */
final class Portals implements TransactionControl.Listener {
    private final SessionImpl session;
    private final Map<String, Portal> portals = new LinkedHashMap<>();
    private int made;

    Portals(SessionImpl session) {
        this.session = session;
    }

    Optional<Portal> find(String name) {
        return Optional.ofNullable(portals.get(name));
    }

    Portal get(String name) {
        return find(name).orElseThrow(() -> new SqlError(SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist"));
    }

    Collection<Portal> all() {
        return portals.values();
    }

    void put(Portal portal) {
        if (portal.name().isEmpty()) {
            closeUnnamed();
        } else if (portals.containsKey(portal.name())) {
            throw new SqlError(SqlState.DUPLICATE_CURSOR, "cursor \"" + portal.name() + "\" already exists");
        }
        portal.setNumber(++made);
        portals.put(portal.name(), portal);
    }

    void close(String name) {
        Optional.ofNullable(portals.remove(name)).ifPresent(this::end);
    }

    /** A name that no portal has. */
    String freshName() {
        return "rows " + made;
    }

    /** Closes this portal, if it is still there. */
    void closeIfThere(Portal portal) {
        if (portals.get(portal.name()) == portal) {
            close(portal.name());
        }
    }

    void closeUnnamed() {
        close("");
    }

    void closeAll() {
        List.copyOf(portals.keySet()).forEach(this::close);
    }

    private void end(Portal portal) {
        portal.snapshot().ifPresent(session.transactions()::release);
        portal.closeExecution();
        portal.dropStored();
    }

    @Override
    public void beforeCommit() {
        for (Portal portal : List.copyOf(portals.values())) {
            if (portal.cursor().hold() && portal.execution().isPresent()) {
                session.runner().keepRest(portal);
            }
        }
        session.runner().runDeferredChecks();
        session.onCommit().beforeCommit();
    }

    @Override
    public void ended(boolean committed) {
        session.onCommit().ended(committed);
        session.runner().transactionEnded();
        for (Portal portal : List.copyOf(portals.values())) {
            if (committed && portal.cursor().hold()) {
                portal.holdOver();
            }
            if (!portal.isHeldOver()) {
                close(portal.name());
            }
        }
    }

    @Override
    public int mark() {
        return made;
    }

    @Override
    public void rolledBackTo(int mark) {
        for (Portal portal : List.copyOf(portals.values())) {
            if (portal.number() > mark) {
                close(portal.name());
            }
        }
    }
}
