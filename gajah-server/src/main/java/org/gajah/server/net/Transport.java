package org.gajah.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A connection's two directions. One thread reads, one writes; {@link #abort} may come from any. */
public interface Transport {
    /** Blocks until at least one byte is there; the number of bytes read, or -1 at the end of the stream. */
    int read(byte[] into, int offset, int length) throws IOException;

    /** The same, but 0 if nothing came within {@code timeoutMillis}. */
    int read(byte[] into, int offset, int length, int timeoutMillis) throws IOException;

    /** Writes all bytes; blocks while the peer does not read. */
    void write(byte[] from, int offset, int length) throws IOException;

    /** The peer's address; empty in process. */
    Optional<InetSocketAddress> remoteAddress();

    /** The TLS session's facts; empty without TLS. */
    Optional<TlsFacts> tls();

    /**
     * The channel that becomes readable when there is something to read, for waiting on it without a thread; empty if that
     * cannot be had now. While someone waits on it nothing is read or written here.
     */
    Optional<SocketChannel> waitable() throws IOException;

    /** The client, if it is in this process. */
    default Optional<LocalPeer> local() {
        return Optional.empty();
    }

    /** Ends the connection in order. */
    void finish();

    /** Ends the connection at once and frees threads that are blocked in it. */
    void abort();

    /**
     * What authentication may ask of a TLS connection.
     *
     * @param endpointHash the tls-server-end-point binding; empty if the certificate's signature defines none
     */
    record TlsFacts(String protocol, String cipher, Optional<byte[]> endpointHash) {
    }
}
