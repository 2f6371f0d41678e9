package org.gajah.server.connection;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.server.auth.AuthChannel;
import org.gajah.server.auth.Authenticator;
import org.gajah.server.net.ServerCertificate;
import org.gajah.server.net.SocketTransport;
import org.gajah.server.net.TlsTransport;
import org.gajah.server.net.Transport;
import org.gajah.wire.AuthenticationOk;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.CancelRequest;
import org.gajah.wire.Frame;
import org.gajah.wire.FrameLimits;
import org.gajah.wire.FrameReader;
import org.gajah.wire.FramingError;
import org.gajah.wire.GSSENCRequest;
import org.gajah.wire.MalformedMessage;
import org.gajah.wire.NegotiateProtocolVersion;
import org.gajah.wire.SSLRequest;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.StartupPacket;

/**
 * The first phase of a connection: encryption, the startup message, authentication.
 *
 * <p>SSLRequest and GSSENCRequest are each answered once, in a loop. Nothing that came in before a TLS handshake is used after it.
 */
final class Startup {
    /** The newest protocol that is spoken here. */
    static final int NEWEST = StartupMessage.V3_2;
    private static final int MAX_NAME = 63;
    private static final int MOST_BYTES = 1 << 20;

    private final Optional<ServerCertificate> certificate;
    private final Authenticator authenticator;
    private final Consumer<Transport> onTransport;
    private Transport transport;
    private FrameReader reader;
    private boolean sslAsked;
    private boolean gssAsked;

    /** @param onTransport is told when TLS has taken the plain transport's place */
    Startup(Transport transport, Optional<ServerCertificate> certificate, Authenticator authenticator,
            Consumer<Transport> onTransport) {
        this.transport = transport;
        this.certificate = certificate;
        this.authenticator = authenticator;
        this.onTransport = onTransport;
        this.reader = new FrameReader(transport::read, MOST_BYTES);
    }

    Transport transport() {
        return transport;
    }

    /** The packet that says what the client wants: empty if it went away. */
    Optional<StartupPacket> request() throws IOException, MalformedMessage {
        if (reader.peek() == 0x16) {
            handshake(reader.takeBuffered(), true);
            sslAsked = true;
            gssAsked = true;
        }
        while (true) {
            Optional<Frame> frame = reader.nextStartup();
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            switch (StartupPacket.decode(frame.get())) {
                case SSLRequest _ when !sslAsked -> {
                    sslAsked = true;
                    gssAsked |= ssl();
                }
                case GSSENCRequest _ when !gssAsked -> {
                    gssAsked = true;
                    answer('N', "GSSAPI encryption request");
                }
                case SSLRequest _, GSSENCRequest _ -> throw unsupported(frame.get());
                case CancelRequest cancel -> {
                    return Optional.of(cancel);
                }
                case StartupMessage message -> {
                    if (message.major() != 3) {
                        throw unsupported(frame.get());
                    }
                    return Optional.of(message);
                }
            }
        }
    }

    private static SqlError unsupported(Frame frame) throws MalformedMessage {
        int version = frame.body().getInt();
        return new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "unsupported frontend protocol " + (version >>> 16) + "."
                + (version & 0xffff) + ": server supports 3.0 to 3.2");
    }

    private boolean ssl() throws IOException {
        boolean offered = certificate.isPresent() && transport instanceof SocketTransport;
        answer(offered ? 'S' : 'N', "SSL request");
        if (offered) {
            handshake(new byte[0], false);
        }
        return offered;
    }

    /** Answers with one byte; what has arrived behind the request was not encrypted although it should be. */
    private void answer(char letter, String what) throws IOException {
        transport.write(new byte[] {(byte) letter}, 0, 1);
        if (reader.buffered() > 0) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "received unencrypted data after " + what)
                    .detail("This could be either a client-software bug or evidence of an attempted man-in-the-middle "
                            + "attack.");
        }
    }

    private void handshake(byte[] consumed, boolean direct) throws IOException {
        if (certificate.isEmpty() || !(transport instanceof SocketTransport plain)) {
            throw new IOException("a TLS handshake where none is offered");
        }
        transport = TlsTransport.handshake(plain, consumed, certificate.get(), direct);
        reader = new FrameReader(transport::read, MOST_BYTES);
        onTransport.accept(transport);
    }

    /** Checks that the message can be served, negotiates the version and authenticates. */
    Client authenticate(StartupMessage message, Output out) throws IOException, MalformedMessage {
        Client client = client(message);
        List<String> unknown = message.parameters().keySet().stream().filter(name -> name.startsWith("_pq_.")).toList();
        if (message.version() > NEWEST || !unknown.isEmpty()) {
            new NegotiateProtocolVersion(Math.min(message.version(), NEWEST), unknown).encode(out);
        }
        AuthChannel channel = new AuthChannel() {
            @Override
            public void send(BackendMessage reply) {
                reply.encode(out);
                out.flush();
            }

            @Override
            public Frame receive(FrameLimits limits) throws IOException {
                Optional<Frame> frame;
                try {
                    frame = reader.next(limits);
                } catch (FramingError e) {
                    throw new SqlError(SqlState.PROTOCOL_VIOLATION, "expected SASL response or password, got "
                            + "a message that is neither", e);
                }
                return frame.orElseThrow(EOFException::new);
            }
        };
        authenticator.authenticate(client.user, client.database,
                transport.remoteAddress().map(InetSocketAddress::getAddress), transport.tls().isPresent(),
                transport.tls().flatMap(Transport.TlsFacts::endpointHash), channel);
        new AuthenticationOk().encode(out);
        return client;
    }

    /** Bytes that came behind the startup message, and everything after them. */
    byte[] rest() {
        return reader.takeBuffered();
    }

    /** Who wants in, where to, and with which settings. */
    record Client(String user, String database, List<Map.Entry<String, String>> settings, boolean longCancelKey) {
    }

    private static Client client(StartupMessage message) {
        Map<String, String> parameters = message.parameters();
        checkReplication(parameters.getOrDefault("replication", "off"));
        String user = parameters.getOrDefault("user", "");
        if (user.isEmpty()) {
            throw new SqlError(SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    "no PostgreSQL user name specified in startup packet");
        }
        String database = parameters.getOrDefault("database", "");
        List<Map.Entry<String, String>> settings = new ArrayList<>();
        StartupOptions.parse(parameters.getOrDefault("options", ""), settings);
        parameters.forEach((name, value) -> {
            if (!List.of("user", "database", "options", "replication").contains(name) && !name.startsWith("_pq_.")) {
                settings.add(Map.entry(name, value));
            }
        });
        return new Client(truncate(user), truncate(database.isEmpty() ? user : database), settings,
                message.minor() >= 2);
    }

    private static void checkReplication(String value) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "false", "off", "no", "0" -> { }
            case "true", "on", "yes", "1", "database" ->
                    throw SqlError.notSupported("replication connections are not supported");
            default -> throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for parameter \"replication\": \""
                    + value + "\"").hint("Valid values are: \"false\", 0, \"true\", 1, \"database\".");
        }
    }

    /** Names longer than 63 bytes are cut, between characters, as everywhere. */
    private static String truncate(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int c = name.codePointAt(end);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes > MAX_NAME) {
                break;
            }
            end += Character.charCount(c);
        }
        return name.substring(0, end);
    }
}
