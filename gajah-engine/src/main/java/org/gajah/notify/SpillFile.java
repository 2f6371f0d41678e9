package org.gajah.notify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.gajah.base.DiskFile;
import org.gajah.base.Slice;

/** A queue of notifications in a file, read and written in pieces; used under its listener's guard. */
final class SpillFile implements AutoCloseable {
    private static final int PIECE_BYTES = 256 << 10;
    private static final int FIXED_BYTES = 4 + 8 + 8 + 8 + 8 + 2 + 4;

    /** A notification with its place in the queue. */
    record Entry(Notification notification, long position, long micros) {
    }

    private final DiskFile file;
    private final AtomicLong total;
    private final Runnable delete;
    private final ByteBuffer writing = ByteBuffer.allocate(PIECE_BYTES);
    private final ArrayDeque<Entry> read = new ArrayDeque<>();
    private long readPosition;
    private long writePosition;

    SpillFile(DiskFile file, AtomicLong total, Runnable delete) {
        this.file = file;
        this.total = total;
        this.delete = delete;
    }

    void add(Entry entry) {
        byte[] channel = entry.notification().channel().getBytes(StandardCharsets.UTF_8);
        Slice payload = entry.notification().payload();
        if (writing.remaining() < FIXED_BYTES + channel.length + payload.length()) {
            flush();
        }
        writing.putInt(entry.notification().processId()).putLong(entry.notification().commit()).putLong(entry.notification().number())
                .putLong(entry.position()).putLong(entry.micros()).putShort((short) channel.length).putInt(payload.length()).put(channel)
                .put(payload.array(), payload.offset(), payload.length());
    }

    private void flush() {
        writing.flip();
        int length = writing.remaining();
        file.write(writePosition, writing);
        writePosition += length;
        total.addAndGet(length);
        writing.clear();
    }

    /** The oldest entry, if there is one. */
    Optional<Entry> peek() {
        if (read.isEmpty()) {
            refill();
        }
        return Optional.ofNullable(read.peekFirst());
    }

    /** Takes the oldest entry, if there is one. */
    Optional<Entry> poll() {
        Optional<Entry> first = peek();
        read.pollFirst();
        return first;
    }

    private void refill() {
        if (readPosition == writePosition && writing.position() > 0) {
            flush();
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, writePosition - readPosition));
        file.read(readPosition, piece);
        piece.flip();
        int consumed = 0;
        while (decode(piece)) {
            consumed = piece.position();
        }
        readPosition += consumed;
        total.addAndGet(-consumed);
    }

    /** Reads an entry if all of it is there. */
    private boolean decode(ByteBuffer piece) {
        int start = piece.position();
        if (piece.remaining() < FIXED_BYTES) {
            return false;
        }
        int processId = piece.getInt();
        long commit = piece.getLong();
        long number = piece.getLong();
        long position = piece.getLong();
        long micros = piece.getLong();
        int nameLength = piece.getShort();
        int payloadLength = piece.getInt();
        if (piece.remaining() < nameLength + payloadLength) {
            piece.position(start);
            return false;
        }
        byte[] channel = new byte[nameLength];
        piece.get(channel);
        byte[] payload = new byte[payloadLength];
        piece.get(payload);
        Notification notification = new Notification(processId, new String(channel, StandardCharsets.UTF_8), Slice.of(payload), commit, number);
        read.addLast(new Entry(notification, position, micros));
        return true;
    }

    @Override
    public void close() {
        total.addAndGet(readPosition - writePosition);
        file.close();
        delete.run();
    }
}
