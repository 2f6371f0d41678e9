package org.gajah.fdw.jdbc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.gajah.api.SqlError;
import org.gajah.api.SqlState;
import org.gajah.api.foreign.ForeignServer;
import org.gajah.api.foreign.UserMapping;

/**
 * A driver that a superuser has entered as an option of the wrapper: {@code OPTIONS (ADD h2 'url=jdbc:h2:mem:{dbname} dialect=h2
 * properties=MODE')}. Servers name it and fill in its URL's places; nothing else of a URL, and no other property of the driver, can be
 * set by them.
 *
 * @param url        with {@code {host}}, {@code {port}} and {@code {dbname}} as places
 * @param jar        where the driver is, or empty if it is on the path
 * @param className  its class, or empty
 * @param properties what servers may set of the driver's properties
 */
record DriverProfile(String url, String jar, String className, String dialect, Set<String> properties) {
    private static final Set<String> KEYS = Set.of("url", "jar", "class", "dialect", "properties");
    private static final Set<String> PLACES = Set.of("host", "port", "dbname");
    private static final Set<String> OWN = Set.of("driver", "fetch_size", "batch_size", "host", "port", "dbname", "isolation_level");

    /** Parts of the names of properties by which drivers load classes, run scripts, or read and write files. */
    private static final List<String> DANGEROUS = List.of("class", "factory", "interceptor", "file", "path", "location", "directory", "dir", "init", "script", "extension", "deserialize",
            "wallet", "tns", "store", "plugin", "provider", "callback", "verifier", "jaas", "logger", "trace", "cert", "key", "infile", "restorefrom", "createfrom", "recovery", "transform",
            "repository", "config", "textdb", "propert", "service", "ldap", "jndi");

    private static boolean isDangerous(String property) {
        String lower = property.toLowerCase(Locale.ROOT);
        return DANGEROUS.stream().anyMatch(lower::contains);
    }

    /** Reads a profile; 22023 if it is none. */
    static DriverProfile parse(String name, String written) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : written.strip().split("\\s+")) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !KEYS.contains(key) || parts.put(key, part.substring(equals + 1)) != null) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid driver profile \"" + name + "\"")
                        .detail("\"" + part + "\" is none of url=, jar=, class=, dialect=, properties=.");
            }
        }
        if (!parts.getOrDefault("url", "").startsWith("jdbc:")) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid driver profile \"" + name + "\"").detail("There is no JDBC URL in it.");
        }
        if (!Dialect.isKnown(parts.getOrDefault("dialect", "other"))) {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid driver profile \"" + name + "\"")
                    .detail("There is no dialect \"" + parts.get("dialect") + "\".").hint("Dialects are other, " + String.join(", ", Dialect.names()) + ".");
        }
        List<String> properties = List.of(parts.getOrDefault("properties", "").split(","));
        properties.stream().filter(DriverProfile::isDangerous).findFirst().ifPresent(p -> {
            throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid driver profile \"" + name + "\"")
                    .detail("Property \"" + p + "\" may load classes, run scripts or read files: it cannot be left to servers.").hint("A superuser can write it into the URL.");
        });
        return new DriverProfile(parts.get("url"), parts.getOrDefault("jar", ""), parts.getOrDefault("class", ""),
                parts.getOrDefault("dialect", "other"), new HashSet<>(properties));
    }

    /** The profile that a server names. */
    static DriverProfile of(ForeignServer server, String name) {
        return Optional.ofNullable(server.wrapperOptions().get(name)).map(p -> parse(name, p)).orElseThrow(() -> new SqlError(
                SqlState.FDW_OPTION_NAME_NOT_FOUND, "driver \"" + name + "\" is not an option of foreign-data wrapper \"" + server.wrapper() + "\"")
                .hint("A superuser enters drivers: ALTER FOREIGN DATA WRAPPER " + server.wrapper() + " OPTIONS (ADD " + name + " 'url=jdbc:...')."));
    }

    /** Where a server's connections go. */
    Target target(ForeignServer server, Map<String, String> options, Optional<UserMapping> mapping) {
        String filled = url;
        for (String place : PLACES) {
            String value = options.getOrDefault(place, "");
            boolean plain = value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "._-/~".indexOf(c) >= 0) && !value.contains("..");
            if (!plain) {
                throw new SqlError(SqlState.INVALID_PARAMETER_VALUE, "invalid value for option \"" + place + "\": " + value);
            }
            filled = filled.replace("{" + place + "}", value);
        }
        Map<String, String> given = new HashMap<>(Outside.safeguards(filled));
        options.forEach((name, value) -> {
            if (properties.contains(name)) {
                given.put(name, value);
            } else if (!OWN.contains(name)) {
                throw new SqlError(SqlState.FDW_INVALID_OPTION_NAME, "invalid option \"" + name + "\"").hint("The driver's profile does not allow it.");
            }
        });
        mapping.ifPresent(m -> m.options().forEach((name, value) -> given.put(name, value)));
        return new Target(server.name(), filled, Map.copyOf(given), new Drivers.Source(jar, className), Dialect.of(dialect).setup(), true);
    }
}
