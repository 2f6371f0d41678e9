package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.Bind;
import org.gajah.wire.Close;
import org.gajah.wire.DataRow;
import org.gajah.wire.Describe;
import org.gajah.wire.Execute;
import org.gajah.wire.Flush;
import org.gajah.wire.Parse;
import org.gajah.wire.Query;
import org.gajah.wire.RowDescription;
import org.gajah.wire.Sync;
import org.gajah.wire.Values;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The extended query protocol. */
class ExtendedQueryTest {
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

    private static Parse parse(String name, String sql) {
        return new Parse(name, sql, new int[0]);
    }

    private static Bind bind(String portal, String statement, int... resultFormats) {
        short[] formats = new short[resultFormats.length];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = (short) resultFormats[i];
        }
        return new Bind(portal, statement, new short[0], Values.NONE, formats);
    }

    private String answer() throws IOException {
        return RawClient.brief(client.untilReady());
    }

    @Test
    void eachStepAnswers() throws IOException {
        client.send(parse("s", "rows 1"), new Describe('S', "s"), bind("p", "s"), new Describe('P', "p"),
                new Execute("p", 0), new Close('P', "p"), new Close('S', "s"), new Sync());
        assertEquals("ParseComplete, ParameterDescription, RowDescription, BindComplete, RowDescription, DataRow, "
                + "SELECT 1, CloseComplete, CloseComplete, ZI", answer());
    }

    @Test
    void aStatementWithoutRowsIsDescribedByNoData() throws IOException {
        client.send(parse("", "begin"), bind("", ""), new Describe('P', ""), new Execute("", 0), new Sync());
        assertEquals("ParseComplete, BindComplete, NoData, BEGIN, ZT", answer());
    }

    @Test
    void aRowLimitSuspendsThePortal() throws IOException {
        client.send(parse("", "rows 3"), bind("", ""), new Execute("", 2), new Execute("", 2), new Execute("", 2),
                new Sync());
        assertEquals("ParseComplete, BindComplete, DataRow, DataRow, PortalSuspended, DataRow, SELECT 1, SELECT 0, ZI",
                answer());
    }

    @Test
    void resultsCanBeBinary() throws IOException {
        client.send(parse("", "rows 1"), bind("", "", 1), new Describe('P', ""), new Execute("", 0), new Sync());
        List<BackendMessage> messages = client.untilReady();
        assertEquals(1, ((RowDescription) messages.get(2)).columns().getFirst().format());
        assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, 0, 1},
                ((DataRow) messages.get(3)).values().get(0).orElseThrow());
    }

    @Test
    void afterAnErrorEverythingUpToSyncIsSkipped() throws IOException {
        client.send(parse("", "bad"), bind("", ""), new Execute("", 0), new Query("rows 1"), new Sync(),
                parse("", "rows 0"), bind("", ""), new Execute("", 0), new Sync());
        assertEquals("ERROR 42601, ZI", answer());
        assertEquals("ParseComplete, BindComplete, SELECT 0, ZI", answer());
    }

    @Test
    void whatPrecedesTheErrorCounts() throws IOException {
        client.send(parse("", "begin"), bind("", ""), new Execute("", 0), parse("", "fail"), bind("", ""),
                new Execute("", 0), bind("", ""), new Sync());
        assertEquals("ParseComplete, BindComplete, BEGIN, ParseComplete, BindComplete, ERROR 22012, ZE", answer());
    }

    @Test
    void flushSendsWhatThereIs() throws IOException {
        client.send(parse("", "rows 1"), new Flush());
        assertEquals("ParseComplete", RawClient.brief(List.of(client.expect())));
        client.send(new Sync());
        assertEquals("ZI", answer());
    }

    @Test
    void pipelinedSequencesAreAnsweredInOrder() throws IOException {
        for (int i = 0; i < 100; i++) {
            client.send(parse("", "rows 1"), bind("", ""), new Execute("", 0), new Sync());
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("ParseComplete, BindComplete, DataRow, SELECT 1, ZI", answer());
        }
    }

    @Test
    void malformedMessagesAreErrorsAndSkipToSync() throws IOException {
        client.send(new byte[] {'B', 0, 0, 0, 5, 0, 'D', 0, 0, 0, 6, 'P', 0});
        client.send(new Sync());
        assertEquals("ERROR 08P01, ZI", answer());
        client.send(new Describe('Z', ""), new Sync());
        assertEquals("ERROR 08P01, ZI", answer());
        client.send(new Close('Z', ""), new Sync());
        assertEquals("ERROR 08P01, ZI", answer());
        client.send(new byte[] {'S', 0, 0, 0, 5, 1});
        assertEquals("ERROR 08P01, ZI", answer());
    }

    @Test
    void unknownFormatCodesAndCountsThatDisagreeAreRefused() throws IOException {
        client.send(parse("", "rows 1"), bind("", "", 7), new Sync());
        assertEquals("ParseComplete, ERROR 22023, ZI", answer());
        client.send(new Bind("", "", new short[] {0, 0}, Values.of(Optional.empty()), new short[0]),
                new Sync());
        assertEquals("ERROR 08P01, ZI", answer());
    }

    @Test
    void unknownStatementsAndPortalsAreNamed() throws IOException {
        client.send(new Describe('S', "nope"), new Sync(), new Execute("nope", 0), new Sync());
        assertEquals("ERROR 26000, ZI", answer());
        assertEquals("ERROR 34000, ZI", answer());
    }
}
