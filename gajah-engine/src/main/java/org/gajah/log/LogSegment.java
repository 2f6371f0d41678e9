package org.gajah.log;

import org.gajah.base.Disk;
import org.gajah.base.DiskFile;

/** One file of the log. */
record LogSegment(long start, String name, DiskFile file) {
    private static final String PREFIX = "log-";

    static String nameOf(long start) {
        return PREFIX + String.format("%016x", start);
    }

    static boolean isName(String name) {
        return name.startsWith(PREFIX) && name.length() == PREFIX.length() + 16;
    }

    static long startOf(String name) {
        return Long.parseUnsignedLong(name.substring(PREFIX.length()), 16);
    }

    /** An empty segment that begins at {@code start}; what an interrupted recovery left there is discarded. */
    static LogSegment create(Disk disk, long start) {
        String name = nameOf(start);
        if (disk.exists(name)) {
            // not deleted: there is a segment at any time
            DiskFile file = disk.open(name);
            file.truncate(0);
            file.force();
            return new LogSegment(start, name, file);
        }
        DiskFile file = disk.create(name);
        disk.syncDirectory();
        return new LogSegment(start, name, file);
    }
}
