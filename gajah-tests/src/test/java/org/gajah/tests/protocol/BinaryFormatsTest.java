package org.gajah.tests.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every type goes in and out in text and in binary, alone and in an array, with PostgreSQL's own bytes. */
class BinaryFormatsTest {
    /** Types whose values are made by functions that are not there yet. */
    private static final String LATER = "box circle gtsvector line lseg path pg_brin_bloom_summary pg_brin_minmax_multi_summary "
            + "pg_dependencies pg_mcv_list pg_ndistinct pg_node_tree point polygon tsquery tsvector xml";

    private static final Map<String, List<String>> SAMPLES = new TreeMap<>();
    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    static {
        add("bool", "t", "false");
        add("int2", "-32768", "32767", "0");
        add("int4", "-2147483648", "2147483647");
        add("int8", "-9223372036854775808", "9223372036854775807");
        add("float4", "0.1", "-0", "NaN", "Infinity", "1e-45", "3.4028235e38");
        add("float8", "0.1", "-0", "NaN", "-Infinity", "5e-324", "1.7976931348623157e308");
        add("numeric", "0", "0.00", "-0.00001", "12345678901234567890.123456789", "1e20", "10000", "99999999", "0.0001", "NaN", "Infinity", "-Infinity", "1e-100", "9.99e300");
        add("money", "$1,234.56", "-0.01");
        add("text", "", "h\u00e9llo \u65e5\u672c \ud83d\udc18", "it's \\ \"quoted\"\n");
        add("varchar", "abc", "");
        add("bpchar", "abc  ", "");
        add("char(5)", "ab");
        add("varchar(3)", "abc");
        add("\"char\"", "x", "", "\\377");
        add("name", "a_name", "");
        add("bytea", "\\x00ff5c27", "\\x");
        add("date", "2024-02-29", "0001-01-01 BC", "infinity", "-infinity", "5874897-12-31");
        add("time", "23:59:59.999999", "24:00:00", "00:00");
        add("time(2)", "23:59:59.999");
        add("timetz", "12:34:56.789+02:30", "00:00-15:59");
        add("timestamp", "2024-02-29 12:34:56.789012", "infinity", "4713-01-01 00:00 BC", "294276-12-31 23:59:59.999999");
        add("timestamptz", "2024-07-01 12:00+02", "-infinity");
        add("interval", "1 year 2 mons 3 days 04:05:06.789", "-1 day +00:00:00.000001", "infinity", "0");
        add("interval(0)", "1.6 seconds");
        add("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        add("oid", "0", "4294967295");
        add("xid", "4294967295");
        add("cid", "7");
        add("xid8", "18446744073709551615");
        add("tid", "(7,9)");
        add("pg_lsn", "16/B374D848");
        add("regproc", "pg_backend_pid", "-");
        add("regprocedure", "abs(integer)");
        add("regoper", "pg_catalog.||/");
        add("regoperator", "+(integer,integer)");
        add("regclass", "pg_class", "-");
        add("regtype", "integer", "timestamp with time zone");
        add("regrole", "postgres");
        add("regnamespace", "pg_catalog");
        add("regcollation", "\"C\"");
        add("regconfig", "simple");
        add("regdictionary", "simple");
        add("json", "{\"a\": [1, null,  2.50]}", "1");
        add("jsonb", "{\"b\": 1, \"a\": [1, null, 2.50, \"x\"]}", "null");
        add("jsonpath", "$.a[*] ? (@ > 1)");
        add("bit(9)", "101010101");
        add("varbit", "101", "");
        add("inet", "192.168.1.5/24", "10.1.2.3", "2001:db8::1/64", "::1");
        add("cidr", "10.0.0.0/8", "2001:db8::/32");
        add("macaddr", "08:00:2b:01:02:03");
        add("macaddr8", "08:00:2b:01:02:03:04:05");
        add("int4range", "[1,5)", "empty", "(,3]", "(,)");
        add("int8range", "[1,5)");
        add("numrange", "(1.5,2.5]");
        add("daterange", "[2024-01-01,2024-02-01]");
        add("tsrange", "[2024-01-01 00:00,2024-01-02 00:00)");
        add("tstzrange", "[2024-01-01 00:00+00,)");
        add("int4multirange", "{[1,3),[5,7)}", "{}");
        add("int8multirange", "{[1,3)}");
        add("nummultirange", "{[1.5,3)}");
        add("datemultirange", "{[2024-01-01,2024-02-01)}");
        add("tsmultirange", "{[2024-01-01 00:00,2024-01-02 00:00)}");
        add("tstzmultirange", "{(,)}");
        add("int2vector", "1 2 -3");
        add("oidvector", "1 4294967295");
        add("refcursor", "c1");
        add("txid_snapshot", "10:20:10,14,15");
        add("pg_snapshot", "10:20:10,14,15");
    }

    private static void add(String type, String... values) {
        SAMPLES.put(type, List.of(values));
    }

    @TestFactory
    Stream<DynamicTest> types() {
        return SAMPLES.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
            String expected = String.join("\n", hold(SERVERS.postgresPort(), e.getKey(), e.getValue()));
            assertEquals(expected, String.join("\n", hold(SERVERS.gajahPort(), e.getKey(), e.getValue())));
        }));
    }

    private static Talk talk(int port) throws IOException {
        return new Talk(port, Map.of("user", "postgres", "database", "postgres", "client_encoding", "UTF8", "TimeZone", "UTC"), false);
    }

    private static List<String> hold(int port, String type, List<String> values) throws IOException {
        try (Talk talk = talk(port)) {
            for (String value : values) {
                talk.said.add(value);
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                inAndOut(talk, "SELECT $1::" + type, text);
                if (!type.endsWith("vector")) {
                    inAndOut(talk, "SELECT $1::" + type + "[]", array(talk, type, text));
                }
                inAndOut(talk, "SELECT ROW($1::" + type + ", 1)", text);
            }
            talk.parse("", "SELECT $1::" + type).bind("", "", new int[] {1}, new byte[][] {new byte[300]}, 0).execute("", 0).sync();
            return List.copyOf(talk.said);
        }
    }

    /** The text form of an array with a NULL in it. */
    private static byte[] array(Talk talk, String type, byte[] text) throws IOException {
        talk.parse("", "SELECT ARRAY[$1::" + type + ", NULL]").bind("", "", new int[] {0}, new byte[][] {text}, 0).execute("", 0).sync();
        return talk.value;
    }

    /** In as text and out as binary, what came in as binary and out as text, and as binary again. */
    private static void inAndOut(Talk talk, String sql, byte[] text) throws IOException {
        talk.value = new byte[0];
        talk.parse("", sql).bind("", "", new int[] {0}, new byte[][] {text}, 1).execute("", 0).sync();
        if (!sql.startsWith("SELECT ROW")) {
            byte[] binary = talk.value;
            talk.bind("", "", new int[] {1}, new byte[][] {binary}, 0).execute("", 0).sync();
            talk.bind("", "", new int[] {1}, new byte[][] {binary}, 1).execute("", 0).sync();
        }
    }

    @Test
    void noTypeIsForgotten() throws IOException {
        TreeSet<String> sampled = new TreeSet<>(List.of(LATER.split(" ")));
        SAMPLES.keySet().forEach(name -> sampled.add(name.replaceAll("\\(.*|\"", "")));
        TreeSet<String> missing = new TreeSet<>();
        try (Talk talk = talk(SERVERS.gajahPort())) {
            talk.query("SELECT string_agg(typname, ' ') FROM pg_type WHERE oid < 16384 AND typtype IN ('b', 'r', 'm') AND typcategory <> 'A' "
                    + "AND typsend <> 0 AND typreceive <> 0");
            missing.addAll(List.of(new String(talk.value, StandardCharsets.UTF_8).split(" ")));
        }
        assertTrue(missing.size() > 60, "types were found");
        missing.removeAll(sampled);
        assertEquals(new TreeSet<String>(), missing);
    }
}
