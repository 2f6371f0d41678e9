package org.gajah.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.gajah.vector.Vector;

/** Rows written to a temporary file by the hash of their keys: rows with equal keys are in the same part. Each level splits by other bits. */
final class Partitions {
    private static final int BITS = 4;
    private static final int COUNT = 1 << BITS;
    /** Rows that still do not fit after so many divisions have equal hashes, and are taken as they are. */
    static final int MOST_LEVELS = 6;

    private final WorkMemory memory;
    private final int level;
    private final List<Optional<SpillRun>> runs = new ArrayList<>();

    /** @param level 0 for rows that have not been divided before */
    Partitions(WorkMemory memory, int level) {
        this.memory = memory;
        this.level = level;
        for (int i = 0; i < COUNT; i++) {
            runs.add(Optional.empty());
        }
    }

    static int count() {
        return COUNT;
    }

    int level() {
        return level;
    }

    void add(long hash, Vector[] columns, int row) {
        int part = (int) (hash >>> 64 - BITS * (level + 1)) & COUNT - 1;
        if (runs.get(part).isEmpty()) {
            runs.set(part, Optional.of(new SpillRun(memory, memory.blockBytes(2 * COUNT), false)));
        }
        runs.get(part).get().add(columns, row);
    }

    void finish() {
        runs.forEach(run -> run.ifPresent(SpillRun::finish));
    }

    Optional<SpillRun> part(int index) {
        return runs.get(index);
    }
}
