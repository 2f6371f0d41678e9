package org.gajah.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How postgresql.conf is read. */
class ConfigFileTest {
    @TempDir
    Path directory;

    private String read(String text) throws IOException, ConfigError {
        Path file = Files.writeString(directory.resolve("postgresql.conf"), text);
        return ConfigFile.read(file).stream().map(entry -> entry.name() + "=" + entry.value())
                .collect(Collectors.joining("|"));
    }

    @Test
    void linesAreNamesAndValues() throws Exception {
        assertEquals("port=5433|work_mem=4MB|fsync=off|x.y=1",
                read("port = 5433\n\n# no\n  work_mem 4MB # here\nfsync=off\r\nx.y = 1\n"));
        assertEquals("a=-1.5e+3|b=/tmp/x:1", read("a = -1.5e+3\nb /tmp/x:1"));
    }

    @Test
    void quotedValuesMayHoldAnything() throws Exception {
        assertEquals("a=it's # \"here\"|b=a'b|c=tab\tA|d=", read("a = 'it''s # \"here\"'\nb='a\\'b'\nc='tab\\t\\101'\nd=''"));
    }

    @Test
    void theOrderIsKeptSoThatTheLastOneCounts() throws Exception {
        assertEquals("a=1|b=2|a=3", read("a=1\nb=2\na=3"));
    }

    @Test
    void otherFilesAreIncluded() throws Exception {
        Files.writeString(directory.resolve("more.conf"), "b = 2\n");
        Files.createDirectory(directory.resolve("conf.d"));
        Files.writeString(directory.resolve("conf.d/2.conf"), "d = 4");
        Files.writeString(directory.resolve("conf.d/1.conf"), "c = 3");
        Files.writeString(directory.resolve("conf.d/no.txt"), "what");
        assertEquals("a=1|b=2|c=3|d=4|e=5",
                read("a=1\ninclude 'more.conf'\ninclude_dir = 'conf.d'\ninclude_if_exists 'none.conf'\ne=5"));
    }

    @Test
    void circlesOfIncludesEnd() {
        ConfigError error = assertThrows(ConfigError.class, () -> read("include 'postgresql.conf'"));
        assertTrue(error.getMessage().endsWith("maximum nesting depth exceeded"), error.getMessage());
    }

    @Test
    void errorsNameTheLine() {
        for (String text : new String[] {"a = 1\nb", "a = 1\nb = 'x", "a = 1\nb = 1 2", "a = 1\n= 5", "a = 1\nb = $"}) {
            ConfigError error = assertThrows(ConfigError.class, () -> read(text), text);
            assertTrue(error.getMessage().contains("syntax error in file ") && error.getMessage().contains(" line 2, near "),
                    error.getMessage());
        }
        assertThrows(ConfigError.class, () -> read("include 'none.conf'"));
    }
}
