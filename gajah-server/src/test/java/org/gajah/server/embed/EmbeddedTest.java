package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.gajah.api.Gajah;
import org.gajah.api.SqlError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gajah inside a program, over pgjdbc and memory. */
class EmbeddedTest {
    @TempDir
    Path directory;

    @Test
    void keepsWhatItHasCommittedFromOneOpeningToTheNext() throws SQLException {
        try (Gajah gajah = Gajah.open(directory.resolve("data")); Connection c = gajah.dataSource().getConnection();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
            s.execute("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
        }
        try (Gajah gajah = Gajah.open(directory.resolve("data")); Connection c = gajah.dataSource().getConnection();
                PreparedStatement s = c.prepareStatement("SELECT name FROM t WHERE id = ?")) {
            s.setInt(1, 2);
            try (ResultSet r = s.executeQuery()) {
                assertTrue(r.next());
                assertEquals("two", r.getString(1));
            }
        }
    }

    @Test
    void manyLiveSideBySideInMemory() throws SQLException {
        try (Gajah one = Gajah.inMemory(); Gajah other = Gajah.inMemory()) {
            try (Connection c = one.dataSource().getConnection(); Statement s = c.createStatement()) {
                s.execute("CREATE TABLE only_in_one (a int)");
            }
            try (Connection c = other.dataSource().getConnection(); Statement s = c.createStatement()) {
                SQLException missing = assertThrows(SQLException.class, () -> s.execute("SELECT * FROM only_in_one"));
                assertEquals("42P01", missing.getSQLState());
            }
        }
    }

    @Test
    void refusesADirectoryThatIsOpen() {
        try (Gajah gajah = Gajah.open(directory.resolve("data"))) {
            assertThrows(SqlError.class, () -> Gajah.open(directory.resolve("data")));
            assertTrue(gajah.port().isEmpty());
        }
    }

    @Test
    void listensOnAPortIfAsked() {
        try (Gajah gajah = Gajah.open(directory.resolve("data"), 0)) {
            assertTrue(gajah.port().orElseThrow() > 0);
        }
    }

    @Test
    void whoComesByTcpMeetsWhoIsInside() throws SQLException {
        try (Gajah gajah = Gajah.open(directory.resolve("data"), 0); Connection inside = gajah.dataSource().getConnection(); Statement s = inside.createStatement()) {
            s.execute("CREATE TABLE shared (a int)");
            String url = "jdbc:postgresql://localhost:" + gajah.port().orElseThrow() + "/postgres";
            try (Connection outside = DriverManager.getConnection(url, "postgres", ""); Statement o = outside.createStatement()) {
                assertEquals(2, o.executeUpdate("INSERT INTO shared VALUES (1), (2)"));
            }
            try (ResultSet r = s.executeQuery("SELECT sum(a) FROM shared")) {
                assertTrue(r.next());
                assertEquals(3, r.getInt(1));
            }
        }
    }

    @Test
    void manyDirectoriesAreOpenAtOnce() throws SQLException {
        List<Gajah> open = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                open.add(i % 2 == 0 ? Gajah.open(directory.resolve("d" + i)) : Gajah.inMemory());
                try (Connection c = open.getLast().dataSource().getConnection(); Statement s = c.createStatement()) {
                    s.execute("CREATE TABLE t AS SELECT " + i + " AS number");
                }
            }
            for (int i = 0; i < 8; i++) {
                try (Connection c = open.get(i).dataSource().getConnection(); Statement s = c.createStatement(); ResultSet r = s.executeQuery("SELECT number FROM t")) {
                    assertTrue(r.next());
                    assertEquals(i, r.getInt(1));
                }
            }
        } finally {
            open.forEach(Gajah::close);
        }
    }

    @Test
    void cancelsThroughMemory() throws Exception {
        try (Gajah gajah = Gajah.inMemory(); Connection c = gajah.dataSource().getConnection(); Statement s = c.createStatement()) {
            Thread canceller = Thread.ofPlatform().start(() -> {
                try (Connection watch = gajah.dataSource().getConnection(); Statement w = watch.createStatement()) {
                    boolean sleeping = false;
                    while (!sleeping) {
                        try (ResultSet r = w.executeQuery("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(100)'")) {
                            sleeping = r.next();
                        }
                    }
                    s.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            SQLException cancelled = assertThrows(SQLException.class, () -> s.execute("SELECT pg_sleep(100)"));
            assertEquals("57014", cancelled.getSQLState());
            canceller.join();
        }
    }
}
