package org.gajah.settings;

import java.util.ArrayList;
import java.util.List;
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
    private final Map<String, SettingSource> sources = new ConcurrentHashMap<>();
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
        values.put("gajah.java_class_path", "off");
        values.put("gajah.runaway_grace", "10000");
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

    /** Where the value comes from. */
    public SettingSource source(String name) {
        return sources.getOrDefault(name.toLowerCase(Locale.ROOT), SettingSource.DEFAULT);
    }

    /** What would become of these lines if they were taken over now. */
    public FileCheck check(List<FileLine> lines) {
        return FileCheck.of(lines, this);
    }

    /**
     * Takes over what the files say now, under the command line; what they no longer mention goes back to its default. Settings that a
     * running server cannot change are only marked.
     *
     * @return the names of what has changed
     */
    public List<String> reload(FileCheck files) {
        List<String> changed = new ArrayList<>();
        for (SettingDefinition setting : SettingDefinitions.all()) {
            String key = setting.name().toLowerCase(Locale.ROOT);
            SettingSource source = source(key);
            Optional<FileLine> line = Optional.ofNullable(files.values().get(key));
            if (setting.context() == SettingDefinition.Context.INTERNAL || line.isEmpty() && source.file().isEmpty()) {
                pendingRestart.remove(key);
                continue;
            }
            String value = line.map(FileLine::value).orElse(initial.get(key));
            if (needsRestart(key, value)) {
                pendingRestart.add(key);
                continue;
            }
            pendingRestart.remove(key);
            if (source.file().isPresent() || source.equals(SettingSource.DEFAULT)) {
                line.map(SettingSource::of).ifPresentOrElse(s -> sources.put(key, s), () -> sources.remove(key));
                if (!value.equals(values.put(key, value))) {
                    changed.add(setting.name());
                }
            }
        }
        takeOverCustom(files);
        version.incrementAndGet();
        return changed;
    }

    private void takeOverCustom(FileCheck files) {
        sources.entrySet().removeIf(e -> e.getValue().file().isPresent() && Settings.isCustom(e.getKey())
                && !files.values().containsKey(e.getKey()) && values.remove(e.getKey()) != null);
        files.values().forEach((key, line) -> {
            if (Settings.isCustom(key) && !source(key).equals(SettingSource.COMMAND_LINE)) {
                values.put(key, line.value());
                sources.put(key, SettingSource.of(line));
            }
        });
    }

    /** Whether this value is another than the one that counts, and counts only after a restart. */
    boolean needsRestart(String name, String canonical) {
        String key = name.toLowerCase(Locale.ROOT);
        return SettingDefinitions.find(name).filter(d -> d.context() == SettingDefinition.Context.POSTMASTER).isPresent()
                && !canonical.equals(values.get(key));
    }

    /** The canonical value; 42704 if there is no such setting. */
    public String get(String name) {
        return find(name).orElseThrow(() -> new SqlError(
                SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\""));
    }

    /** The canonical value, if there is such a setting. */
    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A value from a file or the command line, which may set what a session may not. */
    public void set(String name, String value, SettingSource source) {
        String canonical = source.equals(SettingSource.OVERRIDE) ? value : Settings.checkForFile(name, value);
        values.put(name.toLowerCase(Locale.ROOT), canonical);
        sources.put(name.toLowerCase(Locale.ROOT), source);
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
