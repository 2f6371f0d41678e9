package org.gajah.server.command;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the command line asks for. Read by hand: a library for it took a third of the time that a start takes.
 *
 * @param settings in the order given; {@code --host} and {@code --port} are among them
 */
record Arguments(Action action, Path data, Map<String, String> settings) {
    /** What to do. */
    enum Action { SERVE, TRAIN, HELP, VERSION }

    /** A command line that makes no sense. */
    static final class Misunderstood extends Exception {
        private static final long serialVersionUID = 1L;

        Misunderstood(String message) {
            super(message);
        }
    }

    Arguments {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    static Arguments parse(String[] words) throws Misunderstood {
        Action action = Action.SERVE;
        Path data = Path.of("gajah-data");
        Map<String, String> settings = new LinkedHashMap<>();
        int at = 0;
        if (words.length > 0 && !words[0].startsWith("-")) {
            action = action(words[0]);
            at = 1;
        }
        while (at < words.length) {
            int equals = words[at].startsWith("--") ? words[at].indexOf('=') : -1;
            String option = equals < 0 ? words[at] : words[at].substring(0, equals);
            if (option.equals("--help") || option.equals("-h")) {
                return new Arguments(Action.HELP, data, settings);
            }
            if (option.equals("--version") || option.equals("-V")) {
                return new Arguments(Action.VERSION, data, settings);
            }
            boolean inside = equals >= 0;
            if (!inside && at + 1 == words.length && isOption(option)) {
                throw new Misunderstood("option " + option + " needs a value");
            }
            String value = inside ? words[at].substring(equals + 1) : at + 1 < words.length ? words[at + 1] : "";
            switch (option) {
                case "--data" -> data = Path.of(value);
                case "--host" -> settings.put("listen_addresses", value);
                case "--port" -> settings.put("port", value);
                case "-c" -> setting(value, settings);
                default -> throw new Misunderstood("unknown option " + option);
            }
            at += inside ? 1 : 2;
        }
        return new Arguments(action, data, settings);
    }

    private static Action action(String word) throws Misunderstood {
        return switch (word) {
            case "serve" -> Action.SERVE;
            case "train" -> Action.TRAIN;
            case "listen" -> Action.HELP;
            default -> throw new Misunderstood("unknown command " + word);
        };
    }

    private static boolean isOption(String word) {
        return word.equals("--data") || word.equals("--host") || word.equals("--port") || word.equals("-c");
    }

    private static void setting(String assignment, Map<String, String> settings) throws Misunderstood {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw new Misunderstood("-c " + assignment + " requires a value");
        }
        settings.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
}
