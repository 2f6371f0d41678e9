package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What goes wrong in user code is an error of the statement, and of nothing else. */
class JavaFaultsTest {
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

    @Test
    void recursionThroughSqlEnds() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            assertEquals("54001 stack depth limit exceeded", f.failing(spi -> spi.execute("SELECT run_volatile()").rows().row(0).getText(1)));
            assertEquals("1", f.value("SELECT 1"));
        }
    }
}
