package org.gajah.server.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.server.ServerConfig;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaFile;
import org.gajah.server.auth.HbaParser;
import org.gajah.server.config.ConfigError;
import org.gajah.server.config.ConfigFile;
import org.gajah.server.config.DataDirectory;
import org.gajah.server.net.ServerCertificate;
import org.gajah.settings.ServerSettings;

/** Brings together what the files of a data directory and the command line say. */
final class ServerFiles {
    private ServerFiles() {
    }

    /** The settings: postgresql.conf, then what ALTER SYSTEM wrote, then the command line. */
    static ServerSettings settings(DataDirectory directory, Map<String, String> commandLine) throws ConfigError {
        ServerSettings settings = new ServerSettings();
        for (String name : List.of("postgresql.conf", "postgresql.auto.conf")) {
            Path file = directory.file(name);
            if (Files.exists(file)) {
                for (ConfigFile.Entry entry : ConfigFile.read(file)) {
                    set(settings, entry.name(), entry.value(),
                            " in file \"" + entry.file() + "\" line " + entry.line());
                }
            }
        }
        for (Map.Entry<String, String> entry : commandLine.entrySet()) {
            if (!isAnyPort(entry)) {
                set(settings, entry.getKey(), entry.getValue(), "");
            }
        }
        return settings;
    }

    /** Port 0 is no value of the setting: it stands for a port that the system chooses. */
    static boolean isAnyPort(Map.Entry<String, String> entry) {
        return entry.getKey().equals("port") && entry.getValue().equals("0");
    }

    private static void set(ServerSettings settings, String name, String value, String where) throws ConfigError {
        try {
            settings.set(name, value);
        } catch (SqlError e) {
            throw new ConfigError(e.getMessage() + where, e);
        }
    }

    /** What the server is started with. */
    static ServerConfig config(DataDirectory directory, ServerSettings settings, Map<String, String> commandLine)
            throws ConfigError {
        int port = commandLine.entrySet().stream().anyMatch(ServerFiles::isAnyPort) ? 0 : (int) settings.number("port");
        return new ServerConfig(ServerConfig.hosts(settings.get("listen_addresses")), port,
                (int) settings.number("max_connections"), (int) settings.number("superuser_reserved_connections"),
                settings.number("authentication_timeout") * 1000, rules(directory), certificate(directory, settings),
                ServerConfig.DEFAULT_THREADS_FOR_IDLE);
    }

    private static HbaFile rules(DataDirectory directory) throws ConfigError {
        Path file = directory.file("pg_hba.conf");
        try {
            return HbaParser.parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (HbaError e) {
            throw new ConfigError(e.getMessage(), e);
        } catch (IOException e) {
            throw new ConfigError("could not open configuration file \"" + file + "\": " + e.getMessage(), e);
        }
    }

    private static Optional<ServerCertificate> certificate(DataDirectory directory, ServerSettings settings)
            throws ConfigError {
        if (!settings.get("ssl").equals("on")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ServerCertificate.load(directory.file(settings.get("ssl_cert_file")),
                    directory.file(settings.get("ssl_key_file"))));
        } catch (IOException e) {
            throw new ConfigError(e.getMessage(), e);
        }
    }
}
