package org.gajah.base;

import java.nio.ByteBuffer;

/** An open file, read and written by position; safe for several threads. Every failure is a {@link DiskException}. */
public interface DiskFile extends AutoCloseable {
    long size();

    /** Reads until {@code target} is full or the file ends; returns the number of bytes. */
    int read(long position, ByteBuffer target);

    /** Writes all of {@code source}, or throws. */
    void write(long position, ByteBuffer source);

    /** Makes what was written durable. After a failure nothing written since the last success may be relied on. */
    void force();

    void truncate(long size);

    @Override
    void close();
}
