package org.gajah.server.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code gajah copy} is asked for.
 *
 * @param source the table, or the query in parentheses
 * @param file a path, or {@code -} for standard input or output
 * @param columns a list of columns as SQL has it, empty for all
 * @param options more options of COPY, as SQL has them, empty for none
 * @param batchRows rows to a transaction; 0 for all in one
 * @param rejects the file for rows that the server does not take
 * @param resume whether to go on where an earlier run of the same job has ended
 */
record CopyArguments(boolean load, String source, String file, Format format, boolean header, String columns, String options, int batchRows,
        Optional<String> rejects, boolean resume, ServerAddress server) {
    private static final int USUAL_BATCH = 10_000;
    private static final List<String> VALUED = List.of("--query", "--format", "--columns", "--options", "--batch", "--rejects");

    /** What a file is made of. */
    enum Format {
        TEXT, CSV, BINARY, JSON;

        String sql() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Format of(String name) throws Arguments.Misunderstood {
            for (Format format : values()) {
                if (format.sql().equals(name)) {
                    return format;
                }
            }
            throw new Arguments.Misunderstood("unknown format " + name);
        }

        static Format ofFile(String file) {
            String name = file.toLowerCase(Locale.ROOT);
            return name.endsWith(".csv") ? CSV : name.endsWith(".json") || name.endsWith(".jsonl") ? JSON
                    : name.endsWith(".bin") || name.endsWith(".binary") ? BINARY : TEXT;
        }
    }

    static CopyArguments parse(List<String> words, Map<String, String> environment) throws Arguments.Misunderstood {
        List<String> plain = new ArrayList<>();
        Map<String, String> given = new HashMap<>();
        ServerAddress.Reading server = new ServerAddress.Reading(environment);
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (option.equals("--header") || option.equals("--resume")) {
                given.put(option, "");
            } else if (!option.startsWith("-") || option.equals("-")) {
                plain.add(word);
            } else if (!server.takes(option) && !VALUED.contains(option)) {
                throw new Arguments.Misunderstood("unknown option " + option);
            } else if (equals < 0 && ++at == words.size()) {
                throw new Arguments.Misunderstood("option " + option + " needs a value");
            } else if (server.takes(option)) {
                server.take(option, equals < 0 ? words.get(at) : word.substring(equals + 1));
            } else {
                given.put(option, equals < 0 ? words.get(at) : word.substring(equals + 1));
            }
        }
        return checked(plain, given, server.address());
    }

    private static CopyArguments checked(List<String> plain, Map<String, String> given, ServerAddress server) throws Arguments.Misunderstood {
        boolean query = given.containsKey("--query");
        if (plain.size() != (query ? 2 : 3) || !List.of("load", "unload").contains(plain.getFirst())) {
            throw new Arguments.Misunderstood("copy needs load TABLE FILE, unload TABLE FILE or unload --query SQL FILE");
        }
        boolean load = plain.getFirst().equals("load");
        String file = plain.getLast();
        Format format = given.containsKey("--format") ? Format.of(given.get("--format")) : Format.ofFile(file);
        boolean resume = given.containsKey("--resume");
        Optional<String> rejects = Optional.ofNullable(given.get("--rejects"));
        boolean cut = resume || rejects.isPresent() || load && format == Format.JSON;
        int batchRows = given.containsKey("--batch") ? number(given.get("--batch")) : cut ? USUAL_BATCH : 0;
        String options = given.getOrDefault("--options", "");
        if (!load && batchRows > 0 || load && query) {
            throw new Arguments.Misunderstood(query ? "--query goes with unload" : "batches go with load");
        }
        if (batchRows > 0 && options.toLowerCase(Locale.ROOT).matches("(?s).*\\b(quote|escape|header)\\b.*")) {
            throw new Arguments.Misunderstood("batches are cut at line ends outside of \"\"; other quotes, and HEADER, do not go with them");
        }
        if (resume && file.equals("-")) {
            throw new Arguments.Misunderstood("--resume needs a file");
        }
        if (format == Format.JSON && !options.isEmpty()) {
            throw new Arguments.Misunderstood("--options does not go with json");
        }
        return new CopyArguments(load, query ? "(" + given.get("--query") + ")" : plain.get(1), file, format, given.containsKey("--header"),
                given.getOrDefault("--columns", ""), options, batchRows, rejects, resume, server);
    }

    private static int number(String value) throws Arguments.Misunderstood {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Arguments.Misunderstood("--batch needs a number of rows");
        }
        throw new Arguments.Misunderstood("--batch needs a number of rows");
    }

    /** The COPY statement that moves bytes of this format as they are. */
    String statement(boolean withHeader) {
        String list = columns.isEmpty() || source.startsWith("(") ? "" : " (" + columns + ")";
        return "COPY " + source + list + (load ? " FROM STDIN" : " TO STDOUT") + " (FORMAT " + format.sql() + (withHeader ? ", HEADER" : "")
                + (options.isEmpty() ? "" : ", " + options) + ")";
    }
}
