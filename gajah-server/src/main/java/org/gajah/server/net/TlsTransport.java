package org.gajah.server.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TLS connection over a plain one. */
public final class TlsTransport implements Transport {
    private static final String PROTOCOL = "postgresql";

    private final SocketTransport plain;
    private final SSLSocket socket;
    private final InputStream input;
    private final OutputStream output;
    private final TlsFacts facts;

    private TlsTransport(SocketTransport plain, SSLSocket socket, TlsFacts facts) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.input = socket.getInputStream();
        this.output = socket.getOutputStream();
        this.facts = facts;
    }

    /**
     * Does the server's side of the handshake; {@code consumed} is what was read of it already. With {@code direct} TLS the
     * client has to name the protocol through ALPN.
     */
    public static TlsTransport handshake(SocketTransport plain, byte[] consumed, ServerCertificate certificate,
            boolean direct) throws IOException {
        SSLSocket socket = (SSLSocket) certificate.context().getSocketFactory()
                .createSocket(plain.socket(), new ByteArrayInputStream(consumed), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        parameters.setUseCipherSuitesOrder(true);
        socket.setSSLParameters(parameters);
        socket.setUseClientMode(false);
        socket.startHandshake();
        if (direct && !PROTOCOL.equals(socket.getApplicationProtocol())) {
            throw new IOException("received direct SSL connection request without ALPN protocol negotiation extension");
        }
        return new TlsTransport(plain, socket, new TlsFacts(socket.getSession().getProtocol(),
                socket.getSession().getCipherSuite(), certificate.endpointHash()));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        socket.setSoTimeout(0);
        return input.read(into, offset, length);
    }

    @Override
    public int read(byte[] into, int offset, int length, int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        try {
            return input.read(into, offset, length);
        } catch (SocketTimeoutException nothingYet) {
            return 0;
        }
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        output.write(from, offset, length);
        output.flush();
    }

    @Override
    public Optional<InetSocketAddress> remoteAddress() {
        return plain.remoteAddress();
    }

    @Override
    public Optional<TlsFacts> tls() {
        return Optional.of(facts);
    }

    @Override
    public Optional<SocketChannel> waitable() throws IOException {
        return input.available() == 0 ? plain.waitable() : Optional.empty();
    }

    @Override
    public void finish() {
        Closing.quietly(socket);
        plain.abort();
    }

    @Override
    public void abort() {
        plain.abort();
    }
}
