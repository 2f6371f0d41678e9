package org.gajah.tests.routine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Functions of event triggers in Java. */
class JavaEventTriggerTest {
    private static void watch(RoutineFixture f) throws SQLException {
        f.run("CREATE TABLE seen (event text, tag text, what text)", """
                CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE java AS $$
                    import org.gajah.api.spi.EventTriggerData;
                    import org.gajah.api.spi.Spi;

                    static void watch(EventTriggerData fired) {
                        String from = fired.event().equals("sql_drop") ? "pg_event_trigger_dropped_objects() WHERE original"
                                : "pg_event_trigger_ddl_commands()";
                        Spi.current().execute("INSERT INTO seen SELECT $1, $2, object_identity FROM " + from, fired.event(), fired.tag());
                    }
                $$""");
    }

    @Test
    void eventTriggersAreToldEventAndTag() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            watch(f);
            f.run("CREATE EVENT TRIGGER a ON ddl_command_end EXECUTE FUNCTION watch()", "CREATE EVENT TRIGGER b ON sql_drop EXECUTE FUNCTION watch()",
                    "CREATE TABLE made (a int)", "CREATE VIEW shown AS SELECT * FROM made", "DROP VIEW shown", "DROP EVENT TRIGGER a",
                    "CREATE TABLE silent (a int)");
            assertEquals(List.of("ddl_command_end|CREATE TABLE|public.made", "ddl_command_end|CREATE VIEW|public.shown", "sql_drop|DROP VIEW|public.shown"),
                    f.rows("SELECT * FROM seen"));
        }
    }

    @Test
    void whatTheyThrowStopsTheCommand() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            f.run("""
                    CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE java AS $$
                        static void forbid() {
                            String tag = org.gajah.api.spi.Spi.current().eventTrigger().orElseThrow().tag();
                            throw new org.gajah.api.SqlError(org.gajah.api.SqlState.INSUFFICIENT_PRIVILEGE, "no " + tag);
                        }
                    $$""", "CREATE EVENT TRIGGER a ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION forbid()");
            SQLException e = assertThrows(SQLException.class, () -> f.run("CREATE TABLE made (a int)"));
            assertEquals("42501", e.getSQLState());
            assertEquals(List.of("0"), f.rows("SELECT count(*) FROM pg_class WHERE relname = 'made'"));
            f.run("CREATE VIEW shown AS SELECT 1 AS one");
        }
    }

    @Test
    void theyAreCalledByEventTriggersOnly() throws SQLException {
        try (RoutineFixture f = new RoutineFixture()) {
            watch(f);
            assertEquals("0A000", assertThrows(SQLException.class, () -> f.run("SELECT watch()")).getSQLState());
        }
    }
}
