package org.gajah.tests.ignite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.gajah.api.Gajah;
import org.gajah.tests.oracle.PostgresOracle;

/**
 * {@code ./tool org.gajah.tests.ignite.IgniteCampaign DIRECTORY}: queries of TPC-H over a cluster give what PostgreSQL gives and go there
 * whole; a node is killed in the middle of one. Prints a line for each thing that holds or does not.
 */
public final class IgniteCampaign {
    private static final long SEED = 1992;
    private static final int KILLED = 2;
    private static final long AMONG_ROWS_MILLIS = 700;
    private static final long MOST_SECONDS = 60;
    private static final int ROWS_AT_ONCE = 300;
    private static final int ALONE_ROWS = 20_000;
    private static final String SLOW = "SELECT count(*), sum(a.l_quantity) FROM lineitem a JOIN lineitem b ON a.l_suppkey = b.l_suppkey"
            + " JOIN lineitem c ON c.l_suppkey = b.l_suppkey WHERE c.l_linenumber = 1";
    private static final Map<String, String> QUERIES = queries();

    private final Connection gajah;
    /** Another connection, which reads from the node that is killed. */
    private final Connection reader;
    private final Connection postgres;
    private boolean failed;

    private IgniteCampaign(Connection gajah, Connection reader, Connection postgres) {
        this.gajah = gajah;
        this.reader = reader;
        this.postgres = postgres;
    }

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("Q1, the pricing summary", "SELECT l_returnflag, l_linestatus, sum(l_quantity), sum(l_extendedprice), sum(l_extendedprice * (1 - l_discount)),"
                + " sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)), avg(l_quantity), avg(l_discount), count(*) FROM lineitem WHERE l_shipdate <= '1998-09-02'"
                + " GROUP BY l_returnflag, l_linestatus");
        queries.put("Q3, the top of unshipped orders", "SELECT l_orderkey, sum(l_extendedprice * (1 - l_discount)) AS revenue, o_orderdate, o_shippriority"
                + " FROM customer, orders, lineitem WHERE c_mktsegment = 'BUILDING' AND c_custkey = o_custkey AND l_orderkey = o_orderkey AND o_orderdate < '1995-03-15'"
                + " AND l_shipdate > '1995-03-15' GROUP BY l_orderkey, o_orderdate, o_shippriority ORDER BY revenue DESC, o_orderdate LIMIT 10");
        queries.put("Q4, late orders by priority", "SELECT o_orderpriority, count(*) FROM orders WHERE o_orderdate >= '1993-07-01' AND o_orderdate < '1996-10-01'"
                + " AND EXISTS (SELECT 1 FROM lineitem WHERE l_orderkey = o_orderkey AND l_commitdate < l_receiptdate) GROUP BY o_orderpriority");
        queries.put("Q5, revenue of a region's nations", "SELECT n_name, sum(l_extendedprice * (1 - l_discount)) AS revenue FROM customer, orders, lineitem, supplier, nation, region"
                + " WHERE c_custkey = o_custkey AND l_orderkey = o_orderkey AND l_suppkey = s_suppkey AND c_nationkey = s_nationkey AND s_nationkey = n_nationkey"
                + " AND n_regionkey = r_regionkey AND r_name = 'ASIA' AND o_orderdate >= '1993-01-01' GROUP BY n_name ORDER BY revenue DESC");
        queries.put("Q6, revenue of a change", "SELECT sum(l_extendedprice * l_discount) FROM lineitem WHERE l_shipdate >= '1994-01-01' AND l_shipdate < '1996-01-01'"
                + " AND l_discount BETWEEN 0.05 AND 0.07 AND l_quantity < 24");
        queries.put("Q12, shipping modes and priorities", "SELECT l_shipmode, sum(CASE WHEN o_orderpriority = '1-URGENT' OR o_orderpriority = '2-HIGH' THEN 1 ELSE 0 END),"
                + " sum(CASE WHEN o_orderpriority <> '1-URGENT' AND o_orderpriority <> '2-HIGH' THEN 1 ELSE 0 END) FROM orders, lineitem WHERE o_orderkey = l_orderkey"
                + " AND l_shipmode IN ('MAIL', 'SHIP') AND l_commitdate < l_receiptdate GROUP BY l_shipmode");
        queries.put("customers without an order", "SELECT c_custkey FROM customer WHERE NOT EXISTS (SELECT 1 FROM orders WHERE o_custkey = c_custkey AND o_totalprice > 50000)"
                + " ORDER BY c_acctbal DESC, c_custkey LIMIT 5");
        queries.put("orders that customers may have", "SELECT c_custkey, o_orderkey FROM customer LEFT JOIN orders ON c_custkey = o_custkey AND o_totalprice > 250000"
                + " WHERE c_acctbal < 3000 ORDER BY c_custkey, o_orderkey LIMIT 50");
        queries.put("keys of either table", "SELECT s_nationkey FROM supplier UNION SELECT c_nationkey FROM customer WHERE c_acctbal > 9000 ORDER BY 1 LIMIT 10");
        return queries;
    }

    /** Entry point; status 1 if something does not hold. */
    public static void main(String[] words) throws IOException, SQLException {
        Path built = Path.of(words[0]).toAbsolutePath();
        System.out.println("seed " + SEED);
        try (IgniteCluster cluster = IgniteCluster.start(built); Gajah gajah = Gajah.inMemory(); PostgresOracle oracle = PostgresOracle.start();
                Connection here = gajah.dataSource().getConnection(); Connection reader = gajah.dataSource().getConnection();
                Connection there = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + oracle.port() + "/postgres", "postgres", "")) {
            IgniteCampaign campaign = new IgniteCampaign(here, reader, there);
            campaign.prepare(cluster, built);
            campaign.compare();
            campaign.beginReading(cluster, built);
            campaign.lose(cluster);
            campaign.goOnReading();
            System.exit(campaign.failed ? 1 : 0);
        }
    }

    private void report(String what, Optional<String> wrong) {
        failed |= wrong.isPresent();
        System.out.println((wrong.isPresent() ? "FAILED: " : "passed: ") + what + wrong.map(w -> "\n" + w).orElse(""));
    }

    private static void run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }

    private static List<String> lines(Connection c, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery(sql)) {
            while (r.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(r.getString(i)));
                }
                lines.add(String.join("|", values));
            }
        }
        return lines;
    }

    /** The same rows in the cluster, by INSERT into foreign tables, and in PostgreSQL. */
    private void prepare(IgniteCluster cluster, Path built) throws SQLException {
        run(gajah, "CREATE EXTENSION jdbc_fdw");
        run(gajah, "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD ignite 'url=" + cluster.url() + " jar=" + built.resolve("gajah-ignite.jar") + " dialect=ignite')");
        run(gajah, "CREATE SERVER cluster FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'ignite', isolation_level 'default')");
        List<String> setup = new ArrayList<>(List.of("CREATE ZONE tpch (PARTITIONS 3, REPLICAS 3) STORAGE PROFILES ['default']"));
        List<Tpch.Table> tables = Tpch.tables(SEED);
        tables.forEach(t -> setup.add("CREATE TABLE " + t.name() + " (" + t.columns() + ", PRIMARY KEY (" + t.key() + ")) ZONE tpch"));
        for (String sql : setup) {
            lines(gajah, "SELECT * FROM jdbc_exec('cluster', $$" + sql + "$$) AS r(done text)");
        }
        for (Tpch.Table t : tables) {
            run(gajah, "CREATE FOREIGN TABLE " + t.name() + " (" + t.columns() + ") SERVER cluster");
            run(postgres, "CREATE TABLE " + t.name() + " (" + t.columns() + ", PRIMARY KEY (" + t.key() + "))");
            for (int from = 0; from < t.rows().size(); from += ROWS_AT_ONCE) {
                String rows = "(" + String.join("), (", t.rows().subList(from, Math.min(t.rows().size(), from + ROWS_AT_ONCE))) + ")";
                run(gajah, "INSERT INTO " + t.name() + " VALUES " + rows);
                run(postgres, "INSERT INTO " + t.name() + " VALUES " + rows);
            }
            List<String> expected = lines(postgres, "SELECT count(*) FROM " + t.name());
            List<String> got = lines(gajah, "SELECT count(*) FROM " + t.name());
            report(t.name() + " has its rows", expected.equals(got) ? Optional.empty() : Optional.of(expected + " " + got));
        }
    }

    /** A table whose partitions have no second copy, read through one node alone; rows of it have come and others are still to come. */
    private void beginReading(IgniteCluster cluster, Path built) throws SQLException {
        run(gajah, "ALTER FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (ADD onenode 'url=" + cluster.url(KILLED) + " jar=" + built.resolve("gajah-ignite.jar") + " dialect=ignite')");
        run(gajah, "CREATE SERVER node FOREIGN DATA WRAPPER jdbc_fdw OPTIONS (driver 'onenode', isolation_level 'default', fetch_size '100')");
        for (String sql : List.of("CREATE ZONE single (PARTITIONS 3, REPLICAS 1) STORAGE PROFILES ['default']",
                "CREATE TABLE alone (id int PRIMARY KEY, filler varchar(200)) ZONE single",
                "INSERT INTO alone SELECT x, repeat('x', 150) FROM TABLE(system_range(1, " + ALONE_ROWS + "))")) {
            lines(gajah, "SELECT * FROM jdbc_exec('node', $$" + sql + "$$) AS r(done text)");
        }
        run(gajah, "CREATE FOREIGN TABLE alone (id int, filler varchar(200)) SERVER node");
        run(reader, "CREATE TABLE kept (a int)");
        run(reader, "BEGIN");
        run(reader, "INSERT INTO kept VALUES (1)");
        run(reader, "DECLARE rows CURSOR FOR SELECT id, filler FROM alone");
        int begun = lines(reader, "FETCH 10 FROM rows").size();
        report("rows of a table without copies come", begun == 10 ? Optional.empty() : Optional.of(begun + " rows"));
    }

    /** The node is gone that the rows came from. */
    private void goOnReading() throws SQLException {
        long begun = System.nanoTime();
        CompletableFuture<Optional<String>> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return Optional.of(lines(reader, "FETCH ALL FROM rows").size() + " rows came");
            } catch (SQLException e) {
                System.out.println("reading from the lost node failed: " + e.getSQLState() + " " + e.getMessage());
                return e.getSQLState().startsWith("08") ? Optional.empty() : Optional.of(e.toString());
            }
        });
        report("rows that flow from a node that is killed end in a connection failure",
                reading.completeOnTimeout(Optional.of("no end after " + MOST_SECONDS + " seconds"), MOST_SECONDS, TimeUnit.SECONDS).join());
        System.out.println("it took " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        run(reader, "ROLLBACK");
        List<String> kept = lines(reader, "SELECT count(*) FROM kept");
        report("its transaction is rolled back, and the session goes on", kept.equals(List.of("0")) ? Optional.empty() : Optional.of(kept.toString()));
        List<String> others = lines(reader, "SELECT count(*) FROM region");
        report("the session reaches the rest of the cluster", others.equals(List.of("5")) ? Optional.empty() : Optional.of(others.toString()));
        try {
            report("the lost node is an error of its own", Optional.of(lines(reader, "SELECT count(*) FROM alone").toString()));
        } catch (SQLException e) {
            System.out.println("asking the lost node: " + e.getSQLState() + " " + e.getMessage());
            report("the lost node is an error of its own", e.getSQLState().startsWith("08") ? Optional.empty() : Optional.of(e.toString()));
        }
    }

    /** What EXPLAIN shows of a query that goes there whole is one foreign scan, maybe with expressions above it. */
    private void compare() throws SQLException {
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            List<String> plan = lines(gajah, "EXPLAIN (VERBOSE, COSTS OFF) " + query.getValue());
            boolean whole = plan.getFirst().contains("Foreign Scan") && plan.stream().filter(l -> l.contains("Foreign Scan")).count() == 1;
            report(query.getKey() + " goes there whole", whole ? Optional.empty() : Optional.of(String.join("\n", plan)));
            same(query.getKey(), query.getValue());
        }
    }

    private void same(String name, String query) {
        try {
            List<String> expected = sorted(query, lines(postgres, query));
            List<String> got = sorted(query, lines(gajah, query));
            report(name + " gives what PostgreSQL gives", expected.equals(got) && !expected.isEmpty() ? Optional.empty()
                    : Optional.of("expected " + expected + "\ngot " + got));
        } catch (SQLException e) {
            report(name + " gives what PostgreSQL gives", Optional.of(e.toString()));
        }
    }

    private static List<String> sorted(String query, List<String> lines) {
        return query.contains("ORDER BY") ? lines : lines.stream().sorted().toList();
    }

    /** A node goes while a query runs: it gives its rows or an error, in time, and the next one works. */
    private void lose(IgniteCluster cluster) throws SQLException {
        List<String> expected = lines(postgres, SLOW);
        long begun = System.nanoTime();
        CompletableFuture<Optional<String>> running = CompletableFuture.supplyAsync(() -> {
            try {
                List<String> got = lines(gajah, SLOW);
                System.out.println("the query that lost a node succeeded");
                return got.equals(expected) ? Optional.empty() : Optional.of("expected " + expected + ", got " + got);
            } catch (SQLException e) {
                System.out.println("the query that lost a node failed: " + e.getSQLState() + " " + e.getMessage());
                return e.getSQLState() == null || e.getSQLState().startsWith("XX") ? Optional.of(e.toString()) : Optional.empty();
            }
        });
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(AMONG_ROWS_MILLIS));
        boolean among = !running.isDone();
        cluster.kill(KILLED);
        Optional<String> wrong = running.completeOnTimeout(Optional.of("no end after " + MOST_SECONDS + " seconds"), MOST_SECONDS, TimeUnit.SECONDS).join();
        report("a query during which a node is killed fails cleanly or succeeds", among ? wrong : Optional.of("it had ended before the kill"));
        System.out.println("it took " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        same("the next query", "SELECT o_orderpriority, count(*) FROM orders GROUP BY o_orderpriority");
        same("the one behind it, with a join,", QUERIES.get("Q3, the top of unshipped orders"));
    }
}
