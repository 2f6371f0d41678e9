package org.gajah.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.gajah.ast.OnCommit;
import org.gajah.base.Slice;
import org.gajah.command.TemporaryObjects;

/** A session's temporary tables that are to be emptied or dropped when a transaction commits. */
final class OnCommitActions {
    private final SessionImpl session;
    private final Map<Integer, OnCommit> actions = new LinkedHashMap<>();
    private final List<Integer> gone = new ArrayList<>();

    OnCommitActions(SessionImpl session) {
        this.session = session;
    }

    void add(int table, OnCommit action) {
        actions.put(table, action);
    }

    /** The transaction is about to commit. One that has written nothing has put no rows anywhere. */
    void beforeCommit() {
        TransactionControl transactions = session.transactions();
        if (!actions.isEmpty() && transactions.isOpen() && transactions.transaction().xid() != 0) {
            actions.keySet().stream().filter(oid -> transactions.catalog().relation(oid).isEmpty()).forEach(gone::add);
            TemporaryObjects.endTransaction(new SessionCommandContext(session, session.runner(), Slice.EMPTY, BoundParameters.NONE), actions);
        }
    }

    /** Forgets tables that have gone. */
    void ended(boolean committed) {
        if (committed) {
            gone.forEach(actions::remove);
        }
        gone.clear();
        actions.values().removeIf(a -> a == OnCommit.DROP);
    }
}
