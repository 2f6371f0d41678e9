package org.gajah.server.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gajah.api.SqlError;
import org.gajah.server.FileTrouble;
import org.gajah.server.ServerConfig;
import org.gajah.server.auth.HbaError;
import org.gajah.server.auth.HbaFile;
import org.gajah.server.auth.HbaParser;
import org.gajah.server.config.ConfigError;
import org.gajah.server.config.ConfigFile;
import org.gajah.server.config.DataDirectory;
import org.gajah.server.net.ServerCertificate;
import org.gajah.settings.FileLine;
import org.gajah.settings.ServerSettings;
import org.gajah.settings.SettingSource;

/** Brings together what the files of a data directory and the command line say. */
final class ServerFiles {
    /** What ALTER SYSTEM writes. */
    static final String AUTO = "postgresql.auto.conf";

    private static final String MAIN = "postgresql.conf";

    private ServerFiles() {
    }

    /** The settings: postgresql.conf, then what ALTER SYSTEM wrote, then the command line. */
    static ServerSettings settings(DataDirectory directory, Map<String, String> commandLine) throws ConfigError {
        ServerSettings settings = new ServerSettings();
        for (FileLine line : lines(directory)) {
            if (line.error().isPresent()) {
                throw new ConfigError(line.error().get());
            }
            set(settings, line.name(), line.value(), SettingSource.of(line), " in file \"" + line.file() + "\" line " + line.line());
        }
        for (Map.Entry<String, String> entry : commandLine.entrySet()) {
            if (!isAnyPort(entry)) {
                set(settings, entry.getKey(), entry.getValue(), SettingSource.COMMAND_LINE, "");
            }
        }
        settings.set("data_directory", directory.path().toString(), SettingSource.OVERRIDE);
        settings.set("config_file", directory.file(MAIN).toString(), SettingSource.OVERRIDE);
        String rules = settings.get("hba_file");
        settings.set("hba_file", directory.file(rules.isEmpty() ? "pg_hba.conf" : rules).toString(), SettingSource.OVERRIDE);
        return settings;
    }

    /** What the files say, in the order in which they count. */
    static List<FileLine> lines(DataDirectory directory) {
        List<FileLine> lines = new ArrayList<>();
        for (String name : List.of(MAIN, AUTO)) {
            if (Files.exists(directory.file(name))) {
                lines.addAll(ConfigFile.lines(directory.file(name)));
            }
        }
        return lines;
    }

    /** Port 0 is no value of the setting: it stands for a port that the system chooses. */
    private static boolean isAnyPort(Map.Entry<String, String> entry) {
        return entry.getKey().equals("port") && entry.getValue().equals("0");
    }

    private static void set(ServerSettings settings, String name, String value, SettingSource source, String where) throws ConfigError {
        try {
            settings.set(name, value, source);
        } catch (SqlError e) {
            throw new ConfigError(e.getMessage() + where, e);
        }
    }

    /** What the server is started with. */
    static ServerConfig config(DataDirectory directory, ServerSettings settings, Map<String, String> commandLine)
            throws ConfigError {
        int port = commandLine.entrySet().stream().anyMatch(ServerFiles::isAnyPort) ? 0 : (int) settings.number("port");
        long most = settings.number("max_connections");
        long forSuperusers = settings.number("superuser_reserved_connections");
        long reserved = settings.number("reserved_connections");
        if (forSuperusers + reserved >= most) {
            throw new ConfigError("\"superuser_reserved_connections\" (" + forSuperusers + ") plus \"reserved_connections\" (" + reserved
                    + ") must be less than \"max_connections\" (" + most + ")");
        }
        return new ServerConfig(ServerConfig.hosts(settings.get("listen_addresses")), port,
                new ServerConfig.Places((int) most, (int) forSuperusers, (int) reserved), patienceMillis(settings), rules(settings),
                certificate(directory, settings), ServerConfig.DEFAULT_THREADS_FOR_IDLE);
    }

    static long patienceMillis(ServerSettings settings) {
        return settings.number("authentication_timeout") * 1000;
    }

    static HbaFile rules(ServerSettings settings) throws ConfigError {
        try {
            return HbaParser.parse(settings.get("hba_file"), rulesText(settings));
        } catch (HbaError e) {
            throw new ConfigError(e.getMessage(), e);
        }
    }

    static String rulesText(ServerSettings settings) throws ConfigError {
        Path file = Path.of(settings.get("hba_file"));
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigError("could not open configuration file \"" + file + "\": " + FileTrouble.text(e), e);
        }
    }

    static Optional<ServerCertificate> certificate(DataDirectory directory, ServerSettings settings) throws ConfigError {
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
