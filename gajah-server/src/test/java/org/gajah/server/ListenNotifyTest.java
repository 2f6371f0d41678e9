package org.gajah.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gajah.base.SystemEnv;
import org.gajah.engine.Cluster;
import org.gajah.engine.Instance;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaParser;
import org.gajah.settings.ServerSettings;
import org.gajah.wire.BackendMessage;
import org.gajah.wire.Bind;
import org.gajah.wire.CopyData;
import org.gajah.wire.CopyDone;
import org.gajah.wire.CopyInResponse;
import org.gajah.wire.DataRow;
import org.gajah.wire.Execute;
import org.gajah.wire.Flush;
import org.gajah.wire.NotificationResponse;
import org.gajah.wire.Parse;
import org.gajah.wire.Query;
import org.gajah.wire.Sync;
import org.gajah.wire.Values;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * LISTEN and NOTIFY as clients see them on the wire. The system property {@code gajah.server} (a port of localhost) runs the same
 * expectations against another server, such as PostgreSQL.
 */
class ListenNotifyTest {
    private static Optional<Cluster> cluster = Optional.empty();
    private static Optional<Server> server = Optional.empty();
    private static InetSocketAddress address;
    private final List<RawClient> clients = new ArrayList<>();
    private RawClient listener;
    private RawClient notifier;

    @BeforeAll
    static void start() throws IOException, HbaError {
        Integer other = Integer.getInteger("gajah.server");
        if (other != null) {
            address = new InetSocketAddress("127.0.0.1", other);
            return;
        }
        cluster = Optional.of(Instance.open(SystemEnv.inMemory(), new ServerSettings()));
        ServerConfig config = new ServerConfig(List.of("127.0.0.1"), 0, new ServerConfig.Places(50, 3, 0), 60_000,
                HbaParser.parse("pg_hba.conf", "host all all all trust"), Optional.empty(),
                ServerConfig.DEFAULT_THREADS_FOR_IDLE);
        server = Optional.of(Server.start(cluster.get(), config, new ServerLog(new PrintStream(OutputStream.nullOutputStream()))));
        address = server.get().addresses().getFirst();
    }

    @AfterAll
    static void stop() {
        server.ifPresent(Server::close);
        cluster.ifPresent(Cluster::close);
    }

    @BeforeEach
    void listen() throws IOException {
        listener = client();
        notifier = client();
        assertEquals("LISTEN, ZI", listener.answer("listen c"));
    }

    @AfterEach
    void hangUp() {
        clients.forEach(RawClient::close);
    }

    private RawClient client() throws IOException {
        return client("postgres");
    }

    private RawClient client(String database) throws IOException {
        RawClient client = RawClient.connected(address, 0x30000, Map.of("user", "postgres", "database", database));
        clients.add(client);
        return client;
    }

    /** Everything that comes unasked up to a notification with this payload on the channel. */
    private static String heard(RawClient client, String last) throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        do {
            messages.add(client.expect());
        } while (!(messages.getLast() instanceof NotificationResponse note && note.payload().equals(last)));
        return RawClient.brief(messages);
    }

    private String heard(String last) throws IOException {
        return heard(listener, last);
    }

    /** The values of a query's first column. */
    private static List<String> values(RawClient client, String sql) throws IOException {
        client.query(sql);
        return client.untilReady().stream().filter(DataRow.class::isInstance)
                .map(row -> new String(((DataRow) row).values().get(0).orElseThrow())).toList();
    }

    @Test
    void n01CommitDeliversAndRollbackDoesNot() throws IOException {
        notifier.answer("begin; notify c, 'lost'");
        notifier.answer("rollback");
        notifier.answer("notify c, 'lost too'; select 1/0");
        notifier.answer("begin; notify c, 'kept'");
        notifier.answer("commit");
        assertEquals("A c kept", heard("kept"));
    }

    @Test
    void n02TheSamePayloadInOneTransactionIsDeliveredOnce() throws IOException {
        notifier.answer("begin; notify c, 'a'; notify c, 'b'; notify c, 'a'; notify c; notify c, 'd'; notify c, ''; commit");
        assertEquals("A c a, A c b, A c , A c d", heard("d"));
    }

    @Test
    void n03TransactionsAreDeliveredInTheOrderOfTheirCommits() throws IOException {
        RawClient second = client();
        RawClient other = client();
        other.answer("listen c");
        notifier.answer("begin; notify c, 'same'; notify c, 'first'");
        second.answer("begin; notify c, 'same'; notify c, 'second'");
        second.answer("commit");
        notifier.answer("commit");
        assertEquals("A c same, A c second, A c same, A c first", heard("first"));
        assertEquals("A c same, A c second, A c same, A c first", heard(other, "first"));
    }

    @Test
    void n04RollbackToASavepointDropsWhatCameAfterIt() throws IOException {
        notifier.answer("begin; notify c, 'a'; savepoint s; notify c, 'b'; notify c, 'a'; rollback to s; notify c, 'd'; "
                + "savepoint t; notify c, 'a'; notify c, 'e'; release t; notify c, 'e'; notify c, 'f'; commit");
        assertEquals("A c a, A c d, A c e, A c f", heard("f"));
    }

    @Test
    void n04ABlockThatCatchesAnErrorDropsWhatItNotified() throws IOException {
        notifier.answer("""
                do $$
                begin
                    notify c, 'before';
                    begin
                        perform pg_notify('c', 'inside');
                        notify c, 'inside too';
                        perform 1 / 0;
                    exception when division_by_zero then
                        notify c, 'caught';
                    end;
                    begin
                        notify c, 'kept';
                        notify c, 'before';
                    exception when others then
                        notify c, 'never';
                    end;
                    perform pg_notify('c', 'after');
                end $$""");
        assertEquals("A c before, A c caught, A c kept, A c after", heard("after"));
    }

    @Test
    void n30FunctionsInPlpgsqlNotifyAndListen() throws IOException {
        String drop = "drop function if exists n30_tells(text); drop function if exists n30_hears()";
        notifier.answer(drop);
        notifier.answer("create function n30_tells(what text) returns int language plpgsql as $$ begin perform pg_notify('c', what || ' by function'); "
                + "notify c, 'by statement'; execute format('notify c, %L', what || ' by text'); return 1; end $$");
        notifier.answer("create function n30_hears() returns void language plpgsql as $$ begin listen n30; notify n30, 'own'; end $$");
        notifier.answer("select n30_tells(x) from (values ('a'), ('b')) v(x)");
        assertEquals("A c a by function, A c by statement, A c a by text, A c b by function, A c b by text", heard("b by text"));
        assertEquals("RowDescription, DataRow, SELECT 1, A n30 own, ZI", notifier.answer("select n30_hears()"));
        notifier.answer("unlisten *");
        notifier.answer("begin; select n30_tells('lost'); rollback");
        notifier.answer("notify c, 'end'");
        assertEquals("A c end", heard("end"));
        notifier.answer(drop);
    }

    @Test
    void n05TheOwnNotificationComesWithTheOwnProcessId() throws IOException {
        listener.query("notify c, 'mine'");
        List<BackendMessage> messages = listener.untilReady();
        assertEquals("NOTIFY, A c mine, ZI", RawClient.brief(messages));
        assertEquals(listener.key.processId(), ((NotificationResponse) messages.get(1)).processId());
    }

    @Test
    void n06NotificationsStandBetweenCommandCompleteAndReadyForQuery() throws IOException {
        assertEquals("BEGIN, NOTIFY, COMMIT, A c x, ZI", listener.answer("begin; notify c, 'x'; commit"));
        assertEquals("BEGIN, ZT", listener.answer("begin"));
        assertEquals("NOTIFY, ZT", listener.answer("notify c, 'y'"));
        assertEquals("COMMIT, A c y, ZI", listener.answer("commit"));
        Bind bind = new Bind("", "", new short[0], Values.NONE, new short[0]);
        listener.send(new Parse("", "notify c, '1'", new int[0]), bind, new Execute("", 0),
                new Parse("", "notify c, '2'", new int[0]), bind, new Execute("", 0), new Sync());
        assertEquals("ParseComplete, BindComplete, NOTIFY, ParseComplete, BindComplete, NOTIFY, A c 1, A c 2, ZI",
                RawClient.brief(listener.untilReady()));
    }

    @Test
    void n07AnIdleListenerIsToldAtOnceWithoutReadyForQuery() throws IOException {
        notifier.answer("notify c, 'now'");
        assertEquals("A c now", heard("now"));
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", listener.answer("select 1"));
    }

    @Test
    void n08AListenerInATransactionIsToldWhenItHasEnded() throws IOException {
        listener.answer("begin");
        notifier.answer("notify c, 'one'");
        assertEquals("RowDescription, DataRow, SELECT 1, ZT", listener.answer("select 1"));
        assertTrue(listener.answer("select 1/0").endsWith("ERROR 22012, ZE"));
        notifier.answer("notify c, 'two'");
        assertEquals("ERROR 25P02, ZE", listener.answer("select 1"));
        assertEquals("ROLLBACK, A c one, A c two, ZI", listener.answer("rollback"));
    }

    @Test
    void n09BeforeSyncNothingIsSent() throws IOException {
        listener.send(new Parse("", "select 1", new int[0]), new Flush());
        assertEquals("ParseComplete", RawClient.brief(List.of(listener.expect())));
        notifier.answer("notify c, 'waits'");
        listener.send(new Bind("", "", new short[0], Values.NONE, new short[0]), new Execute("", 0), new Sync());
        assertEquals("BindComplete, DataRow, SELECT 1, A c waits, ZI", RawClient.brief(listener.untilReady()));
    }

    @Test
    void n10DuringCopyFromStdinNothingIsSent() throws IOException {
        listener.answer("create temp table copied (a int)");
        listener.query("copy copied from stdin");
        assertTrue(listener.expect() instanceof CopyInResponse);
        notifier.answer("notify c, 'after'");
        listener.send(new CopyData("1\n".getBytes()), new CopyDone());
        assertEquals("COPY 1, A c after, ZI", RawClient.brief(listener.untilReady()));
    }

    @Test
    void n11PayloadsHaveAtMost7999Bytes() throws IOException {
        assertEquals("NOTIFY, ZI", notifier.answer("notify c, '" + "x".repeat(7999) + "'"));
        assertEquals("ERROR 22023, ZI", notifier.answer("notify c, '" + "x".repeat(8000) + "'"));
        assertEquals("ERROR 22023, ZI", notifier.answer("notify c, '" + "\u00e9".repeat(4000) + "'"));
        assertEquals(8000 + 3, heard("x".repeat(7999)).length());
    }

    @Test
    void n12PgNotifyChecksNamesAndTakesNullAsEmpty() throws IOException {
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", notifier.answer("select pg_notify('c', null)"));
        assertEquals("A c ", heard(""));
        assertTrue(notifier.answer("select pg_notify('', 'x')").endsWith("ERROR 22023, ZI"));
        assertTrue(notifier.answer("select pg_notify(null, 'x')").endsWith("ERROR 22023, ZI"));
        assertEquals("RowDescription, DataRow, SELECT 1, ZI", notifier.answer("select pg_notify(repeat('x', 63), 'x')"));
        assertTrue(notifier.answer("select pg_notify(repeat('x', 64), 'x')").endsWith("ERROR 22023, ZI"));
    }

    @Test
    void n13NamesAreCutAndFoldedInStatementsOnly() throws IOException {
        String cut = "x".repeat(63);
        assertEquals("NOTICE identifier \"" + cut + "x\" will be truncated to \"" + cut + "\", LISTEN, ZI",
                listener.answer("listen " + cut + "x"));
        notifier.answer("select pg_notify('" + cut + "', 'cut')");
        assertEquals("A " + cut + " cut", heard("cut"));
        notifier.answer("select pg_notify('C', 'upper')");
        notifier.answer("notify C, 'folded'");
        assertEquals("A c folded", heard("folded"));
        listener.answer("listen \"C\"");
        notifier.answer("select pg_notify('C', 'upper')");
        assertEquals("A C upper", heard("upper"));
    }

    @Test
    void n14NotifyTakesNoParameters() throws IOException {
        notifier.send(new Parse("", "notify c, $1", new int[0]), new Sync());
        assertEquals("ERROR 42601, ZI", RawClient.brief(notifier.untilReady()));
        byte[] values = "cparameter".getBytes();
        notifier.send(new Parse("", "select pg_notify($1, $2)", new int[0]),
                new Bind("", "", new short[0], new Values(values, new int[] {0, 1}, new int[] {1, 9}), new short[0]), new Execute("", 0), new Sync());
        assertEquals("ParseComplete, BindComplete, DataRow, SELECT 1, ZI", RawClient.brief(notifier.untilReady()));
        assertEquals("A c parameter", heard("parameter"));
    }

    @Test
    void n15ListeningBeginsAndEndsWithTheCommit() throws IOException {
        RawClient late = client();
        notifier.answer("notify c, 'before'");
        late.answer("begin; listen c");
        assertEquals("ROLLBACK, ZI", late.answer("rollback"));
        notifier.answer("notify c, 'unheard'");
        assertEquals("BEGIN, LISTEN, COMMIT, ZI", late.answer("begin; listen c; commit"));
        assertEquals("BEGIN, UNLISTEN, ROLLBACK, ZI", late.answer("begin; unlisten c; rollback"));
        notifier.answer("notify c, 'after'");
        assertEquals("A c after", heard(late, "after"));
    }

    @Test
    void n16ListenBesideNotifyHearsItAndUnlistenDoesNot() throws IOException {
        RawClient both = client();
        assertEquals("BEGIN, NOTIFY, LISTEN, COMMIT, A both_ends x, ZI", both.answer("begin; notify both_ends, 'x'; listen both_ends; commit"));
        assertEquals("BEGIN, NOTIFY, UNLISTEN, COMMIT, ZI", both.answer("begin; notify both_ends, 'x'; unlisten both_ends; commit"));
    }

    @Test
    void n17ListeningTwiceIsOnceAndDiscardAllEndsIt() throws IOException {
        listener.answer("listen c; listen d; unlisten unknown");
        notifier.answer("notify c, 'once'; notify c, 'end'");
        assertEquals("A c once, A c end", heard("end"));
        assertEquals(List.of("c", "d"), values(listener, "select * from pg_listening_channels() order by 1"));
        listener.answer("unlisten *");
        assertEquals(List.of(), values(listener, "select * from pg_listening_channels()"));
        listener.answer("listen e");
        assertEquals("DISCARD ALL, ZI", listener.answer("discard all"));
        assertEquals(List.of(), values(listener, "select * from pg_listening_channels()"));
        notifier.answer("notify c, 'nobody'; notify d, 'nobody'; notify e, 'nobody'");
        assertEquals("NOTIFY, ZI", listener.answer("notify e, 'own'"));
    }

    @Test
    void n19ReadOnlyTransactionsMayNotifyAndListen() throws IOException {
        assertEquals("BEGIN, NOTIFY, LISTEN, COMMIT, A d read only, ZI",
                notifier.answer("begin read only; notify d, 'read only'; listen d; commit"));
    }

    @Test
    void n20ChannelsBelongToADatabase() throws IOException {
        RawClient elsewhere = client("template1");
        elsewhere.answer("notify c, 'elsewhere'");
        notifier.answer("notify c, 'here'");
        assertEquals("A c here", heard("here"));
    }

    @Test
    void n21TheListAndTheUsageCanBeAskedForInAnyTransaction() throws IOException {
        listener.answer("begin read only");
        assertEquals(List.of("c"), values(listener, "select pg_listening_channels()"));
        double usage = Double.parseDouble(values(listener, "select pg_notification_queue_usage()").getFirst());
        assertTrue(usage >= 0 && usage <= 1);
        assertEquals("COMMIT, ZI", listener.answer("commit"));
    }

    @Test
    void n22CommandTags() throws IOException {
        assertEquals("LISTEN, UNLISTEN, UNLISTEN, NOTIFY, ZI", notifier.answer("listen x; unlisten x; unlisten *; notify x"));
    }

    @Test
    void n23TriggersNotifyEachPayloadOnce() throws IOException {
        notifier.answer("drop table if exists n23; drop function if exists n23_tells()");
        notifier.answer("create table n23 (id int, kind int)");
        notifier.answer("create function n23_tells() returns trigger language plpgsql as $$ begin perform pg_notify('c', 'kind ' || new.kind); "
                + "return null; end $$");
        notifier.answer("create trigger tells after insert on n23 for each row execute function n23_tells()");
        assertEquals("INSERT 0 1000, ZI", notifier.answer("insert into n23 select i, i % 3 from generate_series(1, 1000) i"));
        notifier.answer("notify c, 'end'");
        assertEquals("A c kind 1, A c kind 2, A c kind 0, A c end", heard("end"));
        notifier.answer("drop table n23; drop function n23_tells()");
    }

    @Test
    void n24AListenerThatDoesNotReadHoldsNobodyUp() throws IOException {
        String filler = "y".repeat(7000);
        for (int i = 0; i < 40; i++) {
            int from = i * 200;
            notifier.query(IntStream.range(from, from + 200).mapToObj(n -> "notify c, '" + n + " " + filler + "'")
                    .collect(Collectors.joining(";")));
            notifier.untilReady();
        }
        for (int i = 0; i < 8000; i++) {
            assertEquals(i + " " + filler, ((NotificationResponse) listener.expect()).payload());
        }
    }

    @Test
    void n27ManyNotificationsOfOneTransactionComeInOrder() throws IOException {
        notifier.answer("select pg_notify('c', i::text) from generate_series(1, 20000) i");
        for (int i = 1; i <= 20000; i++) {
            assertEquals(Integer.toString(i), ((NotificationResponse) listener.expect()).payload());
        }
    }

    @Test
    void everyListenerHearsConcurrentCommitsInTheSameOrder() throws Exception {
        List<RawClient> more = new ArrayList<>(List.of(listener));
        for (int i = 0; i < 3; i++) {
            more.add(client());
            more.getLast().answer("listen c; listen d" + i);
        }
        int sessions = 4;
        int each = 300;
        List<Thread> threads = new ArrayList<>();
        for (int s = 0; s < sessions; s++) {
            RawClient client = client();
            int number = s;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < each; i++) {
                        client.send(new Query("notify c, '" + number + "-" + i + "'"));
                        client.untilReady();
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
        List<List<String>> orders = new ArrayList<>();
        for (RawClient client : more) {
            List<String> order = new ArrayList<>();
            while (order.size() < sessions * each) {
                order.add(((NotificationResponse) client.expect()).payload());
            }
            orders.add(order);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (List<String> order : orders) {
            assertEquals(orders.getFirst(), order);
            Map<String, Integer> next = new LinkedHashMap<>();
            for (String payload : order) {
                String[] parts = payload.split("-");
                assertEquals(next.merge(parts[0], 1, Integer::sum) - 1, Integer.parseInt(parts[1]));
            }
        }
    }
}
