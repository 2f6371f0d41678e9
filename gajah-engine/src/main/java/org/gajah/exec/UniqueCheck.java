package org.gajah.exec;

import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.catalog.Relation;
import org.gajah.table.Index;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.table.RowState;
import org.gajah.table.Table;
import org.gajah.vector.Batch;
import org.gajah.vector.BytesVector;
import org.gajah.vector.LongVector;

/**
 * Looks whether a key is taken in a unique index, in the newest state of the table. Entries say little: the row behind one is
 * read, and its key computed again.
 */
final class UniqueCheck {
    private final Relation relation;
    private final IndexKeys probe;
    private final int[] allAttributes;
    private final BytesVector foundKeys = new BytesVector(16);
    private final LongVector foundTids = new LongVector(16);
    private final ByteSink key = new ByteSink();
    private Optional<Batch> row = Optional.empty();

    /** What was found. */
    sealed interface Finding {
        /** Nobody has the key. */
        record Free() implements Finding {
        }

        /** A live row has it. */
        record Taken(long tid) implements Finding {
        }

        /** Who knows: a running transaction has to end first. */
        record Pending(long xid, long tid) implements Finding {
        }
    }

    private static final Finding FREE = new Finding.Free();

    /** {@code probe} is a computer of keys that nobody else uses. */
    UniqueCheck(Relation relation, IndexKeys probe) {
        this.relation = relation;
        this.probe = probe;
        this.allAttributes = java.util.stream.IntStream.range(0, relation.columns().size()).toArray();
    }

    /** Looks for the key in rows other than the one at {@code ownTid} (-1: any). */
    Finding look(ExecContext context, Table table, Index index, Slice wanted, long ownTid) {
        try (IndexScan scan = index.scan(KeyRange.exactly(wanted))) {
            for (int n = scan.next(foundKeys, foundTids, 16); n > 0; n = scan.next(foundKeys, foundTids, 16)) {
                for (int i = 0; i < n; i++) {
                    long tid = foundTids.values[i];
                    Finding finding = tid == ownTid ? FREE : judge(context, table, tid, wanted);
                    if (!(finding instanceof Finding.Free)) {
                        return finding;
                    }
                }
            }
        }
        return FREE;
    }

    /** Whether the row at this place still is there with this key. */
    boolean has(ExecContext context, Table table, long tid, Slice wanted) {
        return judge(context, table, tid, wanted) instanceof Finding.Taken;
    }

    private Finding judge(ExecContext context, Table table, long tid, Slice wanted) {
        if (row.isEmpty()) {
            row = Optional.of(table.layout().batch(allAttributes, 1));
        }
        Batch batch = row.get();
        batch.reset();
        RowState state = table.fetchNewest(context.transaction(), tid, allAttributes, batch, 0);
        return switch (state) {
            case RowState.Dead dead -> FREE;
            case RowState.InProgress running -> new Finding.Pending(running.xid(), tid);
            case RowState.Live live -> {
                key.clear();
                batch.selection().all(1);
                boolean included = probe.evaluate(batch, 0);
                if (included) {
                    probe.encode(0, key);
                }
                yield included && key.view().equals(wanted) ? new Finding.Taken(tid) : FREE;
            }
        };
    }

    /** 23505 for the row of {@code keys} that was evaluated. */
    SqlError violation(ExecContext context, IndexKeys keys, int row) {
        String name = keys.index().name();
        return new SqlError(SqlState.UNIQUE_VIOLATION, "duplicate key value violates unique constraint \"" + name + "\"")
                .detail(KeyText.describe(context, relation, keys, row, "already exists"))
                .constraint(KeyText.schema(context, relation), relation.name(), name);
    }
}
