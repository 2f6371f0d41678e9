package org.gajah.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A plain TCP connection in blocking mode. */
public final class SocketTransport implements Transport {
    private static final int LINGER_BYTES = 16 * 1024;
    private static final int LINGER_READS = 64;

    private final SocketChannel channel;
    private final Optional<InetSocketAddress> remoteAddress;
    private byte[] firstBytes;
    private int firstAt;

    /** A transport over a channel from which {@code firstBytes} were read already. */
    public SocketTransport(SocketChannel channel, byte[] firstBytes) throws IOException {
        this.channel = channel;
        this.firstBytes = firstBytes;
        channel.configureBlocking(true);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        remoteAddress = Optional.ofNullable((InetSocketAddress) channel.getRemoteAddress());
    }

    /** The socket, for laying TLS over it. */
    Socket socket() {
        return channel.socket();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return firstBytes.length > 0 ? readFirst(into, offset, length)
                : channel.read(ByteBuffer.wrap(into, offset, length));
    }

    @Override
    public int read(byte[] into, int offset, int length, int timeoutMillis) throws IOException {
        if (firstBytes.length > 0) {
            return readFirst(into, offset, length);
        }
        channel.socket().setSoTimeout(timeoutMillis);
        try {
            return channel.socket().getInputStream().read(into, offset, length);
        } catch (SocketTimeoutException nothingYet) {
            return 0;
        }
    }

    private int readFirst(byte[] into, int offset, int length) {
        int some = Math.min(length, firstBytes.length - firstAt);
        System.arraycopy(firstBytes, firstAt, into, offset, some);
        firstAt += some;
        if (firstAt == firstBytes.length) {
            firstBytes = new byte[0];
        }
        return some;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public Optional<InetSocketAddress> remoteAddress() {
        return remoteAddress;
    }

    @Override
    public Optional<TlsFacts> tls() {
        return Optional.empty();
    }

    @Override
    public Optional<SocketChannel> waitable() {
        return firstBytes.length == 0 ? Optional.of(channel) : Optional.empty();
    }

    @Override
    public void finish() {
        try {
            linger();
        } catch (IOException goneAlready) {
            abort();
            return;
        }
        abort();
    }

    /** Reads away what the client has still sent: closing over unread bytes would reset the connection and lose the last words. */
    private void linger() throws IOException {
        channel.shutdownOutput();
        channel.configureBlocking(false);
        ByteBuffer rest = ByteBuffer.allocate(LINGER_BYTES);
        for (int reads = 0; reads < LINGER_READS && channel.read(rest) > 0; reads++) {
            rest.clear();
        }
    }

    @Override
    public void abort() {
        Closing.quietly(channel);
    }
}
