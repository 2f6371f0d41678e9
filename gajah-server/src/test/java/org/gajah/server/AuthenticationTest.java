package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.wire.AuthenticationSASL;
import org.gajah.wire.AuthenticationSASLContinue;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.FrontendMessage;
import org.gajah.wire.PasswordMessage;
import org.gajah.wire.SASLInitialResponse;
import org.gajah.wire.SASLResponse;
import org.gajah.wire.StartupMessage;
import org.junit.jupiter.api.Test;

/** Methods of authentication, message by message. */
class AuthenticationTest {
    private static ToyServer server(String method) throws IOException {
        return ToyServer.start("host all all all " + method, 10, 60_000, Optional.empty());
    }

    private static RawClient asking(ToyServer server, String user) throws IOException {
        RawClient client = new RawClient(server.address());
        client.send(new StartupMessage(StartupMessage.V3_0, Map.of("user", user, "database", "postgres")));
        return client;
    }

    private static String password(ToyServer server, String user, String password) throws IOException {
        try (RawClient client = asking(server, user)) {
            assertEquals("AuthenticationCleartextPassword", RawClient.brief(List.of(client.expect())));
            client.send(new PasswordMessage(password));
            return RawClient.brief(List.of(client.expect()));
        }
    }

    @Test
    void passwordsAreChecked() throws IOException {
        try (ToyServer server = server("password")) {
            assertEquals("AuthenticationOk", password(server, "postgres", "secret"));
            assertEquals("FATAL 28P01", password(server, "postgres", "Secret"));
            assertEquals("FATAL 28P01", password(server, "postgres", ""));
            assertEquals("FATAL 28P01", password(server, "nobody", "secret"));
            server.cluster().role("nopass", "", false);
            assertEquals("FATAL 28P01", password(server, "nopass", "secret"));
        }
    }

    @Test
    void rejectSaysSo() throws IOException {
        try (ToyServer server = server("reject"); RawClient client = asking(server, "postgres")) {
            ErrorResponse error = (ErrorResponse) client.expect();
            assertEquals("pg_hba.conf rejects connection for host \"127.0.0.1\", user \"postgres\", database "
                    + "\"postgres\", no encryption", error.report().message());
        }
    }

    @Test
    void anotherMessageThanAPasswordIsAViolation() throws IOException {
        try (ToyServer server = server("password"); RawClient client = asking(server, "postgres")) {
            client.expect();
            client.query("rows 1");
            assertEquals("FATAL 08P01", RawClient.brief(client.untilEnd()));
        }
    }

    private static SASLInitialResponse initial(String mechanism, String message) {
        return new SASLInitialResponse(mechanism, Optional.of(message.getBytes(StandardCharsets.UTF_8)));
    }

    private static String exchange(ToyServer server, FrontendMessage... messages) throws IOException {
        try (RawClient client = asking(server, "postgres")) {
            assertEquals(List.of("SCRAM-SHA-256"), ((AuthenticationSASL) client.expect()).mechanisms());
            BackendMessage answer = null;
            for (FrontendMessage message : messages) {
                client.send(message);
                answer = client.expect();
            }
            return answer instanceof ErrorResponse error
                    ? error.report().sqlState() + " " + error.report().message() : RawClient.brief(List.of(answer));
        }
    }

    @Test
    void malformedScramMessagesAreRefused() throws IOException {
        try (ToyServer server = server("scram-sha-256")) {
            String malformed = "08P01 malformed SCRAM message";
            for (String message : new String[] {"", "n", "n,", "x,,n=,r=a", "n,,", "n,,r=a", "n,,n=a", "n,,n=,x=1",
                "p=tls-unique,,n=,r=a", "n,,n=\0,r=a"}) {
                assertEquals(malformed, exchange(server, initial("SCRAM-SHA-256", message)), message);
            }
            assertEquals("0A000 client uses authorization identity, but it is not supported",
                    exchange(server, initial("SCRAM-SHA-256", "n,a=me,n=,r=a")));
            assertEquals("0A000 client requires an unsupported SCRAM extension",
                    exchange(server, initial("SCRAM-SHA-256", "n,,m=x,n=,r=a")));
            assertEquals("08P01 client selected an invalid SASL authentication mechanism",
                    exchange(server, initial("SCRAM-SHA-256-PLUS", "p=tls-server-end-point,,n=,r=a")));
            assertEquals("08P01 non-printable characters in SCRAM nonce",
                    exchange(server, initial("SCRAM-SHA-256", "n,,n=,r=a\u007f")));
        }
    }

    @Test
    void aReplayedOrMangledFinalMessageIsRefused() throws IOException {
        try (ToyServer server = server("scram-sha-256")) {
            SASLInitialResponse first = initial("SCRAM-SHA-256", "n,,n=,r=abc");
            String proof = Base64.getEncoder().encodeToString(new byte[32]);
            assertEquals("08P01 invalid SCRAM response", exchange(server, first, response("c=biws,r=abc,p=" + proof)));
            assertEquals("08P01 malformed SCRAM message", exchange(server, first, response("c=biws,r=abc")));
            assertEquals("08P01 malformed SCRAM message", exchange(server, first, response("c=!!,r=abc,p=" + proof)));
            assertEquals("08P01 unexpected SCRAM channel-binding attribute in client-final-message",
                    exchange(server, first, response("c=eSws,r=abc,p=" + proof)));
        }
    }

    private static SASLResponse response(String message) {
        return new SASLResponse(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void oversizedSaslMessagesCloseTheConnection() throws IOException {
        try (ToyServer server = server("scram-sha-256"); RawClient client = asking(server, "postgres")) {
            client.expect();
            client.send(initial("SCRAM-SHA-256", "n,,n=,r=" + "a".repeat(2000)));
            assertTrue(client.next().isEmpty() || server.becomesEmpty());
        }
    }

    @Test
    void unknownRolesAreChallengedAlikeEveryTime() throws IOException {
        try (ToyServer server = server("scram-sha-256")) {
            String one = salt(server, "nobody");
            assertEquals(one, salt(server, "nobody"));
            assertTrue(!one.equals(salt(server, "nobody2")));
            assertEquals(one.length(), salt(server, "postgres").length());
        }
    }

    private static String salt(ToyServer server, String user) throws IOException {
        try (RawClient client = asking(server, user)) {
            client.expect();
            client.send(initial("SCRAM-SHA-256", "n,,n=,r=abc"));
            String challenge = new String(((AuthenticationSASLContinue) client.expect()).data(), StandardCharsets.UTF_8);
            return challenge.substring(challenge.indexOf(",s="));
        }
    }
}
