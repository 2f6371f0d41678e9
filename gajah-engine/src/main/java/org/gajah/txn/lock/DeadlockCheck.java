package org.gajah.txn.lock;

import java.util.List;
import java.util.StringJoiner;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/**
 * Looks, for one who has waited long, whether he waits in a circle. If another order of some queues opens it, the order is
 * changed; if not, he gives up. The whole table stands still meanwhile, so two never give up for the same circle.
 */
final class DeadlockCheck {
    private final LockTable table;

    DeadlockCheck(LockTable table) {
        this.table = table;
    }

    /** Returns if there is no deadlock (any more); throws {@code 40P01}, with the request withdrawn, if there is. */
    void check(Request request) {
        table.lockAll();
        try {
            if (request.state != Request.State.WAITING) {
                return;
            }
            DeadlockSearch search = new DeadlockSearch(request.owner);
            if (!search.isSolved()) {
                SqlError error = error(search.cycle());
                table.leaveQueue(request, Request.State.DEADLOCK);
                table.removeIfUnused(table.stripe(request.lock.tag), request.lock);
                throw error;
            }
            search.orders().forEach((lock, order) -> {
                lock.reorder(order);
                lock.grantWaiting();
            });
        } finally {
            table.unlockAll();
        }
    }

    /** What who gives up is told. */
    static SqlError error(List<DeadlockSearch.Edge> cycle) {
        StringJoiner detail = new StringJoiner("\n");
        for (DeadlockSearch.Edge edge : cycle) {
            Request.Shown shown = edge.waiting().shown();
            detail.add("Process " + edge.waiting().owner.pid() + " waits for " + shown.mode().pgName() + " on "
                    + shown.tag().describe() + "; blocked by process " + edge.blocker().pid() + ".");
        }
        return new SqlError(SqlState.DEADLOCK_DETECTED, "deadlock detected")
                .detail(detail.toString())
                .hint("See server log for query details.");
    }
}
