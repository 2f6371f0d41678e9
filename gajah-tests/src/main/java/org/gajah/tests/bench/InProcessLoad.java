package org.gajah.tests.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loading a csv file of a million rows inside the process that has the database: see {@link EmbeddedLoad}. */
final class InProcessLoad implements Workload {
    private static final String NAME = "inprocess-load";
    private static final int ROWS = 1_000_000;

    @Override
    public List<String> names() {
        return List.of(NAME);
    }

    @Override
    public List<Row> run(Stage stage) throws IOException {
        Path file = stage.fresh("rows");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            CopyStream.rows(CopyStream.Format.CSV, 0, ROWS, out);
        }
        double gajah = 0;
        List<Row> rows = new ArrayList<>();
        for (Competitor competitor : List.of(Competitor.GAJAH, Competitor.H2, Competitor.SQLITE_WAL, Competitor.SQLITE_DELETE)) {
            double speed = speed(stage, competitor, file);
            System.err.println(NAME + ": " + competitor.label() + " " + Table.figure(speed));
            if (competitor == Competitor.GAJAH) {
                gajah = speed;
            } else {
                rows.add(new Row(NAME, Unit.PER_SECOND, gajah, competitor.label(), speed, new Goal.Times(1)));
            }
        }
        return rows;
    }

    /** The median but the first run's. */
    private static double speed(Stage stage, Competitor competitor, Path file) throws IOException {
        int runs = stage.options().rounds() + 1;
        String classes = System.getProperty("jdk.module.path") + java.io.File.pathSeparator + System.getProperty("java.class.path", "");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", classes, EmbeddedLoad.class.getName(), competitor.name(),
                stage.fresh(competitor.name().toLowerCase()).toString(), file.toString(), Integer.toString(ROWS), Integer.toString(runs)))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<Double> speeds = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter(l -> l.startsWith("speed ")).skip(1).map(l -> Double.valueOf(l.substring(6))).sorted().toList();
        return Optional.of(speeds).filter(s -> !s.isEmpty()).map(s -> s.get(s.size() / 2))
                .orElseThrow(() -> new IOException(competitor.label() + " did not load the rows"));
    }
}
