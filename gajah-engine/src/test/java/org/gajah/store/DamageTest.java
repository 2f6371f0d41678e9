package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeMap;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
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

/** Flipped bits anywhere in the files are noticed or harmless; never a wrong answer. */
class DamageTest {
    private static ClusterStorage open(SimulatedDisk disk) {
        return ClusterStorage.open(new SimulatedEnv(disk, 1), new StorageOptions(64, true, false, 1L << 30), new BTreeMethod(),
                TransactionListener.NONE);
    }

    private static SimulatedDisk written(boolean clean) {
        SimulatedDisk disk = new SimulatedDisk();
        ClusterStorage storage = open(disk);
        for (int round = 0; round < 6; round++) {
            Transaction t = storage.begin();
            if (round == 0) {
                storage.createTable(t, CrashSimulation.tableId(1), CrashSimulation.LAYOUT);
                storage.createIndex(t, CrashSimulation.indexId(1, 0));
                storage.createIndex(t, CrashSimulation.indexId(1, 1));
            }
            fill(storage, t, round);
            storage.commit(t, CommitOptions.SYNCHRONOUS);
        }
        if (clean) {
            storage.close();
        } else {
            disk.cutPowerAt(disk.operations());
        }
        return disk.afterPowerCut(new Random(1));
    }

    private static void fill(ClusterStorage storage, Transaction t, int round) {
        Table table = storage.table(CrashSimulation.tableId(1), CrashSimulation.LAYOUT);
        Batch batch = CrashSimulation.LAYOUT.batch(CrashSimulation.ALL, 200);
        for (int i = 0; i < 200; i++) {
            batch.column(0).set(i, (long) round * 200 + i);
            batch.column(1).set(i, i % 10);
            batch.column(2).set(i, Slice.of("text ".repeat(i)));
        }
        batch.selection().all(200);
        long[] tids = new long[200];
        table.insert(t, batch, tids);
        for (int i = 0; i < 200; i++) {
            CrashSimulation.Row row = new CrashSimulation.Row((long) round * 200 + i, i % 10, java.util.Optional.empty());
            storage.index(CrashSimulation.indexId(1, 0)).insert(t, CrashSimulation.key(row, 0), tids[i]);
            storage.index(CrashSimulation.indexId(1, 1)).insert(t, CrashSimulation.key(row, 1), tids[i]);
        }
    }

    private static TreeMap<Integer, TreeMap<Long, CrashSimulation.Row>> read(SimulatedDisk disk) {
        ClusterStorage storage = open(disk);
        CrashSimulation.State state = new StorageReader(storage).read();
        new StorageReader(storage).checkIndexes(state);
        return state.tables;
    }

    @Test
    void flippedBitsInTheDataFileAreNoticed() {
        flip("data", true);
    }

    @Test
    void flippedBitsInTheLogAreNoticedOrLoseOnlyItsEnd() {
        flip("log-", false);
    }

    private static void flip(String prefix, boolean clean) {
        TreeMap<Integer, TreeMap<Long, CrashSimulation.Row>> good = read(written(clean));
        assertEquals(1200, good.get(1).size());
        int noticed = 0;
        for (long seed = 1; seed <= 150; seed++) {
            SimulatedDisk disk = written(clean);
            Random random = new Random(seed);
            String name = disk.list().stream().filter(n -> n.startsWith(prefix)).toList().getLast();
            long size = clean ? disk.open(name).size() : Math.min(disk.open(name).size(), 300_000);
            disk.flip(name, (long) (random.nextDouble() * size), random.nextInt(8));
            try {
                TreeMap<Integer, TreeMap<Long, CrashSimulation.Row>> found = read(disk);
                if (clean || !found.isEmpty() && found.get(1).size() == 1200) {
                    assertEquals(good, found, "seed " + seed);
                } else {
                    assertEquals(1000, found.get(1).size(), "only the last commit may be lost, seed " + seed);
                    assertTrue(good.get(1).entrySet().containsAll(found.get(1).entrySet()), "seed " + seed);
                    noticed++;
                }
            } catch (SqlError e) {
                assertEquals(SqlState.DATA_CORRUPTED, e.state(), "seed " + seed);
                noticed++;
            }
        }
        assertTrue(noticed > 10, "only " + noticed + " flips met anything");
    }
}
