package org.gajah.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code gajah listen} is asked for.
 *
 * @param after with which number of a retained channel to begin behind
 */
record ListenArguments(List<String> channels, boolean json, OptionalLong after, ServerAddress server) {
    static ListenArguments parse(List<String> words, Map<String, String> environment) throws Arguments.Misunderstood {
        List<String> channels = new ArrayList<>();
        boolean json = false;
        OptionalLong after = OptionalLong.empty();
        ServerAddress.Reading server = new ServerAddress.Reading(environment);
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (option.equals("--json")) {
                json = true;
            } else if (!option.startsWith("-") || option.equals("-")) {
                channels.add(word);
            } else {
                if (!server.takes(option) && !option.equals("--after")) {
                    throw new Arguments.Misunderstood("unknown option " + option);
                }
                if (equals < 0 && ++at == words.size()) {
                    throw new Arguments.Misunderstood("option " + option + " needs a value");
                }
                String value = equals < 0 ? words.get(at) : word.substring(equals + 1);
                if (server.takes(option)) {
                    server.take(option, value);
                } else {
                    after = number(value);
                }
            }
        }
        if (channels.isEmpty() || after.isPresent() && channels.size() > 1) {
            throw new Arguments.Misunderstood(channels.isEmpty() ? "listen needs a channel" : "--after goes with one channel");
        }
        return new ListenArguments(List.copyOf(channels), json, after, server.address());
    }

    private static OptionalLong number(String value) throws Arguments.Misunderstood {
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw new Arguments.Misunderstood("--after needs a number");
        }
    }
}
