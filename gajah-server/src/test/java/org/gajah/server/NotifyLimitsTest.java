package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gajah.server.auth.HbaError;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.DataRow;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.NoticeResponse;
import org.gajah.wire.NotificationResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LISTEN and NOTIFY with the smallest queue there is, with restarts, and with many listeners. */
class NotifyLimitsTest {
    private LiveServer server;

    @BeforeEach
    void start() throws IOException, HbaError {
        server = new LiveServer(Map.of("max_notify_queue_pages", "64"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static double usage(RawClient client) throws IOException {
        return client.untilReadyAfter("select pg_notification_queue_usage()").stream().filter(DataRow.class::isInstance)
                .mapToDouble(row -> Double.parseDouble(new String(((DataRow) row).values().get(0).orElseThrow()))).findFirst().orElseThrow();
    }

    @Test
    void n18NotificationsAndTwoPhaseCommitDoNotMix() throws IOException {
        try (RawClient client = server.client("postgres")) {
            for (String statement : List.of("listen c", "unlisten c", "unlisten *", "notify c")) {
                client.answer("begin; " + statement);
                ErrorResponse error = client.untilReadyAfter("prepare transaction 'x'").stream().filter(ErrorResponse.class::isInstance)
                        .map(ErrorResponse.class::cast).findFirst().orElseThrow();
                assertEquals("0A000", error.report().sqlState());
                assertEquals("cannot PREPARE a transaction that has executed LISTEN, UNLISTEN, or NOTIFY", error.report().message());
                client.answer("rollback");
            }
        }
    }

    @Test
    void n25AListenerInALongTransactionFillsTheQueueAndIsNamed() throws IOException {
        try (RawClient listener = server.client("postgres"); RawClient notifier = server.client("postgres")) {
            listener.answer("listen c");
            listener.answer("begin");
            String filler = "x".repeat(7000);
            String warning = "";
            String answer = "";
            double before = 0;
            int sent = 0;
            while (!answer.startsWith("ERROR")) {
                List<BackendMessage> messages = notifier.untilReadyAfter("notify c, '" + sent + filler + "'");
                answer = RawClient.brief(messages.stream().filter(m -> !(m instanceof NoticeResponse)).toList());
                for (BackendMessage message : messages) {
                    if (message instanceof NoticeResponse notice) {
                        warning = notice.report().message() + " / " + notice.report().field('D').orElse("");
                    }
                }
                sent += answer.startsWith("NOTIFY") ? 1 : 0;
                assertTrue(usage(notifier) >= before);
                before = usage(notifier);
            }
            assertTrue(answer.startsWith("ERROR 54000"), answer);
            assertTrue(warning.matches("NOTIFY queue is 5\\d% full / The server process with PID " + listener.key.processId()
                    + " is among those with the oldest transactions\\."), warning);
            assertTrue(sent >= 70 && sent <= 75, "64 pages of 8192 bytes took " + sent);
            assertEquals("RowDescription, DataRow, SELECT 1, ZI", notifier.answer("select 1"));
            long got = listener.untilReadyAfter("commit").stream().filter(NotificationResponse.class::isInstance).count();
            assertEquals(sent, got);
            assertEquals(0, usage(notifier));
            assertEquals("NOTIFY, ZI", notifier.answer("notify c, 'room again'"));
        }
    }

    @Test
    void n26NothingIsLeftAfterARestart() throws IOException, HbaError {
        try (RawClient listener = server.client("postgres"); RawClient notifier = server.client("postgres")) {
            listener.answer("listen c");
            listener.answer("begin");
            notifier.answer("notify c, '" + "x".repeat(5000) + "'");
            assertTrue(usage(notifier) > 0);
        }
        server.restart();
        try (RawClient listener = server.client("postgres")) {
            assertEquals(0, usage(listener));
            assertEquals("LISTEN, ZI", listener.answer("listen c"));
            assertEquals("NOTIFY, A c new, ZI", listener.answer("notify c, 'new'"));
        }
    }

    @Test
    void n28ManyListenersHearTheirOwnChannelsOnly() throws IOException {
        List<RawClient> listeners = new java.util.ArrayList<>();
        try (RawClient notifier = server.client("postgres")) {
            for (int i = 0; i < 60; i++) {
                listeners.add(server.client("postgres"));
                listeners.getLast().answer("listen c" + i + "; listen everybody");
            }
            notifier.answer(String.join(";", IntStream.range(0, 60).mapToObj(i -> "notify c" + i + ", '" + i + "'").toList()));
            notifier.answer("notify everybody, 'end'");
            for (int i = 0; i < 60; i++) {
                List<BackendMessage> heard = List.of(listeners.get(i).expect(), listeners.get(i).expect());
                assertEquals("A c" + i + " " + i + ", A everybody end", RawClient.brief(heard));
            }
        } finally {
            listeners.forEach(RawClient::close);
        }
    }

    @Test
    void n30FunctionsInSqlNotifyAndListen() throws IOException {
        try (RawClient client = server.client("postgres")) {
            client.answer("create function told(text) returns void language sql as $$ select pg_notify('c', $1) $$");
            client.answer("create function hears() returns void language sql as $$ listen c; notify c, 'plain' $$");
            assertEquals("RowDescription, DataRow, SELECT 1, A c plain, ZI", client.answer("select hears()"));
            assertEquals("RowDescription, DataRow, SELECT 1, A c x, ZI", client.answer("select told('x')"));
        }
    }
}
