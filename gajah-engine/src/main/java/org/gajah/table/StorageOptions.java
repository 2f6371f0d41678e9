package org.gajah.table;

/**
 * How a cluster's storage runs.
 *
 * @param bufferPages most pages of 16 KB in memory (shared_buffers)
 * @param fsync whether forces reach the disk; without them a crash of the system may lose or damage data
 * @param threads whether log writing, purge and checkpoints have threads of their own; without, callers do the work (simulation)
 * @param maxLogBytes a checkpoint begins when the log since the last one is longer than half of this (max_wal_size)
 * @param undoBytes memory for what undoes changes; what exceeds it goes to a file
 */
public record StorageOptions(int bufferPages, boolean fsync, boolean threads, long maxLogBytes, long undoBytes) {
    /** 128 MB of buffers, 1 GB of log. */
    public static final StorageOptions DEFAULT = new StorageOptions(8192, true, true, 1L << 30);

    /** With an eighth of the heap for undo. */
    public StorageOptions(int bufferPages, boolean fsync, boolean threads, long maxLogBytes) {
        this(bufferPages, fsync, threads, maxLogBytes, Math.clamp(Runtime.getRuntime().maxMemory() / 8, 1L << 22, 1L << 30));
    }
}
