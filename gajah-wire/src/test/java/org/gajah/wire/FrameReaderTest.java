package org.gajah.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How the byte stream is cut into frames, and what is refused. */
class FrameReaderTest {
    private static FrameReader over(byte... bytes) {
        return new FrameReader(new ByteArrayInputStream(bytes)::read);
    }

    private static byte[] header(int type, int length) {
        return new byte[] {(byte) type, (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8),
            (byte) length};
    }

    @Test
    void framesSurviveAnyCutOfTheStream() throws Exception {
        long seed = 20261121;
        Random random = new Random(seed);
        WireBuffer out = new WireBuffer();
        for (int i = 0; i < 300; i++) {
            out.frontend(new Query("x".repeat(random.nextInt(i % 50 == 0 ? 200_000 : 300))));
        }
        byte[] all = out.toBytes();
        int[] at = {0};
        FrameReader reader = new FrameReader((into, offset, length) -> {
            if (at[0] == all.length) {
                return -1;
            }
            int some = Math.min(all.length - at[0], Math.min(length, 1 + random.nextInt(10_000)));
            System.arraycopy(all, at[0], into, offset, some);
            at[0] += some;
            return some;
        });
        WireBuffer back = new WireBuffer();
        for (int i = 0; i < 300; i++) {
            back.frontend(FrontendMessage.decode(reader.next(FrameLimits.FRONTEND).orElseThrow()));
        }
        assertTrue(Arrays.equals(all, back.toBytes()), "seed " + seed);
        assertTrue(reader.next(FrameLimits.FRONTEND).isEmpty());
    }

    @Test
    void pollingReadsOnceAndSaysWhetherThereWasSomething() throws Exception {
        byte[] sync = header('S', 4);
        int[] calls = {0};
        FrameReader reader = new FrameReader((into, offset, length) -> {
            if (calls[0]++ == 0) {
                return 0;
            }
            System.arraycopy(sync, 0, into, offset, sync.length);
            return calls[0] == 2 ? sync.length : -1;
        });
        assertFalse(reader.poll());
        reader.relax();
        assertTrue(reader.poll());
        assertTrue(reader.poll());
        assertEquals(2, calls[0]);
        assertEquals('S', reader.next(FrameLimits.FRONTEND).orElseThrow().type());
        assertTrue(reader.poll());
        assertTrue(reader.next(FrameLimits.FRONTEND).isEmpty());
    }

    @Test
    void anUnknownTypeIsRefusedBeforeItsLengthIsRead() {
        FramingError error = assertThrows(FramingError.class, () -> over((byte) 'z').next(FrameLimits.FRONTEND));
        assertEquals("invalid frontend message type 122", error.getMessage());
        assertTrue(error.tellPeer());
    }

    @Test
    void impossibleLengthsAreRefusedSilently() {
        for (int length : new int[] {3, 2, 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            FramingError error = assertThrows(FramingError.class,
                    () -> over(header('Q', length)).next(FrameLimits.FRONTEND));
            assertFalse(error.tellPeer());
        }
        assertThrows(FramingError.class, () -> over(header('S', 10_005)).next(FrameLimits.FRONTEND));
        assertThrows(FramingError.class, () -> over(header('p', 1_029)).next(FrameLimits.SASL_ONLY));
    }

    @Test
    void anAnnouncedLengthCostsNoMemoryUntilTheBytesArrive() {
        int[] largest = {0};
        ByteArrayInputStream source = new ByteArrayInputStream(header('Q', 1_000_000_000));
        FrameReader reader = new FrameReader((into, offset, length) -> {
            largest[0] = Math.max(largest[0], into.length);
            return source.read(into, offset, length);
        });
        assertThrows(EOFException.class, () -> reader.next(FrameLimits.FRONTEND));
        assertTrue(largest[0] <= 16 * 1024, "buffer of " + largest[0]);
    }

    @Test
    void aMessageOverTheProcessLimitIsSkippedAndTheStreamStaysInStep() throws Exception {
        byte[] bytes = new WireBuffer().frontend(new Query("x".repeat(100_000))).frontend(new Sync()).toBytes();
        FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes)::read, 50_000);
        OversizedMessage error = assertThrows(OversizedMessage.class, () -> reader.next(FrameLimits.FRONTEND));
        assertEquals('Q', error.type());
        assertEquals(new Sync(), FrontendMessage.decode(reader.next(FrameLimits.FRONTEND).orElseThrow()));
    }

    @Test
    void theEndOfTheStreamInsideAMessageIsNotAnOrderlyEnd() {
        assertThrows(EOFException.class, () -> over((byte) 'Q', (byte) 0).next(FrameLimits.FRONTEND));
    }

    @Test
    void startupPacketsAreBounded() throws IOException {
        assertThrows(FramingError.class, () -> over(new byte[] {0, 0, 0, 7}).nextStartup());
        assertThrows(FramingError.class, () -> over(new byte[] {0, 0, 0x27, 0x15}).nextStartup());
        assertTrue(over().nextStartup().isEmpty());
    }

    @Test
    void textThatIsNotUtf8IsNamedByItsBytes() {
        Frame frame = new Frame('Q', new byte[] {'a', (byte) 0xff, 0}, 0, 3);
        MalformedMessage error = assertThrows(MalformedMessage.class, () -> FrontendMessage.decode(frame));
        assertEquals("22021", error.sqlState());
        assertEquals("invalid byte sequence for encoding \"UTF8\": 0xff", error.getMessage());
    }

    @Test
    void aReplacementCharacterThatWasSentIsFine() throws Exception {
        byte[] text = "\ufffd\0".getBytes(StandardCharsets.UTF_8);
        Query query = (Query) FrontendMessage.decode(new Frame('Q', text, 0, text.length));
        assertEquals("\ufffd", new String(query.sql(), StandardCharsets.UTF_8));
    }

    @Test
    void announcedCountsAreCheckedAgainstTheFrame() {
        byte[] bind = {0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0};
        assertThrows(MalformedMessage.class, () -> FrontendMessage.decode(new Frame('B', bind, 0, bind.length)));
        byte[] negative = {0, 0, 0, 0, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xfe, 0, 0};
        assertThrows(MalformedMessage.class,
                () -> FrontendMessage.decode(new Frame('B', negative, 0, negative.length)));
    }
}
