package org.gajah.exec;

import org.gajah.catalog.Catalog;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.type.TypeContext;

/**
 * All that one run of a plan may know of the world around it.
 *
 * @param transaction the open transaction
 * @param snapshot    what the statement sees
 * @param isolation   decides what happens when a row to change has been changed by others
 * @param catalog     the catalogs as the statement sees them
 * @param relations   the storage
 * @param parameters  boxed values of $1, $2, ...
 * @param types       how values look as text, and their codecs
 * @param calls       contexts of built-in functions
 * @param session     the session's identity, sequences and cursors
 * @param locks       waiting for others and row locks
 * @param cancel      whether to stop
 * @param constraints takes the checks that wait for the end of the statement or the transaction
 * @param workspace   memory and temporary files
 */
public record ExecContext(Transaction transaction, Snapshot snapshot, Isolation isolation, Catalog catalog, Relations relations, Object[] parameters,
        TypeContext types, CallContexts calls, SessionView session, RowLocks locks, CancelCheck cancel, DeferredChecks constraints, Workspace workspace) {

    /** What the transaction promises. */
    public enum Isolation { READ_COMMITTED, REPEATABLE_READ }

    /** The same for another snapshot: a READ COMMITTED second look. */
    public ExecContext with(Snapshot newer) {
        return new ExecContext(transaction, newer, isolation, catalog, relations, parameters, types, calls, session, locks, cancel, constraints,
                workspace);
    }
}
