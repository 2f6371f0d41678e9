package org.gajah.tests.copy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gajah.client.copy.CopyIn;
import org.gajah.client.copy.CopyLeftEarlyException;
import org.gajah.client.copy.CopyOut;
import org.gajah.client.copy.CopyProgress;
import org.gajah.client.copy.Rollback;
import org.gajah.client.copy.TransactionBlock;
import org.gajah.tests.servers.BothServers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Java helper for COPY keeps its contract with Gajah and with PostgreSQL. */
class CopyHelperTest {
    private static final String MANY = "COPY (SELECT i, repeat('x', 100) FROM generate_series(1, 50000) i) TO STDOUT";

    @RegisterExtension
    static final BothServers SERVERS = new BothServers();

    /** A line of the table. */
    record Line(int a, String b) {
    }

    /** A test on a connection with an empty table {@code helper (a int, b text)}. */
    @FunctionalInterface
    interface Check {
        void with(Connection connection) throws SQLException;
    }

    @TestFactory
    Stream<DynamicTest> helper() {
        Map<String, Check> checks = Map.ofEntries(Map.entry("rows in and out in text", CopyHelperTest::text),
                Map.entry("rows in and out in binary", CopyHelperTest::binary), Map.entry("records", CopyHelperTest::records),
                Map.entry("reading everything and closing is clean", CopyHelperTest::wholly),
                Map.entry("leaving a COPY OUT early fails and says what to do", CopyHelperTest::early),
                Map.entry("leaving a COPY OUT by an exception cancels and drains", CopyHelperTest::byException),
                Map.entry("Rollback stops early within a block", CopyHelperTest::rollback),
                Map.entry("Rollback in a nested block leaves the outer one", CopyHelperTest::nested),
                Map.entry("an exception fails the COPY IN", CopyHelperTest::failedIn),
                Map.entry("a bad row is the server's error", CopyHelperTest::badRow),
                Map.entry("progress is told", CopyHelperTest::progress), Map.entry("dozens of COPYs left in every way", CopyHelperTest::again));
        return checks.entrySet().stream().flatMap(check -> Stream.of("Gajah", "PostgreSQL").map(server -> DynamicTest.dynamicTest(
                server + ": " + check.getKey(), () -> run(server.equals("Gajah") ? SERVERS.gajahPort() : SERVERS.postgresPort(),
                        check.getValue()))));
    }

    private static void run(int port, Check check) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "")) {
            execute(connection, "DROP TABLE IF EXISTS helper");
            execute(connection, "CREATE TABLE helper (a int, b text)");
            check.with(connection);
            assertUsable(connection);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void assertUsable(Connection connection) throws SQLException {
        assertEquals("next", value(connection, "SELECT 'next'"));
    }

    private static long count(Connection connection) throws SQLException {
        return Long.parseLong(value(connection, "SELECT count(*) FROM helper"));
    }

    private static void text(Connection c) throws SQLException {
        List<Object[]> rows = List.of(new Object[] {1, "tab\tback\\slash\nnew\r"}, new Object[] {2, null}, new Object[] {3, "\\N"}, new Object[] {4, ""});
        assertEquals(4, CopyIn.run(c, "COPY helper FROM STDIN", copy -> copy.rows(rows.iterator())));
        List<String> read = new ArrayList<>();
        try (CopyOut out = CopyOut.start(c, "COPY (SELECT * FROM helper ORDER BY a) TO STDOUT")) {
            for (Optional<String[]> row = out.nextRow(); row.isPresent(); row = out.nextRow()) {
                read.add(Arrays.toString(row.get()));
            }
        }
        assertEquals(List.of("[1, tab\tback\\slash\nnew\r]", "[2, null]", "[3, \\N]", "[4, ]"), read);
    }

    private static void binary(Connection c) throws SQLException {
        assertEquals(0, CopyIn.run(c, "COPY helper FROM STDIN (FORMAT binary)", copy -> { }));
        assertEquals(2, CopyIn.run(c, "COPY helper FROM STDIN (FORMAT binary)", copy -> {
            copy.row(7, "x");
            copy.row(null, "y");
        }));
        try (CopyOut out = CopyOut.start(c, "COPY (SELECT * FROM helper ORDER BY a) TO STDOUT (FORMAT binary)")) {
            assertArrayEquals(new byte[][] {{0, 0, 0, 7}, {'x'}}, out.nextBinaryRow().orElseThrow());
            assertArrayEquals(new byte[][] {null, {'y'}}, out.nextBinaryRow().orElseThrow());
            assertTrue(out.nextBinaryRow().isEmpty());
        }
        try (CopyOut out = CopyOut.start(c, "COPY (SELECT 1 WHERE false) TO STDOUT (FORMAT binary)")) {
            assertTrue(out.nextBinaryRow().isEmpty());
        }
    }

    private static void records(Connection c) throws SQLException {
        List<Line> lines = List.of(new Line(1, "x"), new Line(2, null));
        assertEquals(2, CopyIn.run(c, "COPY helper FROM STDIN", copy -> copy.records(Line.class, lines.iterator())));
        assertEquals("1,2", value(c, "SELECT string_agg(a::text, ',' ORDER BY a) FROM helper"));
    }

    private static void wholly(Connection c) throws SQLException {
        try (CopyOut out = CopyOut.start(c, MANY)) {
            while (out.next().isPresent()) {
                continue;
            }
            assertEquals(50_000, out.progress().rows());
        }
    }

    private static void early(Connection c) throws SQLException {
        CopyLeftEarlyException error = assertThrows(CopyLeftEarlyException.class, () -> {
            try (CopyOut out = CopyOut.start(c, MANY)) {
                out.next();
            }
        });
        assertTrue(error.getMessage().contains("call cancel(), or throw Rollback"), error.getMessage());
        assertUsable(c);
        try (CopyOut out = CopyOut.start(c, MANY)) {
            out.next();
            out.cancel();
        }
    }

    private static void byException(Connection c) {
        ArithmeticException own = new ArithmeticException();
        ArithmeticException thrown = assertThrows(ArithmeticException.class, () -> {
            try (CopyOut out = CopyOut.start(c, MANY)) {
                out.next();
                throw own;
            }
        });
        assertSame(own, thrown);
        assertEquals(CopyLeftEarlyException.class, thrown.getSuppressed()[0].getClass());
    }

    private static void rollback(Connection c) throws SQLException {
        TransactionBlock.run(c, () -> {
            execute(c, "INSERT INTO helper VALUES (1, 'x')");
            try (CopyOut out = CopyOut.start(c, MANY)) {
                out.next();
                throw new Rollback();
            }
        });
        assertEquals(0, count(c));
        TransactionBlock.run(c, () -> execute(c, "INSERT INTO helper VALUES (1, 'x')"));
        assertEquals(1, count(c));
        assertThrows(ArithmeticException.class, () -> TransactionBlock.run(c, () -> {
            execute(c, "INSERT INTO helper VALUES (2, 'x')");
            throw new ArithmeticException();
        }));
        assertEquals(1, count(c));
    }

    private static void nested(Connection c) throws SQLException {
        TransactionBlock.run(c, () -> {
            execute(c, "INSERT INTO helper VALUES (1, 'outer')");
            TransactionBlock.run(c, () -> {
                execute(c, "INSERT INTO helper VALUES (2, 'inner')");
                try (CopyOut out = CopyOut.start(c, MANY)) {
                    out.next();
                    throw new Rollback();
                }
            });
            execute(c, "INSERT INTO helper VALUES (3, 'outer')");
        });
        assertEquals("1,3", value(c, "SELECT string_agg(a::text, ',' ORDER BY a) FROM helper"));
    }

    private static void failedIn(Connection c) throws SQLException {
        assertThrows(ArithmeticException.class, () -> CopyIn.run(c, "COPY helper FROM STDIN", copy -> {
            copy.row(1, "x");
            throw new ArithmeticException();
        }));
        assertThrows(CopyLeftEarlyException.class, () -> {
            try (CopyIn copy = CopyIn.start(c, "COPY helper FROM STDIN")) {
                copy.row(1, "x");
            }
        });
        assertEquals(0, count(c));
    }

    private static void badRow(Connection c) throws SQLException {
        SQLException error = assertThrows(SQLException.class, () -> CopyIn.run(c, "COPY helper FROM STDIN", copy -> {
            copy.row("not a number", "x");
            for (int i = 0; i < 100_000; i++) {
                copy.row(i, "some more text behind the bad row");
            }
        }));
        assertTrue(error.getMessage().contains("invalid input syntax for type integer"), error.getMessage());
        assertEquals(0, count(c));
    }

    private static void progress(Connection c) throws SQLException {
        List<CopyProgress> told = new ArrayList<>();
        try (CopyIn copy = CopyIn.start(c, "COPY helper FROM STDIN", told::add)) {
            for (int i = 0; i < 2500; i++) {
                copy.row(i, "x");
            }
            assertEquals(2500, copy.finish());
        }
        assertEquals(List.of(1000L, 2000L, 2500L), told.stream().map(CopyProgress::rows).toList());
        assertTrue(told.getLast().bytes() > 10_000);
    }

    private static void again(Connection c) throws SQLException {
        for (int i = 0; i < 60; i++) {
            switch (i % 4) {
                case 0 -> rollback(c);
                case 1 -> byException(c);
                case 2 -> failedIn(c);
                default -> assertEquals(1, CopyIn.run(c, "COPY helper FROM STDIN", copy -> copy.row(1, "x")));
            }
            execute(c, "TRUNCATE helper");
        }
    }
}
