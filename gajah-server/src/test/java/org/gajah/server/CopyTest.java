package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.Bind;
import org.gajah.wire.CopyData;
import org.gajah.wire.CopyDone;
import org.gajah.wire.CopyFail;
import org.gajah.wire.CopyInResponse;
import org.gajah.wire.Describe;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.Execute;
import org.gajah.wire.Flush;
import org.gajah.wire.Parse;
import org.gajah.wire.Query;
import org.gajah.wire.Sync;
import org.gajah.wire.Terminate;
import org.gajah.wire.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** COPY in both directions and the state it leaves the connection in. */
class CopyTest {
    private ToyServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = ToyServer.start();
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static CopyData data(String text) {
        return new CopyData(text.getBytes(StandardCharsets.UTF_8));
    }

    private String answer() throws IOException {
        return RawClient.brief(client.untilReady());
    }

    private void assertUsable() throws IOException {
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", client.answer("rows 1"));
    }

    @Test
    void rowsMayBeCutAnywhere() throws IOException {
        client.send(new Query("copyin"), data("a\nb"), data(""), data("\n"), data("c\n"), new CopyDone());
        assertEquals("CopyInResponse, COPY 3, ZI", answer());
    }

    @Test
    void theResponseNamesFormatsAndColumns() throws IOException {
        client.query("copyin");
        CopyInResponse response = (CopyInResponse) client.expect();
        assertEquals(0, response.format());
        assertEquals(1, response.columnFormats().length);
        client.send(new CopyDone());
        assertEquals("COPY 0, ZI", answer());
    }

    @Test
    void copyFailIsAnErrorWithItsReason() throws IOException {
        client.send(new Query("copyin"), data("a\n"), new CopyFail("no more"));
        List<BackendMessage> answer = client.untilReady();
        assertEquals("CopyInResponse, ERROR 57014, ZI", RawClient.brief(answer));
        assertEquals("COPY from stdin failed: no more", ((ErrorResponse) answer.get(1)).report().message());
        assertUsable();
    }

    @Test
    void aBadRowInTheSimpleProtocolAnswersAtOnceAndTheRestIsDropped() throws IOException {
        client.send(new Query("copyin"), data("a\n!\n"));
        assertEquals("CopyInResponse, ERROR 22P02, ZI", answer());
        client.send(data("b\n"), data("c\n"), new CopyDone());
        assertUsable();
    }

    @Test
    void aBadRowInTheExtendedProtocolSkipsToSync() throws IOException {
        client.send(new Parse("", "copyin", new int[0]),
                new Bind("", "", new short[0], Values.NONE, new short[0]), new Describe('P', ""), new Execute("", 0),
                data("!\n"), new CopyDone(), new Query("rows 1"), new Sync());
        assertEquals("ParseComplete, BindComplete, NoData, CopyInResponse, ERROR 22P02, ZI", answer());
        assertUsable();
    }

    @Test
    void aSyncThatWasSentBeforeTheDataIsSwallowed() throws IOException {
        client.send(new Parse("", "copyin", new int[0]),
                new Bind("", "", new short[0], Values.NONE, new short[0]), new Execute("", 0), new Sync(),
                data("a\n"), new Flush(), data("b\n"), new CopyDone(), new Sync());
        assertEquals("ParseComplete, BindComplete, CopyInResponse, COPY 2, ZI", answer());
    }

    @Test
    void aQueryDuringCopyEndsTheConnection() throws IOException {
        client.send(new Query("copyin"), new Query("rows 1"));
        assertEquals("CopyInResponse, ERROR 08P01, FATAL 08P01", RawClient.brief(client.untilEnd()));
        assertTrue(server.becomesEmpty());
    }

    @Test
    void terminateDuringCopyEndsTheConnection() throws IOException {
        client.send(new Query("copyin"), new Terminate());
        List<BackendMessage> answer = client.untilEnd();
        assertEquals("CopyInResponse, ERROR 08P01, FATAL 08P01", RawClient.brief(answer));
        assertEquals("unexpected message type 0x58 during COPY from stdin",
                ((ErrorResponse) answer.get(1)).report().message());
    }

    @Test
    void aClientThatVanishesInTheMiddleLeavesNothing() throws IOException {
        client.send(new Query("copyin"), data("a\n"));
        client.expect();
        client.close();
        assertTrue(server.becomesEmpty());
    }

    @Test
    void cancelReachesACopyThatWaitsForItsClient() throws IOException {
        client.query("copyin");
        client.expect();
        try (RawClient canceller = new RawClient(server.address())) {
            canceller.send(client.cancelRequest());
            assertEquals(-1, canceller.nextByte());
        }
        assertEquals("ERROR 57014, ZI", answer());
        assertUsable();
    }

    @Test
    void statementsAfterACopyInAStringRun() throws IOException {
        client.send(new Query("copyin; rows 1; copyout 1"), data("a\n"), new CopyDone());
        assertEquals("CopyInResponse, COPY 1, RowDescription, DataRow, SELECT 1, CopyOutResponse, CopyData, CopyDone, "
                + "COPY 1, ZI", answer());
    }

    @Test
    void copyOutSendsAMessageARow() throws IOException {
        assertEquals("CopyOutResponse, CopyData, CopyData, CopyDone, COPY 2, ZI", client.answer("copyout 2"));
        assertEquals("CopyOutResponse, CopyDone, COPY 0, ZI", client.answer("copyout 0"));
    }

    @Test
    void cancelStopsACopyOutThatNobodyReads() throws IOException {
        client.query("copyout 100000000");
        client.expect();
        try (RawClient canceller = new RawClient(server.address())) {
            canceller.send(client.cancelRequest());
            assertEquals(-1, canceller.nextByte());
        }
        BackendMessage message = client.expect();
        while (message instanceof CopyData) {
            message = client.expect();
        }
        assertEquals("ERROR 57014", RawClient.brief(List.of(message)));
        assertEquals("ZI", answer());
        assertUsable();
    }

    @Test
    void terminationFreesASessionThatIsBlockedInAWrite() throws IOException {
        client.query("copyout 100000000");
        client.expect();
        server.cluster().session(client.key.processId()).orElseThrow().terminate();
        assertTrue(server.becomesEmpty());
    }
}
