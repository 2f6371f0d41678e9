package org.gajah.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The values that hold for the whole server: built-in defaults, postgresql.conf, command line. Shared by all threads. */
public final class ServerSettings {
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final AtomicInteger version = new AtomicInteger();

    public ServerSettings() {
        for (SettingDefinition setting : SettingDefinitions.all()) {
            values.put(setting.name().toLowerCase(Locale.ROOT), setting.boot());
        }
        values.put("server_encoding", "UTF8");
        values.put("client_encoding", "UTF8");
        values.put("timezone", "UTC");
        values.put("log_timezone", "UTC");
        values.put("gajah.copy_program", "off");
    }

    /** The canonical value; 42704 if there is no such setting. */
    public String get(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT))).orElseThrow(() -> new SqlError(
                SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\""));
    }

    /** A value from a file or the command line, which may set what a session may not. */
    public void set(String name, String value) {
        Optional<SettingDefinition> definition = SettingDefinitions.find(name);
        if (definition.isEmpty() && !Settings.isCustom(name)) {
            throw new SqlError(SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
        }
        values.put(name.toLowerCase(Locale.ROOT), definition.map(d -> SettingValue.parse(d, value)).orElse(value));
        version.incrementAndGet();
    }

    /** Changes with every {@link #set}. */
    int version() {
        return version.get();
    }

    /** A number in the setting's base unit. */
    public long number(String name) {
        return Long.parseLong(get(name));
    }
}
