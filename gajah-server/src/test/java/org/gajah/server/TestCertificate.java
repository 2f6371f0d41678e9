package org.gajah.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.gajah.server.net.ServerCertificate;

/** A fresh self-signed certificate for localhost in PEM files. */
record TestCertificate(Path certificate, Path key) {
    private static final int PKCS8_HEADER_OF_RSA_2048 = 26;

    /** {@code algorithm} is RSA, EC or Ed25519. */
    static TestCertificate make(Path directory, String algorithm) throws Exception {
        Path store = directory.resolve(algorithm + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", algorithm, "-dname", "CN=localhost", "-validity", "3650",
                "-ext", "san=dns:localhost,ip:127.0.0.1", "-keystore", store.toString(), "-storepass", "changeit",
                "-storetype", "PKCS12").inheritIO().start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        Path certificate = pem(directory.resolve(algorithm + ".crt"), "CERTIFICATE",
                keys.getCertificate("server").getEncoded());
        Path key = pem(directory.resolve(algorithm + ".key"), "PRIVATE KEY", keyBytes(keys));
        return new TestCertificate(certificate, key);
    }

    private static byte[] keyBytes(KeyStore keys) throws GeneralSecurityException {
        return keys.getKey("server", "changeit".toCharArray()).getEncoded();
    }

    /** The RSA key once more in the older PKCS#1 form. */
    Path pkcs1() throws IOException {
        List<String> lines = Files.readAllLines(key);
        byte[] pkcs8 = Base64.getMimeDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
        return pem(key.resolveSibling("pkcs1.key"), "RSA PRIVATE KEY",
                Arrays.copyOfRange(pkcs8, PKCS8_HEADER_OF_RSA_2048, pkcs8.length));
    }

    private static Path pem(Path file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    ServerCertificate load() throws IOException {
        return ServerCertificate.load(certificate, key);
    }
}
