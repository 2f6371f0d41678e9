package org.gajah.server.embed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

import org.gajah.server.net.LocalPeer;
import org.gajah.server.net.Transport;

/** The server's end of a connection through memory. */
final class MemoryTransport implements Transport {
    private final MemoryLink link;

    MemoryTransport(MemoryLink link) {
        this.link = link;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return link.serverRead(into, offset, length, 0);
    }

    @Override
    public int read(byte[] into, int offset, int length, int timeoutMillis) throws IOException {
        try {
            return link.serverRead(into, offset, length, timeoutMillis);
        } catch (SocketTimeoutException nothingYet) {
            return 0;
        }
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        link.serverWrite(from, offset, length);
    }

    @Override
    public Optional<InetSocketAddress> remoteAddress() {
        return Optional.empty();
    }

    @Override
    public Optional<TlsFacts> tls() {
        return Optional.empty();
    }

    @Override
    public Optional<SocketChannel> waitable() {
        return Optional.empty();
    }

    @Override
    public Optional<LocalPeer> local() {
        return Optional.of(link);
    }

    @Override
    public void finish() {
        abort();
    }

    @Override
    public void abort() {
        link.serverCloses();
    }
}
