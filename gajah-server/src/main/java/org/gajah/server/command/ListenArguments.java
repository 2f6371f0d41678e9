package org.gajah.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * What {@code gajah listen} is asked for. Where to connect is said as to psql: by options, or by PGHOST and the like.
 *
 * @param after with which number of a retained channel to begin behind
 */
record ListenArguments(List<String> channels, boolean json, OptionalLong after, String host, String port, String database, String user,
        String password, String sslMode) {
    static ListenArguments parse(List<String> words, Map<String, String> environment) throws Arguments.Misunderstood {
        List<String> channels = new ArrayList<>();
        boolean json = false;
        OptionalLong after = OptionalLong.empty();
        String host = environment.getOrDefault("PGHOST", "localhost");
        String port = environment.getOrDefault("PGPORT", "5432");
        String user = environment.getOrDefault("PGUSER", System.getProperty("user.name"));
        String database = environment.getOrDefault("PGDATABASE", "");
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (option.equals("--json")) {
                json = true;
            } else if (!option.startsWith("-") || option.equals("-")) {
                channels.add(word);
            } else {
                requireKnown(option);
                if (equals < 0 && ++at == words.size()) {
                    throw new Arguments.Misunderstood("option " + option + " needs a value");
                }
                String value = equals < 0 ? words.get(at) : word.substring(equals + 1);
                switch (option) {
                    case "-h", "--host" -> host = value;
                    case "-p", "--port" -> port = value;
                    case "-U", "--username" -> user = value;
                    case "-d", "--dbname" -> database = value;
                    default -> after = number(value);
                }
            }
        }
        if (channels.isEmpty() || after.isPresent() && channels.size() > 1) {
            throw new Arguments.Misunderstood(channels.isEmpty() ? "listen needs a channel" : "--after goes with one channel");
        }
        return new ListenArguments(List.copyOf(channels), json, after, host, port, database.isEmpty() ? user : database, user,
                environment.getOrDefault("PGPASSWORD", ""), environment.getOrDefault("PGSSLMODE", "prefer"));
    }

    private static void requireKnown(String option) throws Arguments.Misunderstood {
        if (!List.of("-h", "--host", "-p", "--port", "-U", "--username", "-d", "--dbname", "--after").contains(option)) {
            throw new Arguments.Misunderstood("unknown option " + option);
        }
    }

    private static OptionalLong number(String value) throws Arguments.Misunderstood {
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new Arguments.Misunderstood("--after needs a number");
        }
    }

    /** For pgjdbc, with everything but the user in properties, where nothing has to be escaped. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("PGHOST", host);
        properties.setProperty("PGPORT", port);
        properties.setProperty("PGDBNAME", database);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", sslMode);
        properties.setProperty("ApplicationName", "gajah listen");
        return properties;
    }
}
