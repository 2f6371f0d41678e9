package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trigger functions in Java (S20). */
class JavaTriggerTest {
    private static void functions(RoutineFixture f) throws SQLException {
        for (String name : List.of("logs", "changes", "writes", "instead", "sums")) {
            f.run("CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE java AS 'org.gajah.tests.routine.Triggers." + name + "'");
        }
        f.run("CREATE TABLE fired (gone int, v int, n numeric)", "ALTER TABLE fired DROP COLUMN gone");
    }

    @Test
    void s20RowTriggersSkipAndChange() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            functions(f);
            f.run("CREATE TRIGGER c BEFORE INSERT OR UPDATE ON fired FOR EACH ROW EXECUTE FUNCTION changes()");
            assertEquals(1, f.statement.executeUpdate("INSERT INTO fired VALUES (1, 'NaN'), (2, 'NaN')"));
            assertEquals(List.of("4|NaN"), f.rows("SELECT v, n FROM fired"));
            f.run("UPDATE fired SET v = 10");
            assertEquals(List.of("20|NaN"), f.rows("SELECT v, n FROM fired"));
        }
    }

    @Test
    void s20TriggersAreToldAll() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            functions(f);
            Triggers.LOG.clear();
            f.run("CREATE TRIGGER a BEFORE UPDATE ON fired FOR EACH ROW WHEN (NEW.v > 1) EXECUTE FUNCTION logs('x', 'y z')",
                    "CREATE TRIGGER b AFTER INSERT ON fired REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION logs()",
                    "CREATE TRIGGER d BEFORE DELETE ON fired FOR EACH ROW EXECUTE FUNCTION logs()");
            f.run("INSERT INTO fired VALUES (1), (2)", "UPDATE fired SET v = v + 1 WHERE v = 2", "UPDATE fired SET v = 0 WHERE v = 1", "DELETE FROM fired WHERE v = 3");
            assertEquals(List.of("b AFTER STATEMENT INSERT public.fired [] new table 1,2", "a BEFORE ROW UPDATE public.fired [x, y z] old 2 new 3",
                    "d BEFORE ROW DELETE public.fired [] old 3"), Triggers.LOG);
        }
    }

    @Test
    void s20TriggersWriteThroughSpi() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            functions(f);
            f.run("CREATE TABLE shown (v int)", "CREATE TRIGGER i AFTER INSERT ON shown FOR EACH ROW EXECUTE FUNCTION writes()",
                    "INSERT INTO shown VALUES (7)");
            assertEquals(List.of("7|1.5"), f.rows("SELECT * FROM fired"));
        }
    }

    @Test
    void s20InsteadOfTriggersDoTheChange() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            functions(f);
            f.run("CREATE VIEW shown AS SELECT v FROM fired",
                    "CREATE TRIGGER i INSTEAD OF INSERT OR UPDATE OR DELETE ON shown FOR EACH ROW EXECUTE FUNCTION instead()");
            assertEquals(2, f.statement.executeUpdate("INSERT INTO shown VALUES (1), (13), (2)"));
            assertEquals(List.of("105"), f.rows("UPDATE shown SET v = 5 WHERE v = 1 RETURNING v"));
            assertEquals(1, f.statement.executeUpdate("DELETE FROM shown WHERE v = 2"));
            assertEquals(List.of("5"), f.rows("SELECT v FROM fired"));
        }
    }

    @Test
    void s20TransitionTablesAreTablesForSpi() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            functions(f);
            Triggers.LOG.clear();
            f.run("CREATE TRIGGER n AFTER INSERT ON fired REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION sums('fresh')",
                    "CREATE TRIGGER o AFTER UPDATE ON fired REFERENCING OLD TABLE AS old_ones FOR EACH STATEMENT EXECUTE FUNCTION sums('old_ones')",
                    "INSERT INTO fired VALUES (1), (2)", "INSERT INTO fired VALUES (10)", "UPDATE fired SET v = 0");
            assertEquals(List.of("3", "10", "13"), Triggers.LOG);
        }
    }

    @Test
    void aTriggersFunctionIsNothingToCall() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            functions(f);
            assertEquals("0A000 trigger functions can only be called as triggers", f.error("SELECT logs()"));
        }
    }
}
