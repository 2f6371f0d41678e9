package org.gajah.exec;

import org.gajah.vector.Batch;
import org.gajah.vector.Carrier;

import java.util.List;

/**
 * A plan that expressions and scans run besides the main one. {@code dependencies} are the slots from outside that it reads:
 * as long as their versions stay the same its rows do too.
 */
final class SubPlan {
    /** Stands for a subplan that nobody runs. */
    static final SubPlan NONE = new SubPlan(new Frame(0, 0), new SimpleOperators.Append(List.of()), List.of(), new int[0]);

    private final Frame frame;
    private final Operator root;
    private final List<Carrier> carriers;
    private final int[] dependencies;
    private final long[] seenVersions;
    private final RowStore rows;
    private boolean begun;
    private boolean running;
    private long generation;
    private long seenRun;

    SubPlan(Frame frame, Operator root, List<Carrier> carriers, int[] dependencies) {
        this.frame = frame;
        this.root = root;
        this.carriers = carriers;
        this.dependencies = dependencies;
        this.seenVersions = new long[dependencies.length];
        this.rows = new RowStore(carriers, new WorkMemory(frame, false));
    }

    List<Carrier> carriers() {
        return carriers;
    }

    Operator root() {
        return root;
    }

    /** Whether nothing that the plan reads has changed since the last call; notes the present state. */
    boolean unchanged() {
        boolean same = seenRun == frame.run();
        seenRun = frame.run();
        for (int i = 0; i < dependencies.length; i++) {
            long version = frame.slotVersion(dependencies[i]);
            same &= version == seenVersions[i];
            seenVersions[i] = version;
        }
        return same;
    }

    /** All rows from the beginning up to at least number {@code upTo}, if there are so many; kept for all readers. */
    RowStore rows(int upTo) {
        if (!unchanged() || !begun) {
            root.close();
            rows.begin();
            begun = true;
            root.open();
            running = true;
            generation++;
        }
        while (running && rows.size() <= upTo) {
            Batch batch = root.next(BatchSize.MAX);
            if (batch.count() == 0) {
                running = false;
                root.close();
            } else {
                rows.append(batch);
            }
        }
        return rows;
    }

    /** All rows; {@link #generation} tells whether they are others than before. */
    RowStore allRows() {
        return rows(Integer.MAX_VALUE - 1);
    }

    /** A number that changes whenever the plan is run anew. */
    long generation() {
        return generation;
    }

    /** Runs what is left, as a WITH query that changes rows must. */
    void finish() {
        allRows();
    }

    /** Ends the run. */
    void close() {
        root.close();
        running = false;
        seenRun = 0;
        rows.close();
        begun = false;
    }
}
