package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** TPC-B and selects inside the process that has the database, by JDBC and by Gajah's own sessions, one JVM for each competitor. */
final class InProcess implements Workload {
    private static final Set<Competitor> OTHERS = Set.of(Competitor.H2, Competitor.H2_FORCED, Competitor.SQLITE_WAL, Competitor.SQLITE_DELETE,
            Competitor.DERBY);
    private static final List<Measure> MEASURES = List.of(
            new Measure("inprocess-tpcb-1", 1, false, Competitor.GAJAH, OTHERS, Set.of(Competitor.SQLITE_WAL, Competitor.DERBY), 1),
            new Measure("inprocess-tpcb-8", 8, false, Competitor.GAJAH, OTHERS, Set.of(Competitor.SQLITE_WAL, Competitor.DERBY), 1),
            new Measure("session-tpcb-8", 8, false, Competitor.GAJAH_SESSION, Set.of(Competitor.SQLITE_WAL, Competitor.DERBY),
                    Set.of(Competitor.SQLITE_WAL, Competitor.DERBY), 2),
            new Measure("session-select-1", 1, true, Competitor.GAJAH_SESSION, Set.of(Competitor.H2), Set.of(Competitor.H2), 1));

    /**
     * A measurement.
     *
     * @param asked  whom to be {@code factor} times as fast as
     */
    private record Measure(String name, int threads, boolean select, Competitor own, Set<Competitor> others, Set<Competitor> asked, double factor) {
    }

    @Override
    public List<String> names() {
        return MEASURES.stream().map(Measure::name).toList();
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        Map<Competitor, EmbeddedChild> children = new EnumMap<>(Competitor.class);
        try {
            List<Row> rows = new ArrayList<>();
            for (Measure measure : MEASURES) {
                if (stage.wants(measure.name)) {
                    rows.addAll(compare(measure, stage, children));
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

    private static List<Row> compare(Measure measure, Stage stage, Map<Competitor, EmbeddedChild> children) throws IOException, SQLException {
        Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
        int seconds = stage.options().seconds();
        for (Competitor competitor : Competitor.values()) {
            if (competitor == measure.own || measure.others.contains(competitor)) {
                if (!children.containsKey(competitor)) {
                    children.put(competitor, EmbeddedChild.start(competitor, stage.fresh(competitor.name().toLowerCase()), stage.options().scale()));
                }
                EmbeddedChild child = children.get(competitor);
                child.run(measure.threads, seconds, measure.select);
                attempts.put(competitor.label(), () -> child.run(measure.threads, seconds, measure.select));
            }
        }
        Map<String, Double> medians = Rounds.medians(measure.name, stage.options().rounds(), attempts);
        List<Row> rows = new ArrayList<>();
        for (Competitor competitor : Competitor.values()) {
            if (measure.others.contains(competitor)) {
                rows.add(new Row(measure.name, Unit.PER_SECOND, medians.get(measure.own.label()), competitor.label(), medians.get(competitor.label()),
                        measure.asked.contains(competitor) ? new Goal.Times(measure.factor) : new Goal.Nothing()));
            }
        }
        return rows;
    }
}
