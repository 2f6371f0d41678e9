package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How much memory a Java function takes for each row that it is called for; a query of the same process runs on the thread that asks. */
class AllocationTest {
    private static final int ROWS = 1_000_000;
    private static final int WARM_UPS = 3;
    private static final int MOST_TRIES = 10;
    private static final int MOST_FOR_TEXT = 120;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static RoutineFixture f;

    @BeforeAll
    static void open() throws SQLException {
        f = new RoutineFixture();
        f.run("CREATE TABLE allocates (i int, l bigint, d float8, b bool, t text)",
                "INSERT INTO allocates SELECT g, g, g, g % 2 = 0, 'row ' || g FROM generate_series(1, " + ROWS + ") g");
    }

    @AfterAll
    static void close() throws SQLException {
        f.close();
    }

    private static double bytesARow(String condition, String answer) throws SQLException {
        String sql = "SELECT count(*) FROM allocates WHERE " + condition;
        for (int i = 0; i < WARM_UPS; i++) {
            assertEquals(answer, f.value(sql));
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        f.value(sql);
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / ROWS;
    }

    private static void function(String name, String type, String parameter) throws SQLException {
        f.run("CREATE FUNCTION " + name + "(" + type + ") RETURNS " + type + " LANGUAGE java STRICT AS 'org.gajah.tests.routine.Samples.same(" + parameter + ")'");
    }

    @Test
    void primitivesTakeNothing() throws SQLException {
        function("same_long", "bigint", "long");
        function("same_double", "float8", "double");
        function("same_bool", "bool", "boolean");
        f.run("CREATE FUNCTION add_int(int, int) RETURNS int LANGUAGE java AS 'org.gajah.tests.routine.Samples.add'",
                "CREATE FUNCTION even(int) RETURNS bool LANGUAGE java AS 'org.gajah.tests.routine.Samples.isEven'",
                "CREATE FUNCTION here(n int) RETURNS int LANGUAGE java AS $$ static int here(int n) { int s = 0; for (int i = 0; i < 3; i++) s += n; return s; } $$");
        assertNothing("same_long(l) > 500000", "500000");
        assertNothing("same_double(d) > 500000", "500000");
        assertNothing("same_bool(b)", "500000");
        assertNothing("add_int(i, 1) > 500000", "500001");
        assertNothing("even(i)", "500000");
        assertNothing("here(i) > 1500000", "500000");
    }

    /** Once it is compiled, which a busy machine may put off. */
    private static void assertNothing(String condition, String answer) throws SQLException {
        double bytes = bytesARow(condition, answer);
        for (int i = 0; i < MOST_TRIES && bytes >= 1; i++) {
            bytes = bytesARow(condition, answer);
        }
        assertTrue(bytes < 1, condition + " takes " + bytes + " bytes a row");
    }

    /** A String in, and its bytes out: that much is needed. */
    @Test
    void textTakesItsStrings() throws SQLException {
        function("same_text", "text", "String");
        double plain = bytesARow("t > ''", "1000000");
        double bytes = bytesARow("same_text(t) > ''", "1000000");
        assertTrue(bytes - plain < MOST_FOR_TEXT, () -> "text takes " + bytes + " bytes a row, without a function " + plain);
    }
}
