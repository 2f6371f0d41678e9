package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.CopyData;
import org.gajah.wire.CopyDone;
import org.gajah.wire.CopyFail;
import org.gajah.wire.DataRow;
import org.gajah.wire.ErrorResponse;
import org.gajah.wire.Execute;
import org.gajah.wire.FunctionCall;
import org.gajah.wire.Query;
import org.gajah.wire.Sync;
import org.gajah.wire.Terminate;
import org.gajah.wire.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simple query protocol. */
class SimpleQueryTest {
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

    @Test
    void rowsComeBetweenTheirShapeAndTheTag() throws IOException {
        client.query("rows 2");
        List<BackendMessage> answer = client.untilReady();
        assertEquals("RowDescription, DataRow, DataRow, SELECT 2, ZI", RawClient.brief(answer));
        DataRow row = (DataRow) answer.get(2);
        assertEquals("2", new String(row.values().get(0).orElseThrow()));
        assertTrue(row.values().isNull(1));
    }

    @Test
    void eachStatementOfAStringAnswersAndAnErrorEndsIt() throws IOException {
        assertEquals("RowDescription, DataRow, SELECT 1, ERROR 22012, ZI", client.answer("rows 1; fail; rows 1"));
    }

    @Test
    void anEmptyStringIsAnswered() throws IOException {
        assertEquals("EmptyQueryResponse, ZI", client.answer(""));
    }

    @Test
    void errorsCarryTheirFields() throws IOException {
        client.query("fail");
        ErrorResponse error = (ErrorResponse) client.untilReady().getFirst();
        assertEquals("division by zero", error.report().message());
        assertEquals("Don't.", error.report().field('H').orElseThrow());
        assertEquals("3", error.report().field('P').orElseThrow());
        assertEquals("ERROR", error.report().field('V').orElseThrow());
    }

    @Test
    void theStatusByteFollowsTheTransaction() throws IOException {
        assertEquals("BEGIN, ZT", client.answer("begin"));
        assertEquals("ERROR 22012, ZE", client.answer("fail"));
        assertEquals("ERROR 25P02, ZE", client.answer("rows 1"));
        assertEquals("ROLLBACK, ZI", client.answer("rollback"));
    }

    @Test
    void aMalformedMessageFailsTheTransactionToo() throws IOException {
        client.answer("begin");
        client.send(new byte[] {'Q', 0, 0, 0, 6, (byte) 0xff, 0});
        assertEquals("ERROR 22021, ZE", RawClient.brief(client.untilReady()));
        client.send(new byte[] {'Q', 0, 0, 0, 5, 'x'});
        assertEquals("ERROR 08P01, ZE", RawClient.brief(client.untilReady()));
    }

    @Test
    void manyRowsArriveWhole() throws IOException {
        client.query("rows 100000");
        List<BackendMessage> answer = client.untilReady();
        assertEquals(100_003, answer.size());
        assertEquals("99999", new String(((DataRow) answer.get(99_999)).values().get(0).orElseThrow()));
    }

    @Test
    void pipelinedQueriesAreAnsweredInOrder() throws IOException {
        client.send(new Query("rows 1"), new Query("fail"), new Query("begin"));
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", RawClient.brief(client.untilReady()));
        assertEquals("ERROR 22012, ZI", RawClient.brief(client.untilReady()));
        assertEquals("BEGIN, ZT", RawClient.brief(client.untilReady()));
    }

    @Test
    void strayCopyMessagesAreIgnored() throws IOException {
        client.send(new CopyData(new byte[3]), new CopyDone(), new CopyFail("x"), new Query("rows 0"));
        assertEquals("RowDescription, SELECT 0, ZI", RawClient.brief(client.untilReady()));
    }

    @Test
    void functionCallsAreRefusedByName() throws IOException {
        client.send(new FunctionCall(1598, new short[0], Values.NONE, (short) 0));
        assertEquals("ERROR 0A000, ZI", RawClient.brief(client.untilReady()));
    }

    @Test
    void changedSettingsAreReportedBeforeReady() throws IOException {
        assertEquals("REPORT, REPORT, ParameterStatus, ZI", client.answer("report TimeZone X; report TimeZone Y"));
        assertEquals("RowDescription, SELECT 0, ZI", client.answer("rows 0"));
    }

    @Test
    void noticesAreSentAsTheyHappen() throws IOException {
        assertEquals("NOTICE hello, NOTICE, ZI", client.answer("notice hello"));
    }

    @Test
    void terminateEndsTheSession() throws IOException {
        client.send(new Terminate());
        assertEquals(List.of(), client.untilEnd());
        assertTrue(server.becomesEmpty());
    }

    @Test
    void anUnknownMessageTypeIsFatal() throws IOException {
        client.send(new byte[] {'z', 0, 0, 0, 4});
        assertEquals("FATAL 08P01", RawClient.brief(client.untilEnd()));
        assertTrue(server.becomesEmpty());
    }

    @Test
    void anErrorInsideTheServerEndsTheConnectionAndNothingElse() throws IOException {
        client.query("crash");
        assertEquals("FATAL XX000", RawClient.brief(client.untilEnd()));
        try (RawClient other = server.client()) {
            assertEquals("RowDescription, SELECT 0, ZI", other.answer("rows 0"));
        }
    }

    @Test
    void aMessageOutOfAnExtendedSequenceIsAnError() throws IOException {
        client.send(new Execute("nope", 0), new Query("rows 0"));
        client.send(new Sync());
        assertEquals("ERROR 34000, ZI", RawClient.brief(client.untilReady()));
    }
}
