package org.gajah.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

import org.gajah.base.Disk;
import org.gajah.base.DiskException;
import org.gajah.base.Slice;

/** The end of the log on disk. Used by one thread at a time, but for what is said to be from any. */
final class LogFile {
    private static final int SEGMENT_BYTES = 16 << 20;
    private static final int EXTENT_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 1 << 17;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(EXTENT_BYTES).asReadOnlyBuffer();

    private final Disk disk;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private LogSegment segment;
    /** Bytes of the segment that exist on disk. */
    private long allocated;
    /** Position of what has been written to the file. */
    private long flushed;
    private final AtomicLong durable;
    /** Held while a segment is forced without the writer's lock, so that it is not closed meanwhile. */
    private final ReentrantLock forcing = new ReentrantLock();
    private volatile long position;
    /** Number of the last checkpoint, for the frames. */
    private volatile int checkpoint;

    LogFile(Disk disk, long position, int checkpoint) {
        this.checkpoint = checkpoint;
        this.disk = disk;
        this.position = position;
        this.flushed = position;
        this.durable = new AtomicLong(position);
        this.segment = LogSegment.create(disk, position);
    }

    long position() {
        return position;
    }

    void setCheckpoint(int checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** Whether the next frame is to stand in another segment. */
    boolean mustRoll() {
        return position - segment.start() >= SEGMENT_BYTES;
    }

    /** Takes disk space for these entries, rolling first if that must be; false (and nothing has happened) if there is none. */
    boolean reserve(List<LogEntry> entries) {
        long bytes = 0;
        for (LogEntry entry : entries) {
            bytes += LogFrame.aligned(entry.payload().length());
        }
        try {
            if (mustRoll()) {
                roll();
            }
            long needed = position - segment.start() + bytes;
            while (allocated < needed) {
                segment.file().write(allocated, ZEROS.duplicate());
                allocated += EXTENT_BYTES;
            }
            return true;
        } catch (DiskException e) {
            if (e.isFull()) {
                return false;
            }
            throw e;
        }
    }

    private void roll() {
        force();
        LogSegment next = LogSegment.create(disk, position);
        forcing.lock();
        try {
            segment.file().close();
        } finally {
            forcing.unlock();
        }
        segment = next;
        allocated = 0;
    }

    /** Builds the frame of an entry behind what was added before. */
    void add(LogEntry entry, long csn) {
        Slice payload = entry.payload();
        int total = LogFrame.aligned(payload.length());
        if (buffer.remaining() < LogFrame.HEADER) {
            flush();
        }
        int at = buffer.position();
        buffer.putInt(0).putInt(payload.length()).putLong(position).putLong(durable.get()).putInt(entry.type()).putInt(checkpoint)
                .putLong(entry.xid()).putLong(csn);
        crc.reset();
        crc.update(buffer.slice(at + 4, LogFrame.HEADER - 4));
        crc.update(payload.array(), payload.offset(), payload.length());
        buffer.putInt(at, (int) crc.getValue());
        append(payload);
        pad(total - LogFrame.HEADER - payload.length());
        entry.place(position, csn);
        position += total;
    }

    private void append(Slice payload) {
        int done = 0;
        while (done < payload.length()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int n = Math.min(buffer.remaining(), payload.length() - done);
            buffer.put(payload.array(), payload.offset() + done, n);
            done += n;
        }
    }

    private void pad(int count) {
        for (int i = 0; i < count; i++) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) 0);
        }
    }

    /** Writes what was added. */
    void flush() {
        if (buffer.position() == 0) {
            return;
        }
        buffer.flip();
        int n = buffer.remaining();
        segment.file().write(flushed - segment.start(), buffer);
        flushed += n;
        buffer.clear();
    }

    /** Writes what was added and makes it durable. */
    void force() {
        flush();
        if (durable.get() < flushed) {
            Forced written = written();
            written.force();
            noteForced(written);
        }
    }

    /** Bytes that are not known to be durable; from any thread. */
    long unforcedBytes() {
        return position - durable.get();
    }

    /** A segment, and up to where it has been written. */
    record Forced(LogSegment segment, long end) {
        void force() {
            segment.file().force();
        }
    }

    /** Held by whoever forces without the writer's lock: the segment is not closed meanwhile. */
    ReentrantLock forcing() {
        return forcing;
    }

    /** What has been written so far. */
    Forced written() {
        return new Forced(segment, flushed);
    }

    /** What was written has been forced; from any thread. */
    void noteForced(Forced forced) {
        durable.accumulateAndGet(forced.end, Math::max);
    }

    void dropBefore(long keep) {
        List<String> names = disk.list().stream().filter(LogSegment::isName).toList();
        boolean dropped = false;
        for (int i = 0; i + 1 < names.size(); i++) {
            if (LogSegment.startOf(names.get(i + 1)) <= keep && !names.get(i).equals(segment.name())) {
                disk.delete(names.get(i));
                dropped = true;
            }
        }
        if (dropped) {
            disk.syncDirectory();
        }
    }

    void close() {
        segment.file().close();
    }
}
