package org.gajah.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.settings.SettingDefinition.Effect;

/**
 * The values of all settings as one session sees them, in layers: built-in default, server (file and command line), database and
 * role and start-up packet (together what RESET goes back to), SET, SET LOCAL. Belongs to one session's thread.
 *
 * <p>Invariant: the two upper layers are immutable maps, so that a savepoint is a pair of references ({@link #mark}).
 */
public final class Settings {
    /** The state of the upper layers at some moment. */
    public record Mark(Map<String, String> session, Map<String, String> local) {
    }

    /** What many sessions change often, and no plan depends on. */
    private static final Set<String> WITHOUT_MEANING = Set.of("application_name", "client_min_messages", "extra_float_digits",
            "idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout", "synchronous_commit", "transaction_deferrable",
            "transaction_isolation", "transaction_read_only");

    /** What says where the files are, and what belongs to one transaction, cannot stand in a file. */
    private static final Set<String> NOT_IN_FILES = Set.of("config_file", "data_directory", "is_superuser", "role", "session_authorization",
            "seed", "transaction_deferrable", "transaction_isolation", "transaction_read_only");

    private final ServerSettings server;
    private final Map<String, String> resets = new HashMap<>();
    private final Map<String, SettingSource> resetSources = new HashMap<>();
    private Map<String, String> session = Map.of();
    private Map<String, String> local = Map.of();
    /** Values that have been asked for, by the names they were asked by; for one version only. */
    private final Map<String, String> asked = new HashMap<>();
    private int askedVersion = -1;
    private int version;
    private int meaningVersion = -1;
    private Meaning meaning = new Meaning(-1, Map.of(), Map.of(), Map.of());

    public Settings(ServerSettings server) {
        this.server = server;
    }

    /** The canonical value of a setting that exists. */
    public String get(String name) {
        if (askedVersion != version()) {
            asked.clear();
            askedVersion = version();
        }
        String value = asked.get(name);
        if (value == null) {
            value = read(name);
            asked.put(name, value);
        }
        return value;
    }

    /** As {@link #get}, from any thread. */
    public String read(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        String value = local.get(key);
        if (value == null) {
            value = session.get(key);
        }
        if (value == null) {
            value = resets.get(key);
        }
        return value == null ? server.get(key) : value;
    }

    public boolean isOn(String name) {
        return get(name).equals("on");
    }

    /** A number in the setting's base unit. */
    public long number(String name) {
        return Long.parseLong(get(name));
    }

    /** As SHOW shows it; 42704 if there is no such setting. */
    public String show(String name) {
        return find(name).map(d -> SettingValue.show(d, get(name)))
                .or(() -> customValue(name)).orElseThrow(() -> unknown(name));
    }

    /** As SHOW shows it, or empty if there is no such setting. */
    public Optional<String> showIfPresent(String name) {
        return find(name).map(d -> SettingValue.show(d, get(name))).or(() -> customValue(name));
    }

    /** Changes whenever a value may have. */
    public int version() {
        return version + server.version();
    }

    /** What decides what a statement's text means and how it is planned: all values but those of settings that surely do not. */
    private record Meaning(int server, Map<String, String> resets, Map<String, String> session, Map<String, String> local) {
    }

    /** Equal as long as no setting has changed that may decide what a statement's text means or how it is planned. */
    public Object meaning() {
        if (meaningVersion != version()) {
            meaning = new Meaning(server.version(), meaningful(resets), meaningful(session), meaningful(local));
            meaningVersion = version();
        }
        return meaning;
    }

    private static Map<String, String> meaningful(Map<String, String> values) {
        Map<String, String> kept = new HashMap<>(values);
        kept.keySet().removeAll(WITHOUT_MEANING);
        return kept;
    }

    /** What RESET goes back to. */
    public String resetValue(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return resets.getOrDefault(key, server.get(key));
    }

    /** Where the value comes from. */
    public SettingSource source(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (key.equals("transaction_isolation") || key.equals("transaction_read_only") || key.equals("transaction_deferrable")) {
            return SettingSource.OVERRIDE;
        }
        return local.containsKey(key) || session.containsKey(key) ? SettingSource.SESSION
                : resets.containsKey(key) ? resetSources.getOrDefault(key, SettingSource.OVERRIDE) : server.source(key);
    }

    /** A value from the database's or role's settings or the start-up packet. */
    public void setReset(String name, String value, boolean superuser, SettingSource source) {
        resets.put(name.toLowerCase(Locale.ROOT), completed(name, value, superuser));
        resetSources.put(name.toLowerCase(Locale.ROOT), source);
        version++;
    }

    /** SET and SET LOCAL by a user who is {@code superuser} or not. */
    public void set(String name, String value, boolean isLocal, boolean superuser) {
        String canonical = completed(name, value, superuser);
        put(name, canonical, isLocal);
    }

    private String completed(String name, String value, boolean superuser) {
        return name.equalsIgnoreCase("DateStyle") ? StringSettings.dateStyle(value, get("DateStyle")) : checked(name, value, superuser);
    }

    /** Sets the value of a setting that SET itself refuses, such as is_superuser. */
    public void setInternal(String name, String value) {
        resets.put(name.toLowerCase(Locale.ROOT), value);
        version++;
    }

    /** A value that is checked already, or computed by the server. */
    public void put(String name, String canonical, boolean isLocal) {
        String key = name.toLowerCase(Locale.ROOT);
        if (isCustom(key) && server.find(key).isEmpty()) {
            resets.putIfAbsent(key, "");
        }
        if (isLocal) {
            local = with(local, key, canonical);
        } else {
            session = with(session, key, canonical);
            local = without(local, key);
        }
        version++;
    }

    /** RESET; {@code superuser} as in {@link #set}. */
    public void reset(String name, boolean superuser) {
        Optional<SettingDefinition> definition = find(name);
        if (definition.isEmpty()) {
            if (!isCustom(name)) {
                throw unknown(name);
            }
        } else {
            if (definition.get().flags().contains("NO_RESET")) {
                throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED,
                        "parameter \"" + definition.get().name() + "\" cannot be reset");
            }
            checkContext(definition.get(), superuser);
        }
        String key = name.toLowerCase(Locale.ROOT);
        session = without(session, key);
        local = without(local, key);
        version++;
    }

    /** RESET ALL. */
    public void resetAll() {
        session = keep(session);
        local = keep(local);
        version++;
    }

    private static Map<String, String> keep(Map<String, String> values) {
        Map<String, String> kept = new HashMap<>();
        values.forEach((name, value) -> {
            if (find(name).filter(d -> d.flags().contains("NO_RESET_ALL")).isPresent()) {
                kept.put(name, value);
            }
        });
        return Map.copyOf(kept);
    }

    public Mark mark() {
        return new Mark(session, local);
    }

    /** Goes back to what {@link #mark} saw: a rollback. */
    public void restore(Mark mark) {
        if (session != mark.session || local != mark.local) {
            session = mark.session;
            local = mark.local;
            version++;
        }
    }

    /** The transaction has ended: SET LOCAL ends with it. */
    public void endTransaction() {
        if (!local.isEmpty()) {
            local = Map.of();
            version++;
        }
    }

    /** Custom settings (with a dot in their name) that have a value. */
    public Map<String, String> custom() {
        Map<String, String> custom = new HashMap<>();
        for (Map<String, String> layer : List.of(resets, session, local)) {
            layer.forEach((name, value) -> {
                if (isCustom(name)) {
                    custom.put(name, value);
                }
            });
        }
        return custom;
    }

    /** The canonical form of a value that the user may set, or PostgreSQL's error. */
    public static String checked(String name, String value, boolean superuser) {
        Optional<SettingDefinition> definition = find(name);
        if (definition.isEmpty()) {
            if (isCustom(name)) {
                return value;
            }
            throw unknown(name);
        }
        SettingDefinition setting = definition.get();
        checkContext(setting, superuser);
        return canonical(setting, value);
    }

    /** The canonical form of a value that a file, ALTER SYSTEM or the command line gives; 55P02 for what they may not set. */
    public static String checkForFile(String name, String value) {
        Optional<SettingDefinition> definition = find(name);
        if (definition.isEmpty() && !isCustom(name)) {
            throw unknown(name);
        }
        if (definition.filter(d -> d.context() == SettingDefinition.Context.INTERNAL || NOT_IN_FILES.contains(d.name())).isPresent()) {
            throw new SqlError(SqlState.CANT_CHANGE_RUNTIME_PARAM, "parameter \"" + definition.get().name() + "\" cannot be changed");
        }
        return definition.map(d -> canonical(d, value)).orElse(value);
    }

    private static String canonical(SettingDefinition setting, String value) {
        String canonical = SettingValue.parse(setting, value);
        if (setting.effect() == Effect.NONE && !canonical.equals(setting.boot())) {
            throw new SqlError(SqlState.FEATURE_NOT_SUPPORTED,
                    "setting \"" + setting.name() + "\" is not supported with a value other than its default");
        }
        return canonical;
    }

    /** Whether the name is that of a custom setting: parts separated by dots. */
    public static boolean isCustom(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && dot < name.length() - 1
                && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$');
    }

    private static Optional<SettingDefinition> find(String name) {
        return SettingDefinitions.find(name);
    }

    private Optional<String> customValue(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return isCustom(name) ? Optional.ofNullable(local.getOrDefault(key, session.getOrDefault(key, resets.get(key)))).or(() -> server.find(key))
                : Optional.empty();
    }

    private static void checkContext(SettingDefinition setting, boolean superuser) {
        String name = "parameter \"" + setting.name() + "\"";
        switch (setting.context()) {
            case INTERNAL -> throw new SqlError(SqlState.CANT_CHANGE_RUNTIME_PARAM, name + " cannot be changed");
            case POSTMASTER -> throw new SqlError(SqlState.CANT_CHANGE_RUNTIME_PARAM,
                    name + " cannot be changed without restarting the server");
            case SIGHUP -> throw new SqlError(SqlState.CANT_CHANGE_RUNTIME_PARAM, name + " cannot be changed now");
            case SUPERUSER_BACKEND, BACKEND -> throw new SqlError(SqlState.CANT_CHANGE_RUNTIME_PARAM,
                    name + " cannot be set after connection start");
            case SUPERUSER -> {
                if (!superuser) {
                    throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE,
                            "permission denied to set parameter \"" + setting.name() + "\"");
                }
            }
            case USER -> { }
        }
    }

    private static SqlError unknown(String name) {
        return new SqlError(SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
    }

    private static Map<String, String> with(Map<String, String> values, String key, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(key, value);
        return Map.copyOf(changed);
    }

    private static Map<String, String> without(Map<String, String> values, String key) {
        if (!values.containsKey(key)) {
            return values;
        }
        Map<String, String> changed = new HashMap<>(values);
        changed.remove(key);
        return Map.copyOf(changed);
    }
}
