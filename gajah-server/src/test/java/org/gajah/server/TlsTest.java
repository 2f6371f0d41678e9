package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.gajah.server.net.ServerCertificate;
import org.gajah.wire.SSLRequest;
import org.gajah.wire.StartupMessage;
import org.gajah.wire.WireBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS and SCRAM with channel binding, with pgjdbc as the client. */
class TlsTest {
    private static final String SCRAM_OVER_TLS = "hostssl all all all scram-sha-256";

    @TempDir
    static Path directory;
    private static TestCertificate rsa;

    @BeforeAll
    static void makeCertificate() throws Exception {
        rsa = TestCertificate.make(directory, "RSA");
    }

    private static ToyServer server(ServerCertificate certificate) throws IOException {
        return ToyServer.start(SCRAM_OVER_TLS, 10, 60_000, Optional.of(certificate));
    }

    private static Connection connect(ToyServer server, String... properties) throws SQLException {
        Properties info = new Properties();
        info.putAll(Map.of("user", "postgres", "password", "secret", "preferQueryMode", "simple",
                "assumeMinServerVersion", "18", "ApplicationName", "", "sslmode", "require"));
        for (int i = 0; i < properties.length; i += 2) {
            info.put(properties[i], properties[i + 1]);
        }
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + server.address().getPort() + "/postgres", info);
    }

    private static void assertWorks(ToyServer server, String... properties) throws SQLException {
        try (Connection connection = connect(server, properties);
                ResultSet rows = connection.createStatement().executeQuery("rows 3")) {
            assertTrue(rows.next());
            assertEquals(1, rows.getLong(1));
        }
    }

    @Test
    void scramWithChannelBindingWorks() throws Exception {
        try (ToyServer server = server(rsa.load())) {
            assertWorks(server, "channelBinding", "require");
            assertWorks(server, "channelBinding", "disable");
        }
    }

    @Test
    void otherKindsOfKeysWork() throws Exception {
        try (ToyServer server = server(ServerCertificate.load(rsa.certificate(), rsa.pkcs1()))) {
            assertWorks(server, "channelBinding", "require");
        }
        try (ToyServer server = server(TestCertificate.make(directory, "EC").load())) {
            assertWorks(server, "channelBinding", "require");
        }
    }

    @Test
    void aCertificateWithoutAHashOffersNoBinding() throws Exception {
        try (ToyServer server = server(TestCertificate.make(directory, "Ed25519").load())) {
            assertWorks(server, "channelBinding", "prefer");
            assertThrows(SQLException.class, () -> connect(server, "channelBinding", "require"));
        }
    }

    @Test
    void wrongPasswordsAndUnknownUsersLookTheSame() throws Exception {
        try (ToyServer server = server(rsa.load())) {
            SQLException wrong = assertThrows(SQLException.class, () -> connect(server, "password", "wrong"));
            SQLException unknown = assertThrows(SQLException.class, () -> connect(server, "user", "who"));
            assertEquals("28P01", wrong.getSQLState());
            assertEquals("28P01", unknown.getSQLState());
            assertEquals(wrong.getMessage().replace("postgres", "who"), unknown.getMessage());
        }
    }

    @Test
    void plaintextIsNotLetInByARuleForTls() throws Exception {
        try (ToyServer server = server(rsa.load())) {
            SQLException error = assertThrows(SQLException.class, () -> connect(server, "sslmode", "disable"));
            assertEquals("28000", error.getSQLState());
            assertTrue(error.getMessage().contains("no pg_hba.conf entry for host \"127.0.0.1\", user \"postgres\", "
                    + "database \"postgres\", no encryption"), error.getMessage());
        }
    }

    @Test
    void plaintextBehindTheRequestIsNeverRun() throws Exception {
        try (ToyServer server = ToyServer.start("host all all all trust", 10, 60_000, Optional.of(rsa.load()));
                RawClient client = new RawClient(server.address())) {
            WireBuffer out = new WireBuffer();
            new SSLRequest().encode(out);
            new StartupMessage(StartupMessage.V3_0, Map.of("user", "postgres")).encode(out);
            client.send(out.toBytes());
            assertEquals('S', client.nextByte());
            String rest = new String(client.socket.getInputStream().readAllBytes());
            assertTrue(rest.contains("received unencrypted data after SSL request"), rest);
            assertFalse(rest.contains("server_version"));
        }
    }

    @Test
    void directTlsNeedsAlpn() throws Exception {
        try (ToyServer server = ToyServer.start("hostssl all all all trust", 10, 60_000, Optional.of(rsa.load()))) {
            try (SSLSocket socket = direct(server, "postgresql")) {
                WireBuffer out = new WireBuffer();
                new StartupMessage(StartupMessage.V3_0, Map.of("user", "postgres")).encode(out);
                socket.getOutputStream().write(out.toBytes());
                assertEquals('R', socket.getInputStream().read());
            }
            try (SSLSocket socket = direct(server)) {
                assertEquals(-1, socket.getInputStream().read());
            } catch (IOException alsoFine) {
                assertTrue(alsoFine.getMessage() != null);
            }
            assertThrows(IOException.class, () -> direct(server, "http/1.1").close());
        }
    }

    private static SSLSocket direct(ToyServer server, String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(server.address().getAddress(),
                server.address().getPort());
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Test
    void aHandshakeThatStallsIsDroppedInTime() throws Exception {
        try (ToyServer server = ToyServer.start(SCRAM_OVER_TLS, 10, 300, Optional.of(rsa.load()));
                RawClient client = new RawClient(server.address())) {
            client.send(new SSLRequest());
            assertEquals('S', client.nextByte());
            assertEquals(-1, client.nextByte());
            assertTrue(server.becomesEmpty());
        }
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        Path open = Files.copy(rsa.key(), directory.resolve("open.key"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        IOException error = assertThrows(IOException.class, () -> ServerCertificate.load(rsa.certificate(), open));
        assertTrue(error.getMessage().endsWith("has group or world access"), error.getMessage());
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
