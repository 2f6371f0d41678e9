package org.gajah.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.gajah.wire.FrameLimits;

/** Collects the packet that opens a connection, in a buffer that grows with what arrives. */
final class FirstPacket {
    private static final int TLS_HANDSHAKE = 0x16;

    /** What a read has led to. */
    enum Progress { MORE, READY, HOPELESS }

    private final long deadline;
    private ByteBuffer buffer = ByteBuffer.allocate(256);

    FirstPacket(long deadline) {
        this.deadline = deadline;
    }

    long deadline() {
        return deadline;
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    Progress read(SocketChannel channel) throws IOException {
        if (!buffer.hasRemaining()) {
            buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(bytes());
        }
        if (channel.read(buffer) < 0) {
            return Progress.HOPELESS;
        }
        if (buffer.position() > 0 && buffer.get(0) == TLS_HANDSHAKE) {
            return Progress.READY;
        }
        if (buffer.position() < 4) {
            return Progress.MORE;
        }
        int length = buffer.getInt(0);
        if (length < 8 || length > FrameLimits.STARTUP + 4) {
            return Progress.HOPELESS;
        }
        return buffer.position() >= length ? Progress.READY : Progress.MORE;
    }
}
