package org.gajah.store;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSource;
import org.gajah.base.Disk;
import org.gajah.base.DiskException;
import org.gajah.base.DiskFile;

/**
 * A file for undo that does not fit into memory: runs of bytes, each written once, read any number of times, and given back. Made when
 * it is first needed; nothing in it outlives the process. Safe for any number of threads.
 *
 * <p>Runs lie in cells of a few sizes, so that a cell given back fits the next run of about that length.
 */
final class SpillFile {
    static final String NAME = "undo";
    private static final int UNIT = 512;

    /** A run in the file. */
    record Run(long position, int length, int checksum) {
    }

    private final Disk disk;
    private Optional<DiskFile> file = Optional.empty();
    private final Map<Integer, ArrayDeque<Long>> free = new HashMap<>();
    private long end;
    private long used;

    SpillFile(Disk disk) {
        this.disk = disk;
        if (disk.exists(NAME)) {
            disk.delete(NAME);
        }
    }

    /** Bytes of the cells in use. */
    synchronized long used() {
        return used;
    }

    /** The size of the cell for a run: at most a quarter more than needed. */
    private static int cell(int length) {
        int units = Math.max(1, (length + UNIT - 1) / UNIT);
        int step = Math.max(1, Integer.highestOneBit(units) / 4);
        return (units + step - 1) / step * step * UNIT;
    }

    /** Writes a run; 53100 if the disk is full, and nothing has happened. */
    Run write(byte[] bytes, int length) {
        int cell = cell(length);
        long position = take(cell);
        try {
            file().write(position, ByteBuffer.wrap(bytes, 0, length));
        } catch (RuntimeException e) {
            give(position, cell);
            throw e instanceof DiskException failure ? error(failure) : e;
        }
        return new Run(position, length, checksum(bytes, length));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static SqlError error(DiskException e) {
        return e.isFull() ? new SqlError(SqlState.DISK_FULL, "could not write to file \"" + NAME + "\": No space left on device", e)
                .hint("Check free disk space.") : new SqlError(SqlState.IO_ERROR, e.getMessage(), e);
    }

    private synchronized DiskFile file() {
        if (file.isEmpty()) {
            file = Optional.of(disk.create(NAME));
        }
        return file.get();
    }

    private synchronized long take(int cell) {
        used += cell;
        ArrayDeque<Long> cells = free.get(cell);
        if (cells != null && !cells.isEmpty()) {
            return cells.pollLast();
        }
        end += cell;
        return end - cell;
    }

    private synchronized void give(long position, int cell) {
        used -= cell;
        if (used > 0) {
            free.computeIfAbsent(cell, size -> new ArrayDeque<>()).addLast(position);
        } else if (end > 0) {
            end = 0;
            free.clear();
            file.ifPresent(open -> open.truncate(0));
        }
    }

    ByteSource read(Run run) {
        byte[] bytes = new byte[run.length()];
        int n;
        try {
            n = file().read(run.position(), ByteBuffer.wrap(bytes));
        } catch (DiskException e) {
            throw error(e);
        }
        if (n != bytes.length || checksum(bytes, n) != run.checksum()) {
            throw new SqlError(SqlState.DATA_CORRUPTED, "invalid data at " + run.position() + " of file \"" + NAME + "\"");
        }
        return new ByteSource(bytes);
    }

    /** Gives a run's cell back. */
    void free(Run run) {
        give(run.position(), cell(run.length()));
    }

    /** Removes the file. */
    synchronized void close() {
        if (file.isPresent()) {
            file.get().close();
            disk.delete(NAME);
            file = Optional.empty();
        }
    }
}
