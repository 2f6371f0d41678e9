package org.gajah.server.embed;

import java.io.InputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;

/** The client's end of a connection through memory, as the socket that pgjdbc wants. */
final class MemorySocket extends Socket {
    private final MemoryLink link;
    private volatile int timeoutMillis;
    private volatile boolean closed;

    MemorySocket(MemoryLink link) {
        this.link = link;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) {
        // It is connected from the start.
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return length == 0 ? 0 : link.clientRead(into, offset, length, timeoutMillis);
            }

            @Override
            public int available() {
                return link.clientAvailable();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                try {
                    link.clientWrite(from, offset, length);
                } catch (IOException gone) {
                    // As with TCP, who speaks to a peer that has gone still hears its last words.
                    if (closed || link.clientAvailable() == 0) {
                        throw gone;
                    }
                }
            }
        };
    }

    @Override
    public void setSoTimeout(int timeout) {
        timeoutMillis = timeout;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // Memory delays nothing.
    }

    @Override
    public void setKeepAlive(boolean on) {
        // Nothing can be lost in memory without both ends knowing.
    }

    @Override
    public void setReceiveBufferSize(int size) {
        // Memory is taken as it is needed.
    }

    @Override
    public void setSendBufferSize(int size) {
        // Memory is taken as it is needed.
    }

    @Override
    public int getSendBufferSize() {
        return 1 << 16;
    }

    @Override
    public int getReceiveBufferSize() {
        return 1 << 16;
    }

    @Override
    public void shutdownOutput() {
        link.clientEnds();
    }

    @Override
    public void close() {
        closed = true;
        link.clientCloses();
    }
}
