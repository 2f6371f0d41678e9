package org.gajah.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.gajah.api.SqlError;
import org.gajah.base.MemoryBudget;
import org.gajah.base.SystemEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that ask for more memory than a small process has: they fail, and nothing else does. */
final class BombTest {
    private static final List<String> BOMBS = List.of(
            "SELECT length(repeat('x', 1000000000))",
            "SELECT length(repeat('xyz', 2000000000))",
            "SELECT sum(length(repeat('x', 10000000 + g))) FROM generate_series(1, 1000) g",
            "SELECT count(*) FROM (SELECT repeat('x', 1000000 + g) s FROM generate_series(1, 2000) g ORDER BY 1) q",
            "SELECT array_length(array_fill(1, ARRAY[100000000]), 1)",
            "SELECT array_length(array_fill('x'::text, ARRAY[10000, 10000]), 1)",
            "SELECT length(string_agg(repeat('x', 1000000), '')) FROM generate_series(1, 1500)",
            "SELECT length(string_agg(repeat('x', 1000000), ',' ORDER BY g)) FROM generate_series(1, 1500) g",
            "SELECT array_length(array_agg(repeat('x', 1000000)), 1) FROM generate_series(1, 1500) g",
            "SELECT array_length(array_agg(g), 1) FROM generate_series(1, 60000000) g",
            "SELECT length(lpad('x', 1000000000))",
            "SELECT length(rpad('x', 250000000))",
            "SELECT length(format('%1000000000s', 'x'))",
            "SELECT length(replace(repeat('x', 10000000), 'x', repeat('y', 1000)))",
            "SELECT length(repeat('x', 60000000) || repeat('y', 60000000) || repeat('z', 60000000))",
            "SELECT length(convert_from(decode(repeat('61', 200000000), 'hex'), 'UTF8'))",
            "SELECT (repeat('[', 1000000) || repeat(']', 1000000))::json",
            "SELECT (repeat('{\"a\":', 1000000) || '1' || repeat('}', 1000000))::jsonb",
            "SELECT repeat('{', 1000000)::int[]",
            "SELECT repeat('9', 200000)::numeric",
            "SELECT 10::numeric ^ 1000000",
            "SELECT factorial(100000)",
            "SELECT ('1e' || repeat('9', 1000))::numeric",
            "WITH RECURSIVE r AS (SELECT repeat('x', 1000) s UNION ALL SELECT s || s FROM r) SELECT max(length(s)) FROM r",
            "WITH RECURSIVE r AS (SELECT 1 n UNION SELECT n + 1 FROM r WHERE n < 30000000) SELECT count(*) FROM r");
    private static final List<String> EXPECTED = List.of("53200", "54000", "54001", "22003", "22P02");

    @Test
    void theProcessSurvives(@TempDir Path directory) throws IOException, InterruptedException {
        String path = System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path")
                + File.pathSeparator + testClasses();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx300m", "-cp", path,
                BombTest.class.getName(), directory.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("all well"), output);
    }

    private static String testClasses() {
        return Path.of("target", "test-classes").toAbsolutePath() + File.pathSeparator + Path.of("target", "classes").toAbsolutePath();
    }

    /** The small process. */
    public static void main(String[] args) {
        try (TestCluster cluster = new TestCluster(SystemEnv.of(Path.of(args[0]))); Session session = cluster.connect(); Session other = cluster.connect()) {
            TestCluster.rows(other, "CREATE TABLE t AS SELECT g FROM generate_series(1, 1000) g");
            long reserved = MemoryBudget.ofHeap().reservedBytes();
            long used = usedBytes();
            for (String bomb : BOMBS) {
                String state = stateOf(session, bomb);
                check(EXPECTED.contains(state), bomb + " ended with " + state);
                check(TestCluster.rows(session, "SELECT count(*) FROM t").equals(List.of("1000")), "the session after " + bomb);
                check(TestCluster.rows(other, "SELECT sum(g) FROM t").equals(List.of("500500")), "another session after " + bomb);
                check(MemoryBudget.ofHeap().reservedBytes() == reserved, "memory is still reserved after " + bomb);
                check(cluster.env.disk().list().stream().noneMatch(name -> name.startsWith("temp-")), "a file is left after " + bomb);
            }
            check(usedBytes() < used + (30 << 20), "memory is still used");
        }
        System.out.println("all well");
    }

    private static String stateOf(Session session, String bomb) {
        try {
            TestCluster.rows(session, bomb);
            return "rows";
        } catch (SqlError e) {
            return e.state().code();
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
