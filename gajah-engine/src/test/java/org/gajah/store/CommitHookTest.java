package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.CommitOptions;
import org.gajah.table.StorageOptions;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.junit.jupiter.api.Test;

/** What commits tell others comes in the order in which they can be seen. */
class CommitHookTest {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private static void commit(ClusterStorage storage, boolean writes, Runnable hook) {
        Transaction transaction = storage.begin();
        if (writes) {
            transaction.assignXid();
        }
        storage.commit(transaction, new CommitOptions(true, () -> { }, Optional.of(hook)));
    }

    @Test
    void whoWritesNothingButSeesACommitIsToldBehindIt() throws InterruptedException {
        ClusterStorage storage = ClusterStorage.open(SystemEnv.inMemory(), StorageOptions.DEFAULT, new BTreeMethod(), TransactionListener.NONE);
        long before = storage.lastCsn();
        CountDownLatch began = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            assertTrue(storage.lastCsn() > before, "the commit cannot be seen yet");
            began.countDown();
            commit(storage, false, () -> told.add("reader"));
        });
        commit(storage, true, () -> {
            reader.start();
            while (began.getCount() > 0 || reader.getState() != Thread.State.BLOCKED && reader.isAlive()) {
                Thread.onSpinWait();
            }
            told.add("writer");
        });
        reader.join();
        assertEquals(List.of("writer", "reader"), told);
        storage.close();
    }

    @Test
    void whoWritesNothingTakesNoPlaceInTheOrderOfCommits() {
        ClusterStorage storage = ClusterStorage.open(SystemEnv.inMemory(), StorageOptions.DEFAULT, new BTreeMethod(), TransactionListener.NONE);
        long before = storage.lastCsn();
        commit(storage, false, () -> told.add("told"));
        assertEquals(List.of("told"), told);
        assertEquals(before, storage.lastCsn());
        storage.close();
    }
}
