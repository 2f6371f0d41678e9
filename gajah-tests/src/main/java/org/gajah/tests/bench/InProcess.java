package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TPC-B by JDBC inside the process that has the database, one JVM for each competitor. */
final class InProcess implements Workload {
    private static final List<Integer> THREADS = List.of(1, 8);

    @Override
    public List<String> names() {
        return THREADS.stream().map(t -> "inprocess-tpcb-" + t).toList();
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        Map<Competitor, EmbeddedChild> children = new LinkedHashMap<>();
        try {
            for (Competitor competitor : Competitor.values()) {
                children.put(competitor, EmbeddedChild.start(competitor, stage.fresh(competitor.name().toLowerCase()),
                        stage.options().scale()));
            }
            List<Row> rows = new ArrayList<>();
            for (int threads : THREADS) {
                String name = "inprocess-tpcb-" + threads;
                if (stage.wants(name)) {
                    rows.addAll(compare(name, threads, stage.options(), children));
                }
            }
            for (EmbeddedChild child : children.values()) {
                child.end();
            }
            return rows;
        } finally {
            children.values().forEach(EmbeddedChild::close);
        }
    }

    private static List<Row> compare(String name, int threads, BenchOptions options, Map<Competitor, EmbeddedChild> children)
            throws IOException, SQLException {
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        for (Map.Entry<Competitor, EmbeddedChild> child : children.entrySet()) {
            child.getValue().run(threads, options.seconds());
            attempts.put(child.getKey().label(), () -> child.getValue().run(threads, options.seconds()));
        }
        Map<String, Double> medians = Rounds.medians(name, options.rounds(), attempts);
        double gajah = medians.remove(Competitor.GAJAH.label());
        Competitor fasterSqlite = medians.get(Competitor.SQLITE_WAL.label()) >= medians.get(Competitor.SQLITE_DELETE.label())
                ? Competitor.SQLITE_WAL : Competitor.SQLITE_DELETE;
        List<Row> rows = new ArrayList<>();
        for (Competitor competitor : Competitor.values()) {
            if (competitor != Competitor.GAJAH) {
                boolean asked = competitor == Competitor.DERBY || competitor == fasterSqlite;
                rows.add(new Row(name, Unit.PER_SECOND, gajah, competitor.label(), medians.get(competitor.label()),
                        asked ? new Goal.Times(1) : new Goal.Nothing()));
            }
        }
        return rows;
    }
}
