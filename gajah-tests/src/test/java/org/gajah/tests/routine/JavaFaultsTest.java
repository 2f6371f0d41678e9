package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What goes wrong in user code is an error of the statement, and of nothing else. */
class JavaFaultsTest {
    private static final int ROUNDS = 20;

    private static void function(RoutineFixture f, String name, String method) throws SQLException {
        f.run("CREATE FUNCTION " + name + "(int) RETURNS int LANGUAGE java AS 'org.gajah.tests.routine.Samples." + method + "'");
    }

    @Test
    void theSessionSurvivesWhateverIsThrown() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            function(f, "fails", "fails");
            function(f, "endless", "endless");
            function(f, "greedy", "greedy");
            function(f, "unlinked", "unlinked");
            assertEquals("38000 java.lang.IllegalStateException: a is 1", f.error("SELECT fails(1)"));
            assertEquals("54001 stack depth limit exceeded", f.error("SELECT endless(1)"));
            assertEquals("53200 out of memory", f.error("SELECT greedy(1)"));
            assertTrue(f.error("SELECT unlinked(1)").startsWith("38000 a Java class that \"org.gajah.tests.routine.Samples.unlinked(int)\" needs cannot "
                    + "be used: java.lang.IllegalArgumentException: cannot begin"));
            assertTrue(f.error("SELECT unlinked(1)").startsWith("38000 a Java class that \"org.gajah.tests.routine.Samples.unlinked(int)\" needs cannot "
                    + "be used: java.lang.NoClassDefFoundError"));
            assertEquals("0", f.value("SELECT fails(0)"));
        }
    }

    @Test
    void anErrorInATransactionFailsItAsAnyOther() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            function(f, "fails", "fails");
            f.run("CREATE TABLE kept (a int)", "BEGIN", "INSERT INTO kept VALUES (1)", "SAVEPOINT s");
            assertEquals("38000 java.lang.IllegalStateException: a is 1", f.error("SELECT fails(1)"));
            assertTrue(f.error("SELECT 1").startsWith("25P02"));
            f.run("ROLLBACK TO s", "COMMIT");
            assertEquals("1", f.value("SELECT count(*) FROM kept"));
        }
    }

    /** A class of a later Java than this, or whatever is wrong with its bytes. */
    private static byte[] jar(String name, byte[] bytes) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(written)) {
            jar.putNextEntry(new ZipEntry(name));
            jar.write(bytes);
        }
        return written.toByteArray();
    }

    private static byte[] compiled(String source) throws IOException {
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(Jars.jar("com.example.Fault", source)))) {
            while (!jar.getNextEntry().getName().equals("com/example/Fault.class")) {
                continue;
            }
            return jar.readAllBytes();
        }
    }

    @Test
    void classesThatDoNotLoadAreErrors() throws Exception {
        byte[] good = compiled("package com.example; public class Fault { public static int f(int n) { return n; } }");
        byte[] later = good.clone();
        later[6] = 0x7f;
        byte[] broken = Arrays.copyOf(good, good.length - 20);
        byte[] needy = compiled("package com.example; public class Fault { static class Gone { } public static int f(int n) { return n + new Gone().hashCode() * 0; } }");
        byte[] fails = compiled("package com.example; public class Fault { static final int N = Integer.parseInt(\"x\"); public static int f(int n) { return n + N; } }");
        String create = "CREATE OR REPLACE FUNCTION fault(int) RETURNS int LANGUAGE java AS 'com.example.Fault.f'";
        try (RoutineFixture f = new RoutineFixture()) {
            Jars.install(f.connection, "fault", jar("com/example/Fault.class", later));
            assertTrue(f.error(create).contains("java.lang.UnsupportedClassVersionError"), f.error(create));
            Jars.install(f.connection, "fault", jar("com/example/Fault.class", broken));
            assertTrue(f.error(create).contains("java.lang.ClassFormatError"), f.error(create));
            Jars.install(f.connection, "fault", jar("com/example/Other.class", good));
            assertTrue(f.error(create).startsWith("38000 ") || f.error(create).startsWith("42704 "), f.error(create));
            Jars.install(f.connection, "fault", jar("com/example/Fault.class", needy));
            f.run(create);
            assertTrue(f.error("SELECT fault(1)").startsWith("38000 a Java class that \"com.example.Fault.f(int)\" needs cannot be used: "
                    + "java.lang.NoClassDefFoundError: com/example/Fault$Gone"), f.error("SELECT fault(1)"));
            Jars.install(f.connection, "fault", jar("com/example/Fault.class", fails));
            String error = f.error("SELECT fault(1)");
            assertTrue(error.startsWith("38000 a Java class that \"com.example.Fault.f(int)\" needs cannot be used: java.lang.NumberFormatException"), error);
            Jars.install(f.connection, "fault", jar("com/example/Fault.class", good));
            assertEquals("7", f.value("SELECT fault(7)"), "the next jar mends it, in the same session");
        }
    }

    /** Each fault again and again in some sessions, while another one works and none of its answers is wrong. */
    @Test
    void neighboursAreUnharmed() throws Exception {
        try (RoutineFixture f = new RoutineFixture()) {
            List<String> faults = List.of("fails", "endless", "greedy", "unlinked");
            for (String fault : faults) {
                function(f, fault, fault);
            }
            f.run("CREATE TABLE neighbour (a int)", "INSERT INTO neighbour SELECT generate_series(1, 1000)");
            List<CompletableFuture<Integer>> failing = new ArrayList<>();
            for (String fault : faults) {
                failing.add(CompletableFuture.supplyAsync(() -> failures(f, "SELECT " + fault + "(1) FROM neighbour")));
            }
            for (int i = 0; i < ROUNDS; i++) {
                f.run("UPDATE neighbour SET a = a + 1");
                assertEquals(Integer.toString(500_500 + (i + 1) * 1000), f.value("SELECT sum(a) FROM neighbour"));
            }
            for (CompletableFuture<Integer> session : failing) {
                assertEquals(ROUNDS, session.get(60, TimeUnit.SECONDS));
            }
            assertEquals("0", f.value("SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid()"));
        }
    }

    private static int failures(RoutineFixture f, String sql) {
        int failures = 0;
        try (Connection c = f.gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            for (int i = 0; i < ROUNDS; i++) {
                try {
                    s.execute(sql);
                } catch (SQLException e) {
                    failures++;
                }
                assertEquals(List.of("1000"), RoutineFixture.rows(s, "SELECT count(*) FROM neighbour"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return failures;
    }

    /** A thread of the user's has no SPI, neither while its routine runs nor later, and what it throws is its own. */
    @Test
    void threadsThatOutliveTheirCallHarmNobody() throws Exception {
        try (RoutineFixture f = new RoutineFixture()) {
            CompletableFuture<String> later = new CompletableFuture<>();
            CompletableFuture<Void> over = new CompletableFuture<>();
            Scripted.does(spi -> {
                Thread.ofVirtual().start(() -> {
                    over.join();
                    try {
                        later.complete(String.valueOf(spi.execute("SELECT 1")));
                    } catch (RuntimeException e) {
                        later.complete(e.getMessage());
                        throw e;
                    }
                });
                return "left";
            });
            assertEquals("left", f.value("SELECT run_volatile()"));
            over.complete(null);
            assertTrue(later.get(30, TimeUnit.SECONDS).endsWith("SPI_ERROR_UNCONNECTED"), later.get());
            assertEquals("1", f.value("SELECT 1"));
        }
    }

    @Test
    void recursionThroughSqlEnds() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            assertEquals("54001 stack depth limit exceeded", f.failing(spi -> spi.execute("SELECT run_volatile()").rows().row(0).getText(1)));
            assertEquals("1", f.value("SELECT 1"));
        }
    }
}
