package org.gajah.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.base.ScramVerifier;

/**
 * The server's side of one SCRAM-SHA-256 exchange (RFC 5802, 5929): first message in, challenge out, final message in,
 * signature out or nothing.
 *
 * <p>A role that does not exist or has no password goes through the same exchange against a verifier that nothing matches.
 */
final class ScramExchange {
    private static final String BINDING = "tls-server-end-point";

    private final ScramVerifier verifier;
    private final boolean genuine;
    private final Optional<byte[]> endpointHash;
    private final boolean plus;
    private String firstBare = "";
    private String serverFirst = "";
    private String nonce = "";
    private byte[] expectedBinding = new byte[0];

    /**
     * @param genuine whether the verifier belongs to the role, or merely stands in for one
     * @param endpointHash what a channel binding has to show; empty if none was offered
     * @param plus whether the client chose the mechanism with channel binding
     */
    ScramExchange(ScramVerifier verifier, boolean genuine, Optional<byte[]> endpointHash, boolean plus) {
        this.verifier = verifier;
        this.genuine = genuine;
        this.endpointHash = endpointHash;
        this.plus = plus;
    }

    /** Takes the client's first message and gives the challenge; {@code serverNonce} is printable randomness. */
    byte[] challenge(byte[] message, String serverNonce) {
        String text = ascii(message);
        int first = text.indexOf(',');
        int second = first < 0 ? -1 : text.indexOf(',', first + 1);
        if (second < 0) {
            throw malformed("Comma expected, but found end of string.");
        }
        checkBindingFlag(text.substring(0, first));
        if (second > first + 1) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED,
                    "client uses authorization identity, but it is not supported");
        }
        expectBinding(text.substring(0, second + 1));
        firstBare = text.substring(second + 1);
        List<String> attributes = attributes(firstBare);
        if (attributes.getFirst().startsWith("m=")) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED, "client requires an unsupported SCRAM extension");
        }
        value(attributes, 0, 'n');
        String clientNonce = value(attributes, 1, 'r');
        if (clientNonce.isEmpty() || !clientNonce.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "non-printable characters in SCRAM nonce");
        }
        nonce = clientNonce + serverNonce;
        serverFirst = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(verifier.salt()) + ",i="
                + verifier.iterations();
        return serverFirst.getBytes(StandardCharsets.US_ASCII);
    }

    private void checkBindingFlag(String flag) {
        boolean asks = flag.startsWith("p=");
        if (!asks && !flag.equals("n") && !flag.equals("y")) {
            throw malformed("Unexpected channel-binding flag \"" + printable(flag) + "\".");
        }
        if (asks != plus) {
            throw malformed(plus
                    ? "The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does not include channel binding data."
                    : "The client selected SCRAM-SHA-256 without channel binding, but the SCRAM message includes channel "
                    + "binding data.");
        }
        if (asks && !flag.equals("p=" + BINDING)) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "unsupported SCRAM channel-binding type \""
                    + printable(flag.substring(2)) + "\"");
        }
        if (flag.equals("y") && endpointHash.isPresent()) {
            throw new SqlError(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "SCRAM channel binding negotiation error")
                    .detail("The client supports SCRAM channel binding but thinks the server does not.  However, this "
                            + "server does support channel binding.");
        }
    }

    private void expectBinding(String header) {
        byte[] head = header.getBytes(StandardCharsets.US_ASCII);
        byte[] hash = plus ? endpointHash.orElseThrow() : new byte[0];
        expectedBinding = Arrays.copyOf(head, head.length + hash.length);
        System.arraycopy(hash, 0, expectedBinding, head.length, hash.length);
    }

    /** Takes the client's final message; gives the server's signature if the proof is right, else nothing. */
    Optional<byte[]> verify(byte[] message) {
        String text = ascii(message);
        int proofAt = text.lastIndexOf(",p=");
        if (proofAt < 0) {
            throw malformed("Attribute \"p\" expected.");
        }
        String withoutProof = text.substring(0, proofAt);
        List<String> attributes = attributes(withoutProof);
        byte[] binding = base64(value(attributes, 0, 'c'), "Malformed channel binding data.");
        if (!MessageDigest.isEqual(binding, expectedBinding)) {
            throw plus ? new SqlError(SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "SCRAM channel binding check failed")
                    : new SqlError(SqlState.PROTOCOL_VIOLATION,
                            "unexpected SCRAM channel-binding attribute in client-final-message");
        }
        if (!value(attributes, 1, 'r').equals(nonce)) {
            throw new SqlError(SqlState.PROTOCOL_VIOLATION, "invalid SCRAM response").detail("Nonce does not match.");
        }
        byte[] proof = base64(text.substring(proofAt + 3), "Malformed proof in client-final-message.");
        byte[] authMessage = (firstBare + "," + serverFirst + "," + withoutProof).getBytes(StandardCharsets.ISO_8859_1);
        boolean proved = verifier.provedBy(proof, authMessage);
        return proved && genuine
                ? Optional.of(("v=" + Base64.getEncoder().encodeToString(verifier.serverSignature(authMessage)))
                        .getBytes(StandardCharsets.US_ASCII))
                : Optional.empty();
    }

    private static String ascii(byte[] message) {
        for (byte b : message) {
            if (b == 0) {
                throw malformed("Message length does not match input length.");
            }
        }
        if (message.length == 0) {
            throw malformed("The message is empty.");
        }
        return new String(message, StandardCharsets.ISO_8859_1);
    }

    private static List<String> attributes(String text) {
        return new ArrayList<>(Arrays.asList(text.split(",", -1)));
    }

    private static String value(List<String> attributes, int index, char name) {
        if (index >= attributes.size() || !attributes.get(index).startsWith(name + "=")) {
            throw malformed("Attribute \"" + name + "\" expected.");
        }
        return attributes.get(index).substring(2);
    }

    private static byte[] base64(String text, String complaint) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed(complaint);
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private static SqlError malformed(String detail) {
        return new SqlError(SqlState.PROTOCOL_VIOLATION, "malformed SCRAM message").detail(detail);
    }
}
