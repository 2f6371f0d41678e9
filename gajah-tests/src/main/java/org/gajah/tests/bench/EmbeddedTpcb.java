package org.gajah.tests.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.gajah.api.Gajah;

/**
 * The process of one embedded competitor: loads pgbench's tables, then for each line {@code THREADS SECONDS [select]} on standard input
 * runs TPC-B, or selects, and prints the speed, and at {@code end} checks the books.
 */
public final class EmbeddedTpcb {
    private static final int ACCOUNTS = 100_000;
    private static final int TELLERS = 10;

    private final Competitor competitor;
    private final Path directory;
    private final int scale;
    private final Lock writer = new ReentrantLock();
    private final Source source;

    private interface Source {
        Connection connect() throws SQLException;

        default EmbeddedClient client(Competitor competitor) throws SQLException {
            return new JdbcClient(new EmbeddedSession(connect(), competitor));
        }
    }

    /** Gajah's own sessions, and JDBC for the rest. */
    private record Sessions(Gajah gajah) implements Source {
        @Override
        public Connection connect() throws SQLException {
            return gajah.dataSource().getConnection();
        }

        @Override
        public EmbeddedClient client(Competitor competitor) {
            return new SessionClient(gajah.session());
        }
    }

    private EmbeddedTpcb(Competitor competitor, Path directory, int scale, Source source) {
        this.competitor = competitor;
        this.directory = directory;
        this.scale = scale;
        this.source = source;
    }

    /** Entry point: competitor, directory, scale. */
    public static void main(String[] words) throws IOException, SQLException {
        Competitor competitor = Competitor.valueOf(words[0]);
        Path directory = Files.createDirectories(Path.of(words[1]));
        int scale = Integer.parseInt(words[2]);
        if (competitor == Competitor.GAJAH || competitor == Competitor.GAJAH_SESSION) {
            try (Gajah gajah = Gajah.open(directory)) {
                Source source = competitor == Competitor.GAJAH ? () -> gajah.dataSource().getConnection() : new Sessions(gajah);
                new EmbeddedTpcb(competitor, directory, scale, source).serve();
            }
        } else {
            String url = competitor.url(directory);
            new EmbeddedTpcb(competitor, directory, scale, () -> DriverManager.getConnection(url)).serve();
        }
        System.exit(0);
    }

    private void serve() throws IOException, SQLException {
        try (EmbeddedSession keepsItOpen = connect()) {
            load(keepsItOpen);
            System.out.println("loaded");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                if (order.equals("end")) {
                    System.out.println(balanced(keepsItOpen) ? "balanced" : "the books of " + directory + " do not balance");
                    return;
                }
                String[] words = order.split(" ");
                System.out.println("speed " + speed(Integer.parseInt(words[0]), Integer.parseInt(words[1]), words.length > 2));
            }
        }
    }

    private EmbeddedSession connect() throws SQLException {
        return new EmbeddedSession(source.connect(), competitor);
    }

    private void load(EmbeddedSession session) throws SQLException {
        session.begin();
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("CREATE TABLE branches (bid int NOT NULL PRIMARY KEY, bbalance int NOT NULL, filler char(88))");
            statement.execute("CREATE TABLE tellers (tid int NOT NULL PRIMARY KEY, bid int NOT NULL, tbalance int NOT NULL, filler char(84))");
            statement.execute("CREATE TABLE accounts (aid int NOT NULL PRIMARY KEY, bid int NOT NULL, abalance int NOT NULL, filler char(84))");
            statement.execute("CREATE TABLE history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))");
        }
        session.commit();
        fill(session, "INSERT INTO branches (bid, bbalance) VALUES (?, 0)", scale, 0);
        fill(session, "INSERT INTO tellers (tid, bid, tbalance) VALUES (?, ?, 0)", scale * TELLERS, TELLERS);
        fill(session, "INSERT INTO accounts (aid, bid, abalance, filler) VALUES (?, ?, 0, '')", scale * ACCOUNTS, ACCOUNTS);
    }

    private static void fill(EmbeddedSession session, String sql, int rows, int perBranch) throws SQLException {
        session.begin();
        try (PreparedStatement insert = session.connection().prepareStatement(sql)) {
            for (int i = 1; i <= rows; i++) {
                insert.setInt(1, i);
                if (perBranch > 0) {
                    insert.setInt(2, (i - 1) / perBranch + 1);
                }
                insert.addBatch();
                if (i % 5000 == 0) {
                    insert.executeBatch();
                    session.commit();
                    session.begin();
                }
            }
            insert.executeBatch();
            session.commit();
        }
    }

    private double speed(int threads, int seconds, boolean select) throws SQLException {
        List<TpcbThread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(new TpcbThread(source.client(competitor), competitor, writer, scale));
        }
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> running = all.stream().map(t -> Thread.ofPlatform().start(() -> {
            if (select) {
                t.select(end);
            } else {
                t.run(end);
            }
        })).toList();
        try {
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        long done = 0;
        for (TpcbThread thread : all) {
            done += thread.finish();
        }
        return done / elapsed;
    }

    private static boolean balanced(EmbeddedSession session) throws SQLException {
        Connection connection = session.connection();
        long history = sum(connection, "SELECT sum(delta) FROM history");
        boolean same = sum(connection, "SELECT sum(abalance) FROM accounts") == history
                && sum(connection, "SELECT sum(tbalance) FROM tellers") == history
                && sum(connection, "SELECT sum(bbalance) FROM branches") == history;
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
        return same;
    }

    private static long sum(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
