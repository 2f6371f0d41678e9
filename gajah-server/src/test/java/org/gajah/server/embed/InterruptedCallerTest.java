package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that interrupts a thread of its own which uses an embedded database: nothing is lost, and the thread stays interrupted. */
class InterruptedCallerTest {
    @TempDir
    Path directory;

    @Test
    void aTimedReadEndsInTimeAndKeepsTheInterrupt() {
        MemoryLink link = new MemoryLink();
        long start = System.nanoTime();
        Thread.currentThread().interrupt();
        assertThrows(SocketTimeoutException.class, () -> link.clientRead(new byte[1], 0, 1, 60));
        assertTrue(Thread.interrupted(), "the interrupt is still there");
        long waited = System.nanoTime() - start;
        assertTrue(waited >= TimeUnit.MILLISECONDS.toNanos(60) && waited < TimeUnit.SECONDS.toNanos(20), waited + " ns");
    }

    @Test
    void statementsOfAnInterruptedThreadRunAndTheFilesStayOpen() throws Exception {
        try (Gajah gajah = Gajah.open(directory.resolve("data")); Connection c = gajah.dataSource().getConnection();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE t (a int)");
            for (int i = 0; i < 20; i++) {
                c.setNetworkTimeout(Runnable::run, i % 2 * 60_000);
                Thread.currentThread().interrupt();
                s.execute("INSERT INTO t SELECT generate_series(1, 1000)");
                assertTrue(Thread.interrupted(), "the interrupt is still there");
            }
            try (ResultSet r = s.executeQuery("SELECT count(*) FROM t")) {
                r.next();
                assertEquals(20_000, r.getInt(1));
            }
        }
    }
}
