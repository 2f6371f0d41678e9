package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Slice;
import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.CommitOptions;
import org.gajah.table.EntryTree;
import org.gajah.table.IndexScan;
import org.gajah.table.KeyRange;
import org.gajah.table.RelationId;
import org.gajah.table.StorageOptions;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A purge that fails in the middle goes on where it was, whatever has been put to its log meanwhile. */
class UndoLogTest {
    private static final RelationId ID = new RelationId(7, 10);

    private final ClusterStorage storage = ClusterStorage.open(SystemEnv.inMemory(), new StorageOptions(64, false, false, 1 << 20, 1 << 20),
            new BTreeMethod(), TransactionListener.NONE);

    @AfterEach
    void close() {
        storage.close();
    }

    /** Notes what is removed; refuses it while the disk is full. */
    private static final class Tree implements EntryTree {
        private final Set<Long> removed = new TreeSet<>();
        private boolean full;

        @Override
        public boolean insert(Slice key, long tid) {
            return true;
        }

        @Override
        public boolean remove(Slice key, long tid) {
            if (full) {
                throw new SqlError(SqlState.DISK_FULL, "No space left on device");
            }
            return removed.add(tid);
        }

        @Override
        public IndexScan scan(KeyRange range) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long entryEstimate() {
            return 0;
        }

        @Override
        public void verify() {
            throw new UnsupportedOperationException();
        }
    }

    private StoredIndex index(Tree tree) {
        Transaction t = storage.begin();
        storage.createIndex(t, ID);
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        return new StoredIndex(ID, ((StoredIndex) storage.index(ID)).space(), tree);
    }

    private UndoLog removing(StoredIndex index, long tid) {
        UndoLog log = new UndoLog(storage.undoMemory());
        EntryRun run = new EntryRun(index, false, storage.undoMemory());
        run.append(Slice.of("key"), tid);
        log.add(run);
        return log;
    }

    @Test
    void entriesThatJoinAnInterruptedPurgeAreTakenAway() {
        Tree first = new Tree();
        Tree second = new Tree();
        StoredIndex one = index(first);
        StoredIndex other = new StoredIndex(new RelationId(7, 11), one.space(), second);
        UndoLog log = new UndoLog(storage.undoMemory());
        List<EntryRun> obsolete = new ArrayList<>();
        log.append(removing(one, 1), obsolete);
        log.append(removing(other, 2), obsolete);
        second.full = true;
        assertThrows(SqlError.class, () -> log.purge(1, 100));
        log.append(removing(one, 3), obsolete);
        log.append(removing(other, 4), obsolete);
        second.full = false;
        log.purge(1, 100);
        assertEquals(Set.of(1L, 3L), first.removed);
        assertEquals(Set.of(2L, 4L), second.removed);
        assertEquals(0, log.left());
    }
}
