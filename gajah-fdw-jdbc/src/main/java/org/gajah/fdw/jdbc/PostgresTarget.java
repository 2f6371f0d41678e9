package org.gajah.fdw.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.UserMapping;

/** Makes of the options of postgres_fdw, which are libpq's, those of the JDBC driver. */
final class PostgresTarget {
    private static final String SETUP = "SET search_path = pg_catalog; SET timezone = 'GMT'; SET datestyle = ISO; SET intervalstyle = postgres;"
            + " SET extra_float_digits = 3";
    private static final Map<String, String> DRIVER_OPTIONS = Map.ofEntries(Map.entry("sslmode", "sslmode"), Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("sslcert", "sslcert"), Map.entry("sslkey", "sslkey"), Map.entry("sslpassword", "sslpassword"),
            Map.entry("connect_timeout", "connectTimeout"), Map.entry("application_name", "ApplicationName"), Map.entry("options", "options"),
            Map.entry("channel_binding", "channelBinding"), Map.entry("gssencmode", "gssEncMode"), Map.entry("sslnegotiation", "sslNegotiation"));

    private PostgresTarget() {
    }

    static Target of(ForeignServer server, UserMapping mapping) {
        Map<String, String> options = new HashMap<>(server.options());
        options.putAll(mapping.options());
        boolean passwordRequired = OptionValues.flag(mapping.options(), "password_required", true);
        if (!mapping.superuser() && passwordRequired && mapping.options().getOrDefault("password", "").isEmpty()) {
            throw new SqlError(SqlState.PROHIBITED_SQL_STATEMENT_ATTEMPTED, "password or GSSAPI delegated credentials required")
                    .detail("Non-superusers must delegate GSSAPI credentials, provide a password, or enable SCRAM pass-through in user mapping.");
        }
        String host = Optional.ofNullable(options.get("hostaddr")).orElse(options.getOrDefault("host", "localhost"));
        if (host.startsWith("/") || host.startsWith("@")) {
            throw SqlError.notSupported("connecting to a foreign server through a Unix-domain socket is not supported");
        }
        requireOrdinary("host", host);
        Map<String, String> properties = new HashMap<>(Map.of("binaryTransfer", "false", "reWriteBatchedInserts", "true", "tcpKeepAlive", "true",
                "ApplicationName", "postgres_fdw", "user", options.getOrDefault("user", mapping.user())));
        Optional.ofNullable(options.get("password")).ifPresent(p -> properties.put("password", p));
        options.forEach((name, value) -> {
            if (DRIVER_OPTIONS.containsKey(name)) {
                properties.put(DRIVER_OPTIONS.get(name), value);
            } else if (UNKNOWN_TO_DRIVER.contains(name)) {
                throw SqlError.notSupported("option \"" + name + "\" of a foreign server is not supported");
            }
        });
        String database = options.getOrDefault("dbname", options.getOrDefault("user", mapping.user()));
        String url = "jdbc:postgresql://" + host + ":" + OptionValues.number(options, "port", PORT) + "/"
                + java.net.URLEncoder.encode(database, java.nio.charset.StandardCharsets.UTF_8);
        Target target = new Target(server.name(), url, Map.copyOf(properties), Drivers.Source.PATH, SETUP,
                OptionValues.flag(server.options(), "keep_connections", true));
        return mapping.superuser() || !passwordRequired ? target : target.proving();
    }

    private static final int PORT = 5432;
    private static final java.util.Set<String> UNKNOWN_TO_DRIVER = java.util.Set.of("service", "passfile", "requirepeer", "krbsrvname", "gsslib",
            "require_auth", "sslcrl", "sslcrldir", "sslcertmode", "gssdelegation");

    /** No other part of a URL may come in by way of this one. */
    private static void requireOrdinary(String option, String value) {
        boolean ordinary = !value.isEmpty() && value.chars().allMatch(c -> Character.isLetterOrDigit(c) || ".-_:[]%".indexOf(c) >= 0);
        if (!ordinary) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for option \"" + option + "\": " + value);
        }
    }
}
