package org.gajah.server.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ByteSink;
import org.gajah.server.net.Transport;
import org.gajah.wire.WireOutput;

/** Messages on their way to the client: gathered in a buffer, written when someone asks or it is full. */
final class Output implements WireOutput {
    /** From how many bytes on {@link #relieve} writes. */
    static final int HIGH_WATER = 64 * 1024;
    private static final int MOST_AHEAD = 16 * HIGH_WATER;
    private static final String GONE = "connection to client lost";
    private static final int FIRST_CAPACITY = 1024;
    /** What a connection keeps that waits without a thread. */
    private static final int WAITING_CAPACITY = 2 * FIRST_CAPACITY;
    private static final int KEPT_CAPACITY = 4 * HIGH_WATER;

    private final Transport transport;
    private final ClientText text = new ClientText();
    private ByteSink sink = new ByteSink(FIRST_CAPACITY);
    private volatile int writes;
    private volatile boolean writing;
    private volatile boolean lost;

    Output(Transport transport) {
        this.transport = transport;
    }

    /** The buffer itself, for rows. It is another one after each flush. */
    ByteSink sink() {
        return sink;
    }

    /** The encoding of what is text in here. */
    ClientText text() {
        return text;
    }

    @Override
    public void putCString(String string) {
        if (text.transcoding().isEmpty()) {
            WireOutput.super.putCString(string);
        } else {
            sink.put(text.transcoding().get().forMessage(string.replace('\0', '?')));
            sink.putByte(0);
        }
    }

    @Override
    public void putByte(int value) {
        sink.putByte(value);
    }

    @Override
    public void putShort(int value) {
        sink.putShort(value);
    }

    @Override
    public void putInt(int value) {
        sink.putInt(value);
    }

    @Override
    public void put(byte[] source, int offset, int length) {
        sink.put(source, offset, length);
    }

    @Override
    public int size() {
        return sink.size();
    }

    @Override
    public void setInt(int at, int value) {
        sink.setInt(at, value);
    }

    /** Forgets what was put since the buffer had this size. */
    void truncate(int size) {
        sink.truncate(size);
    }

    /** Writes if the buffer is full. */
    void relieve() {
        if (sink.size() >= HIGH_WATER) {
            flush();
        }
    }

    /** Whether much is written that the client cannot take before the thread is its own again. */
    boolean isFull() {
        return transport.local().isPresent() && transport.local().get().isHost() && transport.local().get().backlog() > MOST_AHEAD;
    }

    /** Writes everything; 08006 if the client is gone. */
    void flush() {
        if (sink.size() == 0) {
            return;
        }
        if (lost) {
            sink.clear();
            throw new SqlError(SqlState.CONNECTION_FAILURE, GONE);
        }
        writes = writes + 1;
        writing = true;
        try {
            transport.write(sink.array(), 0, sink.size());
        } catch (IOException e) {
            lost = true;
            throw new SqlError(SqlState.CONNECTION_FAILURE, GONE, e);
        } finally {
            writing = false;
            sink.clear();
            if (sink.array().length > KEPT_CAPACITY) {
                sink = new ByteSink(FIRST_CAPACITY);
            }
        }
    }

    /** Writes what a channel in non-blocking mode takes now; false if something is left. */
    boolean flushSome(SocketChannel channel) {
        if (sink.size() > 0 && !lost) {
            try {
                int some = channel.write(ByteBuffer.wrap(sink.array(), 0, sink.size()));
                sink.removeFirst(some);
                if (sink.size() == 0 && sink.array().length > WAITING_CAPACITY) {
                    sink = new ByteSink(FIRST_CAPACITY);
                }
            } catch (IOException e) {
                lost = true;
            }
        }
        return sink.size() == 0 || lost;
    }

    /** Whether the client is known to be gone. */
    boolean isLost() {
        return lost;
    }

    /** Marks the client as gone. */
    void lose() {
        lost = true;
    }

    /** A number that stays the same while one write is blocked, or 0 if none is under way; from any thread. */
    int blockedWrite() {
        return writing ? writes : 0;
    }
}
