package org.gajah.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

import org.gajah.base.ByteSink;
import org.gajah.base.Slice;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Vector;

/**
 * Sorts rows by their keys' byte form: in memory, or in sorted runs in a temporary file that are merged. Rows with equal keys keep
 * their order. First all rows are added, then {@link #finish}, then they are read.
 */
final class RowSorter {
    private static final int LEAST_MERGED = 16;
    private static final int MOST_MERGED = 256;

    private final List<Carrier> carriers;
    private final RowOrder order;
    private final Frame frame;
    private final WorkMemory memory;
    private RowStore rows;
    private SortKeys keys = new SortKeys();
    private final ByteSink key = new ByteSink();
    private final List<SpillRun> runs = new ArrayList<>();
    private long keep = Long.MAX_VALUE;
    /** With a bound, the worst row that is still wanted; rows not before it are not taken. */
    private byte[] worst = new byte[0];
    private boolean full;
    private int[] sorted = new int[0];
    private int position;
    private PriorityQueue<Cursor> merge = new PriorityQueue<>();
    private long merged;

    /** A run's next row. */
    private record Cursor(SpillRun.Reader reader, int run) implements Comparable<Cursor> {
        @Override
        public int compareTo(Cursor other) {
            Slice a = reader.key();
            Slice b = other.reader.key();
            int compared = Arrays.compareUnsigned(a.array(), a.offset(), a.offset() + a.length(), b.array(), b.offset(), b.offset() + b.length());
            return compared != 0 ? compared : Integer.compare(run, other.run);
        }
    }

    RowSorter(List<Carrier> carriers, RowOrder order, Frame frame) {
        this.carriers = carriers;
        this.order = order;
        this.frame = frame;
        this.memory = new WorkMemory(frame, false);
        this.rows = new RowStore(carriers);
    }

    /** Forgets all and begins a run, of which only the first {@code bound} rows are wanted (0: all). */
    void begin(long bound) {
        clear();
        memory.begin();
        keep = bound > 0 ? bound : Long.MAX_VALUE;
    }

    /** Adds the selected rows of a batch. */
    void add(Batch batch) {
        frame.checkCancelled();
        int[] selected = batch.selection().rows;
        int count = batch.count();
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            key.clear();
            order.key(batch, row, key);
            if (!full || Arrays.compareUnsigned(key.array(), 0, key.size(), worst, 0, worst.length) < 0) {
                keys.add(key.array(), key.size());
                rows.append(batch, row);
            }
        }
        if (keep < 1 << 28 && rows.size() > 2 * keep + 4096) {
            truncate();
        }
        if (!memory.holds(rows.bytes() + keys.bytes())) {
            writeRun();
        }
    }

    private void truncate() {
        int[] best = Arrays.copyOf(keys.sorted(), (int) keep);
        worst = keys.get(best[best.length - 1]);
        full = true;
        RowStore kept = new RowStore(carriers);
        SortKeys keptKeys = new SortKeys();
        Batch row = Batch.of(carriers, 1);
        for (int number : best) {
            row.reset();
            rows.share(number, row, 0, 0);
            kept.append(row, 0);
            byte[] bytes = keys.get(number);
            keptKeys.add(bytes, bytes.length);
        }
        rows = kept;
        keys = keptKeys;
    }

    private void writeRun() {
        if (rows.size() == 0) {
            return;
        }
        SpillRun run = new SpillRun(memory, memory.blockBytes(LEAST_MERGED), true);
        int[] all = keys.sorted();
        int count = (int) Math.min(all.length, keep);
        Batch row = Batch.of(carriers, 1);
        Vector[] columns = row.columns();
        for (int i = 0; i < count; i++) {
            if ((i & 4095) == 0) {
                frame.checkCancelled();
            }
            row.reset();
            rows.share(all[i], row, 0, 0);
            byte[] bytes = keys.get(all[i]);
            run.add(bytes, 0, bytes.length, columns, 0);
        }
        run.finish();
        runs.add(run);
        rows.clear();
        keys.clear();
        memory.require(0);
    }

    /** How it sorts what it has, as EXPLAIN says it; before {@link #finish}. */
    Map<String, Object> notes(boolean bounded) {
        boolean disk = !runs.isEmpty();
        long bytes = rows.bytes() + keys.bytes() + runs.stream().mapToLong(SpillRun::bytes).sum();
        Map<String, Object> notes = new LinkedHashMap<>();
        notes.put("Sort Method", disk ? "external merge" : bounded && full ? "top-N heapsort" : "quicksort");
        notes.put("Sort Space Used", Math.max(1, bytes >> 10));
        notes.put("Sort Space Type", disk ? "Disk" : "Memory");
        return notes;
    }

    /** All rows are in. */
    void finish() {
        position = 0;
        merged = 0;
        if (runs.isEmpty()) {
            sorted = keys.sorted();
            if (sorted.length > keep) {
                sorted = Arrays.copyOf(sorted, (int) keep);
            }
            return;
        }
        writeRun();
        int ways = Math.clamp(memory.limitBytes() / (8 << 10), LEAST_MERGED, MOST_MERGED);
        while (runs.size() > ways) {
            List<SpillRun> before = List.copyOf(runs);
            runs.clear();
            for (int from = 0; from < before.size(); from += ways) {
                runs.add(mergeRuns(before.subList(from, Math.min(from + ways, before.size()))));
            }
        }
        merge = open(runs);
    }

    private PriorityQueue<Cursor> open(List<SpillRun> of) {
        PriorityQueue<Cursor> queue = new PriorityQueue<>();
        for (int i = 0; i < of.size(); i++) {
            SpillRun.Reader reader = of.get(i).reader();
            if (reader.advance()) {
                queue.add(new Cursor(reader, i));
            }
        }
        return queue;
    }

    private SpillRun mergeRuns(List<SpillRun> some) {
        PriorityQueue<Cursor> queue = open(some);
        SpillRun result = new SpillRun(memory, memory.blockBytes(LEAST_MERGED), true);
        Batch row = Batch.of(carriers, 1);
        Vector[] columns = row.columns();
        while (!queue.isEmpty() && result.rows() < keep) {
            if ((result.rows() & 4095) == 0) {
                frame.checkCancelled();
            }
            Cursor first = queue.poll();
            row.reset();
            Slice itsKey = first.reader.key();
            first.reader.read(columns, 0);
            result.add(itsKey.array(), itsKey.offset(), itsKey.length(), columns, 0);
            if (first.reader.advance()) {
                queue.add(first);
            }
        }
        result.finish();
        return result;
    }

    /** The next rows in order, at most {@code max}; they stay valid until the sorter is cleared, if the batch is not reused. */
    void next(Batch out, int max) {
        out.reset();
        int room = Math.min(max, out.selection().rows.length);
        if (runs.isEmpty()) {
            int count = Math.min(room, sorted.length - position);
            rows.gather(sorted, position, count, out, 0);
            position += count;
            out.selection().all(count);
            return;
        }
        frame.checkCancelled();
        Vector[] columns = out.columns();
        int count = 0;
        while (count < room && merged < keep && !merge.isEmpty()) {
            Cursor first = merge.poll();
            first.reader.read(columns, count++);
            merged++;
            if (first.reader.advance()) {
                merge.add(first);
            }
        }
        out.selection().all(count);
    }

    /** Gives everything back. */
    void clear() {
        rows.clear();
        keys.clear();
        runs.clear();
        merge.clear();
        sorted = new int[0];
        position = 0;
        full = false;
        memory.close();
    }

    boolean isEmpty() {
        return rows.size() == 0 && runs.isEmpty();
    }
}
