package org.gajah.store;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.gajah.txn.TransactionState;

/**
 * The overflow values of a table to which the images of a checkpoint may not refer although they are on its overflow pages: those that
 * somebody has written without having committed, and those that somebody has committed to be obsolete but that older snapshots may need. A
 * checkpoint lists them, recovery frees them.
 *
 * <p>A value that should be listed and is not takes space for nothing after a crash; one that is listed and should not be would be lost. So
 * every end of what was noted is noted too, and what exceeds {@link #MOST} is not noted at all.
 */
final class LooseValues {
    private static final int MOST = 200_000;

    /** Who wrote a value, and who put another in its place, as far as that matters. */
    private record Fate(Optional<TransactionState> writer, Optional<TransactionState> remover) {
    }

    /** A transaction that everybody sees. */
    private static final TransactionState LONG_AGO = new TransactionState(0);

    static {
        LONG_AGO.end(0);
    }

    private final ConcurrentHashMap<Long, Fate> fates = new ConcurrentHashMap<>();

    LooseValues() {
        fates.clear();
    }

    private boolean isFull() {
        if (fates.size() >= MOST) {
            fates.values().removeIf(fate -> fate.remover().isEmpty() && fate.writer().isPresent() && hasCommitted(fate.writer().get()));
        }
        return fates.size() >= MOST;
    }

    private static boolean hasCommitted(TransactionState state) {
        return state.csn() < TransactionState.ROLLED_BACK;
    }

    /** A running transaction has written the value. */
    void written(long pointer, TransactionState writer) {
        if (!isFull()) {
            fates.put(pointer, new Fate(Optional.of(writer), Optional.empty()));
        }
    }

    /** A running transaction has taken the value out of its row. */
    void displaced(long pointer, TransactionState remover) {
        Optional<TransactionState> by = Optional.of(remover);
        if (fates.computeIfPresent(pointer, (p, fate) -> new Fate(fate.writer(), by)) == null && !isFull()) {
            fates.put(pointer, new Fate(Optional.empty(), by));
        }
    }

    /** The value is back in its row. */
    void restored(long pointer) {
        fates.computeIfPresent(pointer, (p, fate) -> fate.writer().isPresent() ? new Fate(fate.writer(), Optional.empty()) : null);
    }

    /** Nobody refers to the value, or to the rest of it from this piece on, but it could not be freed. */
    void abandoned(long pointer) {
        fates.put(pointer, new Fate(Optional.empty(), Optional.of(LONG_AGO)));
    }

    /** The value is gone. */
    void freed(long pointer) {
        if (!fates.isEmpty()) {
            fates.remove(pointer);
        }
    }

    /** The values that nobody refers to in what transactions up to {@code csn} have made. The gate is closed. */
    long[] obsolete(long csn) {
        return fates.entrySet().stream()
                .filter(e -> e.getValue().writer().map(w -> w.csn() > csn).orElse(false)
                        || e.getValue().remover().map(r -> r.csn() <= csn).orElse(false))
                .mapToLong(e -> e.getKey()).toArray();
    }
}
