package org.gajah.txn;

/**
 * What a command may see: others' changes committed with a csn up to {@code csn}, and its own transaction's changes made by
 * commands before {@code commandId}.
 *
 * @param csn the last commit sequence number that is visible
 * @param ownXid the id of the transaction that looks, 0 if it has none yet
 * @param commandId the command that looks
 */
public record Snapshot(long csn, long ownXid, int commandId) {
    /** Whether a change by {@code writer}'s command {@code command} is visible; {@code writerCsn} as {@link TransactionState#csn}. */
    public boolean sees(long writer, long writerCsn, int command) {
        return writer == ownXid ? command < commandId : writerCsn <= csn;
    }
}
