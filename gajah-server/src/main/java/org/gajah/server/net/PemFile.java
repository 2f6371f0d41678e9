package org.gajah.server.net;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.gajah.server.FileTrouble;

/** Reads certificates and private keys from PEM files: PKCS#8, and the older forms for RSA that OpenSSL writes. */
final class PemFile {
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private PemFile() {
    }

    /** The file's certificates, the server's own one first. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            byte[] pem = read("server certificate", file);
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))) {
                chain.add((X509Certificate) certificate);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("could not load server certificate file \"" + file + "\": " + e.getMessage(), e);
        }
        if (chain.isEmpty()) {
            throw new IOException("could not load server certificate file \"" + file + "\": no certificate in it");
        }
        return chain;
    }

    /** The file's private key. The file must not be open to others. */
    static PrivateKey privateKey(Path file) throws IOException {
        String text = new String(read("private key", file), StandardCharsets.US_ASCII);
        checkAccess(file);
        byte[] pkcs8 = switch (label(text)) {
            case "PRIVATE KEY" -> body(text, "PRIVATE KEY");
            case "RSA PRIVATE KEY" -> wrap(body(text, "RSA PRIVATE KEY"));
            default -> throw new IOException("could not load private key file \"" + file
                    + "\": it holds no unencrypted PKCS#8 or RSA key");
        };
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException notThisOne) {
                continue;
            }
        }
        throw new IOException("could not load private key file \"" + file + "\": unknown kind of key");
    }

    private static byte[] read(String what, Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException("could not load " + what + " file \"" + file + "\": " + FileTrouble.text(e), e);
        }
    }

    private static void checkAccess(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        boolean open = permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        if (open) {
            throw new IOException("private key file \"" + file + "\" has group or world access");
        }
    }

    /** What stands in the first BEGIN line, leaving out the parameters that EC key files may start with. */
    private static String label(String text) {
        int from = text.indexOf("-----BEGIN ");
        if (from >= 0 && text.startsWith("EC PARAMETERS", from + 11)) {
            from = text.indexOf("-----BEGIN ", from + 11);
        }
        int to = from < 0 ? -1 : text.indexOf("-----", from + 11);
        return to < 0 ? "" : text.substring(from + 11, to);
    }

    private static byte[] body(String text, String label) throws IOException {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf("-----END " + label + "-----", from);
        if (to < 0) {
            throw new IOException("a PEM file ends inside a key");
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from, to));
        } catch (IllegalArgumentException e) {
            throw new IOException("a PEM file holds bad base64", e);
        }
    }

    /** PKCS#1 in PKCS#8: version 0, the RSA algorithm, the key as an octet string. */
    private static byte[] wrap(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(new byte[] {2, 1, 0});
        inner.writeBytes(RSA);
        inner.writeBytes(tagged(4, pkcs1));
        return tagged(0x30, inner.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (contents.length < 128) {
            out.write(contents.length);
        } else {
            out.write(0x83);
            out.write(contents.length >>> 16);
            out.write(contents.length >>> 8);
            out.write(contents.length);
        }
        out.writeBytes(contents);
        return out.toByteArray();
    }
}
