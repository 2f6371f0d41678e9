package org.gajah.tests.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.gajah.tests.corpus.WireClient;
import org.gajah.tests.process.ServerProcess;

/** LISTEN and NOTIFY: one channel for all, a channel for each, what NOTIFY adds to a commit, the way of one, and ten thousand sessions. */
final class Notifications implements Workload {
    private static final int NOTIFIERS = 8;
    /** With one listener there is no more to deliver than is sent, and a client that waits for each answer sends no faster than it wakes. */
    private static final int AHEAD = 8;
    private static final int TRIPS = 2000;
    private static final String OWN = "notify-own-1000";
    private static final String COST = "notify-cost";
    private static final String MEDIAN = "notify-trip-p50";
    private static final String TAIL = "notify-trip-p99";
    private static final String MANY = "notify-10000-listeners";
    private static final List<Integer> FANOUTS = List.of(1, 100, 1000);

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(FANOUTS.stream().map(Notifications::fanoutName).toList());
        names.addAll(List.of(OWN, COST, MEDIAN, TAIL, MANY));
        return names;
    }

    private static String fanoutName(int listeners) {
        return "notify-fanout-" + listeners;
    }

    private interface Measure {
        double of(ServerProcess server) throws IOException, SQLException;
    }

    @Override
    public List<Row> run(Stage stage) throws IOException, SQLException {
        int seconds = stage.options().seconds();
        List<ServerProcess> servers = List.of(stage.gajah("max_connections=1100"), stage.postgres("max_connections=1100"));
        for (ServerProcess server : servers) {
            server.start();
        }
        List<Row> rows = new ArrayList<>();
        for (int listeners : FANOUTS) {
            compare(stage, servers, fanoutName(listeners), Unit.PER_SECOND, new Goal.Times(3), s -> deliveries(s, listeners, seconds), rows);
        }
        compare(stage, servers, OWN, Unit.PER_SECOND, new Goal.Times(50), s -> ownChannels(s, 1000, seconds), rows);
        compare(stage, servers, COST, Unit.PERCENT, new Goal.AtMost(10), s -> cost(s, seconds), rows);
        compare(stage, servers, MEDIAN, Unit.MICROSECONDS, new Goal.Times(1), s -> trips(s, 0.5), rows);
        compare(stage, servers, TAIL, Unit.MICROSECONDS, new Goal.Times(1), s -> trips(s, 0.99), rows);
        for (ServerProcess server : servers) {
            server.stop();
        }
        if (stage.wants(MANY)) {
            rows.add(manyListeners(stage));
        }
        return rows;
    }

    private static void compare(Stage stage, List<ServerProcess> servers, String name, Unit unit, Goal goal, Measure measure, List<Row> rows)
            throws IOException, SQLException {
        if (stage.wants(name)) {
            Map<String, Rounds.Attempt> attempts = new LinkedHashMap<>();
            for (ServerProcess server : servers) {
                measure.of(server);
                attempts.put(server.name(), () -> measure.of(server));
            }
            Map<String, Double> medians = Rounds.medians(name, stage.options().rounds(), attempts);
            rows.add(new Row(name, unit, medians.get("Gajah"), "PostgreSQL", medians.get("PostgreSQL"), goal));
        }
    }

    /** Notifications a second that reach so many listeners of one channel, while eight sessions commit one NOTIFY after the other. */
    private static double deliveries(ServerProcess server, int listeners, int seconds) throws IOException {
        try (ListenerPool pool = new ListenerPool(server.port(), listeners, i -> "fanout");
                Notifiers notifiers = new Notifiers(server.port(), NOTIFIERS, listeners == 1 ? AHEAD : 1, n -> "NOTIFY fanout, 'number " + n + "'")) {
            pause(1);
            long from = pool.notifications();
            long start = System.nanoTime();
            pause(seconds);
            long to = pool.notifications();
            notifiers.commits();
            return (to - from) / seconds(start);
        }
    }

    /** Notifications a second that are sent and received where each listener has a channel of its own. */
    private static double ownChannels(ServerProcess server, int listeners, int seconds) throws IOException {
        try (ListenerPool pool = new ListenerPool(server.port(), listeners, i -> "own" + i);
                Notifiers notifiers = new Notifiers(server.port(), NOTIFIERS, 1, n -> "NOTIFY own" + n % listeners + ", 'number " + n + "'")) {
            pause(1);
            long from = Math.min(pool.notifications(), notifiers.commits());
            long start = System.nanoTime();
            pause(seconds);
            return (Math.min(pool.notifications(), notifiers.commits()) - from) / seconds(start);
        }
    }

    /** By how many percent fewer transactions of eight sessions commit if each notifies a listener. */
    private static double cost(ServerProcess server, int seconds) throws IOException, SQLException {
        try (Connection connection = server.connect("postgres"); Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS notified");
            statement.execute("CREATE TABLE notified (n int8)");
        }
        try (ListenerPool pool = new ListenerPool(server.port(), 1, i -> "cost")) {
            double without = 0;
            double with = 0;
            for (int turn = 0; turn < 2; turn++) {
                without += commits(server, seconds, false);
                with += commits(server, seconds, true);
            }
            return pool.notifications() == 0 ? Double.NaN : 100 * (1 - with / without);
        }
    }

    private static double commits(ServerProcess server, int seconds, boolean notify) throws IOException {
        try (Notifiers sessions = new Notifiers(server.port(), NOTIFIERS, 1, n -> "BEGIN; INSERT INTO notified VALUES (" + n + "); "
                + (notify ? "NOTIFY cost, 'number " + n + "'; " : "") + "COMMIT")) {
            pause(1);
            long from = sessions.commits();
            long start = System.nanoTime();
            pause(seconds);
            return (sessions.commits() - from) / seconds(start);
        }
    }

    /** Microseconds from sending NOTIFY to having the notification in another session, when nothing else happens. */
    private static double trips(ServerProcess server, double quantile) throws IOException {
        try (WireClient listener = new WireClient(server.port(), ServerProcess.USER, "postgres");
                WireClient notifier = new WireClient(server.port(), ServerProcess.USER, "postgres")) {
            answer(listener, "LISTEN trip");
            long[] nanos = new long[TRIPS];
            for (int i = -TRIPS; i < TRIPS; i++) {
                long start = System.nanoTime();
                notifier.query("NOTIFY trip, 'number " + i + "'");
                while (listener.read().type() != 'A') {
                    assert notifier.processId() != 0;
                }
                nanos[Math.max(0, i)] = System.nanoTime() - start;
                until(notifier);
            }
            Arrays.sort(nanos);
            return nanos[(int) (quantile * TRIPS)] / 1000.0;
        }
    }

    private static void answer(WireClient client, String sql) throws IOException {
        client.query(sql);
        until(client);
    }

    private static void until(WireClient client) throws IOException {
        while (client.read().type() != 'Z') {
            assert client.processId() != 0;
        }
    }

    /** Memory with ten thousand listeners; PostgreSQL has a process for each, so it is shown with a tenth of them, times ten. */
    private static Row manyListeners(Stage stage) throws IOException {
        double[] megabytes = new double[2];
        List<ServerProcess> servers = List.of(stage.gajah("max_connections=10100"), stage.postgres("max_connections=1100"));
        for (int i = 0; i < 2; i++) {
            ServerProcess server = servers.get(i);
            server.start();
            int size = i == 0 ? 10_000 : 1_000;
            try (ListenerPool pool = new ListenerPool(server.port(), size, n -> "many"); Notifiers notifiers = new Notifiers(server.port(), 1, 1,
                    n -> "NOTIFY many, 'number " + n + "'")) {
                while (pool.notifications() < size) {
                    notifiers.commits();
                    LockSupport.parkNanos(1_000_000);
                }
                megabytes[i] = server.memoryMegabytes() * (10_000 / size);
            }
            server.stop();
        }
        return new Row(MANY, Unit.MEGABYTES, megabytes[0], "PostgreSQL (1,000) x 10", megabytes[1], new Goal.AtMost(500));
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
