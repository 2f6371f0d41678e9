package org.gajah.exec;

import java.nio.ByteBuffer;

import org.gajah.base.DiskFile;

/** A temporary file of one operator: blocks are appended, read again by place, and go with the file. Never forced. */
final class SpillFile implements AutoCloseable {
    private final Workspace workspace;
    private final String name;
    private final DiskFile file;
    private long size;
    private boolean closed;

    SpillFile(Workspace workspace) {
        this.workspace = workspace;
        this.name = workspace.newFileName();
        this.file = workspace.disk().create(name);
    }

    /** Writes bytes at the end; returns where they start. */
    long append(byte[] bytes, int length) {
        workspace.countFileBytes(length);
        long at = size;
        size += length;
        file.write(at, ByteBuffer.wrap(bytes, 0, length));
        return at;
    }

    /** Fresh bytes with what was written there. */
    byte[] read(long position, int length) {
        byte[] bytes = new byte[length];
        int got = file.read(position, ByteBuffer.wrap(bytes));
        if (got != length) {
            throw new IllegalStateException("temporary file \"" + name + "\" ends at " + (position + got));
        }
        return bytes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            workspace.countFileBytes(-size);
            try {
                file.close();
            } finally {
                workspace.disk().delete(name);
            }
        }
    }
}
