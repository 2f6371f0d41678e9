package org.gajah.server.command;

import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Which server a command talks to, said as to psql: by options, or by PGHOST and the like. */
record ServerAddress(String host, String port, String database, String user, String password, String sslMode) {
    private static final List<String> OPTIONS = List.of("-h", "--host", "-p", "--port", "-U", "--username", "-d", "--dbname");

    /** Gathers the options as they are read. */
    static final class Reading {
        private final Map<String, String> environment;
        private String host;
        private String port;
        private String user;
        private String database;

        Reading(Map<String, String> environment) {
            this.environment = environment;
            host = environment.getOrDefault("PGHOST", "localhost");
            port = environment.getOrDefault("PGPORT", "5432");
            user = environment.getOrDefault("PGUSER", System.getProperty("user.name"));
            database = environment.getOrDefault("PGDATABASE", "");
        }

        /** Takes an option, if it is one of these. */
        boolean takes(String option) {
            return OPTIONS.contains(option);
        }

        void take(String option, String value) {
            switch (option) {
                case "-h", "--host" -> host = value;
                case "-p", "--port" -> port = value;
                case "-U", "--username" -> user = value;
                default -> database = value;
            }
        }

        ServerAddress address() {
            return new ServerAddress(host, port, database.isEmpty() ? user : database, user, environment.getOrDefault("PGPASSWORD", ""),
                    environment.getOrDefault("PGSSLMODE", "prefer"));
        }
    }

    /** For pgjdbc, with everything in properties, where nothing has to be escaped. */
    Properties properties(String application) {
        Properties properties = new Properties();
        properties.setProperty("PGHOST", host);
        properties.setProperty("PGPORT", port);
        properties.setProperty("PGDBNAME", database);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", sslMode);
        properties.setProperty("ApplicationName", application);
        return properties;
    }
}
