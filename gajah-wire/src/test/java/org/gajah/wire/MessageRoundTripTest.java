package org.gajah.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message survives writing and reading, and a message that is cut short or too long never does. */
class MessageRoundTripTest {
    private static final byte[] BYTES = {1, 2, 0, -1};
    private static final Values VALUES = Values.of(Optional.of(BYTES), Optional.empty(), Optional.of(new byte[0]));

    private static final List<FrontendMessage> FRONTEND = List.of(new Query("select 'ü'"), new Flush(), new Sync(),
            new Terminate(), new Parse("s", "select $1", new int[] {23, -1}), new Describe('S', "s"),
            new Close('P', ""), new Execute("p", 7), new CopyData(BYTES), new CopyDone(), new CopyFail("no"),
            new Bind("p", "s", new short[] {0, 1, 1}, VALUES, new short[] {1}),
            new FunctionCall(952, new short[] {1}, VALUES, (short) 1));

    private static final Map<Character, String> FIELDS = new LinkedHashMap<>(Map.of('S', "ERROR", 'M', "bad"));

    private static final List<BackendMessage> BACKEND = List.of(new AuthenticationOk(),
            new AuthenticationCleartextPassword(), new AuthenticationMD5Password(BYTES),
            new AuthenticationSASL(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")),
            new AuthenticationSASLContinue(BYTES), new AuthenticationSASLFinal(BYTES),
            new AuthenticationUnsupported(7, BYTES), new BackendKeyData(5, new byte[32]), new BindComplete(),
            new CloseComplete(), new CommandComplete("SELECT 1"), new CopyBothResponse(0, new short[] {0}),
            new CopyData(BYTES), new CopyDone(), new CopyInResponse(1, new short[] {1, 1}),
            new CopyOutResponse(0, new short[] {0, 0}), new DataRow(VALUES), new EmptyQueryResponse(),
            new ErrorResponse(new Report(FIELDS)), new FunctionCallResponse(Optional.empty()),
            new FunctionCallResponse(Optional.of(BYTES)),
            new NegotiateProtocolVersion(StartupMessage.V3_2, List.of("_pq_.x")), new NoData(),
            new NoticeResponse(new Report(FIELDS)), new NotificationResponse(9, "ch", "ü"),
            new ParameterDescription(new int[] {25}), new ParameterStatus("a", "b"), new ParseComplete(),
            new PortalSuspended(), new ReadyForQuery('T'),
            new RowDescription(List.of(new Column("c", 1, (short) 2, 23, (short) 4, -1, (short) 0))));

    private static Frame frame(byte[] bytes, FrameLimits limits) throws IOException {
        return new FrameReader(new ByteArrayInputStream(bytes)::read).next(limits).orElseThrow();
    }

    @Test
    void frontendMessagesComeBackTheSame() throws Exception {
        for (FrontendMessage message : FRONTEND) {
            byte[] bytes = new WireBuffer().frontend(message).toBytes();
            FrontendMessage back = FrontendMessage.decode(frame(bytes, FrameLimits.FRONTEND));
            assertEquals(message.getClass(), back.getClass());
            assertArrayEquals(bytes, new WireBuffer().frontend(back).toBytes(), message.toString());
        }
    }

    @Test
    void backendMessagesComeBackTheSame() throws Exception {
        for (BackendMessage message : BACKEND) {
            byte[] bytes = new WireBuffer().backend(message).toBytes();
            BackendMessage back = BackendMessage.decode(frame(bytes, FrameLimits.BACKEND));
            assertEquals(message.getClass(), back.getClass());
            assertArrayEquals(bytes, new WireBuffer().backend(back).toBytes(), message.toString());
        }
    }

    @Test
    void everyKindOfBackendMessageIsTried() {
        long kinds = Stream.concat(
                Arrays.stream(BackendMessage.class.getPermittedSubclasses()),
                Arrays.stream(Authentication.class.getPermittedSubclasses())).count() - 1;
        assertEquals(kinds, BACKEND.stream().map(Object::getClass).distinct().count());
    }

    @Test
    void passwordAndSaslMessagesComeBackTheSame() throws Exception {
        byte[] password = new WireBuffer().frontend(new PasswordMessage("secret")).toBytes();
        assertEquals("secret", FrontendMessage.password(frame(password, FrameLimits.PASSWORD_ONLY)).password());
        byte[] first = new WireBuffer()
                .frontend(new SASLInitialResponse("SCRAM-SHA-256", Optional.of(BYTES))).toBytes();
        SASLInitialResponse initial = FrontendMessage.saslInitial(frame(first, FrameLimits.SASL_ONLY));
        assertEquals("SCRAM-SHA-256", initial.mechanism());
        assertArrayEquals(BYTES, initial.response().orElseThrow());
        byte[] next = new WireBuffer().frontend(new SASLResponse(BYTES)).toBytes();
        assertArrayEquals(BYTES, FrontendMessage.sasl(frame(next, FrameLimits.SASL_ONLY)).data());
    }

    @Test
    void startupPacketsComeBackTheSame() throws Exception {
        for (StartupPacket packet : List.of(new SSLRequest(), new GSSENCRequest(), new CancelRequest(3, new byte[32]),
                new StartupMessage(StartupMessage.V3_2, Map.of("user", "u")))) {
            WireBuffer out = new WireBuffer();
            packet.encode(out);
            Frame frame = new FrameReader(new ByteArrayInputStream(out.toBytes())::read).nextStartup().orElseThrow();
            WireBuffer again = new WireBuffer();
            StartupPacket.decode(frame).encode(again);
            assertArrayEquals(out.toBytes(), again.toBytes(), packet.toString());
        }
    }

    @Test
    void everyTruncationOrExtensionIsRefused() {
        for (FrontendMessage message : FRONTEND) {
            byte[] bytes = new WireBuffer().frontend(message).toBytes();
            boolean takesAnything = message instanceof CopyData;
            for (int length = 0; length <= bytes.length - 4; length++) {
                if (length == bytes.length - 5 || takesAnything) {
                    continue;
                }
                byte[] contents = new byte[length];
                System.arraycopy(bytes, 5, contents, 0, Math.min(length, bytes.length - 5));
                Frame frame = new Frame(bytes[0], contents, 0, length);
                assertTrue(isMalformed(frame), message + " at length " + length);
            }
        }
    }

    private static boolean isMalformed(Frame frame) {
        try {
            FrontendMessage.decode(frame);
            return false;
        } catch (MalformedMessage e) {
            return true;
        }
    }
}
