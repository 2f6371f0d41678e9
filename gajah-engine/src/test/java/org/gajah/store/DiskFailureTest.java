package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.DiskException;
import org.gajah.base.SimulatedDisk;
import org.gajah.base.SimulatedEnv;
import org.gajah.base.Slice;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.CommitOptions;
import org.gajah.table.StorageOptions;
import org.gajah.table.Table;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.vector.Batch;
import org.junit.jupiter.api.Test;

/** One short story, told once for each write that finds no room and for each force that fails. */
class DiskFailureTest {
    private static final int ROUNDS = 10;
    private static final int ROWS = 40;

    /** What the story has come to: rounds that were committed, and the one that was being committed when a force failed. */
    private static final class Story {
        private final SimulatedDisk disk;
        private final TreeSet<Integer> acknowledged = new TreeSet<>();
        private ClusterStorage storage;
        private int refused;

        Story(SimulatedDisk disk) {
            this.disk = disk;
        }

        /** Until the end; errors that the disk is full are survived, others go to the caller. */
        void tell() {
            open();
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    if (round % 4 == 3) {
                        storage.checkpoint();
                    }
                    insert(round);
                } catch (SqlError e) {
                    if (e.state() != SqlState.DISK_FULL) {
                        throw e;
                    }
                    refused++;
                }
            }
        }

        private void open() {
            while (storage == null) {
                try {
                    storage = ClusterStorage.open(new SimulatedEnv(disk, 1), new StorageOptions(32, true, false, 1 << 22, 20_000),
                            new BTreeMethod(), TransactionListener.NONE);
                } catch (DiskException e) {
                    if (!e.isFull()) {
                        throw e;
                    }
                    refused++;
                    disk.failWrites(Long.MAX_VALUE, Long.MAX_VALUE);
                }
            }
        }

        private void insert(int round) {
            Transaction t = storage.begin();
            try {
                if (!storage.exists(CrashSimulation.tableId(1))) {
                    storage.createTable(t, CrashSimulation.tableId(1), CrashSimulation.LAYOUT);
                    storage.createIndex(t, CrashSimulation.indexId(1, 0));
                    storage.createIndex(t, CrashSimulation.indexId(1, 1));
                }
                fill(t, round);
                storage.commit(t, CommitOptions.SYNCHRONOUS);
                acknowledged.add(round);
            } catch (SqlError e) {
                storage.rollback(t);
                throw e;
            }
        }

        private void fill(Transaction t, int round) {
            Table table = storage.table(CrashSimulation.tableId(1), CrashSimulation.LAYOUT);
            for (int i = 0; i < ROWS; i++) {
                long id = (long) round * ROWS + i;
                Batch batch = CrashSimulation.LAYOUT.batch(CrashSimulation.ALL, 1);
                batch.column(0).set(0, id);
                batch.column(1).set(0, round);
                batch.column(2).set(0, Slice.of("x".repeat(i % 10 == 3 ? 9000 : 700)));
                batch.selection().all(1);
                long[] tid = new long[1];
                table.insert(t, batch, tid);
                CrashSimulation.Row row = new CrashSimulation.Row(id, round, java.util.Optional.empty());
                storage.index(CrashSimulation.indexId(1, 0)).insert(t, CrashSimulation.key(row, 0), tid[0]);
                storage.index(CrashSimulation.indexId(1, 1)).insert(t, CrashSimulation.key(row, 1), tid[0]);
            }
        }

        /** The rounds whose rows are there, each of them whole; and all is in order. */
        TreeSet<Integer> found() {
            CrashSimulation.State state = new StorageReader(storage).read();
            TreeSet<Integer> found = new TreeSet<>();
            if (!state.tables.isEmpty()) {
                state.tables.get(1).values().forEach(row -> found.add(row.value()));
                assertEquals(found.size() * ROWS, state.tables.get(1).size(), "half a transaction");
                new StorageReader(storage).checkIndexes(state);
            }
            new SpaceCheck(storage).run();
            return found;
        }

        Story afterPowerCut() {
            disk.cutPowerAt(disk.operations());
            Story next = new Story(disk.afterPowerCut(new Random(1)));
            next.open();
            return next;
        }
    }

    @Test
    void whateverWriteFindsNoRoomNothingIsLostAndServiceGoesOn() {
        Story calm = new Story(new SimulatedDisk());
        calm.tell();
        long writes = calm.disk.writes();
        int refused = 0;
        for (long n = 0; n < writes; n++) {
            for (long until : new long[] {n + 1, Long.MAX_VALUE}) {
                Story story = new Story(new SimulatedDisk());
                story.disk.failWrites(n, until);
                try {
                    story.tell();
                    refused += story.refused;
                    story.disk.failWrites(Long.MAX_VALUE, Long.MAX_VALUE);
                    story.storage.checkpoint();
                    story.insert(ROUNDS);
                    assertEquals(story.acknowledged, story.found());
                    Story next = story.afterPowerCut();
                    assertEquals(story.acknowledged, next.found());
                    // what was there must not be where new things go
                    next.insert(ROUNDS + 1);
                    story.acknowledged.add(ROUNDS + 1);
                    assertEquals(story.acknowledged, next.found());
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("writes from " + n + " to " + until, e);
                }
            }
        }
        assertTrue(refused > writes / 2, "only " + refused + " refusals of " + writes + " writes");
        System.out.println("full disk: " + writes + " writes refused once and for good, " + refused + " statements failed");
    }

    @Test
    void whateverForceFailsNothingIsAcknowledgedAfterIt() {
        Story calm = new Story(new SimulatedDisk());
        calm.tell();
        long operations = calm.disk.operations();
        int failed = 0;
        for (long n = 1; n <= operations; n++) {
            Story story = new Story(new SimulatedDisk());
            story.disk.failForceAt(n);
            try {
                story.tell();
            } catch (DiskException e) {
                // it failed while it was starting
                continue;
            } catch (SqlError e) {
                assertEquals(SqlState.IO_ERROR, e.state(), "operation " + n);
                failed++;
                nothingHappensAnyMore(story, n);
            }
            TreeSet<Integer> found = story.afterPowerCut().found();
            assertTrue(found.containsAll(story.acknowledged), "operation " + n + ": " + story.acknowledged + " acknowledged, found " + found);
            found.removeAll(story.acknowledged);
            assertTrue(found.size() <= 1, "operation " + n + ": nobody has committed " + found);
        }
        assertTrue(failed > 5, "only " + failed + " forces failed");
        System.out.println("failed forces: " + failed + " of " + operations + " operations");
    }

    private static void nothingHappensAnyMore(Story story, long operation) {
        long writes = story.disk.writes();
        for (int i = 0; i < 3; i++) {
            assertEquals(SqlState.IO_ERROR, assertThrows(SqlError.class, () -> story.insert(ROUNDS)).state(), "operation " + operation);
            assertEquals(SqlState.IO_ERROR, assertThrows(SqlError.class, story.storage::checkpoint).state(), "operation " + operation);
        }
        assertEquals(writes, story.disk.writes(), "written after a failed force, operation " + operation);
    }
}
