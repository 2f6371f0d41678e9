package org.gajah.server.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The server's certificate and key, ready for handshakes ({@code ssl_cert_file}, {@code ssl_key_file}). */
public record ServerCertificate(SSLContext context, Optional<byte[]> endpointHash) {
    /** Reads PEM files. */
    public static ServerCertificate load(Path certificateFile, Path keyFile) throws IOException {
        List<X509Certificate> chain = PemFile.certificates(certificateFile);
        PrivateKey key = PemFile.privateKey(keyFile);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            store.setKeyEntry("server", key, new char[0], chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, new SecureRandom());
            return new ServerCertificate(context, endpointHash(chain.getFirst()));
        } catch (GeneralSecurityException e) {
            throw new IOException("could not use certificate \"" + certificateFile + "\" with key \"" + keyFile + "\": "
                    + e.getMessage(), e);
        }
    }

    /**
     * The certificate's hash under the hash function of its signature, SHA-256 in place of MD5 and SHA-1 (RFC 5929, section 4.1).
     * A signature that names no hash function, such as Ed25519's, defines no binding: none is offered then.
     */
    private static Optional<byte[]> endpointHash(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        int with = signature.indexOf("WITH");
        if (with < 0) {
            return Optional.empty();
        }
        String hash = switch (signature.substring(0, with)) {
            case "MD5", "SHA1", "SHA256" -> "SHA-256";
            case "SHA224" -> "SHA-224";
            case "SHA384" -> "SHA-384";
            case "SHA512" -> "SHA-512";
            default -> "";
        };
        return hash.isEmpty() ? Optional.empty()
                : Optional.of(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }
}
