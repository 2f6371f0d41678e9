package org.gajah.server.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ScramVerifier;
import org.gajah.engine.Cluster;
import org.gajah.wire.AuthenticationCleartextPassword;
import org.gajah.wire.AuthenticationSASL;
import org.gajah.wire.AuthenticationSASLContinue;
import org.gajah.wire.AuthenticationSASLFinal;
import org.gajah.wire.FrameLimits;
import org.gajah.wire.FrontendMessage;
import org.gajah.wire.MalformedMessage;
import org.gajah.wire.SASLInitialResponse;

/** Decides whether a client is who it says it is. Shared by all connections. */
public final class Authenticator {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final String SCRAM = "SCRAM-SHA-256";
    private static final String SCRAM_PLUS = "SCRAM-SHA-256-PLUS";

    private final Cluster cluster;
    private volatile HbaFile rules;
    private final SecureRandom random = new SecureRandom();
    private final byte[] standInSecret = new byte[32];

    public Authenticator(Cluster cluster, HbaFile rules) {
        this.cluster = cluster;
        this.rules = rules;
        random.nextBytes(standInSecret);
    }

    /** From now on these rules count. */
    public void useRules(HbaFile newRules) {
        rules = newRules;
    }

    /** Returns if the client may come in as {@code user}; throws what it is to be told if not. */
    public void authenticate(String user, String database, Optional<InetAddress> address, boolean encrypted,
            Optional<byte[]> endpointHash, AuthChannel channel) throws IOException, MalformedMessage {
        Optional<Cluster.Login> login = cluster.login(user);
        HbaRequest request = new HbaRequest(address, encrypted, database, user,
                login.map(Cluster.Login::memberOf).orElse(List.of()));
        HbaMethod method = rules.method(request).orElseThrow(() -> refused("no pg_hba.conf entry for", request));
        boolean in = switch (method) {
            case TRUST -> true;
            case REJECT -> throw refused("pg_hba.conf rejects connection for", request);
            case PASSWORD -> password(login, channel);
            case SCRAM_SHA_256 -> scram(user, login, endpointHash, channel);
        };
        if (!in) {
            throw new SqlError(SqlState.INVALID_PASSWORD, "password authentication failed for user \"" + user + "\"");
        }
    }

    private static SqlError refused(String what, HbaRequest request) {
        String host = request.address().map(InetAddress::getHostAddress).orElse("[local]");
        return new SqlError(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, what + " host \"" + host + "\", user \""
                + request.user() + "\", database \"" + request.database() + "\", "
                + (request.encrypted() ? "SSL encryption" : "no encryption"));
    }

    /** The role's verifier, if it has one and it has not expired. */
    private static Optional<ScramVerifier> verifier(Optional<Cluster.Login> login) {
        long nowMicros = Duration.between(EPOCH, Instant.now()).toNanos() / 1000;
        return login.filter(role -> role.validUntilMicros() > nowMicros).flatMap(Cluster.Login::verifier)
                .flatMap(ScramVerifier::parse);
    }

    private boolean password(Optional<Cluster.Login> login, AuthChannel channel) throws IOException, MalformedMessage {
        channel.send(new AuthenticationCleartextPassword());
        String password = FrontendMessage.password(channel.receive(FrameLimits.PASSWORD_ONLY)).password();
        if (password.isEmpty()) {
            throw new SqlError(SqlState.INVALID_PASSWORD, "empty password returned by client");
        }
        Optional<ScramVerifier> verifier = verifier(login);
        boolean matches = verifier.orElseGet(() -> standIn("")).matches(password);
        return matches && verifier.isPresent();
    }

    private boolean scram(String user, Optional<Cluster.Login> login, Optional<byte[]> endpointHash,
            AuthChannel channel) throws IOException, MalformedMessage {
        List<String> mechanisms = endpointHash.isPresent() ? List.of(SCRAM_PLUS, SCRAM) : List.of(SCRAM);
        channel.send(new AuthenticationSASL(mechanisms));
        SASLInitialResponse initial = FrontendMessage.saslInitial(channel.receive(FrameLimits.SASL_ONLY));
        if (!mechanisms.contains(initial.mechanism())) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "client selected an invalid SASL authentication mechanism");
        }
        byte[] first = initial.response().orElse(new byte[0]);
        if (initial.response().isEmpty()) {
            channel.send(new AuthenticationSASLContinue(new byte[0]));
            first = FrontendMessage.sasl(channel.receive(FrameLimits.SASL_ONLY)).data();
        }
        Optional<ScramVerifier> verifier = verifier(login);
        ScramExchange exchange = new ScramExchange(verifier.orElseGet(() -> standIn(user)), verifier.isPresent(),
                endpointHash, initial.mechanism().equals(SCRAM_PLUS));
        channel.send(new AuthenticationSASLContinue(exchange.challenge(first, nonce())));
        byte[] last = FrontendMessage.sasl(channel.receive(FrameLimits.SASL_ONLY)).data();
        Optional<byte[]> signature = exchange.verify(last);
        if (signature.isPresent()) {
            channel.send(new AuthenticationSASLFinal(signature.get()));
        }
        return signature.isPresent();
    }

    private String nonce() {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A verifier for a role that has none: the same salt whenever the same name is tried, and keys nobody can prove. */
    private ScramVerifier standIn(String user) {
        byte[] salt = Arrays.copyOf(digest(user), ScramVerifier.SALT_LENGTH);
        return new ScramVerifier(ScramVerifier.DEFAULT_ITERATIONS, salt, digest(user + "/stored"),
                digest(user + "/server"));
    }

    private byte[] digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(standInSecret);
            return digest.digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
