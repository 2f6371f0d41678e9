package org.gajah.tests.ignite;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The tables of TPC-H that our queries read, with few rows made by a formula of our own. */
final class Tpch {
    /** A table: its columns as every SQL has them, and its rows as lists of values. */
    record Table(String name, String columns, String key, List<String> rows) {
    }

    private static final int CUSTOMERS = 150;
    private static final int ORDERS = 900;
    private static final int SUPPLIERS = 20;
    private static final String[] SEGMENTS = {"AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY", "HOUSEHOLD"};
    private static final String[] MODES = {"AIR", "MAIL", "SHIP", "TRUCK", "RAIL"};
    private static final String[] PRIORITIES = {"1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"};
    private static final String[] REGIONS = {"AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"};

    private Tpch() {
    }

    static List<Table> tables(long seed) {
        Random random = new Random(seed);
        List<String> regions = new ArrayList<>();
        List<String> nations = new ArrayList<>();
        List<String> suppliers = new ArrayList<>();
        List<String> customers = new ArrayList<>();
        List<String> orders = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (int i = 0; i < REGIONS.length; i++) {
            regions.add(i + ", '" + REGIONS[i] + "'");
        }
        for (int i = 0; i < 25; i++) {
            nations.add(i + ", 'NATION " + i + "', " + i % REGIONS.length);
        }
        for (int i = 1; i <= SUPPLIERS; i++) {
            suppliers.add(i + ", 'Supplier " + i + "', " + random.nextInt(25));
        }
        for (int i = 1; i <= CUSTOMERS; i++) {
            customers.add(i + ", 'Customer " + i + "', " + random.nextInt(25) + ", " + money(random, 10_000) + ", '" + SEGMENTS[random.nextInt(SEGMENTS.length)] + "'");
        }
        for (int i = 1; i <= ORDERS; i++) {
            orders.add(i + ", " + (1 + random.nextInt(CUSTOMERS)) + ", " + money(random, 300_000) + ", " + date(random) + ", '"
                    + PRIORITIES[random.nextInt(PRIORITIES.length)] + "', 0");
            for (int line = 1; line <= 1 + random.nextInt(5); line++) {
                items.add(i + ", " + line + ", " + (1 + random.nextInt(SUPPLIERS)) + ", " + (1 + random.nextInt(50)) + ".00, " + money(random, 90_000) + ", 0.0"
                        + random.nextInt(10) + ", 0.0" + random.nextInt(9) + ", '" + "ANR".charAt(random.nextInt(3)) + "', '" + "FO".charAt(random.nextInt(2)) + "', "
                        + date(random) + ", " + date(random) + ", " + (random.nextInt(10) == 0 ? "NULL" : date(random)) + ", '" + MODES[random.nextInt(MODES.length)] + "'");
            }
        }
        return List.of(new Table("region", "r_regionkey int, r_name varchar(25)", "r_regionkey", regions),
                new Table("nation", "n_nationkey int, n_name varchar(25), n_regionkey int", "n_nationkey", nations),
                new Table("supplier", "s_suppkey int, s_name varchar(25), s_nationkey int", "s_suppkey", suppliers),
                new Table("customer", "c_custkey int, c_name varchar(25), c_nationkey int, c_acctbal decimal(12,2), c_mktsegment varchar(10)", "c_custkey", customers),
                new Table("orders", "o_orderkey int, o_custkey int, o_totalprice decimal(12,2), o_orderdate date, o_orderpriority varchar(15), o_shippriority int",
                        "o_orderkey", orders),
                new Table("lineitem", "l_orderkey int, l_linenumber int, l_suppkey int, l_quantity decimal(12,2), l_extendedprice decimal(12,2), l_discount decimal(12,2),"
                        + " l_tax decimal(12,2), l_returnflag varchar(1), l_linestatus varchar(1), l_shipdate date, l_commitdate date, l_receiptdate date, l_shipmode varchar(10)",
                        "l_orderkey, l_linenumber", items));
    }

    private static String money(Random random, int most) {
        return random.nextInt(most) + "." + (10 + random.nextInt(90));
    }

    private static String date(Random random) {
        return "DATE '199" + (2 + random.nextInt(7)) + "-" + (10 + random.nextInt(3)) + "-" + (10 + random.nextInt(19)) + "'";
    }
}
