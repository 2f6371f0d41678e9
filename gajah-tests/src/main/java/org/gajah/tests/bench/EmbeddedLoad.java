package org.gajah.tests.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.gajah.api.Gajah;
import org.postgresql.PGConnection;

/**
 * The process of one embedded competitor that loads a csv file several times over, each time into a new table, by the fastest way that it
 * has, and prints the rows a second of each: Gajah's COPY through its DataSource, H2's CSVREAD, SQLite's prepared inserts in one transaction.
 */
public final class EmbeddedLoad {
    private static final int BATCH = 1000;

    private final Competitor competitor;
    private final Path file;
    private final long rows;

    private EmbeddedLoad(Competitor competitor, Path file, long rows) {
        this.competitor = competitor;
        this.file = file;
        this.rows = rows;
    }

    /** Entry point: competitor, directory, file, its rows, runs. */
    public static void main(String[] words) throws IOException, SQLException {
        Competitor competitor = Competitor.valueOf(words[0]);
        Path directory = Files.createDirectories(Path.of(words[1]));
        EmbeddedLoad load = new EmbeddedLoad(competitor, Path.of(words[2]), Long.parseLong(words[3]));
        int runs = Integer.parseInt(words[4]);
        if (competitor == Competitor.GAJAH) {
            try (Gajah gajah = Gajah.open(directory); Connection connection = gajah.dataSource().getConnection()) {
                load.run(connection, runs);
            }
        } else {
            try (Connection connection = DriverManager.getConnection(competitor.url(directory))) {
                load.run(connection, runs);
            }
        }
        System.exit(0);
    }

    private void run(Connection connection, int runs) throws IOException, SQLException {
        for (int i = 0; i < runs; i++) {
            String table = "loaded" + i;
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + table + " (" + CopyStream.COLUMNS + ")");
            }
            long start = System.nanoTime();
            load(connection, table);
            System.out.println("speed " + rows * 1e9 / (System.nanoTime() - start));
        }
    }

    private void load(Connection connection, String table) throws IOException, SQLException {
        switch (competitor) {
            case GAJAH -> {
                try (InputStream in = Files.newInputStream(file)) {
                    connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN (FORMAT csv)", in, 1 << 16);
                }
            }
            case H2, H2_FORCED -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO " + table + " SELECT * FROM CSVREAD('" + file + "', 'ID,CUSTOMER,AMOUNT,AT,NAME,PAID')");
                    statement.execute("CHECKPOINT SYNC");
                }
            }
            case SQLITE_WAL, SQLITE_DELETE, DERBY -> insert(connection, table);
        }
    }

    private void insert(Connection connection, String table) throws IOException, SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?)");
                BufferedReader lines = Files.newBufferedReader(file)) {
            int waiting = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",");
                insert.setLong(1, Long.parseLong(fields[0]));
                insert.setInt(2, Integer.parseInt(fields[1]));
                insert.setBigDecimal(3, new BigDecimal(fields[2]));
                insert.setString(4, fields[3]);
                insert.setString(5, fields[4]);
                insert.setBoolean(6, fields[5].equals("t"));
                insert.addBatch();
                if (++waiting == BATCH) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }
}
