package org.gajah.tests.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gajah.tests.oracle.PostgresPrograms;
import org.gajah.tests.process.GajahProcess;
import org.gajah.tests.process.ServerProcess;

/** {@code ./killtest N [SEED]}: kills the server N times and looks at the books after each. */
public final class KillTest {
    private static final String DATABASE = "killed";
    private static final int CLIENTS = 8;
    private static final int SCALE = 2;
    /** How many transactions of each ledger client show that the load has begun. */
    private static final int WARM = 10;
    private static final Pattern PROCESSED = Pattern.compile("number of transactions actually processed: (\\d+)");

    private final GajahProcess server;
    private final Path directory;
    private final Random random;
    private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
    private final List<Double> recoverySeconds = new ArrayList<>();
    private final long[] ledger = new long[LedgerClient.CLIENTS];
    private long history;

    private KillTest(Path directory, long seed) throws IOException {
        this.directory = directory;
        this.random = new Random(seed);
        this.server = new GajahProcess(directory.resolve("data"), "", List.of("max_wal_size=32MB"));
    }

    /** Entry point; status 1 if a promise is broken, and then the data stay where they are. */
    public static void main(String[] words) throws IOException, SQLException {
        int kills = words.length > 0 ? Integer.parseInt(words[0]) : 100;
        long seed = words.length > 1 ? Long.parseLong(words[1]) : System.nanoTime() % 1_000_000;
        Path directory = Files.createTempDirectory("gajah-killtest-");
        System.out.println("killtest: " + kills + " kills, seed " + seed + ", data in " + directory);
        KillTest test = new KillTest(directory, seed);
        try {
            test.prepare();
            for (int i = 1; i <= kills; i++) {
                Moment moment = Moment.values()[i % Moment.values().length];
                test.killOnce(moment);
                System.out.println("kill " + i + " " + moment + ": " + test.history + " pgbench transactions, "
                        + test.ledger[0] + " and " + test.ledger[1] + " ledger transactions, books balance");
            }
            test.server.stop();
        } catch (Books.Broken e) {
            test.server.close();
            System.out.println("BROKEN: " + e.getMessage() + " (seed " + seed + ", data kept in " + directory + ")");
            System.exit(1);
        }
        test.server.close();
        PostgresPrograms.deleteTree(directory);
        List<Double> recoveries = test.recoverySeconds.stream().sorted().toList();
        System.out.printf("killed %d times %s, %d pgbench and %d ledger transactions acknowledged, 0 lost; recovery median %.2f s, longest %.2f s%n",
                kills, test.moments, test.history, test.ledger[0] + test.ledger[1], recoveries.get(recoveries.size() / 2), recoveries.getLast());
        System.exit(0);
    }

    private void prepare() throws IOException, SQLException {
        server.start();
        try (Connection connection = server.connect("postgres"); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        Process load = pgbench("-i", "-q", "-s", Integer.toString(SCALE));
        Books.require(load.onExit().join().exitValue() == 0, "pgbench -i failed: " + output());
        try (Connection connection = server.connect(DATABASE)) {
            LedgerClient.createTables(connection);
        }
    }

    private void killOnce(Moment moment) throws IOException, SQLException {
        moments.merge(moment, 1, Integer::sum);
        Process pgbench = pgbench("-n", "-c", Integer.toString(CLIENTS), "-j", "2", "-M", "prepared", "-T", "3600");
        List<LedgerClient> clients = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < LedgerClient.CLIENTS; i++) {
            clients.add(new LedgerClient(server, DATABASE, i, ledger[i]));
            threads.add(Thread.ofPlatform().start(clients.getLast()));
        }
        while (IntStream.range(0, clients.size()).anyMatch(i -> clients.get(i).acknowledged() < ledger[i] + WARM)) {
            pause(10);
        }
        pause(random.nextInt(2000));
        if (moment == Moment.IN_A_CHECKPOINT) {
            threads.add(Thread.ofPlatform().start(this::checkpoint));
            pause(random.nextInt(60));
        }
        server.kill();
        pgbench.onExit().join();
        join(threads);
        if (moment == Moment.IN_RECOVERY) {
            for (int again = 1 + random.nextInt(2); again > 0; again--) {
                server.launch();
                pause(100 + random.nextInt(600));
                server.kill();
            }
        }
        long start = System.nanoTime();
        server.start();
        recoverySeconds.add((System.nanoTime() - start) / 1e9);
        Matcher processed = PROCESSED.matcher(output());
        // on a busy machine the kill may come before pgbench has begun
        boolean connected = !output().contains("could not create connection") && !output().contains("could not count number of branches");
        Books.require(processed.find() || !connected, "pgbench did not say how much it did: " + output());
        check(connected ? Long.parseLong(processed.group(1)) : 0, clients);
    }

    private void check(long processed, List<LedgerClient> clients) throws SQLException {
        try (Connection connection = server.connect(DATABASE); Statement statement = connection.createStatement()) {
            Books books = new Books(connection);
            history = books.pgbench(history, processed, CLIENTS);
            books.agrees("pgbench_accounts", "aid", "abalance", "true");
            books.agrees("pgbench_tellers", "tid", "tbalance", "true");
            for (int i = 0; i < clients.size(); i++) {
                long before = ledger[i];
                ledger[i] = books.ledger(i, clients.get(i).acknowledged(), before);
            }
            statement.execute("TRUNCATE bulk");
        }
    }

    private void checkpoint() {
        try (Connection connection = server.connect(DATABASE); Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            // the kill came first: that is what this is for
            assert !server.runs() || e.getSQLState() != null;
        }
    }

    private Process pgbench(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("pgbench", "-h", "127.0.0.1", "-p", Integer.toString(server.port()), "-U",
                ServerProcess.USER));
        command.addAll(List.of(arguments));
        command.add(DATABASE);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(outputFile().toFile()).start();
    }

    private Path outputFile() {
        return directory.resolve("pgbench.out");
    }

    private String output() throws IOException {
        return Files.readString(outputFile(), StandardCharsets.UTF_8);
    }

    private static void pause(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
