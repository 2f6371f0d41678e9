package org.gajah.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.Disk;
import org.gajah.base.DiskFile;
import org.gajah.base.Slice;

/** Reads frames in order, up to the end of the log. */
public final class LogReader implements AutoCloseable {
    private final TreeMap<Long, LogSegment> segments = new TreeMap<>();
    private final ByteBuffer header = ByteBuffer.allocate(LogFrame.HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private final long least;
    private final int checkpoint;
    private long position;

    /**
     * Will read from {@code position}, which must be where a frame begins or the end.
     *
     * @param least the log must not end before this
     * @param checkpoint the number of the checkpoint that this begins with, which must be the last one
     */
    public LogReader(Disk disk, long position, long least, int checkpoint) {
        this.position = position;
        this.least = least;
        this.checkpoint = checkpoint;
        for (String name : disk.list()) {
            if (LogSegment.isName(name)) {
                long start = LogSegment.startOf(name);
                segments.put(start, new LogSegment(start, name, disk.open(name)));
            }
        }
    }

    /** Where the next frame is expected; after the last one, the end of the log. */
    public long position() {
        return position;
    }

    /** The next frame; empty at the end of the log. XX001 if the log goes on behind a damaged frame. */
    public Optional<LogFrame> next() {
        Map.Entry<Long, LogSegment> segment = segments.floorEntry(position);
        Optional<LogFrame> frame = segment == null ? Optional.empty() : readAt(segment.getValue(), position);
        if (frame.isPresent()) {
            if (frame.get().checkpoint() > checkpoint) {
                throw new SqlError(SqlState.DATA_CORRUPTED, "the newest superblock of the data file is damaged")
                        .detail("The log knows checkpoint " + frame.get().checkpoint() + ", the data file only checkpoint " + checkpoint + ".");
            }
            position = frame.get().end();
        } else {
            checkComplete();
            checkNothingDurableFollows();
        }
        return frame;
    }

    /** A segment is made when all before it is durable, and a checkpoint is complete when all before its position is. */
    private void checkComplete() {
        Long next = segments.higherKey(position);
        boolean missing = position > 0 && segments.floorKey(position) == null;
        if (next != null || missing || position < least) {
            throw new SqlError(SqlState.DATA_CORRUPTED, "the log is damaged at position " + position)
                    .detail("It had been complete up to " + (next == null ? least : next) + ".");
        }
    }

    /** The frame at a position where one was read before. */
    public LogFrame reread(long at) {
        return readAt(segments.floorEntry(at).getValue(), at)
                .orElseThrow(() -> new SqlError(SqlState.DATA_CORRUPTED, "log frame at " + at + " has changed"));
    }

    private Optional<LogFrame> readAt(LogSegment segment, long at) {
        DiskFile file = segment.file();
        long size = file.size();
        long offset = at - segment.start();
        if (offset + LogFrame.HEADER > size) {
            return Optional.empty();
        }
        header.clear();
        file.read(offset, header);
        int length = header.getInt(4);
        if (header.getLong(8) != at || length < 0 || offset + LogFrame.HEADER + length > size) {
            return Optional.empty();
        }
        byte[] payload = new byte[length];
        file.read(offset + LogFrame.HEADER, ByteBuffer.wrap(payload));
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 4, LogFrame.HEADER - 4);
        crc.update(payload, 0, length);
        if ((int) crc.getValue() != header.getInt(0)) {
            return Optional.empty();
        }
        return Optional.of(new LogFrame(at, at + LogFrame.aligned(length), header.getInt(24), header.getInt(28),
                header.getLong(32), header.getLong(40), Slice.of(payload)));
    }

    private void checkNothingDurableFollows() {
        Map.Entry<Long, LogSegment> entry = segments.floorEntry(position);
        for (Map.Entry<Long, LogSegment> next = entry; next != null; next = segments.higherEntry(next.getKey())) {
            LogSegment segment = next.getValue();
            long from = Math.max(position, segment.start());
            scanForDurable(segment, from - segment.start());
        }
    }

    private void scanForDurable(LogSegment segment, long from) {
        long size = segment.file().size();
        ByteBuffer window = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        int step = window.capacity() - LogFrame.HEADER;
        for (long base = from; base + LogFrame.HEADER <= size; base += step) {
            window.clear();
            int n = segment.file().read(base, window);
            for (int i = 0; i + LogFrame.HEADER <= n && i < step; i += 8) {
                long at = segment.start() + base + i;
                if (window.getLong(i + 8) == at && window.getLong(i + 16) > position && readAt(segment, at).isPresent()) {
                    throw new SqlError(SqlState.DATA_CORRUPTED, "the log is damaged at position " + position)
                            .detail("A later frame, at " + at + ", shows that the log was complete up to there.");
                }
            }
        }
    }

    @Override
    public void close() {
        for (LogSegment segment : segments.values()) {
            segment.file().close();
        }
    }
}
