package org.gajah.fdw.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignWrapper;
import org.gajah.api.foreign.OptionNames;
import org.gajah.api.foreign.OptionTarget;

/** The options of postgres_fdw, as PostgreSQL 18 has them. */
final class PostgresOptions {
    private static final List<String> CONNECTION = List.of("service", "passfile", "channel_binding", "connect_timeout", "dbname", "host", "hostaddr",
            "port", "options", "application_name", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
            "sslmode", "sslnegotiation", "sslcompression", "sslcert", "sslkey", "sslcertmode", "sslrootcert", "sslcrl", "sslcrldir", "sslsni",
            "requirepeer", "require_auth", "min_protocol_version", "max_protocol_version", "ssl_min_protocol_version", "ssl_max_protocol_version",
            "gssencmode", "krbsrvname", "gsslib", "target_session_attrs", "load_balance_hosts");
    /** Names with commas between them, in double quotes or without. */
    private static final Pattern NAME_LIST = Pattern.compile("\\s*(%1$s\\s*(,\\s*%1$s\\s*)*+)?+".formatted("(\"([^\"]|\"\")++\"|[^\\s,\"]++)"));
    private static final List<String> OF_TABLES_TOO = List.of("use_remote_estimate", "updatable", "truncatable", "fetch_size", "batch_size",
            "async_capable", "analyze_sampling");
    private static final OptionNames NAMES = new OptionNames(Map.of(
            OptionTarget.SERVER, joined(CONNECTION, OF_TABLES_TOO, List.of("fdw_startup_cost", "fdw_tuple_cost", "extensions", "parallel_commit",
                    "parallel_abort", "keep_connections", "use_scram_passthrough")),
            OptionTarget.USER_MAPPING, List.of("user", "password", "sslpassword", "gssdelegation", "password_required", "sslcert", "sslkey",
                    "use_scram_passthrough"),
            OptionTarget.TABLE, joined(List.of("schema_name", "table_name"), OF_TABLES_TOO, List.of()),
            OptionTarget.COLUMN, List.of("column_name")));

    private PostgresOptions() {
    }

    private static List<String> joined(List<String> a, List<String> b, List<String> c) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        all.addAll(c);
        return List.copyOf(all);
    }

    static void validate(OptionTarget target, Map<String, String> options, Predicate<String> mayAs) {
        validate(target, options);
        if (target == OptionTarget.USER_MAPPING && !mayAs.test(ForeignWrapper.SUPERUSER)) {
            if (!OptionValues.flag(options, "password_required", true)) {
                throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "password_required=false is superuser-only")
                        .hint("User mappings with the password_required option set to false may only be created or modified by the superuser.");
            }
            if (options.containsKey("sslcert") || options.containsKey("sslkey")) {
                throw new SqlError(SqlState.INSUFFICIENT_PRIVILEGE, "sslcert and sslkey are superuser-only")
                        .hint("User mappings with the sslcert or sslkey options set may only be created or modified by the superuser.");
            }
        }
    }

    static void validate(OptionTarget target, Map<String, String> options) {
        NAMES.require(target, options.keySet());
        options.forEach((name, value) -> {
            switch (name) {
                case "use_remote_estimate", "updatable", "truncatable", "async_capable", "parallel_commit", "parallel_abort", "keep_connections",
                        "password_required", "use_scram_passthrough" -> OptionValues.requireFlag(name, value);
                case "fetch_size", "batch_size" -> OptionValues.requirePositive(name, value);
                case "fdw_startup_cost", "fdw_tuple_cost" -> OptionValues.requireCost(name, value);
                case "analyze_sampling" -> requireSampling(value);
                case "extensions" -> requireNames(value);
                default -> { }
            }
        });
    }

    private static void requireNames(String value) {
        if (!NAME_LIST.matcher(value).matches()) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "parameter \"extensions\" must be a list of extension names");
        }
    }

    private static void requireSampling(String value) {
        if (!List.of("off", "random", "system", "bernoulli", "auto").contains(value)) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for string option \"analyze_sampling\": " + value);
        }
    }
}
