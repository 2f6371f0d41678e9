package org.gajah.exec;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.gajah.plan.Plan.SetOperation.Kind;
import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;
import org.gajah.vector.Selection;
import org.gajah.vector.Vector;

/** INTERSECT and EXCEPT, by counting how often each row comes on either side. */
final class SetOperationOperator extends Operator {
    private final Kind kind;
    private final boolean all;
    private final Operator left;
    private final Operator right;
    private final Frame frame;
    private final KeyTable table;
    private final Vector[] values;
    private final Batch out;
    private final Batch stored;
    private final WorkMemory memory;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int level;
    private int[] leftCounts = new int[16];
    private int[] rightCounts = new int[16];
    private boolean counted;
    private int key;
    private long repeats;

    /** Spilled rows of both sides that have equal keys, and how often they have been divided. */
    private record Waiting(SpillRun left, Optional<SpillRun> right, int level) {
    }

    SetOperationOperator(Kind kind, boolean all, Operator left, Operator right, Frame frame, KeyTable table, List<Carrier> carriers) {
        this.kind = kind;
        this.all = all;
        this.left = left;
        this.right = right;
        this.frame = frame;
        this.table = table;
        this.values = new Vector[carriers.size()];
        this.out = Batch.of(carriers, BatchSize.MAX);
        this.stored = Batch.of(carriers, BatchSize.MAX);
        this.memory = new WorkMemory(frame, true);
    }

    @Override
    void start() {
        reset();
        memory.begin();
        left.open();
        right.open();
    }

    private void reset() {
        table.clear();
        Arrays.fill(leftCounts, 0);
        Arrays.fill(rightCounts, 0);
        waiting.clear();
        counted = false;
        level = 0;
    }

    /** Counts one side's rows; those of keys that there is no memory for go to a temporary file. */
    private Optional<Partitions> count(Supplier<Batch> side, boolean isLeft, boolean isSpilled) {
        Optional<Partitions> spilled = isSpilled ? Optional.of(new Partitions(memory, level)) : Optional.empty();
        for (Batch batch = side.get(); batch.count() > 0; batch = side.get()) {
            frame.checkCancelled();
            Selection rows = batch.selection();
            for (int c = 0; c < values.length; c++) {
                values[c] = batch.column(c);
            }
            table.hash(values, rows);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.rows[i];
                int found = isLeft && spilled.isEmpty() ? table.findOrAdd(values, row) : table.find(values, row);
                if (found >= 0) {
                    increment(found, isLeft);
                } else if (spilled.isPresent()) {
                    spilled.get().add(table.hash(row), values, row);
                }
            }
            if (isLeft && !memory.holds(table.bytes() + 8L * leftCounts.length)) {
                if (spilled.isEmpty() && level < Partitions.MOST_LEVELS) {
                    spilled = Optional.of(new Partitions(memory, level));
                }
                memory.require(table.bytes() + 8L * leftCounts.length);
            }
        }
        spilled.ifPresent(Partitions::finish);
        return spilled;
    }

    private void count(Supplier<Batch> leftRows, Supplier<Batch> rightRows) {
        Optional<Partitions> leftSpilled = count(leftRows, true, false);
        Optional<Partitions> rightSpilled = count(rightRows, false, leftSpilled.isPresent());
        if (leftSpilled.isPresent()) {
            for (int i = 0; i < Partitions.count(); i++) {
                Optional<SpillRun> rightPart = rightSpilled.orElseThrow().part(i);
                leftSpilled.get().part(i).ifPresent(run -> waiting.push(new Waiting(run, rightPart, level + 1)));
            }
        }
        counted = true;
        key = 0;
        repeats = table.size() > 0 ? times(0) : 0;
    }

    private boolean nextPart() {
        if (waiting.isEmpty()) {
            return false;
        }
        Waiting next = waiting.pop();
        table.clear();
        Arrays.fill(leftCounts, 0);
        Arrays.fill(rightCounts, 0);
        level = next.level;
        count(reading(Optional.of(next.left)), reading(next.right));
        return true;
    }

    private Supplier<Batch> reading(Optional<SpillRun> run) {
        Optional<SpillRun.Reader> reader = run.map(SpillRun::reader);
        return () -> {
            stored.reset();
            reader.ifPresent(r -> r.read(stored, stored.columns(), BatchSize.MAX));
            return stored;
        };
    }

    private void increment(int found, boolean isLeft) {
        if (found >= leftCounts.length) {
            leftCounts = Arrays.copyOf(leftCounts, found * 2);
            rightCounts = Arrays.copyOf(rightCounts, found * 2);
        }
        if (isLeft) {
            leftCounts[found]++;
        } else {
            rightCounts[found]++;
        }
    }

    /** How often a row comes in the result. */
    private int times(int row) {
        int l = leftCounts[row];
        int r = rightCounts[row];
        return switch (kind) {
            case INTERSECT -> all ? Math.min(l, r) : r > 0 ? 1 : 0;
            case EXCEPT -> all ? Math.max(0, l - r) : r == 0 ? 1 : 0;
        };
    }

    @Override
    Batch produce(int max) {
        if (!counted) {
            count(() -> left.next(BatchSize.MAX), () -> right.next(BatchSize.MAX));
            left.close();
            right.close();
        }
        out.reset();
        int count = 0;
        do {
            while (count < Math.min(max, BatchSize.MAX) && key < table.size()) {
                if (repeats > 0) {
                    repeats--;
                    table.keys().share(key, out, 0, count++);
                } else if (++key < table.size()) {
                    repeats = times(key);
                }
            }
        } while (count == 0 && nextPart());
        out.selection().all(count);
        return out;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        reset();
        memory.close();
    }
}
