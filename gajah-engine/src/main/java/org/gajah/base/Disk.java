package org.gajah.base;

import java.util.List;

/**
 * A flat directory of files. Names and deletions are durable only after {@link #syncDirectory}, contents only after
 * {@link DiskFile#force}. Every failure is a {@link DiskException}.
 */
public interface Disk extends AutoCloseable {
    /** Names, sorted. */
    List<String> list();

    boolean exists(String name);

    /** Opens a file that exists for reading and writing. */
    DiskFile open(String name);

    /** Makes a new empty file. */
    DiskFile create(String name);

    void delete(String name);

    /** Renames, replacing what has the new name. */
    void rename(String from, String to);

    /** Makes creations, deletions and renames durable. */
    void syncDirectory();

    /** Claims the directory for this process until {@link #close}; a {@link DiskException} if another has it. */
    void lock();

    @Override
    void close();
}
