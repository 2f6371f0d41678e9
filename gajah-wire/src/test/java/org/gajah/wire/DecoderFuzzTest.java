package org.gajah.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random and mutated bytes never make the decoder do anything but return a message or refuse it. The slice here takes a
 * second; {@code -Dgajah.fuzz.messages=1000000 -Dgajah.fuzz.seed=N} makes it a campaign.
 */
class DecoderFuzzTest {
    private static final int MESSAGES = Integer.getInteger("gajah.fuzz.messages", 100_000);
    private static final long SEED = Long.getLong("gajah.fuzz.seed", 1);
    private static final String TYPES = "QPBFdCDEHSXcf";

    @Test
    void mutatedMessagesAreReadOrRefused() {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < MESSAGES; i++) {
            byte[] bytes = message(random);
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes)::read);
            try {
                Optional<Frame> frame = reader.next(FrameLimits.FRONTEND);
                if (frame.isPresent()) {
                    FrontendMessage.decode(frame.get());
                    read++;
                }
            } catch (MalformedMessage | IOException refused) {
                read++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", message " + i, e);
            }
        }
        assertEquals(MESSAGES, read);
    }

    private static byte[] message(Random random) {
        WireBuffer out = new WireBuffer();
        switch (random.nextInt(4)) {
            case 0 -> out.frontend(new Bind("p", "s", new short[] {1},
                    Values.of(Optional.of(new byte[random.nextInt(20)]), Optional.empty()), new short[] {0, 1}));
            case 1 -> out.frontend(new Parse("s", "select $1", new int[] {random.nextInt()}));
            case 2 -> out.frontend(new FunctionCall(1, new short[0], Values.of(Optional.of(new byte[3])), (short) 0));
            case 3 -> {
                byte[] noise = new byte[random.nextInt(40)];
                random.nextBytes(noise);
                int start = out.begin(TYPES.charAt(random.nextInt(TYPES.length())));
                out.put(noise);
                out.end(start);
            }
            default -> throw new AssertionError();
        }
        return out.toBytes();
    }
}
