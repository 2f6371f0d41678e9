package org.gajah.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code ./bench}: runs the workloads and prints one table. */
public final class Bench {
    private static final List<Workload> WORKLOADS = List.of(new Pgbench(), new InProcess(), new Copying(), new CopyMemory(),
            new Parsing(), new InProcessLoad(), new StartUp(), new Memory(), new Notifications(), new Programs(), new Routines(), new Foreign(), new ForeignMappings());

    private Bench() {}

    /** Entry point; status 1 if a workload could not be run. */
    public static void main(String[] words) throws IOException {
        BenchOptions options;
        try {
            options = BenchOptions.parse(words);
        } catch (IllegalArgumentException e) {
            System.err.println(BenchOptions.USAGE + "\nnames: "
                    + WORKLOADS.stream().flatMap(w -> w.names().stream()).collect(Collectors.joining(" ")));
            System.exit(2);
            return;
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        System.err.println("bench: " + Runtime.getRuntime().availableProcessors() + " processors, data on "
                + Files.getFileStore(temporary).type() + " in " + temporary + ", " + options);
        if (Files.getFileStore(temporary).type().equals("tmpfs")) {
            System.err.println("WARNING: the data are in memory: forcing them costs nothing, figures of durable commits mean nothing");
        }
        List<Row> rows = new ArrayList<>();
        boolean failed = false;
        for (Workload workload : WORKLOADS) {
            try (Stage stage = new Stage(options)) {
                if (workload.names().stream().anyMatch(stage::wants)) {
                    rows.addAll(workload.run(stage));
                }
            } catch (IOException | SQLException e) {
                failed = true;
                System.err.println("FAILED: " + workload.names() + ": " + e);
            }
        }
        System.out.println();
        System.out.print(Table.of(rows));
        System.exit(failed ? 1 : 0);
    }
}
