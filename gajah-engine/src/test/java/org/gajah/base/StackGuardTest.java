package org.gajah.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.gajah.api.SqlError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackGuardTest {
    private static final int ENOUGH = 700;
    private static final int MUCH = 30_000;

    private int left;

    @Test
    void hasRoomSaysNoWhileThereIsStillStackAndYesBefore() throws InterruptedException {
        tryOut();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3", "-XX:-TieredCompilation"})
    void soItDoesWhicheverCompilerThereIs(String option) throws Exception {
        String classes = String.join(File.pathSeparator, classesOf(StackGuard.class), classesOf(SqlError.class), classesOf(StackGuardTest.class));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), option, "-cp", classes,
                StackGuardTest.class.getName())
                        .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    /** What the test runs in another JVM. */
    public static void main(String[] none) throws InterruptedException {
        new StackGuardTest().tryOut();
    }

    private static String classesOf(Class<?> c) throws URISyntaxException {
        return Path.of(c.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    private void tryOut() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            Thread thread = new Thread(null, () -> left = leftWhereThereIsNoRoom(), "small", 1 << 20);
            thread.start();
            thread.join();
            require(left > ENOUGH && left < MUCH, left + " calls more in round " + round);
            for (int i = 0; i < 50_000; i++) {
                require(StackGuard.hasRoom(), "no room at the bottom in round " + round);
            }
        }
    }

    /** Without the test's libraries, which another JVM does not have. */
    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new AssertionError(otherwise);
        }
    }

    private static int leftWhereThereIsNoRoom() {
        return StackGuard.hasRoom() ? leftWhereThereIsNoRoom() : callsUntilTheEnd(0);
    }

    private static int callsUntilTheEnd(int calls) {
        try {
            return callsUntilTheEnd(calls + 1);
        } catch (StackOverflowError e) {
            return calls;
        }
    }
}
