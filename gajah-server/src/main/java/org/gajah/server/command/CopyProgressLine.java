package org.gajah.server.command;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** How far a copy has come: a line that is written over on a terminal, and a last line anywhere. */
final class CopyProgressLine {
    private static final long EVERY_NANOS = 200_000_000;
    private static final int BAR = 24;
    private static final double SECOND = 1e9;

    private final PrintStream err;
    private final boolean terminal;
    private final OptionalLong totalBytes;
    private final LongSupplier clock;
    private final long start;
    private final long startBytes;
    private long shown;

    /**
     * @param totalBytes how many bytes there are, if that is known
     * @param startBytes how many of them an earlier run has copied
     * @param clock nanoseconds
     */
    CopyProgressLine(PrintStream err, boolean terminal, OptionalLong totalBytes, long startBytes, LongSupplier clock) {
        this.err = err;
        this.terminal = terminal;
        this.totalBytes = totalBytes;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.startBytes = startBytes;
        this.shown = start;
    }

    /** Shows it, now and then. */
    void show(long rows, long bytes) {
        long now = clock.getAsLong();
        if (terminal && now - shown >= EVERY_NANOS) {
            shown = now;
            err.print("\r" + line(rows, bytes) + "\u001b[K");
            err.flush();
        }
    }

    /** The line as it is now. */
    String line(long rows, long bytes) {
        double seconds = (clock.getAsLong() - start) / SECOND;
        String rate = String.format(Locale.ROOT, "%,d rows, %,.0f rows/s, %s", rows, seconds == 0 ? 0 : rows / seconds, size(bytes));
        if (totalBytes.isEmpty() || totalBytes.getAsLong() == 0) {
            return rate;
        }
        long total = totalBytes.getAsLong();
        double done = Math.min(1, (double) bytes / total);
        long copied = bytes - startBytes;
        String left = copied <= 0 ? "" : ", " + time((total - bytes) / (copied / Math.max(seconds, 1e-3))) + " left";
        int filled = (int) (done * BAR);
        return String.format(Locale.ROOT, "[%s%s] %3.0f%%  %s of %s%s", "#".repeat(filled), " ".repeat(BAR - filled), done * 100, rate, size(total), left);
    }

    /** The last word. */
    void finish(long rows, long bytes, long rejected) {
        double seconds = (clock.getAsLong() - start) / SECOND;
        err.println((terminal ? "\r\u001b[K" : "") + String.format(Locale.ROOT, "gajah: copied %,d rows, %s in %.1f s (%,.0f rows/s)%s", rows,
                size(bytes), seconds, rows / Math.max(seconds, 1e-3), rejected == 0 ? "" : String.format(Locale.ROOT, "; %,d rows were rejected", rejected)));
    }

    private static String size(long bytes) {
        return bytes < 10_000 ? bytes + " B" : bytes < 10_000_000 ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : bytes < 10_000_000_000L ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6) : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    private static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole < 3600 ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
