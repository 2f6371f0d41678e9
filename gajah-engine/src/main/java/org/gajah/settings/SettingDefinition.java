package org.gajah.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

    private static final Set<String> SECRET = Set.of("config_file", "data_directory", "dynamic_library_path", "extension_control_path",
            "external_pid_file", "hba_file", "ident_file", "jit_provider", "krb_server_keyfile", "log_directory", "log_filename",
            "oauth_validator_libraries", "output_plugin_libraries", "primary_conninfo", "session_preload_libraries",
            "shared_preload_libraries", "ssl_ciphers", "ssl_dh_params_file", "ssl_groups", "ssl_max_protocol_version",
            "ssl_min_protocol_version", "ssl_passphrase_command", "ssl_tls13_ciphers", "unix_socket_directories");

    /** Whether only pg_read_all_settings may see the value, because it tells about the machine. */
    public boolean isSecret() {
        return SECRET.contains(name);
    }
}
