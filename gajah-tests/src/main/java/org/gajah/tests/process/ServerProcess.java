package org.gajah.tests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.gajah.tests.corpus.WireClient;

/** A server on a data directory and a port of its own, which trusts the superuser {@code postgres} on the loopback interface. */
public interface ServerProcess extends AutoCloseable {
    /** The superuser. */
    String USER = "postgres";

    /** What it is called in tables. */
    String name();

    /** Where it listens, or will. */
    int port();

    /** Starts the process, makes the data directory if there is none, and does not wait for it to be ready. */
    void launch() throws IOException;

    /** Stops it in order and waits for the end. */
    void stop() throws IOException;

    /** The processes it consists of, the first one first. */
    List<ProcessHandle> processes();

    /** Launches it and waits until it has answered a query. */
    default void start() throws IOException {
        launch();
        awaitAnswer();
    }

    /** Whether its process has ended by itself, so that there is nothing to wait for. */
    default boolean hasEnded() {
        return false;
    }

    /** Waits until a query is answered: long enough for a machine that is busy with other things. */
    default void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (!answers()) {
            if (hasEnded() || System.nanoTime() > deadline) {
                throw new IOException(name() + " does not answer on port " + port() + ": " + log());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Whether a new connection's first query is answered. */
    private boolean answers() {
        try (WireClient client = new WireClient(port(), USER, "postgres")) {
            client.query("SELECT 1");
            char type = client.read().type();
            while (type != 'Z') {
                type = client.read().type();
            }
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What the server has written about itself. */
    String log();

    /** A connection to a database as the superuser. */
    default Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + database, USER, "");
    }

    /**
     * Megabytes of memory that its processes have between them: a page that several share counts once, as the kernel's
     * proportional set size has it; the resident set size where there is one process.
     */
    default double memoryMegabytes() throws IOException {
        List<ProcessHandle> all = processes();
        long kilobytes = 0;
        for (ProcessHandle process : all) {
            try {
                kilobytes += all.size() == 1 ? kilobytes(process.pid(), "status", "VmRSS:")
                        : kilobytes(process.pid(), "smaps_rollup", "Pss:");
            } catch (IOException e) {
                if (process.isAlive()) {
                    throw e;
                }
            }
        }
        return kilobytes / 1024.0;
    }

    private static long kilobytes(long pid, String file, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), file))) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/" + pid + "/" + file + " has no " + key);
    }

    /** A process and its descendants. */
    static List<ProcessHandle> tree(ProcessHandle first) {
        List<ProcessHandle> all = new ArrayList<>(List.of(first));
        all.addAll(first.descendants().toList());
        return all;
    }

    /** Stops it if it runs. */
    @Override
    void close();
}
