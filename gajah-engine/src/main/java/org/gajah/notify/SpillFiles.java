package org.gajah.notify;

import java.util.concurrent.atomic.AtomicLong;

import org.gajah.base.Disk;

/** The files that hold what slow listeners have not taken. They mean nothing after a restart. */
public final class SpillFiles {
    private static final String PREFIX = "notify-";

    private final Disk disk;
    private final AtomicLong nextNumber = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** Files in this directory; those of an earlier life are deleted. */
    public SpillFiles(Disk disk) {
        this.disk = disk;
        disk.list().stream().filter(name -> name.startsWith(PREFIX)).forEach(disk::delete);
    }

    SpillFile create() {
        String name = PREFIX + nextNumber.getAndIncrement();
        return new SpillFile(disk.create(name), bytes, () -> disk.delete(name));
    }

    /** Bytes in all files that were not read yet. */
    long bytes() {
        return bytes.get();
    }
}
