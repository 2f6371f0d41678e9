package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/** Jars that the server loads, source that it compiles, and the cancel points in both. */
class JarTest {
    private static byte[] orders(int rate) throws IOException {
        return Jars.jar("com.example.Orders", "package com.example; public class Orders { public static int total(int n) { return n * " + rate + "; } "
                + "public static int slow(int n) { java.util.concurrent.locks.LockSupport.parkNanos(n * 1_000_000L); return " + rate + "; } }");
    }

    @Test
    void aJarIsInstalledReplacedAndRemoved() throws Exception {
        try (RoutineFixture f = new RoutineFixture(); Connection other = f.gajah.dataSource().getConnection(); Statement s = other.createStatement()) {
            assertEquals("42704 Java class \"com.example.Orders\" does not exist",
                    f.error("CREATE FUNCTION total(int) RETURNS int LANGUAGE java AS 'com.example.Orders.total'"));
            Jars.install(f.connection, "orders", orders(2));
            f.run("CREATE FUNCTION total(int) RETURNS int LANGUAGE java AS 'com.example.Orders.total'");
            assertEquals("42", f.value("SELECT total(21)"));
            assertEquals(List.of("42"), RoutineFixture.rows(s, "SELECT total(21)"));
            assertEquals("2BP01 cannot remove jar orders because other objects depend on it", f.error("CALL gajah.remove_jar('orders')"));
            Jars.install(f.connection, "orders", orders(3));
            assertEquals("63", f.value("SELECT total(21)"));
            assertEquals(List.of("63"), RoutineFixture.rows(s, "SELECT total(21)"), "in the other session, too");
            f.connection.setAutoCommit(false);
            Jars.install(f.connection, "orders", orders(4));
            assertEquals("84", f.value("SELECT total(21)"));
            assertEquals(List.of("63"), RoutineFixture.rows(s, "SELECT total(21)"), "nothing is committed yet");
            f.connection.rollback();
            f.connection.setAutoCommit(true);
            assertEquals("63", f.value("SELECT total(21)"));
            f.run("DROP FUNCTION total(int)", "CALL gajah.remove_jar('orders')");
            assertEquals("42704 jar \"orders\" does not exist", f.error("CALL gajah.remove_jar('orders')"));
            f.run("CREATE ROLE nobody_special", "SET ROLE nobody_special");
            assertEquals("42501 permission denied to remove a jar", f.error("CALL gajah.remove_jar('orders')"));
            f.run("RESET ROLE");
            assertTrue(f.error("CALL gajah.install_jar('x', '\\x00'::bytea)").startsWith("22023 \"x\" is not a jar"));
        }
    }

    @Test
    void s29ARunningCallFinishesOnTheOldClass() throws Exception {
        try (RoutineFixture f = new RoutineFixture(); Connection other = f.gajah.dataSource().getConnection(); Statement s = other.createStatement()) {
            Jars.install(f.connection, "orders", orders(2));
            f.run("CREATE FUNCTION slow(int) RETURNS int LANGUAGE java AS 'com.example.Orders.slow'");
            CompletableFuture<List<String>> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return RoutineFixture.rows(s, "SELECT slow(1500)");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (f.rows("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT slow(1500)'").isEmpty()) {
                Thread.onSpinWait();
            }
            Jars.install(f.connection, "orders", orders(5));
            assertEquals("5", f.value("SELECT slow(0)"));
            assertEquals(List.of("2"), running.get(30, TimeUnit.SECONDS));
            assertEquals(List.of("5"), RoutineFixture.rows(s, "SELECT slow(0)"));
        }
    }

    @Test
    void aJarOutlivesARestartAndComesFromAUrl(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("orders.jar");
        Files.write(file, orders(7));
        Path data = directory.resolve("data");
        try (Gajah g = Gajah.open(data); Connection c = g.dataSource().getConnection(); Statement s = c.createStatement()) {
            s.execute("CALL gajah.install_jar('orders', '" + file.toUri() + "')");
            s.execute("CREATE FUNCTION total(int) RETURNS int LANGUAGE java AS 'com.example.Orders.total'");
        }
        try (Gajah g = Gajah.open(data); Connection c = g.dataSource().getConnection(); Statement s = c.createStatement()) {
            assertEquals(List.of("14"), RoutineFixture.rows(s, "SELECT total(2)"));
        }
    }

    @Test
    void sourceIsCompiledHere() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            f.run("CREATE FUNCTION twice(a int) RETURNS int LANGUAGE java AS $$ static int twice(int a) { return 2 * a; } $$");
            assertEquals("42", f.value("SELECT twice(21)"));
            f.run("CREATE FUNCTION names() RETURNS text LANGUAGE java AS $$ import java.util.*; import org.gajah.api.spi.*;\n"
                    + "/** What there is. */ static String names() { List<String> all = new ArrayList<>(); "
                    + "for (Row r : Spi.current().execute(\"SELECT relname FROM pg_class WHERE relname IN ('pg_class', 'pg_proc') ORDER BY 1\").rows()) "
                    + "all.add(r.getText(1)); return String.join(\",\", all); } $$");
            assertEquals("pg_class,pg_proc", f.value("SELECT names()"));
            f.run("DO LANGUAGE java $$ org.gajah.api.spi.Spi.current().execute(\"CREATE TABLE made_by_do (a int)\"); $$");
            assertEquals("0", f.value("SELECT count(*) FROM made_by_do"));
        }
    }

    @Test
    void theReadmesExampleRuns() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("../README.md"));
        List<String> example = lines.subList(lines.indexOf("## Java inside it"), lines.indexOf("## Listening to it")).stream()
                .filter(line -> line.startsWith("    ")).toList();
        try (RoutineFixture f = new RoutineFixture()) {
            String sql = String.join("\n", example);
            int query = sql.lastIndexOf("SELECT *");
            f.run(sql.substring(0, query));
            assertEquals(List.of("Grace"), f.rows(sql.substring(query)));
        }
    }

    @Test
    void compileErrorsAreSqlErrorsWithTheirPlace() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            String sql = "CREATE FUNCTION f() RETURNS int LANGUAGE java AS $$static int f() { return nothing; }$$";
            PSQLException e = assertThrows(PSQLException.class, () -> f.run(sql));
            assertEquals("42601", e.getSQLState());
            assertEquals("Java: cannot find symbol", e.getServerErrorMessage().getMessage());
            assertEquals(sql.indexOf("nothing") + 1, e.getServerErrorMessage().getPosition());
            assertTrue(e.getServerErrorMessage().getDetail().startsWith("line 1, column "), e.getServerErrorMessage().getDetail());
            assertEquals("42883 class \"Inline_g\" has no static method g that takes ()",
                    f.error("CREATE FUNCTION g() RETURNS int LANGUAGE java AS $$ static int f() { return 1; } static int h() { return 2; } $$"));
        }
    }

    @Test
    void sourcesOnlyMethodIsTheRoutineWhateverItIsCalled() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            f.run("CREATE FUNCTION twice(a int) RETURNS int LANGUAGE java AS $$ static int twice(int a) { return 2 * a; } $$",
                    "ALTER FUNCTION twice(int) RENAME TO doubled",
                    "CREATE FUNCTION \"half of\"(a int) RETURNS int LANGUAGE java AS $$ static int half(int a) { return a / (a - 4); } $$");
            assertEquals("8", f.value("SELECT doubled(4)"));
            assertEquals("3", f.value("SELECT \"half of\"(6)"));
            PSQLException e = assertThrows(PSQLException.class, () -> f.run("SELECT \"half of\"(4)"));
            assertTrue(e.getServerErrorMessage().getWhere().contains("Inline_half_of.half(Inline_half_of.java:1)"), e.getServerErrorMessage().getWhere());
        }
    }

    @Test
    void s24EndlessLoopsAreCancelled() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            f.run("CREATE FUNCTION spin(n int) RETURNS int LANGUAGE java AS $$ static int spin(int n) { int i = 0; while (true) i += n; } $$",
                    "CREATE FUNCTION catches(n int) RETURNS int LANGUAGE java AS $$ static int catches(int n) { while (true) { "
                    + "try { for (;;) n++; } catch (RuntimeException e) { n = 0; } if (n < -5) return n; } } $$", "SET statement_timeout = '200ms'");
            long start = System.nanoTime();
            assertEquals("57014 canceling statement due to statement timeout", f.error("SELECT spin(1)"));
            assertTrue(System.nanoTime() - start < 20_000_000_000L);
            f.run("SET statement_timeout = 0", "CREATE FUNCTION later() RETURNS void LANGUAGE java AS $$ static void later() { "
                    + "org.gajah.api.spi.Spi.current().onCommit(() -> { int i = 0; while (true) i++; }); } $$", "SET statement_timeout = '200ms'");
            f.run("SELECT later()");
            assertEquals("an action at the end of a transaction failed: canceling statement due to statement timeout", f.statement.getWarnings().getMessage());
            f.run("SET statement_timeout = 0");
            assertEquals("1", f.value("SELECT 1"));
        }
    }
}
