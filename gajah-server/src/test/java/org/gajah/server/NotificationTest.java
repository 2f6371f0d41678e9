package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.gajah.wire.Bind;
import org.gajah.wire.Execute;
import org.gajah.wire.Flush;
import org.gajah.wire.NotificationResponse;
import org.gajah.wire.Parse;
import org.gajah.wire.Sync;
import org.gajah.wire.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When notifications reach the wire. */
class NotificationTest {
    private ToyServer server;
    private RawClient listener;
    private RawClient notifier;

    @BeforeEach
    void start() throws IOException {
        server = ToyServer.start();
        listener = server.client();
        notifier = server.client();
        assertEquals("LISTEN, ZI", listener.answer("listen ch"));
    }

    @AfterEach
    void stop() {
        listener.close();
        notifier.close();
        server.close();
    }

    @Test
    void anIdleListenerGetsThemAtOnceWithoutReady() throws IOException {
        for (int i = 0; i < 100; i++) {
            notifier.answer("notify ch hello" + i);
            NotificationResponse note = (NotificationResponse) listener.expect();
            assertEquals("hello" + i, note.payload());
            assertEquals(notifier.key.processId(), note.processId());
        }
        assertEquals("RowDescription, SELECT 0, ZI", listener.answer("rows 0"));
    }

    @Test
    void theSendersOwnComesBetweenTheTagAndReady() throws IOException {
        assertEquals("NOTIFY, A ch x, ZI", listener.answer("notify ch x"));
    }

    @Test
    void insideATransactionTheyWaitForItsEnd() throws IOException {
        listener.answer("begin");
        notifier.answer("notify ch x");
        assertEquals("RowDescription, SELECT 0, ZT", listener.answer("rows 0"));
        assertEquals("ERROR 22012, ZE", listener.answer("fail"));
        assertEquals("ROLLBACK, A ch x, ZI", listener.answer("rollback"));
    }

    @Test
    void beforeSyncNothingIsSent() throws IOException {
        listener.send(new Parse("", "rows 0", new int[0]), new Flush());
        assertEquals("ParseComplete", RawClient.brief(List.of(listener.expect())));
        notifier.answer("notify ch x");
        listener.send(new Bind("", "", new short[0], Values.NONE, new short[0]), new Execute("", 0), new Sync());
        assertEquals("BindComplete, SELECT 0, A ch x, ZI", RawClient.brief(listener.untilReady()));
    }

    @Test
    void aBurstArrivesInOrder() throws IOException {
        StringBuilder burst = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            burst.append("notify ch ").append(i).append(';');
        }
        notifier.answer(burst.toString());
        for (int i = 0; i < 1000; i++) {
            assertEquals(Integer.toString(i), ((NotificationResponse) listener.expect()).payload());
        }
    }

    @Test
    void aListenerThatDoesNotReadHoldsUpNobody() throws IOException {
        String payload = "x".repeat(7000);
        for (int i = 0; i < 3000; i++) {
            assertEquals("NOTIFY, ZI", notifier.answer("notify ch " + payload));
        }
        for (int i = 0; i < 3000; i++) {
            assertEquals(7000, ((NotificationResponse) listener.expect()).payload().length());
        }
    }

    @Test
    void commandsAndNotificationsDoNotMix() throws Exception {
        Thread sender = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < 500; i++) {
                    notifier.answer("notify ch " + i);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        int seen = 0;
        for (int i = 0; i < 500; i++) {
            String answer = listener.answer("rows 1");
            assertTrue(answer.matches("(A ch \\d+, )*RowDescription, DataRow, SELECT 1, (A ch \\d+, )*ZI"), answer);
            seen += answer.split("A ch ").length - 1;
        }
        sender.join();
        while (seen < 500) {
            assertEquals(NotificationResponse.class, listener.expect().getClass());
            seen++;
        }
    }
}
