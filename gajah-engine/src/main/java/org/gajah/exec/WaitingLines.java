package org.gajah.exec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The lines of rows that are in a table already and whose index entries still wait: by table, in the order of the rows. */
final class WaitingLines {
    private final Map<Integer, Lines> tables = new HashMap<>();
    private Lines last = new Lines(0);

    private static final class Lines {
        private final int table;
        private long[] lines = new long[64];
        private int count;

        Lines(int table) {
            this.table = table;
        }

        void add(long line) {
            if (count == lines.length) {
                lines = Arrays.copyOf(lines, count * 2);
            }
            lines[count++] = line;
        }
    }

    void add(int table, long line) {
        if (last.table != table) {
            last = tables.computeIfAbsent(table, Lines::new);
        }
        last.add(line);
    }

    long line(int table, int number) {
        return tables.get(table).lines[number];
    }

    void clear() {
        tables.values().forEach(l -> l.count = 0);
    }
}
