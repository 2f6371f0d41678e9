package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
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

/** Damage anywhere in the files is noticed or harmless; never a wrong answer. {@code -Dgajah.damages=10000} tries more of it. */
class DamageTest {
    private static final long DAMAGES = Long.getLong("gajah.damages", 300);
    private static final int BLOCK = 16384;
    private static final int SECTOR = 512;
    private static final int ROUNDS = 6;
    private static final int ROWS = 200;

    /** How the life before the damage ended. */
    private enum End { CLEAN, KILLED, KILLED_AFTER_A_CHECKPOINT }

    private static ClusterStorage open(SimulatedDisk disk) {
        return ClusterStorage.open(new SimulatedEnv(disk, 1), new StorageOptions(64, true, false, 1L << 30), new BTreeMethod(),
                TransactionListener.NONE);
    }

    private static SimulatedDisk written(End end) {
        SimulatedDisk disk = new SimulatedDisk();
        ClusterStorage storage = open(disk);
        for (int round = 0; round < ROUNDS; round++) {
            Transaction t = storage.begin();
            if (round == 0) {
                storage.createTable(t, CrashSimulation.tableId(1), CrashSimulation.LAYOUT);
                storage.createIndex(t, CrashSimulation.indexId(1, 0));
                storage.createIndex(t, CrashSimulation.indexId(1, 1));
            }
            fill(storage, t, round);
            storage.commit(t, CommitOptions.SYNCHRONOUS);
            if (end == End.KILLED_AFTER_A_CHECKPOINT && round == 2) {
                storage.checkpoint();
            }
        }
        if (end == End.CLEAN) {
            storage.close();
        } else {
            disk.cutPowerAt(disk.operations());
        }
        return disk.afterPowerCut(new Random(1));
    }

    private static void fill(ClusterStorage storage, Transaction t, int round) {
        Table table = storage.table(CrashSimulation.tableId(1), CrashSimulation.LAYOUT);
        Batch batch = CrashSimulation.LAYOUT.batch(CrashSimulation.ALL, ROWS);
        for (int i = 0; i < ROWS; i++) {
            batch.column(0).set(i, (long) round * ROWS + i);
            batch.column(1).set(i, i % 10);
            batch.column(2).set(i, Slice.of("text ".repeat(i % 20 == 7 ? 20 * i : i)));
        }
        batch.selection().all(ROWS);
        long[] tids = new long[ROWS];
        table.insert(t, batch, tids);
        for (int i = 0; i < ROWS; i++) {
            CrashSimulation.Row row = new CrashSimulation.Row((long) round * ROWS + i, i % 10, Optional.empty());
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

    private static List<String> files(SimulatedDisk disk, String prefix) {
        return disk.list().stream().filter(n -> n.startsWith(prefix)).toList();
    }

    @Test
    void afterAnOrderlyEnd() {
        tryDamages(End.CLEAN);
    }

    @Test
    void afterAKill() {
        tryDamages(End.KILLED);
    }

    @Test
    void afterAKillAndACheckpoint() {
        tryDamages(End.KILLED_AFTER_A_CHECKPOINT);
    }

    private static void tryDamages(End end) {
        SimulatedDisk pristine = written(end);
        TreeMap<Integer, TreeMap<Long, CrashSimulation.Row>> good = read(pristine.afterPowerCut(new Random(1)));
        assertEquals(ROUNDS * ROWS, good.get(1).size());
        int noticed = 0;
        int shorter = 0;
        for (long seed = 1; seed <= DAMAGES; seed++) {
            SimulatedDisk disk = pristine.afterPowerCut(new Random(1));
            Random random = new Random(seed);
            String what = "seed " + seed + ", " + end + ": " + damage(disk, random);
            try {
                TreeMap<Integer, TreeMap<Long, CrashSimulation.Row>> found = read(disk);
                if (end == End.CLEAN || found.get(1).size() == ROUNDS * ROWS) {
                    assertEquals(good, found, what);
                } else {
                    int lost = what.contains("swapped") ? 2 : 1;
                    assertTrue(found.get(1).size() >= (ROUNDS - lost) * ROWS, "only the last commit that was met may be lost, " + what);
                    assertTrue(good.get(1).entrySet().containsAll(found.get(1).entrySet()), what);
                    shorter++;
                }
            } catch (SqlError e) {
                assertEquals(SqlState.DATA_CORRUPTED, e.state(), what);
                noticed++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(what, e);
            }
        }
        System.out.println("damage " + end + ": " + DAMAGES + " times, noticed " + noticed + " times, the last commit's frame " + shorter);
        assertTrue(noticed > DAMAGES / 10, "only " + noticed + " damages met anything");
    }

    /** Does something to a file; says what. */
    private static String damage(SimulatedDisk disk, Random random) {
        List<String> files = files(disk, random.nextInt(3) == 0 ? "log-" : "data");
        String name = files.get(random.nextInt(files.size()));
        boolean log = name.startsWith("log-");
        int size = used(disk, name);
        int unit = log ? SECTOR : BLOCK;
        int kind = random.nextInt(8);
        int at = !log && random.nextInt(5) == 0 ? random.nextInt(2) * BLOCK + random.nextInt(60) : random.nextInt(Math.max(1, size));
        switch (kind) {
            case 0, 1, 2, 3, 4 -> disk.flip(name, at, random.nextInt(8));
            case 5 -> disk.damage(name, at / SECTOR * SECTOR, new byte[SECTOR]);
            case 6 -> disk.damage(name, at / unit * unit, disk.bytes(name, random.nextInt(size) / unit * unit, unit));
            default -> {
                int other = random.nextInt(size) / unit * unit;
                byte[] bytes = disk.bytes(name, other, unit);
                disk.damage(name, other, disk.bytes(name, at / unit * unit, unit));
                disk.damage(name, at / unit * unit, bytes);
            }
        }
        return switch (kind) {
            case 0, 1, 2, 3, 4 -> "bit flipped";
            case 5 -> "sector lost";
            case 6 -> "written to the wrong place";
            default -> "swapped";
        } + " at " + at + " of " + name;
    }

    /** Bytes of a file up to the last that is not zero. */
    private static int used(SimulatedDisk disk, String name) {
        byte[] bytes = disk.bytes(name, 0, (int) disk.open(name).size());
        int used = bytes.length;
        while (used > 1 && bytes[used - 1] == 0) {
            used--;
        }
        return used;
    }

    @Test
    void anOlderCheckpointIsNoSubstituteForADamagedOne() {
        SimulatedDisk disk = written(End.KILLED_AFTER_A_CHECKPOINT);
        for (int slot = 0; slot < 2; slot++) {
            SimulatedDisk damaged = disk.afterPowerCut(new Random(1));
            damaged.flip("data", slot * BLOCK + 20, 3);
            if (disk.bytes("data", slot * BLOCK + 16, 1)[0] == 2) {
                assertEquals(SqlState.DATA_CORRUPTED, assertThrows(SqlError.class, () -> read(damaged)).state());
            } else {
                assertEquals(ROUNDS * ROWS, read(damaged).get(1).size());
            }
        }
    }

    @Test
    void withoutItsLogNothingStarts() {
        for (End end : End.values()) {
            SimulatedDisk disk = written(end);
            files(disk, "log-").forEach(disk::delete);
            if (end == End.KILLED) {
                // nothing says that there ever was anything
                assertTrue(read(disk).isEmpty());
            } else {
                assertEquals(SqlState.DATA_CORRUPTED, assertThrows(SqlError.class, () -> read(disk)).state(), end.toString());
            }
        }
    }

    @Test
    void aCheckpointDuringALargeTransactionNeedsNoForceOfWhatFollows() {
        SimulatedDisk disk = new SimulatedDisk();
        ClusterStorage storage = open(disk);
        Transaction t = storage.begin();
        storage.createTable(t, CrashSimulation.tableId(1), CrashSimulation.LAYOUT);
        storage.createIndex(t, CrashSimulation.indexId(1, 0));
        storage.createIndex(t, CrashSimulation.indexId(1, 1));
        storage.commit(t, CommitOptions.SYNCHRONOUS);
        Transaction large = storage.begin();
        for (int round = 0; round < 12; round++) {
            fill(storage, large, round);
        }
        Transaction small = storage.begin();
        fill(storage, small, 20);
        storage.commit(small, CommitOptions.ASYNCHRONOUS);
        storage.checkpoint();
        disk.cutPowerAt(disk.operations());
        for (int life = 0; life < 6; life++) {
            disk = disk.afterPowerCut(new Random(4 + life));
            ClusterStorage again = open(disk);
            assertEquals((life + 1) * ROWS, new StorageReader(again).read().tables.get(1).size());
            Transaction next = again.begin();
            fill(again, next, 30 + life);
            again.commit(next, CommitOptions.SYNCHRONOUS);
            disk.cutPowerAt(disk.operations());
        }
    }
}
