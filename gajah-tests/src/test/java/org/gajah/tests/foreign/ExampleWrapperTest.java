package org.gajah.tests.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import org.gajah.api.Gajah;
import org.junit.jupiter.api.Test;

/** The wrapper that docs/wrapper.md shows. */
class ExampleWrapperTest {
    private static final Path ROOT = Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("..");

    @Test
    void theDocumentationShowsItAsItIs() throws IOException {
        String source = Files.readString(ROOT.resolve("gajah-tests/src/main/java/org/gajah/tests/example/PropertiesWrapper.java"));
        String shown = String.join("\n", Files.readAllLines(ROOT.resolve("docs/wrapper.md")).stream().map(l -> l.startsWith("    ") ? l.substring(4) : l).toList());
        assertTrue(shown.contains(source.strip()), "docs/wrapper.md");
        assertTrue(source.lines().count() < 150, "it is small");
    }

    @Test
    void itDoesWhatItSays() throws SQLException {
        try (Gajah gajah = Gajah.inMemory(); Connection c = gajah.dataSource().getConnection()) {
            Lines.run(c, "CREATE EXTENSION properties_fdw", "CREATE SERVER jvm FOREIGN DATA WRAPPER properties_fdw",
                    "CREATE FOREIGN TABLE java (name text, value text) SERVER jvm OPTIONS (prefix 'java.')");
            assertEquals(List.of("25"), Lines.of(c, "SELECT value FROM java WHERE name = 'java.specification.version'"));
            assertEquals("[value] of java.specification.version", Lines.remote(c, "SELECT value FROM java WHERE name = 'java.specification.version'"));
            assertEquals(List.of("0"), Lines.of(c, "SELECT count(*) FROM java WHERE name = 'user.name'"));
            assertEquals(List.of("java.specification.version"), Lines.of(c, "SELECT name FROM java WHERE name LIKE '%spec%version' AND name NOT LIKE '%vm%' ORDER BY name"));
            assertTrue(Lines.of(c, "EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM java WHERE value = 'x'").toString().contains("only name = 'constant' goes there"), "EXPLAIN");
            assertEquals("0A000", assertThrows(SQLException.class, () -> Lines.run(c, "INSERT INTO java VALUES ('a', 'b')")).getSQLState());
            assertEquals("HV00D", assertThrows(SQLException.class, () -> Lines.run(c, "ALTER FOREIGN TABLE java OPTIONS (ADD nonsense '1')")).getSQLState());
        }
    }
}
