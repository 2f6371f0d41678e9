package org.gajah.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;

/** The values that hold for the whole server: built-in defaults, postgresql.conf, command line. Shared by all threads. */
public final class ServerSettings {
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Map<String, String> initial;
    private final Set<String> pendingRestart = ConcurrentHashMap.newKeySet();
    private final AtomicInteger version = new AtomicInteger();
    private volatile Optional<SettingFiles> files = Optional.empty();

    public ServerSettings() {
        for (SettingDefinition setting : SettingDefinitions.all()) {
            values.put(setting.name().toLowerCase(Locale.ROOT), setting.boot());
        }
        values.put("server_encoding", "UTF8");
        values.put("client_encoding", "UTF8");
        values.put("timezone", "UTC");
        values.put("log_timezone", "UTC");
        values.put("gajah.copy_program", "off");
        initial = Map.copyOf(values);
    }

    /** Says where the values come from. */
    public void useFiles(SettingFiles from) {
        files = Optional.of(from);
    }

    /** Where the values come from; empty for a server in memory. */
    public Optional<SettingFiles> files() {
        return files;
    }

    /** Whether a file says something else than what counts, and only a restart makes it count. */
    public boolean isPendingRestart(String name) {
        return pendingRestart.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Takes over what the files and the command line say now; what they no longer mention goes back to its default. Settings that a
     * running server cannot change are only marked.
     *
     * @param written names with their values, the later ones last
     */
    public void reload(Map<String, String> written) {
        Map<String, String> canonical = new HashMap<>();
        written.forEach((name, value) -> canonical.put(name.toLowerCase(Locale.ROOT),
                SettingDefinitions.find(name).map(d -> SettingValue.parse(d, value)).orElse(value)));
        for (SettingDefinition setting : SettingDefinitions.all()) {
            String key = setting.name().toLowerCase(Locale.ROOT);
            String value = canonical.getOrDefault(key, initial.get(key));
            switch (setting.context()) {
                case INTERNAL -> { }
                case POSTMASTER -> markPending(key, canonical.containsKey(key) && !value.equals(values.get(key)));
                case SIGHUP, SUPERUSER_BACKEND, BACKEND, SUPERUSER, USER -> values.put(key, value);
            }
        }
        canonical.forEach((name, value) -> {
            if (SettingDefinitions.find(name).isEmpty()) {
                values.put(name, value);
            }
        });
        version.incrementAndGet();
    }

    private void markPending(String key, boolean pending) {
        if (pending) {
            pendingRestart.add(key);
        } else {
            pendingRestart.remove(key);
        }
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
