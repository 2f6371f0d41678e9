package org.gajah.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a setting is: a row of facts from PostgreSQL.
 *
 * @param boot     built-in default, in base units
 * @param unit     base unit (kB, 8kB, MB, B, ms, s, min), or empty
 * @param minimum  for numbers, as text; {@code maximum} likewise
 * @param flags    names as in pg_settings_get_flags
 * @param reported whether clients are told when it changes
 */
public record SettingDefinition(String name, String boot, String unit, String category, String shortDescription,
        Optional<String> extraDescription, Context context, Kind kind, String minimum, String maximum, List<String> labels, List<String> flags,
        boolean reported, Effect effect) {

    /** When it can be set. */
    public enum Context {
        INTERNAL, POSTMASTER, SIGHUP, SUPERUSER_BACKEND, BACKEND, SUPERUSER, USER;

        /** As pg_settings says it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Its type. */
    public enum Kind { BOOL, INTEGER, REAL, STRING, ENUM }

    /** What setting it does here. */
    public enum Effect { USED, ACCEPTED, NONE }
}
