package org.gajah.base;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server keeps of a password under SCRAM-SHA-256 (RFC 5802, 7677): enough to check a login, not enough to log in. Its
 * text is PostgreSQL's in {@code pg_authid.rolpassword}: {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}.
 */
public record ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    /** PostgreSQL's default for {@code scram_iterations}. */
    public static final int DEFAULT_ITERATIONS = 4096;
    /** Bytes of salt in a verifier that this server makes. */
    public static final int SALT_LENGTH = 16;

    private static final String PREFIX = "SCRAM-SHA-256$";
    private static final int KEY_LENGTH = 32;

    /** The verifier of a password, which must not be empty; {@code salt} is fresh randomness of {@link #SALT_LENGTH} bytes. */
    public static ScramVerifier of(String password, byte[] salt, int iterations) {
        byte[] salted = saltedPassword(password, salt, iterations);
        byte[] clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
        byte[] serverKey = hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
        return new ScramVerifier(iterations, salt, sha256(clientKey), serverKey);
    }

    /** Reads the text form; empty if this is not one. */
    public static Optional<ScramVerifier> parse(String text) {
        String[] parts = text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("[:$]", -1) : new String[0];
        if (parts.length != 4 || parts[0].length() > 9 || !parts[0].chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            ScramVerifier verifier = new ScramVerifier(parts[0].isEmpty() ? 0 : Integer.parseInt(parts[0]),
                    base64.decode(parts[1]), base64.decode(parts[2]), base64.decode(parts[3]));
            return verifier.iterations > 0 && verifier.storedKey.length == KEY_LENGTH
                    && verifier.serverKey.length == KEY_LENGTH ? Optional.of(verifier) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The text form. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX + iterations + ":" + base64.encodeToString(salt) + "$" + base64.encodeToString(storedKey) + ":"
                + base64.encodeToString(serverKey);
    }

    /** Whether this is the verifier of the password; takes as long as making one. */
    public boolean matches(String password) {
        return MessageDigest.isEqual(serverKey, of(password, salt, iterations).serverKey);
    }

    /** Whether a client's proof for an exchange shows that it knows the password (RFC 5802, section 3). */
    public boolean provedBy(byte[] proof, byte[] authMessage) {
        byte[] clientSignature = hmac(storedKey, authMessage);
        byte[] clientKey = new byte[KEY_LENGTH];
        if (proof.length != KEY_LENGTH) {
            return false;
        }
        for (int i = 0; i < KEY_LENGTH; i++) {
            clientKey[i] = (byte) (proof[i] ^ clientSignature[i]);
        }
        return MessageDigest.isEqual(storedKey, sha256(clientKey));
    }

    /** What proves to the client that the server knows the verifier. */
    public byte[] serverSignature(byte[] authMessage) {
        return hmac(serverKey, authMessage);
    }

    private static byte[] saltedPassword(String password, byte[] salt, int iterations) {
        try {
            char[] passphrase = SaslPrep.prepare(password).toCharArray();
            PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, 8 * KEY_LENGTH);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks PBKDF2WithHmacSHA256", e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
