package org.gajah.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Settings settings = new Settings(new ServerSettings());

    @Test
    void showsNumbersInTheLargestUnitThatDividesThem() {
        settings.set("work_mem", "65536", false, true);
        assertEquals("64MB", settings.show("work_mem"));
        settings.set("work_mem", "1025kB", false, true);
        assertEquals("1025kB", settings.show("work_mem"));
        settings.set("statement_timeout", "1.5s", false, true);
        assertEquals("1500ms", settings.show("statement_timeout"));
        settings.set("statement_timeout", "2min", false, true);
        assertEquals("2min", settings.show("STATEMENT_TIMEOUT"));
        assertEquals("128MB", settings.show("shared_buffers"));
    }

    @Test
    void refusesWhatPostgresRefuses() {
        assertEquals(SqlState.INVALID_PARAMETER_VALUE, assertThrows(SqlError.class,
                () -> settings.set("work_mem", "1 lightyear", false, true)).state());
        assertEquals("-5 ms is outside the valid range for parameter \"statement_timeout\" (0 ms .. 2147483647 ms)",
                assertThrows(SqlError.class, () -> settings.set("statement_timeout", "-5", false, true)).getMessage());
        assertEquals("unrecognized configuration parameter \"nonsense\"",
                assertThrows(SqlError.class, () -> settings.set("nonsense", "1", false, true)).getMessage());
        assertEquals(SqlState.CANT_CHANGE_RUNTIME_PARAM, assertThrows(SqlError.class,
                () -> settings.set("port", "1", false, true)).state());
        assertEquals(SqlState.FEATURE_NOT_SUPPORTED, assertThrows(SqlError.class,
                () -> settings.set("allow_in_place_tablespaces", "on", false, true)).state());
    }

    @Test
    void undoesWhatATransactionSet() {
        settings.set("search_path", "a", false, true);
        Settings.Mark mark = settings.mark();
        settings.set("search_path", "b", false, true);
        settings.set("DateStyle", "german", true, true);
        assertEquals("b", settings.get("search_path"));
        assertEquals("German, DMY", settings.get("datestyle"));
        settings.restore(mark);
        assertEquals("a", settings.get("search_path"));
        assertEquals("ISO, MDY", settings.get("datestyle"));
        settings.set("search_path", "c", true, true);
        settings.endTransaction();
        assertEquals("a", settings.get("search_path"));
        settings.resetAll();
        assertEquals("\"$user\", public", settings.get("search_path"));
    }

    @Test
    void keepsCustomSettings() {
        settings.set("my.setting", "x", false, false);
        assertEquals("x", settings.show("my.setting"));
    }

    @Test
    void readsTimeZones() {
        settings.set("TimeZone", "europe/berlin", false, true);
        assertEquals("Europe/Berlin", settings.get("timezone"));
        settings.set("TimeZone", "-3.5", false, true);
        assertEquals("<-03:30>+03:30", settings.get("timezone"));
        assertThrows(SqlError.class, () -> settings.set("TimeZone", "Mars/Olympus", false, true));
    }
}
