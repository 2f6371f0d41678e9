package org.gajah.table;

/**
 * How a cluster's storage runs.
 *
 * @param bufferPages most pages of 16 KB in memory (shared_buffers)
 * @param fsync whether forces reach the disk; without them a crash of the system may lose or damage data
 * @param threads whether log writing, purge and checkpoints have threads of their own; without, callers do the work (simulation)
 * @param maxLogBytes a checkpoint begins when the log since the last one is longer than half of this (max_wal_size)
 * @param checkpointSeconds a checkpoint also begins when the last one began so long ago and something was logged since (checkpoint_timeout)
 * @param completionTarget the part of the time to the next checkpoint that one may take (checkpoint_completion_target)
 * @param undoBytes memory for what undoes changes; what exceeds it goes to a file
 */
public record StorageOptions(int bufferPages, boolean fsync, boolean threads, long maxLogBytes, int checkpointSeconds,
        double completionTarget, long undoBytes) {
    /** 128 MB of buffers, 1 GB of log. */
    public static final StorageOptions DEFAULT = new StorageOptions(8192, true, true, 1L << 30);

    /** With an eighth of the heap for undo. */
    public StorageOptions(int bufferPages, boolean fsync, boolean threads, long maxLogBytes) {
        this(bufferPages, fsync, threads, maxLogBytes, Math.clamp(Runtime.getRuntime().maxMemory() / 8, 1L << 22, 1L << 30));
    }

    /** With checkpoints every five minutes. */
    public StorageOptions(int bufferPages, boolean fsync, boolean threads, long maxLogBytes, long undoBytes) {
        this(bufferPages, fsync, threads, maxLogBytes, 300, 0.9, undoBytes);
    }

    /** With other times of checkpoints. */
    public StorageOptions withCheckpoints(int everySeconds, double target) {
        return new StorageOptions(bufferPages, fsync, threads, maxLogBytes, everySeconds, target, undoBytes);
    }
}
