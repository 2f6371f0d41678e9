package org.gajah.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.gajah.base.DiskException;
import org.gajah.base.Env;
import org.gajah.base.SystemEnv;
import org.gajah.btree.BTreeMethod;
import org.gajah.table.Attribute;
import org.gajah.table.CommitOptions;
import org.gajah.table.PageRange;
import org.gajah.table.RelationId;
import org.gajah.table.RowLayout;
import org.gajah.table.StorageOptions;
import org.gajah.table.Table;
import org.gajah.table.TableScan;
import org.gajah.txn.Snapshot;
import org.gajah.txn.Transaction;
import org.gajah.txn.TransactionListener;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.LongVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process on real files, killed at random moments: every number that it said was committed is there, in pairs. */
class KilledProcessTest {
    private static final int KILLS = Integer.getInteger("gajah.kills", 6);
    private static final RelationId ID = new RelationId(1, 1);
    private static final RowLayout LAYOUT = RowLayout.of(Attribute.of(Carrier.LONG));
    private static final int[] ALL = {0};

    @TempDir
    Path directory;

    private static ClusterStorage open(Path directory) {
        return ClusterStorage.open(SystemEnv.of(directory), new StorageOptions(64, true, true, 1 << 20), new BTreeMethod(),
                TransactionListener.NONE);
    }

    /** The process: commits pairs of rows from the next number on, and says so. */
    public static void main(String[] args) {
        ClusterStorage storage = open(Path.of(args[0]));
        if (!storage.exists(ID)) {
            Transaction t = storage.begin();
            storage.createTable(t, ID, LAYOUT);
            storage.commit(t, CommitOptions.SYNCHRONOUS);
        }
        Table table = storage.table(ID, LAYOUT);
        for (long n = count(storage) / 2;; n++) {
            Transaction t = storage.begin();
            for (int i = 0; i < 2; i++) {
                Batch row = LAYOUT.batch(ALL, 1);
                row.column(0).set(0, n);
                row.selection().all(1);
                table.insert(t, row, new long[1]);
            }
            storage.commit(t, CommitOptions.SYNCHRONOUS);
            System.out.println(n);
            if (n % 500 == 0) {
                storage.checkpoint();
            }
        }
    }

    private static long count(ClusterStorage storage) {
        Transaction t = storage.begin();
        Snapshot snapshot = t.acquireSnapshot();
        Batch out = LAYOUT.batch(ALL, 1024);
        LongVector tids = new LongVector(1024);
        long rows = 0;
        long sum = 0;
        try (TableScan scan = storage.table(ID, LAYOUT).scan(snapshot, ALL, PageRange.ALL)) {
            while (scan.next(out, tids)) {
                rows += out.count();
                for (int i = 0; i < out.count(); i++) {
                    sum += (Long) out.column(0).get(i);
                }
            }
        }
        storage.rollback(t);
        long pairs = rows / 2;
        assertEquals(pairs * 2, rows, "half a transaction");
        assertEquals(pairs * (pairs - 1), sum, "other numbers than 0 to " + (pairs - 1));
        return rows;
    }

    @Test
    void whatAKilledProcessHasAcknowledgedIsThere() throws Exception {
        long seed = Long.getLong("gajah.seed", System.nanoTime());
        Random random = new Random(seed);
        long acknowledged = -1;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged = Math.max(acknowledged, runAndKill(50 + random.nextInt(1500)));
            try (ClusterStorage storage = open(directory)) {
                long pairs = storage.exists(ID) ? count(storage) / 2 : 0;
                assertTrue(pairs > acknowledged, pairs + " pairs after " + acknowledged + " was acknowledged, seed " + seed);
            }
        }
        System.out.println("killed " + KILLS + " times, " + (acknowledged + 1) + " commits kept");
    }

    private Process start() throws IOException {
        String classes = System.getProperty("jdk.module.path", "") + java.io.File.pathSeparator
                + System.getProperty("java.class.path") + java.io.File.pathSeparator + testClasses();
        return new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", classes, KilledProcessTest.class.getName(), directory.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private long runAndKill(int lines) throws IOException, InterruptedException {
        Process process = start();
        long last = -1;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                last = Long.parseLong(out.readLine());
            }
            // through the handle: the process object's own way would close the pipe and lose what is in it
            process.toHandle().destroyForcibly();
            process.waitFor();
            for (String line = out.readLine(); line != null && !line.isEmpty(); line = out.readLine()) {
                last = Math.max(last, parse(line, last));
            }
        } finally {
            process.destroyForcibly();
        }
        return last;
    }

    /** A line that the kill has cut short says nothing. */
    private static long parse(String line, long last) {
        long n = Long.parseLong(line);
        return n == last + 1 ? n : last;
    }

    private static String testClasses() {
        return Path.of("target", "test-classes").toAbsolutePath() + java.io.File.pathSeparator
                + Path.of("target", "classes").toAbsolutePath();
    }

    @Test
    void aDirectoryBelongsToOneProcess() {
        try (ClusterStorage storage = open(directory)) {
            assertEquals(0, storage.lastCsn());
            Env second = SystemEnv.of(directory);
            assertThrows(DiskException.class, () -> second.disk().lock());
        }
    }

    @Test
    void whoFailsToOpenADirectoryDoesNotEndTheLock() throws Exception {
        try (ClusterStorage storage = open(directory)) {
            assertEquals(0, storage.lastCsn());
            for (int i = 0; i < 3; i++) {
                assertThrows(DiskException.class, () -> open(directory));
            }
            Process other = start();
            try (BufferedReader out = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
                assertNull(out.readLine(), "another process has opened the directory");
            } finally {
                other.destroyForcibly();
            }
        }
        assertTrue(runAndKill(5) >= 0);
    }

    @Test
    void ofAHundredStartsAtOnceOneWins() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        Queue<ClusterStorage> winners = new ConcurrentLinkedQueue<>();
        Queue<Throwable> losers = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 100).mapToObj(i -> Thread.ofPlatform().start(() -> {
            try {
                begin.await();
                winners.add(open(directory));
            } catch (DiskException | InterruptedException e) {
                losers.add(e);
            }
        })).toList();
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1, winners.size(), () -> "winners; losers: " + losers);
        assertEquals(99, losers.size());
        winners.forEach(ClusterStorage::close);
    }
}
