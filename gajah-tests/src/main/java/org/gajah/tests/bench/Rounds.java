package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Competitors that take turns. */
final class Rounds {
    private Rounds() {}

    /** One run of one competitor. */
    interface Attempt {
        double measure() throws IOException, SQLException;
    }

    /** Lets everybody run, {@code rounds} times over; gives each one's median. */
    static Map<String, Double> medians(String name, int rounds, Map<String, Attempt> attempts) throws IOException, SQLException {
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Attempt> attempt : attempts.entrySet()) {
                double figure = attempt.getValue().measure();
                figures.computeIfAbsent(attempt.getKey(), _ -> new ArrayList<>()).add(figure);
                System.err.println(name + ": " + attempt.getKey() + " " + Table.figure(figure));
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        figures.forEach((who, all) -> medians.put(who, median(all)));
        return medians;
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }
}
