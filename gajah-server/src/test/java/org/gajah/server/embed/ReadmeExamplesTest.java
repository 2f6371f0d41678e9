package org.gajah.server.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in the README do what it says, as they stand there. */
class ReadmeExamplesTest {
    @TempDir
    Path directory;

    private String run(String mark) throws Exception {
        Path readme = Path.of("README.md");
        String text = Files.readString(Files.exists(readme) ? readme : Path.of("..", "README.md"));
        int at = text.indexOf(mark);
        assertTrue(at > 0, mark);
        int start = text.lastIndexOf("\n\n    import ", at) + 2;
        int end = text.indexOf("\n    }\n", at) + 7;
        Path source = directory.resolve("Example.java");
        Files.writeString(source, text.substring(start, end).replaceAll("(?m)^    ", ""));
        String path = System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path", "");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", path,
                source.toString())).directory(directory.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @Test
    void theSession() throws Exception {
        assertTrue(run("gajah.session()").contains("account 7 has 100\n"));
    }

    @Test
    void theConnection() throws Exception {
        assertTrue(run("gajah.dataSource()").contains("1 visits, the last at 20"));
    }
}
