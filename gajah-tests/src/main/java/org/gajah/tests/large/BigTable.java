package org.gajah.tests.large;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.gajah.tests.oracle.PostgresPrograms;
import org.gajah.tests.process.GajahProcess;
import org.postgresql.PGConnection;

/**
 * {@code ./bigtable [MEGABYTES] [SEED]}: a table of 1024 MB through a buffer pool of a sixteenth of that, in a JVM with
 * {@code -Xmx300m}: loaded, read and changed at random, joined, sorted, indexed, killed and recovered.
 *
 * <p>Status 1 if an answer is wrong, if anything fails, or if the process took more memory than heap, pool and
 * {@link #BESIDES} allow.
 */
public final class BigTable {
    private static final String HEAP = "300m";
    private static final int HEAP_MEGABYTES = 300;
    /** What a JVM needs beside heap and pool: code, classes, stacks, collector, log buffers. */
    private static final int BESIDES = 250;
    private static final int COPIES = 4;

    private final Path data;
    private final GajahProcess server;
    private final BigRows rows;
    private final Random random;
    private final int megabytes;
    private final int poolMegabytes;
    private long stepBegun;

    private BigTable(Path directory, int megabytes, long seed) throws IOException {
        this.megabytes = megabytes;
        this.poolMegabytes = Math.max(1, megabytes / 16);
        this.rows = new BigRows((int) (megabytes * 1024L * 1024 / BigRows.BYTES));
        this.random = new Random(seed);
        this.data = directory.resolve("data");
        this.server = new GajahProcess(data, "-Xmx" + HEAP + " -XX:+ExitOnOutOfMemoryError",
                List.of("shared_buffers=" + poolMegabytes + "MB", "work_mem=4MB"));
    }

    /** Entry point. */
    public static void main(String[] words) throws IOException, SQLException {
        int megabytes = words.length > 0 ? Integer.parseInt(words[0]) : 1024;
        long seed = words.length > 1 ? Long.parseLong(words[1]) : System.nanoTime() % 1_000_000;
        Path directory = Files.createTempDirectory("gajah-bigtable-");
        System.out.println("bigtable: " + megabytes + " MB, seed " + seed);
        BigTable table = new BigTable(directory, megabytes, seed);
        int status = 0;
        try {
            table.run();
        } catch (IllegalStateException | SQLException e) {
            status = 1;
            System.out.println("FAILED: " + e + " (seed " + seed + ")\n" + table.server.log());
        } finally {
            table.server.close();
            PostgresPrograms.deleteTree(directory);
        }
        System.exit(status);
    }

    private void run() throws IOException, SQLException {
        server.start();
        stepBegun = System.nanoTime();
        try (Connection connection = server.connect("postgres"); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE big (id int PRIMARY KEY, grp int NOT NULL, amount int NOT NULL, note text NOT NULL)");
            load(connection);
            sums(connection, -1);
            size();
            statement.execute("CREATE INDEX big_grp ON big (grp)");
            sums(connection, random.nextInt(BigRows.GROUPS));
            done("index built");
            pointReads(connection);
            changes(connection);
            wideUpdate(connection);
            sums(connection, -1);
            done("all rows summed");
            spills(statement);
        }
        double peak = peakMegabytes();
        server.kill();
        server.start();
        done("recovered from kill -9");
        try (Connection connection = server.connect("postgres")) {
            sums(connection, -1);
            sums(connection, random.nextInt(BigRows.GROUPS));
            pointReads(connection);
        }
        peak = Math.max(peak, peakMegabytes());
        server.stop();
        int allowed = HEAP_MEGABYTES + poolMegabytes + BESIDES;
        System.out.printf("%d rows in %d MB through %d MB of buffers with -Xmx%s: at most %.0f MB resident, %d MB allowed%n", rows.count(),
                megabytes, poolMegabytes, HEAP, peak, allowed);
        require(peak <= allowed, "too much memory");
    }

    private void load(Connection connection) throws SQLException, IOException {
        for (int i = 0; i < COPIES; i++) {
            int from = (int) ((long) rows.count() * i / COPIES);
            int to = (int) ((long) rows.count() * (i + 1) / COPIES);
            try (BufferedInputStream text = new BufferedInputStream(rows.copyText(from, to), 1 << 16)) {
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY big FROM STDIN", text, 1 << 16);
            }
        }
        done(rows.count() + " rows loaded");
    }

    private void size() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        require(bytes > megabytes * 1024L * 1024 * 9 / 10, "all files have only " + bytes + " bytes");
        done("all rows summed, files of " + bytes / 1024 / 1024 + " MB");
    }

    /** All rows, or by the index those of a group. */
    private void sums(Connection connection, int group) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String got = line(statement, "SELECT count(*), sum(id), sum(grp), sum(amount) FROM big" + (group < 0 ? "" : " WHERE grp = " + group));
            requireSame(rows.sums(group), got, group < 0 ? "all rows" : "group " + group);
        }
    }

    private void pointReads(Connection connection) throws SQLException {
        int reads = rows.count() / 500;
        try (PreparedStatement read = connection.prepareStatement("SELECT grp, amount, note FROM big WHERE id = ?")) {
            for (int i = 0; i < reads; i++) {
                int id = random.nextInt(rows.count());
                read.setInt(1, id);
                try (ResultSet found = read.executeQuery()) {
                    String got = found.next() ? line(found) : "nothing";
                    String wanted = rows.isDeleted(id) ? "nothing" : BigRows.group(id) + " " + rows.amount(id) + " " + BigRows.note(id);
                    requireSame(wanted, got, "row " + id);
                }
            }
        }
        done(reads + " rows read by key");
    }

    /** Rows all over the table, a thousand changes a transaction, each tenth transaction rolled back. */
    private void changes(Connection connection) throws SQLException {
        int transactions = Math.max(10, rows.count() / 100_000);
        connection.setAutoCommit(false);
        try (PreparedStatement raise = connection.prepareStatement("UPDATE big SET amount = amount + 1 WHERE id = ?");
                PreparedStatement delete = connection.prepareStatement("DELETE FROM big WHERE id = ?")) {
            for (int t = 0; t < transactions; t++) {
                boolean keep = t % 10 != 9;
                int[] ids = random.ints(1000, 0, rows.count()).distinct().filter(id -> !rows.isDeleted(id)).toArray();
                for (int i = 0; i < ids.length; i++) {
                    PreparedStatement change = i % 10 == 0 ? delete : raise;
                    change.setInt(1, ids[i]);
                    require(change.executeUpdate() == 1, "row " + ids[i] + " is not there");
                    if (keep && change == delete) {
                        rows.delete(ids[i]);
                    } else if (keep) {
                        rows.raise(ids[i]);
                    }
                }
                if (keep) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            }
        }
        connection.setAutoCommit(true);
        done(transactions + " transactions of 1000 changes");
    }

    /** One transaction that changes a sixteenth of all rows, on nearly every page. */
    private void wideUpdate(Connection connection) throws SQLException {
        int rest = random.nextInt(16);
        try (Statement statement = connection.createStatement()) {
            int changed = statement.executeUpdate("UPDATE big SET amount = amount + 1 WHERE id % 16 = " + rest);
            for (int id = rest; id < rows.count(); id += 16) {
                if (!rows.isDeleted(id)) {
                    rows.raise(id);
                    changed--;
                }
            }
            require(changed == 0, changed + " rows too many changed");
        }
        done("a sixteenth of all rows changed at once");
    }

    /** What needs far more than work_mem, and more than the heap: a sort, a join and a grouping of everything. */
    private void spills(Statement statement) throws SQLException {
        String count = rows.sums(-1).split(" ")[0];
        requireSame(count + " true", line(statement, "SELECT count(*), bool_and(ordered) FROM (SELECT note >= coalesce(lag(note) OVER (ORDER BY note), '')"
                + " AS ordered FROM big) AS s"), "sort");
        done("all rows sorted by their text");
        requireSame(count, line(statement, "SELECT count(*) FROM big AS a JOIN big AS b ON a.note = b.note"), "join");
        done("all rows joined by their text");
        requireSame(count, line(statement, "SELECT count(*) FROM (SELECT note FROM big GROUP BY note) AS g"), "groups");
        done("all rows grouped by their text");
    }

    private static String line(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            require(result.next(), "no row: " + query);
            return line(result);
        }
    }

    private static String line(ResultSet row) throws SQLException {
        StringJoiner line = new StringJoiner(" ");
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            line.add(String.valueOf(value));
        }
        return line.toString();
    }

    private double peakMegabytes() {
        List<String> status;
        try {
            status = Files.readAllLines(Path.of("/proc", Long.toString(server.processes().getFirst().pid()), "status"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return status.stream().filter(l -> l.startsWith("VmHWM:")).mapToLong(l -> Long.parseLong(l.replaceAll("\\D", ""))).sum() / 1024.0;
    }

    private void done(String step) {
        System.out.printf("%6.1f s  %s; %.0f MB at most so far%n", (System.nanoTime() - stepBegun) / 1e9, step, peakMegabytes());
        stepBegun = System.nanoTime();
    }

    private static void requireSame(String wanted, String got, String what) {
        require(wanted.equals(got), what + ": " + got + " and not " + wanted);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }
}
