package org.gajah.tests.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.gajah.api.Gajah;

/**
 * How fast COPY reads a file whose rows it then leaves out, so that nothing is written, against what a core can do by itself: {@link RowLoop},
 * which knows the six columns and checks nothing.
 */
final class Parsing implements Workload {
    private static final int ROWS = 1_000_000;
    private static final int WARMING = 6;
    private static final List<CopyStream.Format> FORMATS = List.of(CopyStream.Format.TEXT, CopyStream.Format.CSV);

    private static String name(CopyStream.Format format) {
        return "copy-parse-" + format.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> names() {
        return FORMATS.stream().map(Parsing::name).toList();
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        List<Row> rows = new ArrayList<>();
        try (Gajah gajah = Gajah.inMemory(); Connection connection = gajah.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parsed (" + CopyStream.COLUMNS + ")");
            for (CopyStream.Format format : FORMATS.stream().filter(f -> stage.wants(name(f))).toList()) {
                rows.add(compare(stage, format, statement));
            }
        }
        return rows;
    }

    private static Row compare(Stage stage, CopyStream.Format format, Statement statement) throws IOException, SQLException {
        Path file = stage.fresh(name(format));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            CopyStream.rows(format, 0, ROWS, out);
        }
        byte separator = (byte) (format == CopyStream.Format.CSV ? ',' : '\t');
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        attempts.put("Gajah", () -> copied(statement, format, file));
        attempts.put("loop", () -> looped(file, separator));
        Rounds.medians(name(format) + " (warming)", WARMING, attempts);
        Map<String, Double> medians = Rounds.medians(name(format), stage.options().rounds(), attempts);
        return new Row(name(format), Unit.PER_SECOND, medians.get("Gajah"), "a loop by hand", medians.get("loop"), new Goal.Times(0.5));
    }

    private static double copied(Statement statement, CopyStream.Format format, Path file) throws SQLException {
        long start = System.nanoTime();
        statement.execute("COPY parsed FROM '" + file + "' (FORMAT " + format + ") WHERE id < 0");
        return ROWS * 1e9 / (System.nanoTime() - start);
    }

    private static double looped(Path file, byte separator) throws IOException {
        long start = System.nanoTime();
        RowLoop loop = new RowLoop(Files.readAllBytes(file), separator);
        long sum = 0;
        while (loop.next()) {
            sum += loop.sum();
        }
        if (sum == 0) {
            throw new IOException("no rows in " + file);
        }
        return ROWS * 1e9 / (System.nanoTime() - start);
    }
}
