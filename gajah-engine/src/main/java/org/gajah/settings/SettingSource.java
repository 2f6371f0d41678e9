package org.gajah.settings;

import java.util.Optional;

/**
 * Where a setting's value comes from.
 *
 * @param text as pg_settings says it
 * @param file the configuration file, if it is one, and the line in it
 */
public record SettingSource(String text, Optional<String> file, int line) {
    public static final SettingSource DEFAULT = of("default");
    public static final SettingSource COMMAND_LINE = of("command line");
    public static final SettingSource GLOBAL = of("global");
    public static final SettingSource DATABASE = of("database");
    public static final SettingSource USER = of("user");
    public static final SettingSource DATABASE_USER = of("database user");
    public static final SettingSource CLIENT = of("client");
    public static final SettingSource OVERRIDE = of("override");
    public static final SettingSource SESSION = of("session");

    private static SettingSource of(String text) {
        return new SettingSource(text, Optional.empty(), 0);
    }

    /** A line of a configuration file. */
    public static SettingSource of(FileLine line) {
        return new SettingSource("configuration file", Optional.of(line.file()), line.line());
    }
}
