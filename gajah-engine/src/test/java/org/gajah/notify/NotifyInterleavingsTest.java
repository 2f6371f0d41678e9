package org.gajah.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Runs {@link NotifyInterleavings} in a process of its own, because Lincheck rewrites the classes of the one that it runs in. */
class NotifyInterleavingsTest {
    private static final String INTERLEAVINGS = Integer.getInteger("gajah.interleavings", 100).toString();
    private static final String SCENARIOS = Integer.getInteger("gajah.scenarios", 1).toString();

    @Test
    void whateverTheInterleavingItIsAsIfOneThingCameAfterTheOther() throws Exception {
        Path tests = Path.of(NotifyInterleavings.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String classes = String.join(File.pathSeparator, System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path"),
                tests.resolveSibling("test-classes").toString());
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                "-Xmx512m", "-XX:+EnableDynamicAgentLoading", "--sun-misc-unsafe-memory-access=allow", "--add-opens", "java.base/java.util=ALL-UNNAMED",
                "-cp", classes, NotifyInterleavings.class.getName(), INTERLEAVINGS, SCENARIOS)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
