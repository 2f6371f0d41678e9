package org.gajah.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.gajah.base.Slice;
import org.gajah.catalog.data.BootstrapRows;
import org.gajah.settings.SettingDefinition.Context;
import org.gajah.settings.SettingDefinition.Effect;
import org.gajah.settings.SettingDefinition.Kind;

/** All settings there are, by name without regard to case. */
public final class SettingDefinitions {
    private static final Set<String> BOOT_UNKNOWN = Set.of("config_file", "data_directory", "external_pid_file", "hba_file", "ident_file",
            "timezone_abbreviations");
    private static final class Loaded {
        static final Map<String, SettingDefinition> ALL = load();
    }

    private SettingDefinitions() {
    }

    /** The setting of this name. */
    public static Optional<SettingDefinition> find(String name) {
        return Optional.ofNullable(Loaded.ALL.get(name.toLowerCase(Locale.ROOT)));
    }

    /** All settings in the order of their names. */
    public static Collection<SettingDefinition> all() {
        return Loaded.ALL.values();
    }

    private static Map<String, SettingDefinition> load() {
        Map<String, Effect> effects = new HashMap<>();
        BootstrapRows.at(SettingDefinitions.class, "supported.tsv")
                .forEach(row -> effects.put(row[0].toString(), Effect.valueOf(row[1].toString().toUpperCase(Locale.ROOT))));
        Map<String, SettingDefinition> all = new TreeMap<>();
        for (BootstrapRows rows : List.of(BootstrapRows.of("settings"), BootstrapRows.at(SettingDefinitions.class, "hidden.tsv"))) {
            rows.forEach(row -> {
                SettingDefinition setting = definition(row, effects);
                all.put(setting.name().toLowerCase(Locale.ROOT), setting);
            });
        }
        return all;
    }

    /** Settings that pg_settings shows without a value from before all configuration. */
    public static boolean isBootUnknown(String name) {
        return BOOT_UNKNOWN.contains(name);
    }

    private static SettingDefinition definition(Slice[] row, Map<String, Effect> effects) {
        String name = row[0].toString();
        return new SettingDefinition(name, name.equals("timezone_abbreviations") ? "Default" : text(row[1]), text(row[3]), text(row[4]), text(row[5]),
                Optional.ofNullable(row[6]).map(Slice::toString),
                Context.valueOf(text(row[7]).toUpperCase(Locale.ROOT).replace('-', '_')),
                Kind.valueOf(text(row[8]).toUpperCase(Locale.ROOT)), text(row[9]), text(row[10]), elements(text(row[11])),
                elements(text(row[12])), text(row[13]).equals("t"), effects.getOrDefault(name, Effect.NONE));
    }

    private static String text(Slice field) {
        return field == null ? "" : field.toString();
    }

    /** The elements of a one-dimensional array in text form, none of which holds a comma. */
    private static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        if (array.length() > 2) {
            for (String element : array.substring(1, array.length() - 1).split(",")) {
                elements.add(element.startsWith("\"") ? element.substring(1, element.length() - 1) : element);
            }
        }
        return List.copyOf(elements);
    }
}
