package org.gajah.tests.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows as text in columns. */
final class Table {
    private static final List<String> HEAD = List.of("measurement", "unit", "Gajah", "other", "figure", "ratio", "asked", "verdict");

    private Table() {}

    static String of(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        for (Row row : rows) {
            lines.add(List.of(row.name(), row.unit().word(), figure(row.gajah()), row.other(), figure(row.otherFigure()),
                    String.format(Locale.ROOT, "%.2f", row.ratio()), row.asked(), row.verdict()));
        }
        int[] widths = new int[HEAD.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                boolean number = i == 2 || i == 4 || i == 5;
                text.append(String.format("%" + (number ? "" : "-") + widths[i] + "s  ", line.get(i)));
            }
            text.setLength(text.toString().stripTrailing().length());
            text.append('\n');
        }
        return text.toString();
    }

    /** Three digits that matter. */
    static String figure(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }
}
